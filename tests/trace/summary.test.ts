/** A trace in brief: bounded, finite, and right about what it stands for. */
import test from "ava";
import fc from "fast-check";
import {
  MARK_TEXT_MAX,
  MAX_HELD_POINTS,
  MAX_TRACE_MARKS,
  MAX_TRACED_CASES,
} from "../../src/core/model/trace-summary.js";
import type { Trace, TraceRecord } from "../../src/image/tracepoints.js";
import { decodeEvent } from "../../src/record/events.js";
import { summaryOf } from "../../src/trace/summary.js";
import { TRACE } from "./traces.js";

test("a small trace is all in it", (t) => {
  t.deepEqual(summaryOf(TRACE), {
    ...{ events: 6, lost: 5 },
    cases: [{ name: "ring.wraps/7", fromUs: 1, toUs: 2_000_000.003 }],
    marks: [
      [0.999, 'trace_open "/early" -1 0x0'],
      [1, "trace_uktest_case ring wraps 7"],
      [2_000_000.001, String.raw`trace_open "q"\\x00\n" -2147483648 0xffffffffffffffff`],
      [2_000_000.002, String.raw`odd "name"\ -8388608`],
      [2_000_000.003, "trace_uktest_case_end ring wraps passed"],
      [2_000_000.004, "(unknown)"],
    ].map(([us, text]) => ({ fromUs: us as number, toUs: us as number, events: 1, text: text as string })),
  });
});

const HEAP: Trace = {
  definitions: ["malloc", "free", "realloc"].map((name) => ({
    name: `trace_ukalloc_${name}`,
    format: "%p 0x%x %p",
    arguments: [1, 2, 3].map(() => ({ kind: "unsigned", bytes: 8 })),
  })),
  records: (
    [
      [0, 100, 7],
      [0, 50, 8],
      [2, 50, 70],
      [1, 100, 7],
      [1, 70, 8],
      // More than was ever held: damaged, or from before.
      [1, 999, 9],
    ] as const
  ).map(([definition, size, last], at) => ({
    ...{ timeNs: BigInt(1000 * at), definition, values: [0n, BigInt(size), BigInt(last)] },
  })),
  lost: 0n,
  isFull: false,
};

test("what the heap holds is what was taken and not given back", (t) => {
  t.deepEqual(summaryOf(HEAP).held, [
    [0, 100],
    [1, 150],
    [2, 170],
    [3, 70],
    [4, 0],
    [5, 0],
  ]);
  t.is(summaryOf({ ...HEAP, lost: 1n }).held, undefined, "what was held before is unknown");
  t.deepEqual(summaryOf({ ...HEAP, lost: 1n, isFull: true }).held?.[0], [0, 100], "only the end is lost");
});

test("many events: a mark stands for several, none is lost, and the highest is kept", (t) => {
  const record = (at: number): TraceRecord => ({
    ...{ timeNs: BigInt(at), definition: 0, values: [0n, at === 7777 ? 1_000_000n : 1n, 0n] },
  });
  const records = Array.from({ length: 20_000 }, (_, at) => record(at));
  const { events, marks, held = [] } = summaryOf({ ...HEAP, records });
  t.is(events, 20_000);
  t.true(marks.length <= MAX_TRACE_MARKS && marks.length > MAX_TRACE_MARKS / 2);
  t.is(
    marks.reduce((sum, one) => sum + one.events, 0),
    20_000,
  );
  t.true(held.length <= MAX_HELD_POINTS);
  t.is(Math.max(...held.map(([, bytes]) => bytes)), 20_000 - 1 + 1_000_000);
});

test("whatever a damaged trace holds is bounded, and a record takes it", (t) => {
  const value = fc.oneof(fc.bigInt(), fc.string());
  const one = fc.record({
    timeNs: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
    definition: fc.option(fc.nat(4), { nil: undefined }),
    values: fc.array(value, { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 60 }), fc.bigInt({ min: 0n }), (records, lost) => {
      const trace = { ...TRACE, definitions: [...TRACE.definitions, ...HEAP.definitions], records, lost };
      const summary = summaryOf(trace);
      const line = JSON.stringify({ type: "trace", boot: "b1", ...summary });
      t.notThrows(() => decodeEvent(line, "line 1"));
      t.true(summary.cases.length <= MAX_TRACED_CASES && summary.marks.length <= MAX_TRACE_MARKS);
      t.true(summary.marks.every(({ text }) => Array.from(text).length <= MARK_TEXT_MAX));
    }),
  );
});
