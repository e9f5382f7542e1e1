/** QEMU's i386: the same image as the embedded machine, on another emulator. */
import type { BootImage, BootOptions, Machine } from "../machine.js";
import { bootQemu, type QemuGuest, missingForQemu, warmQemu } from "../qemu.js";
import { expectNothing } from "../qemu/process.js";
import { pcGuest } from "../qemu/pc.js";

const BINARY = "qemu-system-i386";

const guestOf = (image: BootImage, options: BootOptions): QemuGuest => pcGuest(BINARY, image, options);

const load = warmQemu("i386", guestOf);

export const machine: Machine = {
  name: "qemu-i386",
  summary: "i386 in QEMU",
  architecture: "i386",
  bootsAny: true,
  kvmBinary: BINARY,
  lack: () => missingForQemu(BINARY, "qemu-system-x86"),
  warm: load,
  loadAhead: load,
  cool: expectNothing,
  boot: (image, options) => bootQemu(guestOf(image, options)),
};
