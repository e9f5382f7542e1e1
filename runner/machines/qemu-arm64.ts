/** QEMU's arm64 board `virt`, for images of our kit and for Unikraft's. */
import { spawnSync } from "node:child_process";
import { type BootImage, type BootOptions, debugExitCode, KIT_END, type Machine } from "../machine.js";
import { bootQemu, type QemuGuest, missingForQemu, warmQemu } from "../qemu.js";
import { hardwareWords } from "../qemu/hardware.js";
import { instructionWords } from "../qemu/instructions.js";
import { expectNothing } from "../qemu/process.js";
import { recordingWords } from "../qemu/recording.js";
import { translationWords } from "../qemu/translations.js";

const BINARY = "qemu-system-aarch64";
const ASK_MS = 5000;

/** Through semihosting the guest returns what the debug port of a PC would have made of its value. */
const KIT_ENDS = new Map<number, "normal" | "crash">([
  [debugExitCode(KIT_END.normal), "normal"],
  [debugExitCode(KIT_END.crash), "crash"],
]);

let known: string | undefined;

/**
 * The processor with everything that QEMU has: images ask for its random numbers or its signed pointers. Without the larger
 * addresses that QEMU gives it since 7.0: of these Unikraft 0.21 concludes that it has no pages of 4 KiB, and is silent.
 */
function everything(): string {
  known ??= versionOf(BINARY) < 7 ? "max" : "max,lpa2=off";
  return known;
}

/** Major version of a QEMU; 0 where it says none. */
function versionOf(binary: string): number {
  const { stdout } = spawnSync(binary, ["--version"], { encoding: "utf8", timeout: ASK_MS });
  return Number(/version (\d+)\./.exec(stdout)?.[1] ?? 0);
}

/**
 * Unikraft takes the first word for the name of the program since 0.21, and no boot loader has put one in front here. Earlier
 * releases get it as a word too many.
 */
const namedWords = ({ isKit, words }: BootImage): readonly string[] =>
  isKit || words.length === 0 ? words : ["unikraft", ...words];

/** What QEMU needs to boot an arm64 image. */
function guestOf(
  image: BootImage,
  { memoryMiB, debug, recording, takesInput, translations, instructions }: BootOptions,
): QemuGuest {
  // Semihosting ends QEMU, and the rest of a recording with it; without it the guest turns the machine off.
  const hasCode = image.isKit && recording === undefined;
  return {
    binary: BINARY,
    board: "virt",
    image,
    memoryMiB,
    memoryBase: 0x4000_0000,
    arguments: [
      ...["-cpu", image.isKit ? "cortex-a53" : everything(), "-accel", "tcg"],
      ...(hasCode ? ["-semihosting-config", "enable=on,target=native"] : []),
      ...(recording === undefined ? [] : recordingWords(recording)),
      ...translationWords(translations),
      ...instructionWords(instructions),
      ...hardwareWords(image.hardware),
    ],
    commandLine: hasCode ? ["uktest.exit=semihosting", ...image.words] : namedWords(image),
    debugger: debug === true ? "stub" : undefined,
    takesInput,
    ...(recording !== undefined && { recording }),
    // Unikraft returns 0 whatever happened.
    ends: hasCode ? KIT_ENDS : new Map(),
  };
}

const load = warmQemu("arm64", guestOf);

export const machine: Machine = {
  name: "qemu-arm64",
  summary: "arm64 in QEMU; boots Unikraft images too",
  architecture: "arm64",
  bootsAny: true,
  hasStub: true,
  takesHardware: true,
  hasInput: true,
  canRecord: true,
  notesCode: true,
  countsInstructions: true,
  lack: () => missingForQemu(BINARY, "qemu-system-arm"),
  warm: load,
  loadAhead: load,
  cool: expectNothing,
  boot: (image, options) => bootQemu(guestOf(image, options)),
};
