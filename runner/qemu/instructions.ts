/**
 * What makes QEMU count instructions: each takes one nanosecond of the guest's clock, and time that the guest sleeps passes at once.
 * Source: QEMU's manual, "-icount".
 */
import type { BootOptions } from "../machine.js";

/** Words for QEMU; none where nothing is counted. */
export const instructionWords = (wanted: BootOptions["instructions"]): readonly string[] =>
  wanted === true ? ["-icount", "shift=0,sleep=off"] : [];
