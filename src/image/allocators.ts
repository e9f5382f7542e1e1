/**
 * Where an image of Unikraft counts what its allocators do, and which functions are its cases. It reads no guest.
 * Source: Unikraft 0.9 to 0.21, `lib/ukalloc/include/uk/alloc.h` (`struct uk_alloc_stats`, in the order of its fields) and
 * `stats.c` (`_uk_alloc_stats_global`, with CONFIG_LIBUKALLOC_IFSTATS_GLOBAL).
 */
import type { Elf } from "./elf.js";
import { readSymbols } from "./elf/symbols.js";
import type { MemoryRange } from "./evidence.js";
import type { TestTable } from "./testtab.js";

const SYMBOL = "_uk_alloc_stats_global";

/** Offsets in the structure, by the width of a pointer. */
const FIELDS = {
  8: { bytes: 80, blocks: 40, used: 56, most: 64 },
  4: { bytes: 60, blocks: 28, used: 44, most: 48 },
} as const;

/** Status of an assertion entry in the test table. */
const FAILED = 2;

/** What all allocators of a guest count together. */
export interface AllocatorCounts {
  /** Bytes in use, and the most that ever were. */
  readonly used: number;
  readonly most: number;
  /** Allocations that are there. */
  readonly blocks: number;
}

export interface Allocators {
  readonly range: MemoryRange;
  /** Of the bytes in use alone. */
  readonly used: MemoryRange;
  /** The counts in these bytes; undefined where they cannot be. */
  readonly read: (bytes: Uint8Array) => AllocatorCounts | undefined;
}

/** The counters of an image with its symbols; undefined where it has none. */
export function allocatorsIn(elf: Elf): Allocators | undefined {
  const [symbol] = readSymbols(elf, (name) => name === SYMBOL);
  if (symbol === undefined) return undefined;
  const wordBytes = elf.architecture === "i386" ? 4 : 8;
  const { bytes, blocks, used, most } = FIELDS[wordBytes];
  const read = (from: Uint8Array): AllocatorCounts | undefined => {
    if (from.length !== bytes) return undefined;
    const view = new DataView(from.buffer, from.byteOffset, from.byteLength);
    const word = (at: number): number =>
      wordBytes === 8 ? Number(view.getBigInt64(at, true)) : view.getInt32(at, true);
    return { used: word(used), most: word(most), blocks: Number(view.getBigInt64(blocks, true)) };
  };
  const address = Number(symbol.address);
  return { range: { address, bytes }, used: { address: address + used, bytes: wordBytes }, read };
}

export interface CaseFunction {
  readonly suite: string;
  readonly name: string;
  /** Its assertions, from the first status to the last; nothing where it has none. */
  readonly statuses: MemoryRange;
  /** How many of them have failed, by these bytes. */
  readonly failed: (bytes: Uint8Array | undefined) => number;
}

/** The functions of all cases that are registered, by their addresses. */
export const caseFunctions = ({ suites, halfBytes }: TestTable): ReadonlyMap<number, CaseFunction> =>
  new Map(
    suites.flatMap((suite) =>
      suite.cases.map((one) => {
        const places = one.entries.map(({ address }) => Number(address));
        const from = Math.min(...places);
        const bytes = places.length === 0 ? 0 : Math.max(...places) + halfBytes - from;
        const failed = (now: Uint8Array | undefined): number =>
          // A status is a small number, and the guest is little-endian.
          now?.length === bytes ? places.filter((at) => now[at - from] === FAILED).length : 0;
        const statuses = { address: bytes === 0 ? 0 : from, bytes };
        return [Number(one.function), { suite: suite.name, name: one.name, statuses, failed }] as const;
      }),
    ),
  );
