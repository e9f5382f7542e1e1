/** QEMU's arm64 board `virt`, for images of our kit and for Unikraft's. */
import { type BootImage, type BootOptions, debugExitCode, KIT_END, type Machine } from "../machine.js";
import { bootQemu, type QemuGuest, missingForQemu, warmQemu } from "../qemu.js";
import { expectNothing } from "../qemu/process.js";

const BINARY = "qemu-system-aarch64";

/** Through semihosting the guest returns what the debug port of a PC would have made of its value. */
const KIT_ENDS = new Map<number, "normal" | "crash">([
  [debugExitCode(KIT_END.normal), "normal"],
  [debugExitCode(KIT_END.crash), "crash"],
]);

/** What QEMU needs to boot an arm64 image. */
function guestOf(image: BootImage, { memoryMiB }: BootOptions): QemuGuest {
  return {
    binary: BINARY,
    board: "virt",
    image,
    memoryMiB,
    memoryBase: 0x4000_0000,
    arguments: [
      ...["-cpu", image.isKit ? "cortex-a53" : "max", "-accel", "tcg"],
      ...(image.isKit ? ["-semihosting-config", "enable=on,target=native"] : []),
    ],
    commandLine: image.isKit ? ["uktest.exit=semihosting", ...image.words] : image.words,
    // Unikraft returns 0 whatever happened.
    ends: image.isKit ? KIT_ENDS : new Map(),
  };
}

const load = warmQemu("arm64", guestOf);

export const machine: Machine = {
  name: "qemu-arm64",
  summary: "arm64 in QEMU; boots Unikraft images too",
  architecture: "arm64",
  bootsAny: true,
  lack: () => missingForQemu(BINARY, "qemu-system-arm"),
  warm: load,
  loadAhead: load,
  cool: expectNothing,
  boot: (image, options) => bootQemu(guestOf(image, options)),
};
