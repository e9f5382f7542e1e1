/** What earlier runs make of a result: which of them count for a case, and when it broke or was fixed. */
import test from "ava";
import type { CaseStatus, HistoryCase, PastStatus } from "../../src/core/events.js";
import { pastOf, turnOf } from "../../src/core/model/earlier-runs.js";
import { reduce } from "../../src/core/model/reduce.js";
import { judge } from "../../src/core/verdict.js";
import { RunBuilder } from "../reporters/builder.js";

test("broken and fixed are said beside the last run that has the case", (t) => {
  const rows: readonly (readonly [
    CaseStatus,
    readonly PastStatus[] | undefined,
    ReturnType<typeof turnOf>,
  ])[] = [
    ["failed", ["failed", "passed"], "broken"],
    ["crashed", ["skipped"], "broken"],
    ["timed-out", ["passed", "failed"], undefined],
    ["failed", ["passed", "absent", "absent"], "broken"],
    ["passed", ["passed", "crashed", "absent"], "fixed"],
    ["passed", ["failed", "passed"], undefined],
    // It is not known to be mended.
    ["skipped", ["failed"], undefined],
    ["not-run", ["passed"], "broken"],
    ["passed", ["absent", "absent"], "added"],
    ["failed", undefined, "added"],
  ];
  for (const [status, past, turn] of rows) t.is(turnOf(status, past), turn, `${status} ${String(past)}`);
});

const cases: readonly HistoryCase[] = [
  { source: "x86.log", name: "s.both", statuses: ["failed", "passed"] },
  { source: "arm.log", name: "s.both", statuses: ["passed", "crashed"] },
  { source: "elsewhere", name: "s.moved", statuses: ["passed", "failed"] },
];

test("results of the same machine count, and those of another where there are none", (t) => {
  const model = reduce(
    new RunBuilder()
      .history(["old", "new"], cases.slice(0, 1))
      .history(["old", "new"], cases.slice(1))
      // Positions of another list mean nothing.
      .history(["other"], [{ source: "x86.log", name: "s.alone", statuses: ["passed"] }])
      .boot("arm.log", "normal", (boot) =>
        boot.suite("s", { name: "both" }, { name: "moved" }, { name: "alone" }),
      )
      .end(),
  );
  const past = pastOf(model);
  t.deepEqual(model.history?.runs, ["old", "new"]);
  t.deepEqual(
    model.suites[0]?.cases.map((one) => past(one)),
    [["passed", "crashed"], ["passed", "failed"], undefined],
  );
});

test("no history, no past; and a history judges nothing", (t) => {
  const green = (run: RunBuilder) =>
    reduce(run.boot("arm.log", "normal", (boot) => boot.suite("s", { name: "both" })).end());
  const [with_, without] = [green(new RunBuilder().history(["old", "new"], cases)), green(new RunBuilder())];
  t.is(without.history, undefined);
  t.true(without.suites[0]?.cases.every((one) => pastOf(without)(one) === undefined));
  t.deepEqual(judge(with_), judge(without));
});
