import test from "ava";
import { consoleView } from "../../reporters/view/console.js";
import { parseExpectation } from "../../reporters/view/expectation.js";
import { extrasOf } from "../../reporters/view/extras.js";
import { excerptLines, leadUpLines, registerLines } from "../../reporters/view/faults.js";
import { whereOf } from "../../reporters/view/failures.js";
import { bootNamer } from "../../reporters/view/names.js";
import { shownFrames, sourceLines, traceLines, traceRows } from "../../reporters/view/trace.js";
import type { CaseModel } from "../../src/core/model.js";
import { reduce } from "../../src/core/model/reduce.js";
import { fault, RunBuilder } from "./builder.js";
import { contextFor } from "./render.js";
import { emptyRun } from "./samples.js";

test("messages of uktest come apart", (t) => {
  const cases: readonly (readonly [string, ReturnType<typeof parseExpectation>])[] = [
    ["expected `2 + 2` to be 5 but was 4", { expression: "2 + 2", expected: "to be 5", actual: "4" }],
    [
      "expected `r` to be less than 0 and was -2",
      { expression: "r", expected: "to be less than 0", actual: "-2" },
    ],
    ["expected `c` to be true", { expression: "c", expected: "to be true" }],
    ["expected `x` to not be 0 but was 0", { expression: "x", expected: "to not be 0", actual: "0" }],
    ["expected `a` at 0x1 to equal `b` at 0x2", { expression: "a", expected: "to equal `b` at 0x2" }],
    [
      'expected \'mount("", "/sys")\' to be 0 but was -1',
      { expression: 'mount("", "/sys")', expected: "to be 0", actual: "-1" },
    ],
    ['expected `strcmp("a very long expression which is certainly going to be truncat', undefined],
    ["custom message with 100% and a -> arrow", undefined],
    [
      'expected `f(" but was ")` to be 1 but was 2',
      { expression: 'f(" but was ")', expected: "to be 1", actual: "2" },
    ],
    ["expected `x` in time", undefined],
  ];
  for (const [message, expected] of cases) t.deepEqual(parseExpectation(message), expected, message);
});

const one = (more: Partial<CaseModel>): CaseModel => ({
  id: "c",
  suite: "s",
  name: "n",
  status: "failed",
  evidence: "console",
  assertions: [],
  evaluations: { passed: 0, failed: 0 },
  output: [],
  droppedConsoleLines: 0,
  origin: { line: 1, byteOffset: 0 },
  boot: "b1",
  ...more,
});

const failing = (line: number): CaseModel["assertions"][number] => ({
  status: "failed",
  message: `at ${String(line)}`,
  origin: { line, byteOffset: 0 },
});

test("the console around a failure, with the failure marked", (t) => {
  const output = Array.from({ length: 100 }, (_, at) => ({ line: at, text: `l${String(at)}` }));
  const view = consoleView(one({ output, assertions: [failing(50)], droppedConsoleLines: 5 }));
  t.deepEqual(
    view.rows.map(({ text, marked }) => (marked ? `>${text}` : text)),
    ["l46", "l47", "l48", "l49", "l50", ">at 50", "l51", "l52", "l53", "l54"],
  );
  t.is(view.hidden, 96);
  t.is(consoleView(one({ output })).rows.length, 16);
  t.is(consoleView(one({ output })).rows.at(-1)?.text, "l99");
  t.deepEqual(consoleView(one({ output, assertions: [failing(500)] })).rows, []);
});

test("where to look first", (t) => {
  const crash = {
    ...fault("trap", "t", { file: "f.c", line: 9 }),
    boot: "b",
    origin: { line: 1, byteOffset: 0 },
  };
  const failure = { ...failing(1), file: "a.c", line: 2 };
  t.deepEqual(whereOf(one({ assertions: [failure] }), []), { file: "a.c", line: 2 });
  t.deepEqual(whereOf(one({ status: "crashed", assertions: [failure] }), [crash]), { file: "f.c", line: 9 });
  t.deepEqual(whereOf(one({ file: "d.c", line: 4 }), []), { file: "d.c", line: 4 });
  t.deepEqual(whereOf(one({ line: 4 }), []), {});
});

test("long faults are cut with a word about it", (t) => {
  const many = Array.from({ length: 100 }, (_, at) => at);
  const record = fault("trap", "t", {
    registers: many.map((at) => ({ name: `R${String(at)}`, value: "0" })),
    callTrace: many.map((at) => ({ address: String(at) })),
    excerpt: many.map((line) => ({ line, text: "x" })),
  });
  t.is(registerLines(record).at(-1), "... 36 more registers");
  const endless = {
    ...record,
    callTrace: [
      ...record.callTrace.slice(0, 3),
      { address: "", leftOut: 7 },
      ...record.callTrace.slice(3, 5),
    ],
  };
  t.deepEqual(traceLines(endless, contextFor([])), [
    "#0 0",
    "#1 1",
    "#2 2",
    "... 7 more frames",
    "#10 3",
    "#11 4",
  ]);
  t.deepEqual(
    shownFrames([...endless.callTrace, ...record.callTrace], 8).map(
      (frame) => frame.leftOut ?? frame.address,
    ),
    ["0", "1", "2", 7, "3", 99, "98", "99"],
  );
  const trace = traceLines(record, contextFor([]));
  t.deepEqual(trace.slice(22, 26), ["#22 22", "... 69 more frames", "#92 92", "#93 93"]);
  t.is(trace.length, 32);
  t.is(excerptLines(record).at(-1), "... 76 more lines");
  const model = { ...record, boot: "b", origin: { line: 3, byteOffset: 0 } };
  t.deepEqual(leadUpLines(model), ["0 | x", "1 | x", "2 | x", "3 | x"]);
  t.is(leadUpLines({ ...model, registers: [] }).length, 25);
  t.is(registerLines(fault("trap", "t", { registers: record.registers.slice(0, 4) }), 30).length, 4);
});

test("whatever makes a run red has a word in it", (t) => {
  const titles = (run: RunBuilder): readonly string[] =>
    extrasOf(reduce(run.end())).map((extra) => (extra.kind === "run" ? extra.title : extra.kind));
  t.deepEqual(titles(new RunBuilder().boot("x.log", "cut", (run) => run.suite("s", { name: "c" }))), [
    "boot of x.log did not end normally",
  ]);
  t.deepEqual(titles(new RunBuilder()), ["no case ran"]);
  t.deepEqual(titles(new RunBuilder().boot("b", "normal", (run) => run.suite("s", { name: "c" }))), []);
  const open = new RunBuilder().boot("b", "normal", (run) => run.suite("s", { name: "c" }));
  t.deepEqual(
    extrasOf(reduce(open.events)).map((extra) => extra.kind === "run" && extra.title),
    ["the run is incomplete"],
  );
  t.deepEqual(
    extrasOf(reduce(emptyRun())).map(({ kind }) => kind),
    ["problem"],
  );
});

test("boots of one file name keep the folders that tell them apart, boots of one source are numbered", (t) => {
  const run = new RunBuilder();
  for (const source of ["c/a/x.log", "c/b/x.log", "y.log", "y.log", "D:\\b\\x.log"])
    run.boot(source, "normal", () => undefined);
  const model = reduce(run.end());
  const name = bootNamer(model);
  t.deepEqual(
    model.boots.map(({ id }) => name(id)),
    ["a/x.log", "c/b/x.log", "y.log", "y.log #2", "D:/b/x.log"],
  );
  t.is(name(undefined), undefined);
});

test("machinery and recursion are folded, a single frame is not", (t) => {
  const own = (name: string, line: number) => ({ address: "1", function: name, file: "a.c", line });
  const machine = (name: string, machinery: "crash" | "library" | "test" | "boot") => ({
    ...own(name, 1),
    machinery,
  });
  const record = fault("crash", "t", {
    callTrace: [
      machine("uk_crash", "crash"),
      machine("abort", "crash"),
      machine("memcpy", "library"),
      { ...own("leaf", 3), isInlined: true },
      own("descend", 7),
      own("descend", 7),
      own("descend", 7),
      own("descend", 9),
      own("descend", 9),
      { address: "0000cafe", symbol: "guest+1" },
      { address: "0000cafe" },
      { address: "0000beef", function: "bare" },
      machine("call_case", "test"),
      machine("run_once", "test"),
      machine("ukplat_entry", "boot"),
    ],
  });
  t.deepEqual(traceLines(record, contextFor([])), [
    "... 2 frames of the way to the crash screen",
    "#2 memcpy  a.c:1",
    "#3 leaf  a.c:3  (inlined)",
    "#4 descend  a.c:7",
    "... 2 frames of descend again",
    "#7 descend  a.c:9",
    "#8 descend  a.c:9",
    "#9 0000cafe guest+1",
    "#10 0000cafe",
    "#11 bare  0000beef",
    "... 3 frames of the test machinery and the boot",
  ]);
  const briefly = traceRows(record, contextFor([])).map(({ brief }) => brief);
  t.deepEqual(briefly.slice(7, 9), ["guest+1", "0000cafe"]);
  const alone = fault("crash", "t", { callTrace: [own("f", 1), machine("call_case", "test")] });
  t.deepEqual(traceLines(alone, contextFor([])), ["#0 f  a.c:1", "#1 call_case  a.c:1"]);
});

test("source lines are numbered, the one that is meant is marked, tabs do not run away", (t) => {
  const source = { file: "a.c", line: 10, firstLine: 9, texts: ["{", "\tcrash();", ""] };
  t.deepEqual(sourceLines(fault("crash", "t", { source })), ["   9 | {", "> 10 |     crash();", "  11 |"]);
  t.deepEqual(sourceLines(fault("crash", "t")), []);
});
