/**
 * QEMU's PC machines for x86 guests: the smallest one for our kit, whole PC hardware for everybody else's images.
 * The flags are the fastest that still work for the image at hand.
 */
import { type BootImage, type BootOptions, debugExitCode, KIT_END, type Machine } from "../machine.js";
import { bootQemu, type QemuGuest, missingForQemu, warmQemu } from "../qemu.js";
import { hardwareWords } from "./hardware.js";
import { instructionWords } from "./instructions.js";
import { expectNothing } from "./process.js";
import { recordingWords } from "./recording.js";
import { translationWords } from "./translations.js";

export const KIT_BOARD = "microvm,x-option-roms=off,acpi=off";
export const KIT_DEVICES = ["-device", "isa-debug-exit,iobase=0xf4,iosize=4"];

/**
 * PC hardware, with QEMU's own firmware: after the memory map of a smaller one Unikraft 0.14 says nothing at all, and
 * 0.17 stops at an assertion about its free memory. Unikraft writes its end to the default port of the device.
 */
const PC_BOARD = "pc";
const PC_DEVICES = ["-device", "isa-debug-exit"];

/**
 * Without a ROM that patches old kernels of Windows. To load a state it waits for the thread of the processor, which waits for
 * the one that loads: a replay hangs on its way back.
 */
const NO_VAPIC = ["-global", "apic-common.vapic=off"];

const KIT_ENDS = new Map<number, "normal" | "crash">([
  [debugExitCode(KIT_END.normal), "normal"],
  [debugExitCode(KIT_END.crash), "crash"],
]);

/** Unikraft's: 83 at a normal end, 85 at a crash since 0.14; before, 83 for both, so it proves nothing good. */
const UNIKRAFT_ENDS = new Map<number, "normal" | "crash">([
  [83, "normal"],
  [85, "crash"],
]);

/** What QEMU needs to boot an x86 image. */
function pcGuest(
  binary: string,
  image: BootImage,
  {
    memoryMiB,
    acceleration,
    debug,
    recording,
    takesInput,
    secondLine,
    translations,
    instructions,
  }: BootOptions,
): QemuGuest {
  const processor = ["-accel", acceleration, "-cpu", acceleration === "kvm" ? "host" : "max"];
  // The device of their end takes QEMU with it, and the rest of a recording.
  const devices =
    recording === undefined
      ? image.isKit
        ? KIT_DEVICES
        : PC_DEVICES
      : [...recordingWords(recording), ...NO_VAPIC];
  return {
    binary,
    board: image.isKit ? KIT_BOARD : PC_BOARD,
    arguments: [
      ...devices,
      ...processor,
      ...translationWords(translations),
      ...instructionWords(instructions),
      ...hardwareWords(image.hardware),
    ],
    image,
    commandLine: image.words,
    memoryMiB,
    memoryBase: 0,
    debugger: debug === true ? "stub" : secondLine === true ? "line" : undefined,
    takesInput,
    ...(recording !== undefined && { recording }),
    ends: recording !== undefined ? new Map() : image.isKit ? KIT_ENDS : UNIKRAFT_ENDS,
  };
}

/** A machine that is a PC; both architectures differ in the program alone. */
export function pcMachine(name: string, summary: string, architecture: "i386" | "x86_64"): Machine {
  const binary = `qemu-system-${architecture}`;
  const guestOf = (image: BootImage, options: BootOptions): QemuGuest => pcGuest(binary, image, options);
  const load = warmQemu(architecture, guestOf);
  return {
    ...{
      name,
      summary,
      architecture,
      bootsAny: true,
      hasStub: true,
      takesHardware: true,
      hasInput: true,
      hasSecondLine: true,
      canRecord: true,
      notesCode: true,
      countsInstructions: true,
      kvmBinary: binary,
    },
    lack: () => missingForQemu(binary, "qemu-system-x86"),
    warm: load,
    loadAhead: load,
    cool: expectNothing,
    boot: (image, options) => bootQemu(guestOf(image, options)),
  };
}
