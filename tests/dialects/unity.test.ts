import test from "ava";
import { dialect } from "../../src/dialects/unity.js";
import { flaws, owns, read } from "./grammar-claims.js";

const end = (tests: number, failures = 0, ignored = 0): string =>
  `\n-----------------------\n${String(tests)} Tests ${String(failures)} Failures ${String(ignored)} Ignored \n${failures > 0 ? "FAIL" : "OK"}`;
const MENU = "Press ENTER to see the list of tests.\n";

/** Claims in words, but for the start and the end of the stream. */
const cases = (text: string): readonly string[] =>
  read(dialect, text).filter((words) => words !== "tests-begin" && words !== "tests-ended");

test("names hold colons, and what looks like a result inside of one is not it", (t) => {
  t.deepEqual(cases(`a.c:1:b:c: PASS: d:PASS\n${end(1)}`), ["unity: b:c: PASS: d", "  passed"]);
  t.deepEqual(cases(`a.c:1:b:PASS: c:FAIL: no\n${end(1, 1)}`), [
    "unity: b:PASS: c",
    "  failed no",
    "  at a.c:1",
    "  failed",
  ]);
  t.deepEqual(cases(`a.c:1:b:FAIL: c:PASS\n${end(1, 1)}`).slice(0, 2), ["unity: b", "  failed c:PASS"]);
});

test("files may have drives, spaces and folders, and a time of day is none", (t) => {
  t.deepEqual(cases(`C:\\a b\\c.c:7:d:FAIL: no\n${end(1, 1)}`)[2], "  at C:\\a b\\c.c:7");
  t.false(owns(dialect, "12:30:45:PASS\n12:30:46:PASS\n"));
});

test("times stand in the line of a result, or on the next one", (t) => {
  t.deepEqual(cases(`a.c:1:b:PASS (12 ms)\n${end(1)}`), ["unity: b", "  passed in 12 ms"]);
  t.deepEqual(cases(`${MENU}Running b...\na.c:1:b:PASS\nTest ran in 3ms\n${end(1)}`), [
    "unity: b",
    "  passed in 3 ms",
  ]);
  t.deepEqual(cases(`${MENU}Running b...\na.c:1:b:PASS\nhello\n${end(1)}`), ["unity: b", "  passed"]);
});

test("the summary is held to the results, and needs its break", (t) => {
  t.deepEqual(flaws(dialect, `a.c:1:b:PASS\n${end(1)}`), []);
  for (const wrong of [end(2), end(1, 1), end(1, 0, 1)])
    t.true(flaws(dialect, `a.c:1:b:PASS\n${wrong}`).length > 0, wrong);
  t.false(read(dialect, `a.c:1:b:PASS\n1 Tests 0 Failures 0 Ignored`).includes("tests-ended"));
});

test("the word after the summary is held to it", (t) => {
  t.deepEqual(flaws(dialect, `a.c:1:b:PASS\n${end(1).replace("OK", "FAIL")}`), [
    "the guest reports a failure, but no case of it failed",
  ]);
  t.deepEqual(flaws(dialect, `a.c:1:b:PASS\n${end(1)}\nhello\nFAIL`), []);
});

test("only a summary, without cases", (t) => {
  t.deepEqual(flaws(dialect, end(3)), ["the guest counted 3 cases; seen were 0 cases"]);
});

test("the fixture: a result after the output of its case", (t) => {
  t.deepEqual(cases(`TEST(a, b)\nhello\n PASS\nTEST(a, c)\nx.c:3::FAIL: no\n${end(2, 1)}`), [
    "a: b",
    "  passed",
    "a: c",
    "  failed no",
    "  at x.c:3",
    "  failed",
  ]);
});

test("the fixture: PASS without its space, or without a case, is output", (t) => {
  t.is(cases(`TEST(a, b)\nPASS\n${end(1)}`)[1], "! stream-invalid: a.b has no result");
  t.deepEqual(cases(`TEST(a, b) PASS\n PASS\n${end(1)}`), ["a: b", "  passed"]);
});

const DOTS = "Unity test run 1 of 1\n";

test("the fixture: dots are cases that begin, each passed once the next one does", (t) => {
  t.deepEqual(cases(`${DOTS}.!.\n${end(3, 0, 1)}`), [
    "unity: number 1",
    "  passed",
    "unity: number 2",
    "  skipped",
    "unity: number 3",
    "  passed",
  ]);
  t.deepEqual(cases(`${DOTS}..`).slice(2), ["unity: number 2"]);
});

test("the fixture: a dot whose case says its name is that case", (t) => {
  t.deepEqual(cases(`${DOTS}..TEST(a, b)x.c:3::FAIL: no\n.\n${end(3, 1)}`), [
    "unity: number 1",
    "  passed",
    "a: b",
    "  failed no",
    "  at x.c:3",
    "  failed",
    "unity: number 3",
    "  passed",
  ]);
});

test("dots that nothing announces are cases where the summary counts as many", (t) => {
  t.deepEqual(cases(`.!.\n${end(3, 0, 1)}`).slice(0, 3), ["unity: number 1", "  passed", "unity: number 2"]);
  t.is(flaws(dialect, `..\n${end(3)}`).length, 1);
  t.is(flaws(dialect, `..\n${end(2, 1)}`).length, 2);
  t.deepEqual(cases(`..TEST(a, b)x.c:3::FAIL: no\n${end(2, 1)}`).slice(0, 3), [
    "unity: number 1",
    "  passed",
    "a: b",
  ]);
});

test("dots are cases nowhere else", (t) => {
  t.deepEqual(cases(`TEST(a, b) PASS\n...\n${end(1)}`), ["a: b", "  passed"]);
  t.deepEqual(cases(`${DOTS}TEST(a, b) PASS\n...\nTEST(a, c) PASS\n${end(2)}`), [
    "a: b",
    "  passed",
    "a: c",
    "  passed",
  ]);
  t.is(flaws(dialect, `${DOTS}..\nloading\n..\n${end(3)}`).length, 1);
});

test("runs of the fixture: the end is that of the last one, and none may be missing", (t) => {
  const run = (number: number, of: number): string =>
    `Unity test run ${String(number)} of ${String(of)}\nTEST(a, b) PASS\n${end(1)}\n`;
  t.true(read(dialect, run(1, 2) + run(2, 2)).includes("tests-ended"));
  t.deepEqual(flaws(dialect, run(1, 2) + run(2, 2)), []);
  t.false(read(dialect, run(1, 2)).includes("tests-ended"));
  t.deepEqual(flaws(dialect, run(2, 2)), ["run 2 of 2 begins here, and another was expected"]);
  t.deepEqual(flaws(dialect, run(1, 3) + run(3, 3)).length, 1);
  t.deepEqual(flaws(dialect, run(1, 1) + run(1, 1)), []);
});

test("a start is doubtful until a result has its name", (t) => {
  t.deepEqual(cases(`Running low...\na.c:1:b:PASS\n${end(1)}`), ["unity: b", "  passed"]);
  t.deepEqual(cases(`Running b...\na.c:1:b:PASS\nRunning c...\n${end(2)}`).slice(2, 4), [
    "unity: c",
    "! stream-invalid: unity.c has no result",
  ]);
});

test("a start that is one is charged with silence, the first one as well", (t) => {
  t.deepEqual(cases(`${MENU}Running b...\n`), ["unity: b"]);
  t.deepEqual(cases(`Running b...\nets Jun  8 2016 00:22:57\n`), ["unity: b"]);
});

test("choices of tests are no case", (t) => {
  for (const words of ["tests matching '[a]'", "tests NOT matching '[a]'", "all tests", "the test suite"])
    t.deepEqual(cases(`${MENU}Running ${words}...\n`), [], words);
});

test("a result of another case inside of one is output where it is good, and wrong where it is not", (t) => {
  const inside = (line: string): readonly string[] =>
    cases(`${MENU}Running b...\n${line}\na.c:1:b:PASS\n${end(1)}`);
  t.deepEqual(inside("x.c:1:c:PASS"), [
    "unity: b",
    "! lookalike: a passed result of c, while b runs",
    "  passed",
  ]);
  t.is(inside("x.c:1:c:FAIL: no")[1], "! stream-invalid: a failed result of c, while b runs");
});

test("a chip that restarts runs plain programs as well", (t) => {
  const text = `ets Jun  8 2016 00:22:57\nRunning low...\na.c:1:b:PASS\na.c:1:c:PASS\n${end(2)}`;
  t.deepEqual(flaws(dialect, text), []);
});

test("programs that say what they are running prove nothing", (t) => {
  t.false(owns(dialect, "Running a...\nRunning b...\nRunning c...\n"));
  t.false(owns(dialect, "TEST\nPASS\nOK\n...\n"));
  t.true(owns(dialect, "a.c:1:b:PASS\n"));
});
