/** What the logs of Alcotest do not show: names, and results after what a test printed. */
import test from "ava";
import { judge } from "../../src/core/verdict.js";
import { conclusions, read } from "../reading.js";

const HEAD = ["Testing `rings'.", "This run has ID `2C1B'.", ""];
const result = (word: string, label: string, index: number, text: string): string =>
  `  [${word}]`.padEnd(16) + `${label}          ${String(index)}   ${text}`;
const end = (tests: number): string => `Test Successful in 0.002s. ${String(tests)} tests run.`;
const logOf = (...lines: readonly string[]): string => `${lines.join("\n")}\n`;
const casesOf = (log: string): readonly string[] =>
  conclusions(read(log)).filter((line) => line.startsWith("case "));

test("a result may stand after what its test printed", (t) => {
  const log = logOf(...HEAD, `the ring turns${result("OK", "a ring", 0, "Turns.")}`, end(1));
  t.is(judge(read(log)).verdict, "passed");
  t.deepEqual(casesOf(log), ["case a ring.Turns. passed passed 0 failed 0"]);
});

test("the same text twice under a label has its turn in its name", (t) => {
  const log = logOf(...HEAD, result("OK", "ring", 0, "Turns."), result("OK", "ring", 1, "Turns."), end(2));
  t.deepEqual(casesOf(log), [
    "case ring.Turns. passed passed 0 failed 0",
    "case ring.Turns. #2 passed passed 0 failed 0",
  ]);
});

test("results without their head or with another number are red", (t) => {
  const one = result("OK", "ring", 0, "Turns.");
  t.is(judge(read(logOf(one, end(1)))).verdict, "failed");
  t.is(judge(read(logOf(...HEAD, one, end(2)))).verdict, "failed");
  t.is(judge(read(logOf(...HEAD, one, "1 failure! in 0.002s. 1 test run."))).verdict, "failed");
});
