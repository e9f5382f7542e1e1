/**
 * Events to model: nothing is lost, nothing is judged, and a stream may stop anywhere.
 */
import test from "ava";
import { decodeText } from "../../src/core/decode.js";
import type { RunEvent } from "../../src/core/events.js";
import { ModelBuilder, reduce } from "../../src/core/model/reduce.js";
import { RESET_MARK } from "../../src/core/segment.js";
import { fault, RunBuilder } from "../reporters/builder.js";
import { redRun } from "../reporters/samples.js";

const finding = { check: "bounds", message: "index 9", file: "m.c", line: 3, column: 4 };

test("suites, cases and what is in them, in order", (t) => {
  const run = new RunBuilder({ ubsan: "warn" }, { image: "app.dbg", sources: ["a.log", "b.log"] });
  run.boot("a.log", "fault", (all) =>
    all.suite("s", {
      name: "c",
      status: "crashed",
      reason: "page fault",
      description: "what it does",
      file: "s.c",
      line: 7,
      durationMs: 1.5,
      droppedConsoleLines: 2,
      body: [
        { pass: "one" },
        { console: "hello" },
        { fail: "two", file: "s.c", line: 9 },
        { fault: fault("trap", "page fault") },
      ],
    }),
  );
  const model = reduce(run.end());
  t.like(model, { image: "app.dbg", sources: ["a.log", "b.log"], policy: { ubsan: "warn" }, complete: true });
  t.deepEqual(model.boots, [{ id: "b1", source: "a.log", end: "fault", kernel: "Calypso 0.17.0" }]);
  const one = model.suites[0]?.cases[0];
  t.like(one, {
    suite: "s",
    name: "c",
    status: "crashed",
    reason: "page fault",
    description: "what it does",
    file: "s.c",
    line: 7,
    durationMs: 1.5,
    evaluations: { passed: 1, failed: 1 },
    droppedConsoleLines: 2,
  });
  t.like(one?.assertions, [
    { status: "passed", message: "one" },
    { status: "failed", message: "two", file: "s.c", line: 9 },
  ]);
  t.deepEqual(
    one?.output.map(({ text }) => text),
    ["hello"],
  );
  t.like(model.faults[0], { kind: "trap", title: "page fault", suite: "s", case: "s.c", caseId: one?.id });
});

test("one finding per site, with a count and the case of the first", (t) => {
  const run = new RunBuilder();
  run.boot("a.log", "normal", (all) =>
    all
      .finding(finding)
      .suite("s", { name: "c", body: [{ finding }, { finding: { ...finding, column: 5 } }, { finding }] })
      .finding({ ...finding, check: "unknown" }),
  );
  const { findings } = reduce(run.end());
  t.deepEqual(
    findings.map(({ check, column, occurrences, case: of }) => [check, column, occurrences, of]),
    [
      ["bounds", 4, 3, undefined],
      ["bounds", 5, 1, "s.c"],
      ["unknown", 4, 1, undefined],
    ],
  );
});

test("a suite that is opened twice in a boot is one; in another boot it is another", (t) => {
  const run = new RunBuilder();
  for (const source of ["a.log", "b.log"])
    run.boot(source, "normal", (all) =>
      all
        .suite("s", { name: "one" })
        .suite("t", { name: "two" })
        .suite("s", { name: "three", status: "not-run" }),
    );
  t.deepEqual(
    reduce(run.end()).suites.map(({ name, cases }) => [name, cases.map((one) => one.name)]),
    [
      ["s", ["one", "three"]],
      ["t", ["two"]],
      ["s", ["one", "three"]],
      ["t", ["two"]],
    ],
  );
});

test("a stream that stops anywhere is a model that is not complete", (t) => {
  const events = redRun();
  const builder = new ModelBuilder();
  let seen = 0;
  for (const event of events.slice(0, -1)) {
    builder.add(event);
    const model = builder.model();
    t.false(model.complete);
    const cases = model.suites.reduce((sum, suite) => sum + suite.cases.length, 0);
    t.true(cases >= seen);
    seen = cases;
  }
  builder.add({ type: "run-finished" });
  t.true(builder.model().complete);
  t.deepEqual(builder.model(), reduce(events));
});

test("no events at all, and events of what never began", (t) => {
  t.like(reduce([]), { sources: [], suites: [], complete: false, policy: { ubsan: "fail" } });
  const origin = { line: 1, byteOffset: 0 };
  const strays: readonly RunEvent[] = [
    { type: "console", case: "x", text: "hello", origin },
    { type: "assertion", case: "x", status: "failed", message: "m", origin },
    { type: "case-started", suite: "none", case: "x", name: "c", origin },
    { type: "boot-finished", boot: "b", end: "normal", origin },
    { type: "suite-finished", suite: "s", origin },
  ];
  t.deepEqual(reduce(strays).suites, []);
});

test("the model of many boots is made in linear time", (t) => {
  const origin = { line: 1, byteOffset: 0 };
  const builder = new ModelBuilder();
  const begun = process.cpuUsage().user;
  for (let n = 0; n < 60_000; n += 1) {
    builder.add({ type: "boot-started", boot: `b${String(n)}`, source: "a.log", origin });
    builder.add({ type: "boot-finished", boot: `b${String(n)}`, end: "normal", origin });
  }
  t.is(builder.model().boots.length, 60_000);
  // Looking through all boots for each takes some ten seconds.
  t.true(process.cpuUsage().user - begun < 2_000_000);
});

test("bytes to text: UTF-8, invalid bytes, marks", (t) => {
  t.is(decodeText("plain"), "plain");
  t.is(decodeText("\xc3\xbc \xe2\x82\xac"), "ü €");
  t.is(decodeText("a\xffb\xc3"), "a\ufffdb\ufffd");
  t.is(decodeText(`test:${RESET_MARK} a`), "test: a");
  t.is(decodeText(""), "");
});
