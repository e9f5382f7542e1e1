/**
 * The packed records of the test table for both widths of a pointer, and how a word of them is read.
 * It knows sizes and places only; what a record means is decided in records.ts and assertions.ts.
 */

export type WordBytes = 4 | 8;

/** Width of the two halves of an assertion entry; 4 only in arm64 guests before Unikraft 0.8. */
export type HalfBytes = 2 | 4;

export interface Layout {
  readonly wordBytes: WordBytes;
  /** name, init, end of the cases, u32 count of failed cases. */
  readonly suite: {
    readonly bytes: number;
    readonly name: number;
    readonly init: number;
    readonly casesEnd: number;
  };
  /** name, description, function, assertions, file. */
  readonly testCase: {
    readonly bytes: number;
    readonly name: number;
    readonly description: number;
    readonly function: number;
    readonly assertions: number;
    readonly file: number;
  };
}

/** The layout for pointers of a width: Unikraft's `__packed` structures, which have no padding. */
export const layoutOf = (wordBytes: WordBytes): Layout => ({
  wordBytes,
  suite: { bytes: 3 * wordBytes + 4, name: 0, init: wordBytes, casesEnd: 2 * wordBytes },
  testCase: {
    bytes: 5 * wordBytes,
    name: 0,
    description: wordBytes,
    function: 2 * wordBytes,
    assertions: 3 * wordBytes,
    file: 4 * wordBytes,
  },
});

/** The bytes of a table and the address of the first of them. */
export interface TableBytes {
  readonly bytes: Buffer;
  readonly address: bigint;
}

/** The pointer at an offset of the table. The caller has checked that it lies inside. */
export const pointerAt = (table: TableBytes, offset: number, wordBytes: WordBytes): bigint =>
  wordBytes === 8 ? table.bytes.readBigUInt64LE(offset) : BigInt(table.bytes.readUInt32LE(offset));

/** An address as an offset in the table; undefined when it points elsewhere. The end itself counts as inside. */
export function offsetOf(table: TableBytes, address: bigint): number | undefined {
  const distance = address - table.address;
  return distance >= 0n && distance <= BigInt(table.bytes.length) ? Number(distance) : undefined;
}
