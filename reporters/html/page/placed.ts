/**
 * Where the cases of a boot stand on the clock of its guest. All that is on the axis of a boot was measured by that clock:
 * how long cases took, and when tracepoints were called. The host's clock has the boots, in layout.ts; nothing says how far
 * the two are apart, so no axis has both. Pure: it knows no document.
 */
import type { CaseStatus } from "../../../src/core/events.js";
import type { BootData } from "../data.js";
import type { Entry } from "./catalogue.js";

/** One result of a case in a boot: the one that counts, or one that a later boot has replaced. */
export interface Result {
  readonly entry: Entry;
  readonly status: CaseStatus;
  /** In microseconds, where it was measured. */
  readonly us: number | undefined;
  readonly log: number;
  readonly isReplaced: boolean;
  readonly faults: readonly number[];
}

/** Times are microseconds; where nothing was measured a case is one step. */
export interface Placed extends Result {
  readonly from: number;
  readonly to: number;
  /** Its beginning was noted. */
  readonly isKnown: boolean;
}

export interface Axis {
  /** Where the times come from: tracepoints, durations alone, or the order alone. */
  readonly source: "trace" | "durations" | "order";
  readonly from: number;
  readonly to: number;
  readonly placed: readonly Placed[];
}

/** The results of each boot in the order of its console. Takes time in proportion to their number, and sorts. */
export function resultsByBoot(entries: readonly Entry[]): ReadonlyMap<number, readonly Result[]> {
  const all = new Map<number, Result[]>();
  const put = (boot: number, result: Result): void => {
    const known = all.get(boot);
    if (known === undefined) all.set(boot, [result]);
    else known.push(result);
  };
  const us = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms * 1000);
  for (const entry of entries) {
    const { boot, status, ms, log, faults = [], attempts = [] } = entry.one;
    put(boot, { entry, status, us: us(ms), log, isReplaced: false, faults });
    for (const one of attempts) {
      const more = { us: us(one.ms), log: one.log ?? log, isReplaced: true, faults: one.faults ?? [] };
      put(one.boot, { entry, status: one.status, ...more });
    }
  }
  for (const results of all.values()) results.sort((a, b) => a.log - b.log);
  return all;
}

type Noted = ReadonlyMap<string, { readonly from: number; readonly to: number | undefined }>;

/** Runs of a case by its name; a second one, as of what is measured twice, makes the first longer. */
function notedIn({ trace }: BootData): Noted {
  const noted = new Map<string, { readonly from: number; readonly to: number | undefined }>();
  for (const [name, from, to] of trace?.cases ?? []) {
    const known = noted.get(name);
    noted.set(name, { from: known?.from ?? from, to });
  }
  return noted;
}

const titleOf = ({ entry: { group, one } }: Result): string => `${group.suite.name}.${one.name}`;

/** The axis of a boot. */
export function axisOf(boot: BootData, results: readonly Result[]): Axis {
  const noted = notedIn(boot);
  const isTimed = noted.size > 0 || results.some(({ us = 0 }) => us > 0);
  if (!isTimed) return inOrder(boot, results);
  const last = boot.trace?.marks.at(-1)?.[1] ?? 0;
  const placed = onClock(results, noted, last);
  const to = placed.reduce((most, one) => Math.max(most, one.to), last);
  const first = boot.trace?.marks[0]?.[0] ?? Number.POSITIVE_INFINITY;
  const from = placed.reduce((least, one) => Math.min(least, one.from), first);
  return { source: noted.size > 0 ? "trace" : "durations", from: Math.min(from, to), to, placed };
}

/** No case was measured: the order is all that is known of them. Events have times, and the axis is theirs. */
function inOrder({ trace }: BootData, results: readonly Result[]): Axis {
  const marks = trace?.marks ?? [];
  if (marks.length > 0) {
    const [from, to] = [marks[0]?.[0] ?? 0, marks.at(-1)?.[1] ?? 0];
    return { source: "trace", from, to, placed: [] };
  }
  const placed = results.map((one, at) => ({ ...one, from: at, to: at + 1, isKnown: false }));
  return { source: "order", from: 0, to: results.length, placed };
}

/**
 * Cases where they were noted; others follow the one that ran before them, and those that ran before the first noted one
 * end where it begins.
 */
function onClock(results: readonly Result[], noted: Noted, last: number): readonly Placed[] {
  const begins = results.map((one) => noted.get(titleOf(one))?.from);
  const first = begins.findIndex((from) => from !== undefined);
  const before = results.slice(0, Math.max(0, first)).reduce((sum, { us = 0 }) => sum + us, 0);
  let at = first < 0 ? 0 : Math.max(0, (begins[first] ?? 0) - before);
  return results.map((one) => {
    const known = noted.get(titleOf(one));
    if (known === undefined) {
      const from = at;
      at += one.us ?? 0;
      return { ...one, from, to: at, isKnown: false };
    }
    // Where no end was noted the guest died in it, or hung until its machine was stopped.
    at = Math.max(known.from, known.to ?? last);
    return { ...one, from: known.from, to: at, isKnown: true };
  });
}
