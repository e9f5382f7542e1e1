/**
 * Traces and the run around them in the Trace Event Format of Chrome ("Trace Event Format", JSON Object Format), which
 * Perfetto and speedscope open. Builds, boots, suites and cases stand on the host's clock, events of a guest on its own: they
 * are different processes there, since nothing says how far the two clocks are apart.
 */
import { formatted } from "../image/trace-format.js";
import type { Trace, TraceRecord, TracepointDefinition } from "../image/tracepoints.js";
import { casesRun } from "./cases.js";
import { type ChromeEvent, named, span } from "./chrome-event.js";
import { hostEvents, type ShownRun } from "./chrome-host.js";
import { heldIn } from "./held.js";
import type { KeptTrace } from "./kept.js";
import { forwards, microseconds } from "./times.js";

/** Guests have the processes after that of the host, in the order of their boots. */
const FIRST_GUEST = 2;
/** Threads are unique over all processes, so those of guests begin far above those of boots. */
const GUEST_THREAD = 1_000_000;

/** The document, on one line. */
export function chromeOf(run: ShownRun, traces: readonly KeptTrace[]): string {
  const events = [...hostEvents(run), ...traces.flatMap(guestEvents)];
  return `${JSON.stringify({ traceEvents: events, displayTimeUnit: "ns" })}\n`;
}

function guestEvents({ boot, source, trace }: KeptTrace, index: number): readonly ChromeEvent[] {
  const { definitions, records, lost } = trace;
  const on = { pid: FIRST_GUEST + index, tid: GUEST_THREAD + index };
  const times = forwards(records).map(microseconds);
  const title = `${source} (${boot}), clock of the guest${lost > 0n ? `, ${String(lost)} events lost` : ""}`;
  return [
    named("process_name", on.pid, on.tid, title),
    named("thread_name", on.pid, on.tid, `tracepoints of ${source} (${boot})`),
    ...caseEvents(trace, times, on),
    ...records.map((record, at) => instant(record, definitions, times[at] ?? 0, on)),
    ...(heldIn(trace) ?? []).map(({ at, bytes }): ChromeEvent => ({
      ...{ name: "held by the heap", ph: "C", ...on, ts: times[at] ?? 0, args: { bytes } },
    })),
  ];
}

type Thread = Pick<ChromeEvent, "pid" | "tid">;

function instant(
  { definition, values }: TraceRecord,
  definitions: readonly TracepointDefinition[],
  ts: number,
  on: Thread,
): ChromeEvent {
  const known = definition === undefined ? undefined : definitions[definition];
  const text = known === undefined ? "" : formatted(known.format, values);
  const all = values.map((value, nth): [string, string | number] => [`arg${String(nth + 1)}`, plain(value)]);
  return {
    ...{ name: known?.name ?? "(unknown)", cat: "tracepoint", ph: "i", s: "t", ...on, ts },
    args: { text, ...Object.fromEntries(all) },
  };
}

/** JSON's readers have no more than 53 bits. */
const plain = (value: bigint | string): string | number =>
  typeof value === "string" || value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER
    ? String(value)
    : Number(value);

/** The cases as the tracepoints of uktest frame them; one without an end lasts to the last event. */
const caseEvents = (trace: Trace, times: readonly number[], on: Thread): readonly ChromeEvent[] =>
  casesRun(trace).map(({ name, from, to }) => {
    const [begin, end] = [times[from] ?? 0, times[to ?? times.length - 1] ?? 0];
    return span(name, "case", on, begin, end - begin, {});
  });
