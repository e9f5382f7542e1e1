/** What the logs of Boost.Test, Catch2 and doctest do not show: counts that do not fit, and expected failures. */
import test from "ava";
import { judge } from "../../src/core/verdict.js";
import { conclusions, read } from "../reading.js";

const logOf = (...lines: readonly string[]): string => `${lines.join("\n")}\n`;
const verdictOf = (...lines: readonly string[]): string => judge(read(logOf(...lines))).verdict;
const casesOf = (...lines: readonly string[]): readonly string[] =>
  conclusions(read(logOf(...lines))).filter((line) => line.startsWith("case "));

test("Boost.Test: the last line without its plan is red, old last lines are read", (t) => {
  t.is(verdictOf("*** No errors detected"), "failed");
  t.is(verdictOf("Running 1 test case...", "*** No errors detected"), "passed");
  t.is(verdictOf("Running 1 test case...", 'Test module "tanks" has passed with:'), "passed");
  const red = 'tank.cc(3): error in "full": check failed';
  t.is(verdictOf("Running 2 test cases...", red, '*** 1 failure detected in test suite "tanks"'), "failed");
  t.is(casesOf("Running 2 test cases...", red, '*** 1 failure detected in test suite "tanks"').length, 2);
});

test("Boost.Test: an error whose message begins on the next line is one", (t) => {
  const silent = 'tank.cc(3): error: in "full": ';
  t.deepEqual(
    casesOf("Running 1 test case...", silent, "dry", '*** 1 failure is detected in the test module "x"'),
    ["case boost-test.full failed passed 0 failed 1"],
  );
});

test("Boost.Test: a name with slashes is a case in suites", (t) => {
  const red = 'tank.cc(3): error: in "fill/fast/full": check failed';
  t.deepEqual(casesOf("Running 1 test case...", red, '*** 1 failure is detected in the test module "x"'), [
    "case fill/fast.full failed passed 0 failed 1",
  ]);
});

const DASHES = "-".repeat(79);
const header = (name: string): readonly string[] => [DASHES, name, DASHES, "tank.cpp:10", ".".repeat(79), ""];

test("Catch2: a line of dashes of the application begins no case", (t) => {
  const total = "All tests passed (1 assertion in 1 test case)";
  t.deepEqual(casesOf(DASHES, "a table", DASHES, "one | two", total), [
    "case catch2.cases without a name passed passed 1 failed 0",
  ]);
  t.is(verdictOf(DASHES, total), "passed");
});

test("Catch2: failures that were expected contradict no count, and stay red where they are printed", (t) => {
  const totals = "test cases: 2 | 1 passed | 1 failed as expected";
  const model = read(logOf(...header("Leaks"), "tank.cpp:12: FAILED:", "  CHECK( dry )", "", totals));
  t.deepEqual(model.problems, []);
  t.is(judge(model).verdict, "failed");
  t.is(verdictOf(totals), "passed");
});

test("Catch2: no case, and cases without an assertion", (t) => {
  t.is(judge(read(logOf("No tests ran"))).exitCode, 4);
  t.is(verdictOf("test cases: 2 | 2 passed", "assertions: - none -"), "passed");
});

const INTRO = '[doctest] run with "--help" for options';
const counts = (cases: number, failed: number): readonly string[] => [
  `[doctest] test cases: ${String(cases)} | ${String(cases - failed)} passed | ${String(failed)} failed |`,
  `[doctest] Status: ${failed > 0 ? "FAILURE" : "SUCCESS"}!`,
];

test("doctest: a failure without words, and one that is allowed", (t) => {
  const red = ["TEST CASE:  leaks", "tank.cpp(3): FATAL ERROR: ", ""];
  t.is(verdictOf(INTRO, ...red, ...counts(2, 1)), "failed");
  t.deepEqual(casesOf(INTRO, ...red, ...counts(2, 1))[0], "case doctest.leaks failed passed 0 failed 1");
  t.is(verdictOf(INTRO, ...red, "Allowed to fail so marking it as not failed", ...counts(2, 0)), "passed");
  t.is(verdictOf(INTRO, ...red, ...counts(2, 0)), "failed");
});

test("doctest: counts and status must agree, and both must be there", (t) => {
  t.is(verdictOf(INTRO, ...counts(2, 0)), "passed");
  t.is(verdictOf(INTRO, "[doctest] Status: SUCCESS!"), "failed");
  t.is(verdictOf(INTRO, counts(2, 0)[0] ?? ""), "failed");
  t.is(verdictOf(INTRO, counts(2, 1)[0] ?? "", "[doctest] Status: SUCCESS!"), "failed");
  t.is(verdictOf(...counts(2, 0)), "failed");
});
