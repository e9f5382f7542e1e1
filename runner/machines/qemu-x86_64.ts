/** QEMU's x86_64: the native machine for images of our kit, and for every Unikraft image of x86_64. */
import type { Machine } from "../machine.js";
import { preparePipe } from "../pipe.js";
import { bootQemu, qemuLack } from "../qemu.js";
import { pcGuest } from "../x86.js";

const BINARY = "qemu-system-x86_64";

export const machine: Machine = {
  name: "qemu-x86_64",
  summary: "x86_64 in QEMU; boots Unikraft images too",
  architecture: "x86_64",
  bootsAny: true,
  kvmBinary: BINARY,
  lack: () => qemuLack(BINARY, "qemu-system-x86"),
  warm: preparePipe,
  boot: (image, options) => bootQemu(pcGuest(BINARY, image, options)),
};
