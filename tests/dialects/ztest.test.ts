import test from "ava";
import { dialect } from "../../src/dialects/ztest.js";
import { flaws, owns, read } from "./grammar-claims.js";

const BANNER = "*** Booting Zephyr OS build v3.6.0 ***\n";
const suite = (body: string, end = "succeeded"): string =>
  `Running TESTSUITE gate\nSTART - opens\n${body}TESTSUITE gate ${end}\n`;
const END = "PROJECT EXECUTION SUCCESSFUL";

test("a whole run of one suite", (t) => {
  t.deepEqual(read(dialect, `${BANNER}${suite(" PASS - opens in 1.500 seconds\n")}${END}`), [
    "tests-begin",
    "gate: opens",
    "  passed in 1500 ms",
    "tests-ended",
  ]);
});

test("words after a dash are no name, so a case may print them", (t) => {
  const text = `${BANNER}${suite("START - part one\nPASS - part one of 2\n PASS - opens in 0.001 seconds\n")}${END}`;
  t.deepEqual(read(dialect, text).slice(1), ["gate: opens", "  passed in 1 ms", "tests-ended"]);
});

test("an expectation fails its case, which goes on", (t) => {
  const body =
    "    Expectation failed at WEST_TOPDIR/door/main.c:12: gate_opens: (a == b) is false\nnot yet\n FAIL - opens in 0.001 seconds\n";
  t.deepEqual(read(dialect, `${BANNER}${suite(body, "failed.")}PROJECT EXECUTION FAILED`).slice(1, 4), [
    "gate: opens",
    "  failed (a == b) is false\nnot yet",
    "  at door/main.c:12",
  ]);
});

test("an assumption says why a case is skipped, and none passes with it", (t) => {
  const failed = "    Assumption failed at door/main.c:7: gate_opens: (cores > 1) is false\n";
  t.true(
    read(dialect, `${BANNER}${suite(`${failed} SKIP - opens in 0.001 seconds\n`)}${END}`).includes(
      "  skipped in 1 ms (assumption failed at door/main.c:7: (cores > 1) is false)",
    ),
  );
  t.deepEqual(flaws(dialect, `${BANNER}${suite(`${failed} PASS - opens in 0.001 seconds\n`)}${END}`), [
    "opens passed, but an assumption failed at door/main.c:7: (cores > 1) is false",
  ]);
});

test("a suite that is open at the end is not whole", (t) => {
  t.deepEqual(
    flaws(dialect, `${BANNER}Running TESTSUITE gate\nSTART - opens\n PASS - opens in 0.001 seconds\n${END}`),
    ["the end of gate is missing"],
  );
});

const summary = (line: string, rows: string): string =>
  `------ TESTSUITE SUMMARY START ------\n\n${line}\n${rows}\n------ TESTSUITE SUMMARY END ------\n`;
const GATE = "SUITE PASS - 100.00% [gate]: pass = 1, fail = 0, skip = 0, total = 1 duration = 0.001 seconds";
const ROW = " - PASS - [gate.opens] duration = 0.001 seconds";
const PASSED = suite(" PASS - opens in 0.001 seconds\n");

test("a whole summary stands for the banner", (t) => {
  t.deepEqual(flaws(dialect, `${PASSED}${summary(GATE, ROW)}${END}`), []);
  t.is(flaws(dialect, `${PASSED}${END}`).length, 1);
  t.is(flaws(dialect, `${PASSED}${summary("", ROW)}${END}`).length, 1);
});

test("the summary is held to what was seen, suite by suite and case by case", (t) => {
  const wrong = (line: string, row = ROW): readonly string[] =>
    flaws(dialect, `${BANNER}${PASSED}${summary(line, row)}${END}`);
  t.regex(
    wrong(GATE.replace("pass = 1", "pass = 2").replace("total = 1", "total = 2"))[0] ?? "",
    /counted 2 passed/,
  );
  t.regex(wrong(GATE.replace("[gate]", "[wall]"))[0] ?? "", /in wall; seen were 0 passed/);
  t.regex(wrong(GATE.replace("SUITE PASS", "SUITE FAIL"))[0] ?? "", /contradicts itself/);
  t.regex(wrong(GATE, ROW.replace("PASS", "FAIL"))[0] ?? "", /failed of gate.opens, which is passed/);
  t.regex(wrong(GATE, ROW.replace("PASS", "FLAKY"))[0] ?? "", /failed of gate.opens, which is passed/);
  t.regex(wrong(GATE, ROW.replace("opens", "shuts"))[0] ?? "", /gate.shuts, which was not seen/);
});

test("suites that were not to run are in the summary as skipped", (t) => {
  const wall =
    "SUITE SKIP -   0.00% [wall]: pass = 0, fail = 0, skip = 1, total = 1 duration = 0.000 seconds";
  const rows = `${ROW}\n${wall}\n - SKIP - [wall.stands] duration = 0.000 seconds`;
  t.deepEqual(flaws(dialect, `${BANNER}${PASSED}${summary(GATE, rows)}${END}`), []);
});

test("a case that ran several times is one of the summary, and has to pass each time", (t) => {
  const again = (second: string): string =>
    `${BANNER}Running TESTSUITE gate\nSTART - opens\n PASS - opens in 0.001 seconds\nSTART - opens\n ${second} - opens in 0.001 seconds\n` +
    `TESTSUITE gate succeeded\n${summary(GATE, ROW)}${END}`;
  t.deepEqual(flaws(dialect, again("PASS")), []);
  t.true(flaws(dialect, again("SKIP")).length > 0);
});

test("a banner after the first test is a second start", (t) => {
  t.deepEqual(read(dialect, `${BANNER}${PASSED}${BANNER}${PASSED}${END}`), [
    "tests-begin",
    "gate: opens",
    "  passed in 1 ms",
    "restarted",
    "tests-begin",
    "gate: opens",
    "  passed in 1 ms",
    "tests-ended",
  ]);
});

test("boot loaders that are Zephyr print banners in front of it", (t) => {
  const text = `${BANNER}${BANNER}*** Using Zephyr OS build v3.7.0 ***\n${PASSED}${END}`;
  t.false(read(dialect, text).includes("restarted"));
  t.deepEqual(flaws(dialect, `Booting from ROM..${BANNER}${PASSED}${END}`), []);
  t.deepEqual(flaws(dialect, `*** Booting nRF Connect SDK v2.6.1 ***\n${PASSED}${END}`), []);
});

test("what the library cannot report is a failure", (t) => {
  const text = `${BANNER}${PASSED.replace("TESTSUITE gate s", " ERROR: cannot fail in test phase 'after()', bailing\nTESTSUITE gate s")}`;
  t.true(read(dialect, text).includes("  failed ERROR: cannot fail in test phase 'after()', bailing"));
});

test("lines of ztest that others print as well prove nothing", (t) => {
  t.false(owns(dialect, "Running test suite door\nPASS - all of it\n"));
  t.false(owns(dialect, "*** Booting Zephyr OS build v3.6.0 ***\nhello\n"));
  t.true(owns(dialect, "Running test suite door\nSTART - opens\n"));
});
