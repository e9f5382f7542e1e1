/** Traces for tests, and the rules of Chrome's JSON as a reader needs them. */
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
 * numbers, spans of one thread that overlap without one holding the other, threads of two processes.
 */
export function complaintsAbout({ traceEvents }: Document): readonly string[] {
  const complaints: string[] = [];
  const processes = new Map<number, number>();
  const spans = new Map<string, { name: string; from: number; to: number }[]>();
  for (const { ph, name, pid, tid, ts, dur, s, args = {} } of traceEvents) {
    const say = (what: string): void => void complaints.push(`${name}: ${what}`);
    if (!["X", "i", "M"].includes(ph)) say(`phase ${ph}`);
    if (!Number.isInteger(pid) || !Number.isInteger(tid)) say("no process or thread");
    if (ph === "M") {
      if (!["process_name", "thread_name"].includes(name) || typeof args["name"] !== "string") say("a name");
      continue;
    }
    if ((processes.get(tid) ?? pid) !== pid) say("its thread is of two processes");
    processes.set(tid, pid);
    if (ts === undefined || !Number.isFinite(ts) || ts < 0) say(`time ${String(ts)}`);
    if (ph === "i" && !["t", "p", "g"].includes(s ?? "")) say(`scope ${String(s)}`);
    if (ph !== "X" || ts === undefined) continue;
    if (dur === undefined || !Number.isFinite(dur) || dur < 0) say(`duration ${String(dur)}`);
    spans.set(`${String(pid)} ${String(tid)}`, [
      ...(spans.get(`${String(pid)} ${String(tid)}`) ?? []),
      { name, from: ts, to: ts + (dur ?? 0) },
    ]);
  }
  for (const all of spans.values())
    for (const one of all)
      for (const other of all)
        if (one.from < other.from - EPSILON && one.to > other.from + EPSILON && one.to < other.to - EPSILON)
          complaints.push(`${one.name} ends inside of ${other.name}`);
  return complaints;
}

/** Less than a nanosecond, which is what numbers of this size lose. */
const EPSILON = 0.0009;
