/**
 * The list of known findings with kinds and scopes: a report that a suite provokes on purpose does not count in it, and
 * counts anywhere else. A fault that a suite wants hides nothing else that is wrong with the case.
 */
import test from "ava";
import type { KnownFinding } from "../../src/core/events.js";
import { knownCase, knownFault, knownFinding } from "../../src/core/model/known.js";
import type { RunModel } from "../../src/core/model.js";
import { casesOf } from "../../src/core/model/counts.js";
import { judge } from "../../src/core/verdict.js";
import { read } from "../reading.js";
import { LINUX } from "../faults/report-samples.js";

const report = (name: string): readonly string[] => LINUX.find((one) => one.name === name)?.lines ?? [];

/** A KTAP stream with two suites; the reports stand in their only cases. */
function streamOf(
  first: readonly string[],
  second: readonly string[] = [],
  results = ["ok", "ok"],
): RunModel {
  const suite = (name: string, lines: readonly string[], number: number): readonly string[] => [
    "    KTAP version 1",
    `    # Subtest: ${name}`,
    "    1..1",
    ...lines,
    `    ${results[number - 1] ?? "ok"} 1 case_${name}`,
    `${results[number - 1] ?? "ok"} ${String(number)} ${name}`,
  ];
  const lines = ["KTAP version 1", "1..2", ...suite("kasan", first, 1), ...suite("other", second, 2)];
  return read(lines.map((line) => `${line}\n`).join(""));
}

const knowing = (model: RunModel, ...entries: readonly Omit<KnownFinding, "reason">[]): RunModel => ({
  ...model,
  policy: {
    ...model.policy,
    knownFindings: {
      today: "2026-06-15",
      entries: entries.map((entry) => ({ ...entry, reason: "provoked on purpose" })),
    },
  },
});
const exitOf = (model: RunModel): number => judge(model).exitCode;

test("a finding is known in the suite that provokes it, by kind, check and function", (t) => {
  const model = streamOf(report("KASAN"));
  t.is(exitOf(model), 1);
  t.is(exitOf(knowing(model, { suite: "kasan", kind: "kasan" })), 0);
  t.is(exitOf(knowing(model, { suite: "kas*" })), 0);
  t.is(exitOf(knowing(model, { kind: "kasan", check: "slab-use-after-free", function: "frob_widget" })), 0);
  t.is(exitOf(knowing(model, { suite: "other", kind: "kasan" })), 1);
  t.is(exitOf(knowing(model, { suite: "kasan", kind: "kmsan" })), 1);
  t.is(exitOf(knowing(model, { suite: "kasan", check: "double-free" })), 1);
  t.is(exitOf(knowing(model, { suite: "kasan", kind: "kasan", until: "2026-06-14" })), 1);
});

test("the same finding in another suite as well counts", (t) => {
  const both = streamOf(report("KASAN"), report("KASAN"));
  t.is(both.findings.length, 1);
  t.is(both.findings[0]?.occurrences, 2);
  t.is(exitOf(knowing(both, { suite: "kasan", kind: "kasan" })), 1);
  t.is(exitOf(knowing(both, { suite: "*", kind: "kasan" })), 0);
});

test("a finding outside any suite is in none", (t) => {
  const lines = [...report("KASAN"), "TAP version 13", "1..1", "ok 1 - a"];
  const model = read(lines.map((line) => `${line}\n`).join(""));
  t.is(model.findings.length, 1);
  t.is(exitOf(knowing(model, { suite: "*", kind: "kasan" })), 1);
});

test("an entry of the first form means undefined behaviour alone", (t) => {
  const model = streamOf(report("UBSAN of today"), report("WARN"));
  const entry = {
    check: "bounds",
    file: "frob/frob.c",
    message: "index 9 is out of range for type 'int [9]'",
  };
  const [ubsan, warning] = knowing(model, entry).findings;
  t.truthy(ubsan && knownFinding(knowing(model, entry), ubsan));
  t.is(warning && knownFinding(knowing(model, entry), warning), undefined);
});

test("a fault that a suite wants leaves the case to its own word", (t) => {
  const wanted = { suite: "kasan", kind: "fault" } as const;
  const model = streamOf(report("oops"));
  t.is(exitOf(model), 1);
  const known = knowing(model, wanted);
  t.is(exitOf(known), 0, judge(known).reasons.join());
  const [first] = casesOf(known);
  t.deepEqual(first && knownCase(known, first), { by: "known fault", reason: "provoked on purpose" });
  t.is(exitOf(knowing(model, { ...wanted, check: "trap" })), 0);
  t.is(exitOf(knowing(model, { ...wanted, check: "crash" })), 1);
  t.is(exitOf(knowing(model, { ...wanted, suite: "other" })), 1);
});

test("a wanted fault hides no failure, no other fault, and no boot that it ended", (t) => {
  const wanted = { suite: "kasan", kind: "fault", check: "trap" } as const;
  t.is(exitOf(knowing(streamOf(report("oops"), [], ["not ok", "ok"]), wanted)), 1);
  t.is(exitOf(knowing(streamOf([...report("oops"), ...report("BUG()")]), wanted)), 1);
  t.is(exitOf(knowing(streamOf(report("oops"), report("page fault")), wanted)), 1);
  const cut = read(
    [
      "KTAP version 1",
      "1..1",
      "    KTAP version 1",
      "    # Subtest: kasan",
      "    1..2",
      "    ok 1 a",
      ...report("oops"),
    ]
      .map((line) => `${line}\n`)
      .join(""),
  );
  t.is(exitOf(knowing(cut, wanted)), 1);
});

test("a fault outside a case is never known", (t) => {
  const lines = ["TAP version 13", "1..1", "ok 1 - a", ...report("oops")];
  const model = read(lines.map((line) => `${line}\n`).join(""));
  const [fault] = model.faults;
  t.is(fault && knownFault(knowing(model, { suite: "*", kind: "fault" }), fault), undefined);
  t.is(exitOf(knowing(model, { suite: "*", kind: "fault" })), 1);
});
