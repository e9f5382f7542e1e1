/** QEMU's x86_64: the native machine for images of our kit, and for every Unikraft image of x86_64. */
import { pcMachine } from "../qemu/pc.js";

export const machine = pcMachine("qemu-x86_64", "x86_64 in QEMU; boots Unikraft images too", "x86_64");
