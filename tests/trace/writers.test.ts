/** What a trace becomes: text, a file beside a record, the two files of CTF, Chrome's JSON. */
import { execFileSync } from "node:child_process";
import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import fc from "fast-check";
import { RigError } from "../../src/core/errors.js";
import { chromeOf } from "../../src/trace/chrome.js";
import { casesOf } from "../../src/trace/cases.js";
import { ctfOf } from "../../src/trace/ctf.js";
import { readTrace, traceLines } from "../../src/trace/kept.js";
import { traceText } from "../../src/trace/text.js";
import { scratch } from "../cli/run.js";
import { CASE, complaintsAbout, type Document, KEPT, MODEL, TRACE } from "./traces.js";

test("a file beside the record holds all of it", (t) => {
  t.deepEqual(readTrace(traceLines(KEPT), "b1.jsonl"), KEPT);
  const full = { ...KEPT, died: "a.b", trace: { ...TRACE, isFull: true, damage: "a hole", lost: 0n } };
  t.deepEqual(readTrace(traceLines(full), "b1.jsonl"), full);
});

test("what is no such file is refused by its name and line, whatever it is", (t) => {
  const lines = traceLines(KEPT).split("\n");
  const wrong = [
    ["", 1],
    ["7", 1],
    [lines.slice(1).join("\n"), 1],
    // A folder is named after the boot, and a number has at most so many bytes.
    [lines.join("\n").replace('"boot":"b1"', '"boot":"../b1"'), 1],
    [lines.join("\n").replace('"bytes":8', '"bytes":1000000000000'), 1],
    [[lines[0], '["1",99,[]]'].join("\n"), 2],
    [[lines[0], '["1",2,["a"]]'].join("\n"), 2],
    [[lines[0], '["1",2,["a","b","c"]]'].join("\n"), 2],
    [[lines[0], lines[1], '["x",null,[]]'].join("\n"), 3],
    [[lines[0], "[".repeat(9)].join("\n"), 2],
  ] as const;
  for (const [text, line] of wrong) {
    const error = t.throws(() => readTrace(text, "b1.jsonl"), { instanceOf: RigError }, text);
    t.true(error.message.startsWith(`b1.jsonl: line ${String(line)} `), error.message);
  }
  const whole = traceLines(KEPT);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, other) => {
      try {
        readTrace(whole.slice(0, at) + other + whole.slice(at + 1), "b1.jsonl");
      } catch (error) {
        t.true(error instanceof RigError, String(error));
      }
    }),
  );
});

test("text: a line for each event, a comment for each case, nothing a terminal obeys", (t) => {
  t.is(
    traceText(KEPT),
    `# demo on v86 (b1): 6 events, 5 lost
    0.000000999 trace_open "/early" -1 0x0
# ring.wraps/7
    0.000001000 trace_uktest_case ring wraps 7
    2.000000001 trace_open "q"\\\\x00\\n" -2147483648 0xffffffffffffffff
    2.000000002 odd "name"\\ -8388608
    2.000000003 trace_uktest_case_end ring wraps passed
# outside of a case
    2.000000004 (unknown)
`,
  );
});

test("an event belongs to its case, also where the beginning was overwritten", (t) => {
  const later = { ...TRACE, records: TRACE.records.slice(2) };
  t.deepEqual(casesOf(later), ["ring.wraps", "ring.wraps", "ring.wraps", undefined]);
  const inside = { ...TRACE, records: TRACE.records.slice(2, 4) };
  t.deepEqual(casesOf(inside), [undefined, undefined]);
  t.deepEqual(casesOf(inside, "ring.wraps"), ["ring.wraps", "ring.wraps"]);
});

test("in an image that does not note where cases begin, a death says nothing of the events before it", (t) => {
  const definitions = TRACE.definitions.filter(({ name }) => !name.startsWith("trace_uktest_case"));
  const at = TRACE.definitions.findIndex(({ name }) => name === "trace_open");
  const definition = definitions.findIndex(({ name }) => name === "trace_open");
  const records = TRACE.records.filter((one) => one.definition === at).map((one) => ({ ...one, definition }));
  t.true(records.length > 1);
  const other = { ...TRACE, definitions, records };
  t.deepEqual(
    casesOf(other, "ring.wraps"),
    records.map(() => undefined),
  );
  t.false(traceText({ ...KEPT, died: "ring.wraps", trace: other }).includes("# ring.wraps"));
});

/** What babeltrace2 says of traces of CTF, a line for each event. */
function babeltrace(folder: string): readonly string[] {
  const args = ["--clock-seconds", "--names=all", folder];
  return execFileSync("babeltrace2", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
    .split("\n")
    .filter((line) => line !== "");
}

test("CTF: babeltrace2 reads every event, with its case, its sign and its text", (t) => {
  const { path } = scratch(t);
  mkdirSync(join(path, "b1"));
  const { metadata, stream } = ctfOf(KEPT);
  writeFileSync(join(path, "b1/metadata"), metadata);
  writeFileSync(join(path, "b1/stream"), stream);
  const lines = babeltrace(path);
  t.is(lines.length, 6);
  t.regex(lines[0] ?? "", /0\.000000999, .*name = trace_open, .*arg1 = "\/early", arg2 = -1, arg3 = 0x0/);
  t.regex(
    lines[2] ?? "",
    /2\.000000001, .*case = "ring\.wraps\/7".*arg2 = -2147483648, arg3 = 0xFFFFFFFFFFFFFFFF/,
  );
  t.regex(lines[5] ?? "", /\(unknown\)/);
});

test("CTF: times that damage has set back are no error to a reader", (t) => {
  const { path } = scratch(t);
  mkdirSync(join(path, "b1"));
  const wild = [5n, 1n << 63n, 3n, 7n].map((timeNs) => ({ timeNs, definition: 3, values: [1n] }));
  const { metadata, stream } = ctfOf({ ...KEPT, source: 'a "b"\n\\', trace: { ...TRACE, records: wild } });
  writeFileSync(join(path, "b1/metadata"), metadata);
  writeFileSync(join(path, "b1/stream"), stream);
  t.is(babeltrace(path).length, 4);
});

test("Chrome: spans nest, times are numbers, guests have clocks of their own", (t) => {
  const document = JSON.parse(chromeOf(MODEL, [KEPT])) as Document;
  t.deepEqual(complaintsAbout(document), []);
  const named = (name: string, ph = "X") =>
    document.traceEvents.filter((event) => event.name === name && event.ph === ph);
  t.like(named("demo")[0], { ts: 0, dur: 900_000, pid: 1, args: { architecture: "i386", outcome: "built" } });
  t.like(named("broken")[0], { ts: 900_000, dur: 99_000, args: { outcome: "failed" } });
  t.like(named("demo on v86 (b1)")[0], { ts: 1_003_000, dur: 100_000, pid: 1, args: { end: "fault" } });
  t.like(named("demo on v86 (b2)")[0], { ts: 1_050_000, dur: 7000, args: { why: "retry" } });
  t.like(named("wraps")[0], { ts: 1_102_400, dur: 100, args: { suite: "ring", status: "passed" } });
  t.deepEqual(
    named("leaks").map(({ args }) => [args?.["status"], args?.["attempt"]]),
    [
      ["failed", 1],
      ["passed", 2],
    ],
  );
  t.like(named("peak_bytes, boot 1", "C")[0], { ts: 1_102_700, args: { value: 640 } });
  t.is(named("ring").length, 2, "in two boots");
  t.like(named("page fault", "i")[0], { ts: 1_103_000, s: "g", args: { kind: "trap" } });
  const [open] = named("trace_open", "i").slice(1);
  t.like(open, { ts: 2_000_000.001, pid: 2, args: { arg2: -2_147_483_648, arg3: "18446744073709551615" } });
  t.like(named("ring.wraps/7")[0], { ts: 1, pid: 2 });
});

test("Chrome: a guest whose clock goes back, or that never ends a case, is a valid document still", (t) => {
  const records = [5n, 1n << 63n, 3n, 7n].map((timeNs, at) => ({
    ...{ timeNs, definition: at < 3 ? 0 : 1, values: ["ring", `c${String(at)}`, ""] },
  }));
  const document = JSON.parse(chromeOf(MODEL, [{ ...KEPT, trace: { ...TRACE, records } }])) as Document;
  t.deepEqual(complaintsAbout(document), []);
  t.is(document.traceEvents.filter(({ ph, pid }) => ph === "X" && pid === 2).length, 3);
});

test("Chrome: whatever a run was, its document is valid", (t) => {
  const ms = fc.option(fc.double({ min: 0, max: 1e7, noNaN: true }), { nil: undefined });
  const one = fc.record({ boot: fc.nat(2), ms, line: fc.nat(9), suite: fc.nat(2) });
  const build = fc.record({ beforeMs: fc.nat(9999), durationMs: fc.nat(9999) });
  fc.assert(
    fc.property(
      fc.array(one),
      fc.array(build, { maxLength: 4 }),
      fc.array(fc.tuple(ms, ms)),
      (ran, builds, times) => {
        const run = {
          ...{ faults: MODEL.faults },
          builds: builds.map((times) => ({
            ...times,
            name: "p",
            architecture: "i386",
            outcome: "built" as const,
          })),
          boots: [0, 1, 2].map((at) => {
            const [startMs, wallMs] = times[at] ?? [];
            return {
              ...{ id: `b${String(at)}`, source: "s" },
              ...(startMs !== undefined && { startMs }),
              ...(wallMs !== undefined && { wallMs }),
            };
          }),
          suites: [0, 1, 2].map((suite) => ({
            ...{ name: `s${String(suite)}`, boot: "b0" },
            cases: ran
              .filter((case_) => case_.suite === suite)
              .map(({ boot, ms: durationMs, line }, at) => ({
                ...{
                  ...CASE,
                  id: `c${String(at)}`,
                  name: "c",
                  status: "passed" as const,
                  boot: `b${String(boot)}`,
                },
                origin: { line, byteOffset: 0 },
                ...(durationMs !== undefined && { durationMs }),
              })),
          })),
        };
        t.deepEqual(complaintsAbout(JSON.parse(chromeOf(run, [])) as Document), []);
      },
    ),
  );
});

test("Chrome: the validator of these tests can fail", (t) => {
  const X = { ph: "X", pid: 1, tid: 1 };
  const wrong = [
    { ...X, name: "no time", dur: 1 },
    { ...X, name: "first", ts: 10, dur: 10 },
    { ...X, name: "second", ts: 15, dur: 10 },
    { ...X, name: "moved", ph: "i", ts: 1, pid: 2 },
    { ...X, name: "open", ph: "B", ts: 1 },
    { ...X, name: "held", ph: "C", ts: 1, args: { bytes: "many" } },
    { ...X, name: "process_name", ph: "M", args: { name: "p" } },
    { ...X, name: "process_name", ph: "M", args: { name: "q" } },
  ];
  t.deepEqual(complaintsAbout({ traceEvents: wrong }), [
    "no time: time undefined",
    "moved: scope undefined",
    "open: phase B",
    "held: a counter that is no number",
    "moved: its thread is of two processes",
    "thread 1 has no name",
    "process 2 has no name",
    "process 1 has two names",
    "first ends inside of second",
  ]);
});
