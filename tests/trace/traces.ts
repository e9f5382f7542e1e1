/** Traces for tests, and the rules of Chrome's JSON as a reader needs them. */
import type { CaseModel, RunModel } from "../../src/core/model.js";
import type { KeptTrace } from "../../src/trace/kept.js";
import type { Trace } from "../../src/image/tracepoints.js";

/** A trace with all kinds of arguments; of a case whose beginning is in it. */
export const TRACE: Trace = {
  definitions: [
    {
      name: "trace_uktest_case",
      format: "%s %s %s",
      arguments: [1, 2, 3].map(() => ({ kind: "text", bytes: 8 })),
    },
    {
      name: "trace_uktest_case_end",
      format: "%s %s %s",
      arguments: [1, 2, 3].map(() => ({ kind: "text", bytes: 8 })),
    },
    {
      name: "trace_open",
      format: '"%s" %d 0x%x',
      arguments: [
        { kind: "text", bytes: 8 },
        { kind: "signed", bytes: 4 },
        { kind: "unsigned", bytes: 8 },
      ],
    },
    { name: 'odd "name"\\', format: "%d", arguments: [{ kind: "signed", bytes: 3 }] },
  ],
  records: [
    {
      timeNs: 999n,
      definition: 2,
      values: ["/early", -1, 0].map((v) => (typeof v === "string" ? v : BigInt(v))),
    },
    { timeNs: 1_000n, definition: 0, values: ["ring", "wraps", "7"] },
    { timeNs: 2_000_000_001n, definition: 2, values: ['q"\\\0\n', -2_147_483_648n, 0xffff_ffff_ffff_ffffn] },
    { timeNs: 2_000_000_002n, definition: 3, values: [-8_388_608n] },
    { timeNs: 2_000_000_003n, definition: 1, values: ["ring", "wraps", "passed"] },
    { timeNs: 2_000_000_004n, definition: undefined, values: [] },
  ],
  lost: 5n,
  isFull: false,
};

export const KEPT: KeptTrace = { boot: "b1", source: "demo on v86", architecture: "i386", trace: TRACE };

export const CASE: Omit<CaseModel, "id" | "name" | "status" | "boot"> = {
  ...{
    suite: "ring",
    evidence: "console",
    assertions: [],
    evaluations: { passed: 1, failed: 0 },
    output: [],
  },
  ...{ droppedConsoleLines: 0, origin: { line: 1, byteOffset: 0 } },
};

/** A run with two builds, a retry, a boot that died and one that never was. */
export const MODEL: Pick<RunModel, "boots" | "suites" | "faults" | "builds"> = {
  builds: [
    { name: "demo", architecture: "i386", outcome: "built", beforeMs: 1000, durationMs: 900 },
    // It began within the same millisecond as the one before it ended.
    { name: "broken", architecture: "i386", outcome: "failed", beforeMs: 101, durationMs: 100 },
  ],
  faults: [
    {
      ...{ kind: "trap", title: "page fault", registers: [], callTrace: [], excerpt: [] },
      ...{ boot: "b1", origin: { line: 1, byteOffset: 0 } },
    },
  ],
  boots: [
    { id: "b1", source: "demo on v86", startMs: 3, wallMs: 100, end: "fault" },
    { id: "b2", source: "demo on v86", startMs: 50, wallMs: 1, why: "retry" },
    { id: "b3", source: "broken on v86" },
  ],
  suites: [
    {
      name: "ring",
      boot: "b1",
      cases: [
        { ...CASE, id: "c1", name: "wraps", status: "passed", boot: "b1", durationMs: 0.1 },
        {
          ...{ ...CASE, id: "c2", name: "grows", status: "passed", boot: "b1", durationMs: 0.2 },
          measurements: [{ name: "peak_bytes", kind: "gauge", unit: "bytes", value: 640 }],
        },
        {
          ...{ ...CASE, id: "c4", name: "leaks", status: "passed", boot: "b2", durationMs: 7 },
          attempts: [{ id: "c3", boot: "b1", status: "failed", durationMs: 0.3 }],
        },
      ],
    },
    { name: "list", boot: "b1", cases: [{ ...CASE, id: "c5", name: "one", status: "crashed", boot: "b1" }] },
  ],
};

interface Event {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly s?: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

export interface Document {
  readonly traceEvents: readonly Event[];
}

/**
 * What a reader of the Trace Event Format would stumble over, in words: unknown phases, missing keys, times that are no
 * numbers, spans of one thread that overlap without one holding the other, counters that are no numbers, threads of two
 * processes, processes and threads without a name or with two.
 */
export function complaintsAbout({ traceEvents }: Document): readonly string[] {
  const complaints: string[] = [];
  const spans = new Map<number, Span[]>();
  for (const event of traceEvents) {
    const say = (what: string): void => void complaints.push(`${event.name}: ${what}`);
    if (typeof event.name !== "string") say("no name");
    if (!["X", "i", "C", "M"].includes(event.ph)) say(`phase ${event.ph}`);
    if (!Number.isInteger(event.pid) || !Number.isInteger(event.tid)) say("no process or thread");
    wrongIn(event).forEach(say);
    if (event.ph !== "X" || event.ts === undefined) continue;
    const { name, tid, ts, dur = 0 } = event;
    const known = spans.get(tid);
    if (known === undefined) spans.set(tid, [{ name, from: ts, to: ts + dur }]);
    else known.push({ name, from: ts, to: ts + dur });
  }
  return [
    ...complaints,
    ...wrongThreads(traceEvents),
    ...wrongNames(traceEvents),
    ...[...spans.values()].flatMap(wrongNesting),
  ];
}

/** Less than a nanosecond, which is what numbers of this size lose. */
const EPSILON = 0.0009;

interface Span {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

function wrongIn({ ph, name, ts, dur, s, args = {} }: Event): readonly string[] {
  if (ph === "M")
    return ["process_name", "thread_name"].includes(name) && typeof args["name"] === "string"
      ? []
      : ["a name"];
  const isTime = (time: number | undefined): boolean =>
    time !== undefined && Number.isFinite(time) && time >= 0;
  const values = Object.values(args);
  return [
    ...(isTime(ts) ? [] : [`time ${String(ts)}`]),
    ...(ph === "X" && !isTime(dur) ? [`duration ${String(dur)}`] : []),
    ...(ph === "i" && !["t", "p", "g"].includes(s ?? "") ? [`scope ${String(s)}`] : []),
    ...(ph === "C" && (values.length === 0 || !values.every((value) => Number.isFinite(value)))
      ? ["a counter that is no number"]
      : []),
  ];
}

function wrongThreads(events: Document["traceEvents"]): readonly string[] {
  const processes = new Map<number, number>();
  return events.flatMap(({ name, pid, tid }) => {
    const known = processes.get(tid) ?? pid;
    processes.set(tid, known);
    return known === pid ? [] : [`${name}: its thread is of two processes`];
  });
}

function wrongNames(events: Document["traceEvents"]): readonly string[] {
  const named = events
    .filter(({ ph }) => ph === "M")
    .map(({ name, pid, tid }) =>
      name === "process_name" ? `process ${String(pid)}` : `thread ${String(tid)}`,
    );
  const used = events
    .filter(({ ph }) => ph !== "M")
    .flatMap(({ pid, tid }) => [`process ${String(pid)}`, `thread ${String(tid)}`]);
  return [
    ...[...new Set(used)].filter((one) => !named.includes(one)).map((one) => `${one} has no name`),
    ...named.filter((one, at) => named.indexOf(one) !== at).map((one) => `${one} has two names`),
  ];
}

/** Spans of one thread, each of which has to end within those that are open when it begins. */
function wrongNesting(spans: readonly Span[]): readonly string[] {
  const open: Span[] = [];
  return spans
    .toSorted((a, b) => a.from - b.from || b.to - a.to)
    .flatMap((one) => {
      while ((open.at(-1)?.to ?? Infinity) <= one.from + EPSILON) open.pop();
      const around = open.at(-1);
      open.push(one);
      return around !== undefined && one.to > around.to + EPSILON
        ? [`${around.name} ends inside of ${one.name}`]
        : [];
    });
}
