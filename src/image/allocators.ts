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
  return { range: { address: Number(symbol.address), bytes }, read };
}

/** `suite` and `case` by the address of the function. */
export type CaseFunctions = ReadonlyMap<number, { readonly suite: string; readonly name: string }>;

/** The functions of all cases that are registered. */
export const caseFunctions = ({ suites }: TestTable): CaseFunctions =>
  new Map(
    suites.flatMap((suite) =>
      suite.cases.map((one) => [Number(one.function), { suite: suite.name, name: one.name }] as const),
    ),
  );
