/**
 * Counters of a guest as the file that gcc's own run time would have written at its end, so that the toolchain's own programs
 * read them. It writes no file.
 * Source of the format: gcc's gcc/gcov-io.h and libgcc/libgcov-driver.c; lengths are in bytes since gcc 12, in words before.
 */
import type { GcovFunction, GcovObject } from "../image/gcov.js";

const MAGIC = 0x67636461;
const TAG = { summary: 0xa1000000, function: 0x01000000, counters: 0x01a10000 } as const;
const FUNCTION_WORDS = 3;
const SUMMARY_WORDS = 2;

/** The content of `<object>.gcda`; `counts` are those of the object, in the order of its counters. */
export function gcdaOf(object: GcovObject, counts: BigUint64Array): Uint8Array {
  const words: number[] = [];
  const lengthOf = (count: number): number => (object.gcc >= 12 ? count * 4 : count);
  words.push(MAGIC, object.version, object.stamp);
  if (object.checksum !== undefined) words.push(object.checksum);
  words.push(TAG.summary, lengthOf(SUMMARY_WORDS), 1, Number(greatest(counts) & 0xffff_ffffn));
  for (const one of object.functions) {
    if (one === undefined) {
      words.push(TAG.function, 0);
      continue;
    }
    words.push(TAG.function, lengthOf(FUNCTION_WORDS), one.ident, one.linesChecksum, one.graphChecksum);
    for (const counters of one.counters) pushCounters(words, counters, counts, lengthOf);
  }
  words.push(0);
  return new Uint8Array(Uint32Array.from(words).buffer);
}

function pushCounters(
  words: number[],
  { kind, first, count }: GcovFunction["counters"][number],
  counts: BigUint64Array,
  lengthOf: (count: number) => number,
): void {
  const own = counts.subarray(first, first + count);
  const length = lengthOf(2 * count);
  // Counters that are all zero have a negative length, and do not follow.
  const isZero = own.every((value) => value === 0n);
  words.push(TAG.counters + (kind << 17), isZero ? -length : length);
  if (!isZero) for (const value of own) words.push(Number(value & 0xffff_ffffn), Number(value >> 32n));
}

const greatest = (counts: BigUint64Array): bigint =>
  counts.reduce((most, value) => (value > most ? value : most), 0n);
