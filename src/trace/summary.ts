/**
 * A trace in brief, for the stream of events and pictures of it. It keeps no more than the bounds of
 * src/core/model/trace-summary.ts, whatever the trace holds, and takes time in proportion to its events.
 */
import {
  MARK_TEXT_MAX,
  MAX_HELD_POINTS,
  MAX_TRACE_MARKS,
  MAX_TRACED_CASES,
  type TracedCase,
  type TraceMark,
  type TraceSummary,
} from "../core/model/trace-summary.js";
import type { Trace, TraceRecord } from "../image/tracepoints.js";
import { casesRun } from "./cases.js";
import { heldIn } from "./held.js";
import { eventText } from "./text.js";
import { forwards, microseconds } from "./times.js";

/** The summary of a trace; whatever the guest's memory holds, its numbers are finite and not negative. */
export function summaryOf(trace: Trace): TraceSummary {
  const times = forwards(trace.records).map(microseconds);
  const held = heldIn(trace);
  const lost = Number(trace.lost);
  return {
    events: trace.records.length,
    lost: Number.isSafeInteger(lost) ? lost : Number.MAX_SAFE_INTEGER,
    cases: casesIn(trace, times),
    marks: chunks(trace.records.length, MAX_TRACE_MARKS).map(([from, to]) => mark(trace, times, from, to)),
    ...(held !== undefined && {
      held: chunks(held.length, MAX_HELD_POINTS).map(([from, to]) => highest(held, times, from, to)),
    }),
  };
}

const casesIn = (trace: Trace, times: readonly number[]): readonly TracedCase[] =>
  casesRun(trace)
    .slice(-MAX_TRACED_CASES)
    .map(({ name, from, to }) => ({
      name,
      fromUs: times[from] ?? 0,
      ...(to !== undefined && { toUs: times[to] ?? 0 }),
    }));

/** At most `most` ranges of equal length, the last one excepted, over `count` things. */
function chunks(count: number, most: number): readonly (readonly [from: number, to: number])[] {
  const size = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / size) }, (_, at) => [
    at * size,
    Math.min(count, (at + 1) * size),
  ]);
}

function mark(trace: Trace, times: readonly number[], from: number, to: number): TraceMark {
  const first = trace.records[from];
  return {
    fromUs: times[from] ?? 0,
    toUs: times[to - 1] ?? 0,
    events: to - from,
    text: first === undefined ? "" : brief(trace, first),
  };
}

function brief({ definitions }: Trace, record: TraceRecord): string {
  const letters = Array.from(eventText(definitions, record));
  return letters.length <= MARK_TEXT_MAX
    ? letters.join("")
    : `${letters.slice(0, MARK_TEXT_MAX - 1).join("")}\u2026`;
}

function highest(
  held: readonly { readonly at: number; readonly bytes: number }[],
  times: readonly number[],
  from: number,
  to: number,
): readonly [number, number] {
  const part = held.slice(from, to);
  return [times[part[0]?.at ?? 0] ?? 0, part.reduce((most, { bytes }) => Math.max(most, bytes), 0)];
}
