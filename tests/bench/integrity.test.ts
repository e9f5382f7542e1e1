import test from "ava";
import { type Judge, judges, naiveTap } from "../../bench/integrity/judges.js";
import { holds, logsFor, losesPasses, type Report, run } from "../../bench/integrity/run.js";
import { textOf } from "../../bench/integrity/log.js";
import { reportText } from "../../bench/integrity/table.js";
import { amount } from "../amount.js";

const SEED = "test";
/** Few enough for a test: every row still meets every log that it works on. */
const RUNS = 0.05;
/** By hand one capture and what is made of it; CI has all. */
const LOGS = amount("", "all-suites-pass");

const [console_, planned] = judges();
const uktest = [console_, planned].filter((judge) => judge !== undefined);

const answering = (green: boolean): readonly Judge[] => [
  { name: "first", isGreen: () => green },
  { name: "second", isGreen: () => green },
];

const wrongGreens = (report: Report): number =>
  report.misses.filter(({ kind }) => kind === "wrong green").length;

test("the truth of every log is what uktest says of it before anything happens to it", (t) => {
  for (const { name, lines, truth, plan, halts } of logsFor(SEED))
    for (const judge of uktest)
      t.is(judge.isGreen({ text: textOf(lines), plan, halts }), truth === "green", `${judge.name}: ${name}`);
});

test("no wrong green, and all true passes kept", (t) => {
  const report = run({ seed: SEED, runs: RUNS, judges: uktest, log: LOGS });
  t.true(holds(report), reportText(report, uktest));
  t.deepEqual(report.misses, [], reportText(report, uktest));
  for (const { row, cells } of report.results)
    t.true((cells[0]?.reds ?? 0) + (cells[0]?.greens ?? 0) > 0, `${row.name} met nothing`);
});

test("a judge that is always content is found out in every row that demands something", (t) => {
  const judge = answering(true);
  const report = run({ seed: SEED, runs: RUNS, judges: judge });
  t.false(holds(report));
  t.true(wrongGreens(report) > 1000);
  for (const { row, cells } of report.results)
    if (row.demand !== "nothing")
      t.true((cells[1]?.reds ?? 0) > 0 && cells[1]?.wrongGreens === cells[1]?.reds, row.name);
  t.true(reportText(report, judge).includes("does not hold"));
});

test("a judge that is never content loses every pass", (t) => {
  const report = run({ seed: SEED, runs: RUNS, judges: answering(false) });
  t.is(wrongGreens(report), 0);
  t.true(losesPasses(report, 0));
  t.false(holds(report));
});

test("the same seed makes the same logs and counts, another one does not", (t) => {
  const texts = (seed: string): readonly string[] => logsFor(seed).map(({ lines }) => textOf(lines));
  t.deepEqual(texts("a"), texts("a"));
  t.notDeepEqual(texts("a"), texts("b"));
  const options = { runs: RUNS, judges: answering(true), row: "bytes" };
  t.deepEqual(run({ ...options, seed: "a" }), run({ ...options, seed: "a" }));
});

test("the naive converter makes a point of each result and a plan of their number", (t) => {
  t.is(
    naiveTap("x [ PASSED ]\ny\nz [ FAILED ]\n"),
    "TAP version 13\nok - x PASSED\nnot ok - z FAILED\n1..2\n",
  );
});
