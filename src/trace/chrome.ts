/**
 * Traces and the run around them in the Trace Event Format of Chrome ("Trace Event Format", JSON Object Format), which
 * Perfetto and speedscope open. Boots, suites and cases stand on the host's clock, events of a guest on its own: they are
 * different processes there, since nothing says how far the two clocks are apart.
 */
import { formatted } from "../image/trace-format.js";
import type { TraceRecord, TracepointDefinition } from "../image/tracepoints.js";
import type { BootModel, FaultModel, RunModel } from "../core/model.js";
import type { KeptTrace } from "./kept.js";

type Value = string | number;

interface ChromeEvent {
  readonly name: string;
  readonly ph: "X" | "i" | "M";
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts?: number;
  readonly dur?: number;
  /** Scope of an instant: its thread, or all. */
  readonly s?: "t" | "g";
  readonly cat?: string;
  readonly args?: Readonly<Record<string, Value>>;
}

const HOST = 1;
/** Guests have the processes after it, in the order of their boots. */
const FIRST_GUEST = 2;
/** Threads are unique over all processes, so those of guests begin far above those of boots. */
const GUEST_THREAD = 1_000_000;

/** The document, on one line. */
export function chromeOf(
  model: Pick<RunModel, "boots" | "suites" | "faults">,
  traces: readonly KeptTrace[],
): string {
  const events = [
    named("process_name", HOST, 0, "uktest: boots and cases, clock of the host"),
    ...model.boots.flatMap((boot, index) => hostEvents(boot, index + 1, model)),
    ...traces.flatMap(guestEvents),
  ];
  return `${JSON.stringify({ traceEvents: events, displayTimeUnit: "ns" })}\n`;
}

const named = (
  name: "process_name" | "thread_name",
  pid: number,
  tid: number,
  text: string,
): ChromeEvent => ({
  ...{ name, ph: "M", pid, tid, args: { name: text } },
});

interface Ran {
  readonly suite: string;
  readonly name: string;
  readonly status: string;
  readonly us: number;
}

/** The results of a boot, those that a later one has replaced included, in the order of the model. */
const ranIn = (boot: string, suites: RunModel["suites"]): readonly Ran[] =>
  suites.flatMap(({ name: suite, cases }) =>
    cases.flatMap((one) =>
      [...(one.attempts ?? []), one]
        .filter((result) => result.boot === boot)
        .map(({ status, durationMs = 0 }) => ({ suite, name: one.name, status, us: durationMs * 1000 })),
    ),
  );

/**
 * A boot with its suites and cases, one inside the other. How long a case took is known, and not when it began: they stand
 * one after another, and the last ends with its boot.
 */
function hostEvents(
  { id, source, why, end, startMs = 0, wallMs = 0 }: BootModel,
  tid: number,
  { suites, faults }: Pick<RunModel, "suites" | "faults">,
): readonly ChromeEvent[] {
  const ran = ranIn(id, suites);
  const sum = ran.reduce((all, { us }) => all + us, 0);
  const dur = Math.max(wallMs * 1000, sum);
  let at = startMs * 1000 + dur - sum;
  const cases: ChromeEvent[] = [];
  const spans = new Map<string, { from: number; to: number }>();
  for (const { suite, name, status, us } of ran) {
    cases.push(span(name, "case", tid, at, us, { status }));
    const known = spans.get(suite);
    if (known === undefined) spans.set(suite, { from: at, to: at + us });
    else known.to = at + us;
    at += us;
  }
  return [
    named("thread_name", HOST, tid, `${source} (${id})`),
    span(`${source} (${id})`, "boot", tid, startMs * 1000, dur, {
      ...(why !== undefined && { why }),
      ...(end !== undefined && { end }),
    }),
    ...[...spans].map(([suite, { from, to }]) => span(suite, "suite", tid, from, to - from, {})),
    ...cases,
    ...faults.filter(({ boot }) => boot === id).map((fault) => faultEvent(fault, tid, startMs * 1000 + dur)),
  ];
}

/** A fault: when it was met is not known either, and most end their boot. */
const faultEvent = ({ kind, title }: FaultModel, tid: number, ts: number): ChromeEvent => ({
  ...{ name: title, cat: "fault", ph: "i", s: "g", pid: HOST, tid, ts: rounded(ts), args: { kind } },
});

/** Thousandths of a microsecond are nanoseconds; less is the error of a sum. */
const rounded = (us: number): number => Math.round(us * 1000) / 1000;

const span = (
  name: string,
  cat: string,
  tid: number,
  ts: number,
  dur: number,
  args: Readonly<Record<string, Value>>,
  pid = HOST,
): ChromeEvent => ({
  ...{ name, cat, ph: "X", pid, tid, ts: rounded(ts), dur: rounded(ts + dur) - rounded(ts), args },
});

function guestEvents({ boot, source, trace }: KeptTrace, index: number): readonly ChromeEvent[] {
  const { definitions, records, lost } = trace;
  const [pid, tid] = [FIRST_GUEST + index, GUEST_THREAD + index];
  const title = `${source} (${boot}), clock of the guest${lost > 0n ? `, ${String(lost)} events lost` : ""}`;
  return [
    named("process_name", pid, tid, title),
    named("thread_name", pid, tid, "tracepoints"),
    ...casesOnGuestClock(definitions, records, pid, tid),
    ...records.map((record) => instant(record, definitions, pid, tid)),
  ];
}

const microseconds = (ns: bigint): number => Number(ns) / 1000;

function instant(
  { timeNs, definition, values }: TraceRecord,
  definitions: readonly TracepointDefinition[],
  pid: number,
  tid: number,
): ChromeEvent {
  const known = definition === undefined ? undefined : definitions[definition];
  const text = known === undefined ? "" : formatted(known.format, values);
  const all = values.map((value, nth): [string, Value] => [`arg${String(nth + 1)}`, plain(value)]);
  return {
    ...{ name: known?.name ?? "(unknown)", cat: "tracepoint", ph: "i", s: "t", pid, tid },
    ts: microseconds(timeNs),
    args: { text, ...Object.fromEntries(all) },
  };
}

/** JSON's readers have no more than 53 bits. */
const plain = (value: bigint | string): Value =>
  typeof value === "string" || value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER
    ? String(value)
    : Number(value);

/** The cases as the tracepoints of uktest frame them; one without an end lasts to the last event. */
function casesOnGuestClock(
  definitions: readonly TracepointDefinition[],
  records: readonly TraceRecord[],
  pid: number,
  tid: number,
): readonly ChromeEvent[] {
  const open: { readonly name: string; readonly ts: number }[] = [];
  const done: ChromeEvent[] = [];
  const close = (end: number): void => {
    const last = open.pop();
    if (last !== undefined)
      done.push(span(last.name, "case", tid, last.ts, Math.max(end - last.ts, 0), {}, pid));
  };
  for (const { timeNs, definition, values } of records) {
    const name = definition === undefined ? undefined : definitions[definition]?.name;
    const ts = microseconds(timeNs);
    if (name === "trace_uktest_case") open.push({ name: values.slice(0, 2).join("."), ts });
    if (name === "trace_uktest_case_end") close(ts);
  }
  const end = microseconds(records.at(-1)?.timeNs ?? 0n);
  while (open.length > 0) close(end);
  return done;
}
