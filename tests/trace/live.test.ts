/** The trace of a guest while it runs: each event once, none that is half written, and those of a guest that never ends. */
import test from "ava";
import type { Trace, TraceMap, TraceRecord } from "../../src/image/tracepoints.js";
import { freshRecords, peekTrace } from "../../src/trace/live.js";
import { turns } from "../amount.js";
import { scratch, start } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";

const record = (value: number): TraceRecord => ({ timeNs: 0n, definition: 0, values: [BigInt(value)] });
const trace = (records: readonly number[], more: Partial<Trace> = {}): Trace => ({
  ...{ definitions: [], records: records.map(record), lost: 0n, isFull: false },
  ...more,
});

test("each record is new once, and those that were overwritten are counted", (t) => {
  const fresh = freshRecords();
  const said = (one: Trace) => {
    const { records, missed } = fresh(one);
    return [records.map(({ values: [value] }) => Number(value)), missed];
  };
  t.deepEqual(said(trace([])), [[], 0n]);
  t.deepEqual(said(trace([0, 1])), [[0, 1], 0n]);
  t.deepEqual(said(trace([0, 1])), [[], 0n]);
  t.deepEqual(said(trace([1, 2], { lost: 1n })), [[2], 0n]);
  t.deepEqual(said(trace([5, 6, 7], { lost: 5n })), [[5, 6, 7], 2n]);
  t.deepEqual(said(trace([4, 5], { lost: 4n })), [[], 0n], "an older look");
});

test("a buffer that is full loses what comes after", (t) => {
  const fresh = freshRecords();
  t.is(fresh(trace([0, 1, 2])).records.length, 3);
  t.deepEqual(fresh(trace([0, 1, 2, 3], { isFull: true, lost: 9n })), { records: [record(3)], missed: 0n });
});

test("a guest that is not there yet, or that began a new lap meanwhile, is looked at again later", async (t) => {
  const map: TraceMap = {
    ranges: [
      { address: 0x10, bytes: 4 },
      { address: 0x20, bytes: 8 },
    ],
    decode: ([place, records]) =>
      place === undefined || records === undefined
        ? undefined
        : trace([place[0] ?? 0], place[0] === 0 ? { damage: "nothing" } : {}),
  };
  const peeked = async (...places: readonly (number | undefined)[]) => {
    const next = [...places];
    const found = await peekTrace(map, (address, length) => {
      const place = address === 0x10 ? next.shift() : 0;
      return Promise.resolve(place === undefined ? undefined : Uint8Array.from({ length }).fill(place, 0, 1));
    });
    return found?.records.map(({ values: [value] }) => Number(value));
  };
  t.deepEqual(await peeked(5, 5), [5]);
  t.deepEqual(await peeked(5, 9), [5], "what was written meanwhile is the next look's");
  t.is(await peeked(5, 2), undefined);
  t.is(await peeked(0, 0), undefined);
  t.is(await peeked(undefined, 4), undefined);
});

const SUITE = `#define UK_DEBUG_TRACE
#include <uk/test.h>
#include <uk/trace.h>

UK_TRACEPOINT(trace_turn, "%d", int);

UK_TESTCASE(live, never_ends)
{
	trace_turn(-1);
	trace_turn(2);
	for (;;)
		;
}
uk_testsuite_register(live, NULL);
`;

for (const machine of turns(["v86", "qemu-x86_64", "qemu-i386", "qemu-arm64"], "trace/live"))
  test(`events are shown while the guest runs: ${machine}`, async (t) => {
    const { path, put } = scratch(t);
    put("live.c", SUITE);
    put("uktest.config.json", '{ "suites": { "live": { "sources": ["*.c"] } } }');
    await putKitObjects(path, [machine]);
    const running = start(["run", "-m", machine, "--trace=live", "-r", "lines"], { cwd: path });
    const { child } = running;
    await running.told("trace_turn 2\n");
    t.is(child.exitCode, null);
    child.kill("SIGINT");
    const { stderr } = await running.end;
    const lines = stderr.split("\n").map((line) => line.replace(/^uktest: /, ""));
    t.is(lines.filter((line) => line.endsWith("trace_turn -1")).length, 1, stderr);
    t.is(lines.filter((line) => line.endsWith("trace_turn 2")).length, 1, stderr);
    t.true(lines.includes(`trace: live on ${machine}:`), stderr);
  });
