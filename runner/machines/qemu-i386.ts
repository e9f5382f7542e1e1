/** QEMU's i386: the same image as the embedded machine, on another emulator. */
import type { Machine } from "../machine.js";
import { preparePipe } from "../pipe.js";
import { bootQemu, qemuLack } from "../qemu.js";
import { pcGuest } from "../x86.js";

const BINARY = "qemu-system-i386";

export const machine: Machine = {
  name: "qemu-i386",
  summary: "i386 in QEMU",
  architecture: "i386",
  bootsAny: true,
  kvmBinary: BINARY,
  lack: () => qemuLack(BINARY, "qemu-system-x86"),
  warm: preparePipe,
  boot: (image, options) => bootQemu(pcGuest(BINARY, image, options)),
};
