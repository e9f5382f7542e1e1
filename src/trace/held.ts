/**
 * What the heap holds at each event, as the tracepoints of the kit's ukalloc say it: a size with each allocation, and with
 * each that is given back. It knows nothing of a heap without them.
 */
import type { Trace } from "../image/tracepoints.js";

/** By how much each changes what is held. The first argument is the allocator. */
const CHANGES: Readonly<Record<string, (size: number, other: number) => number>> = {
  trace_ukalloc_malloc: (size) => size,
  trace_ukalloc_free: (size) => -size,
  // What has changed its size and has stayed where it is.
  trace_ukalloc_realloc: (old, fresh) => fresh - old,
};

export interface Held {
  /** Index of the record. */
  readonly at: number;
  /** From then on; never negative. */
  readonly bytes: number;
}

/**
 * Each change of what is held. Undefined where nothing is known: no such tracepoint, or lost events, before which more may
 * have been held.
 */
export function heldIn({ definitions, records, lost, isFull }: Trace): readonly Held[] | undefined {
  if (lost > 0n && !isFull) return undefined;
  let bytes = 0;
  const all = records.flatMap(({ definition, values }, at): readonly Held[] => {
    const change = definition === undefined ? undefined : CHANGES[definitions[definition]?.name ?? ""];
    const by = change?.(Number(values[1]), Number(values[2])) ?? Number.NaN;
    if (!Number.isSafeInteger(by)) return [];
    bytes = Math.min(Math.max(0, bytes + by), Number.MAX_SAFE_INTEGER);
    return [{ at, bytes }];
  });
  return all.length === 0 ? undefined : all;
}
