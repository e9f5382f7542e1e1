/** QEMU's x86_64: the native machine for images of our kit, and for every Unikraft image of x86_64. */
import type { BootImage, BootOptions, Machine } from "../machine.js";
import { bootQemu, type QemuGuest, missingForQemu, warmQemu } from "../qemu.js";
import { expectNothing } from "../qemu/process.js";
import { pcGuest } from "../qemu/pc.js";

const BINARY = "qemu-system-x86_64";

const guestOf = (image: BootImage, options: BootOptions): QemuGuest => pcGuest(BINARY, image, options);

const load = warmQemu("x86_64", guestOf);

export const machine: Machine = {
  name: "qemu-x86_64",
  summary: "x86_64 in QEMU; boots Unikraft images too",
  architecture: "x86_64",
  bootsAny: true,
  kvmBinary: BINARY,
  lack: () => missingForQemu(BINARY, "qemu-system-x86"),
  warm: load,
  loadAhead: load,
  cool: expectNothing,
  boot: (image, options) => bootQemu(guestOf(image, options)),
};
