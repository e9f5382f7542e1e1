/** QEMU's i386: the same image as the embedded machine, on another emulator. */
import { pcMachine } from "../qemu/pc.js";

export const machine = pcMachine("qemu-i386", "i386 in QEMU", "i386");
