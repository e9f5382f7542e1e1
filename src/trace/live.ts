/**
 * The trace of a guest while it runs: which records are new since the last look. It reads memory by what it is given, and
 * prints nothing.
 */
import type { Trace, TraceMap, TraceRecord } from "../image/tracepoints.js";

/** Memory of a guest that runs; undefined where it has none. */
export type Peek = (address: number, length: number) => Promise<Uint8Array | undefined>;

export interface FreshRecords {
  readonly records: readonly TraceRecord[];
  /** Records that were overwritten before they were read. */
  readonly missed: bigint;
}

/**
 * Reads a trace while its guest may write it.
 * @returns undefined where the guest is not there yet, or has begun a new lap of its buffer meanwhile
 */
export async function peekTrace(map: TraceMap, peek: Peek): Promise<Trace | undefined> {
  const pieces: (Uint8Array | undefined)[] = [];
  for (const { address, bytes } of map.ranges) pieces.push(await peek(address, bytes));
  const [place] = map.ranges;
  const now = place && (await peek(place.address, place.bytes));
  if (numberOf(now) < numberOf(pieces[0])) return undefined;
  const trace = map.decode(pieces);
  return trace?.damage === undefined ? trace : undefined;
}

const numberOf = (bytes: Uint8Array | undefined): bigint =>
  [...(bytes ?? [])].reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);

/** Counts the records of one guest, so that each is new once. */
export function freshRecords(): (trace: Trace) => FreshRecords {
  let seen = 0n;
  return ({ records, lost, isFull }) => {
    // A buffer that is full has lost what came after its records, any other what came before.
    const first = isFull ? 0n : lost;
    const end = first + BigInt(records.length);
    if (end <= seen) return { records: [], missed: 0n };
    const from = seen > first ? seen : first;
    const missed = from - seen;
    seen = end;
    return { records: records.slice(Number(from - first)), missed };
  };
}
