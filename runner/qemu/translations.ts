/**
 * What makes QEMU note the code that it translates, which is what the guest runs: each block once, before it runs first.
 * Source: QEMU's manual, "-d", "-D" and "-dfilter"; a range is START+SIZE.
 */
import type { Translations } from "../machine.js";

const hex = (value: number): string => `0x${value.toString(16)}`;

/** Words for QEMU; none where nothing is to be noted. */
export const translationWords = (wanted: Translations | undefined): readonly string[] =>
  wanted === undefined
    ? []
    : [
        ...["-d", "in_asm", "-D", wanted.path],
        ...["-dfilter", wanted.ranges.map(({ address, bytes }) => `${hex(address)}+${hex(bytes)}`).join(",")],
      ];
