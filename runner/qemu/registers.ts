/** Reads the registers that QEMU's monitor prints for people (`info registers`), in its words for three architectures. */
import type { Register } from "../../src/core/fault.js";

const PAIR = /\b([A-Z][A-Z0-9]{1,3})\s*=\s?([0-9a-f]{8,16})\b/g;

/**
 * The registers of the first processor, in the order they are printed; names as QEMU has them (`RIP`, `EIP`, `PC`,
 * `X29`, `SP`, …). Segments and other special ones have more than one value and are left out.
 */
export function registersOf(text: string): readonly Register[] {
  const first = text.split(/^CPU#1/m)[0] ?? "";
  const registers = new Map<string, string>();
  for (const line of first.split(/\r?\n/)) {
    // A segment has several values, and floating-point registers follow: the general ones are over.
    if (/^\s*(?:ES|FCW|V?FPCR|Q0+)\s*=/.test(line)) break;
    for (const [, name = "", value = ""] of line.matchAll(PAIR)) registers.set(name, value);
  }
  return [...registers].map(([name, value]) => ({ name, value }));
}

const INTERRUPTS_ON = 0x200;

/**
 * True for a processor of x86 that has halted with interrupts off: nothing wakes it any more. The others' interrupts
 * wake them masked or not.
 */
export function sleepsForEver(text: string): boolean {
  const flags = /\b[ER]FL=([0-9a-f]+)/.exec(text)?.[1];
  return /\bHLT=1\b/.test(text) && flags !== undefined && (Number.parseInt(flags, 16) & INTERRUPTS_ON) === 0;
}
