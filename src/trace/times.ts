/** Times of a trace as its readers take them. It comes from the memory of a guest, which may be damaged. */
import type { TraceRecord } from "../image/tracepoints.js";

/** Readers count nanoseconds in 64 bits with a sign. */
const MOST_NS = 1n << 62n;

/** The times of all records in nanoseconds: they never go back, as those of damaged memory may. */
export function forwards(records: readonly TraceRecord[]): readonly bigint[] {
  let last = 0n;
  return records.map(({ timeNs }) => {
    if (timeNs > last && timeNs < MOST_NS) last = timeNs;
    return last;
  });
}

/** With a fraction: a nanosecond is a thousandth. */
export const microseconds = (ns: bigint): number => Number(ns) / 1000;
