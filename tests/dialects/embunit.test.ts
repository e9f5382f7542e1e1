/** What the logs of embUnit do not show: whose dots are believed. */
import test from "ava";
import { judge } from "../../src/core/verdict.js";
import { conclusions, read } from "../reading.js";

const RIOT = "main(): This is RIOT! (Version: 2025.01)";
const logOf = (...lines: readonly string[]): string => `${lines.join("\n")}\n`;
const casesOf = (log: string): readonly string[] =>
  conclusions(read(log)).filter((line) => line.startsWith("case "));

test("the last line alone proves its tests, whatever dots were lost", (t) => {
  for (const lines of [["OK (2 tests)"], [RIOT, ".x", ".", "OK (2 tests)"], ["......", "OK (2 tests)"]]) {
    t.is(judge(read(logOf(...lines))).verdict, "passed", lines.join());
    t.deepEqual(casesOf(logOf(...lines)), [
      "case embunit.test 1 passed passed 0 failed 0",
      "case embunit.test 2 passed passed 0 failed 0",
    ]);
  }
});

test("dots of a log without tests are none", (t) => {
  t.is(judge(read(logOf("loading", "......", "done"))).exitCode, 4);
});

test("a number of tests that cannot have run is one contradiction", (t) => {
  const model = read(logOf("OK (999999 tests)"));
  t.is(judge(model).verdict, "failed");
  t.is(model.suites.flatMap(({ cases }) => cases).length, 0);
});

test("a line in the form of a failure is one only after a dot", (t) => {
  t.is(judge(read(logOf(RIOT, "lamp.on (main.c 12) is bright", "..", "OK (2 tests)"))).verdict, "passed");
  t.is(judge(read(logOf(RIOT, "..", "lamp.on (main.c 12) is dark", "OK (2 tests)"))).verdict, "failed");
});
