/** What the logs of sel4test do not show: which fault after the last word is none. */
import test from "ava";
import { judge } from "../../src/core/verdict.js";
import { read } from "../reading.js";

const GOOD = [
  "Starting test suite sel4test",
  "Starting test 0: Test that there are tests",
  "Starting test 2: Test all tests ran",
  "Test suite passed. 2 tests passed. 0 tests disabled.",
  "All is well in the universe",
];
const fault = (kind: string, address: string, thread: string): readonly string[] => [
  "Caught cap fault in send phase at address 0",
  "while trying to handle:",
  `vm fault on ${kind} at address ${address} with status 0x82000006`,
  `in thread 0xffffff80bffe9400 "${thread}" at address ${address}`,
];
const verdictOf = (lines: readonly string[]): string => judge(read(`${lines.join("\n")}\n`)).verdict;

test("a driver that returns to address 0 is over, any other fault is one", (t) => {
  t.is(verdictOf(GOOD), "passed");
  t.is(verdictOf([...GOOD, ...fault("code", "0", "sel4test-driver")]), "passed");
  t.is(verdictOf([...GOOD, ...fault("data", "0", "sel4test-driver")]), "failed");
  t.is(verdictOf([...GOOD, ...fault("code", "0x1000", "sel4test-driver")]), "failed");
  t.is(verdictOf([...GOOD, ...fault("code", "0", "sel4test-tests")]), "failed");
});

test("the same fault before the last word is a crash of the case that runs", (t) => {
  const log = [...GOOD.slice(0, 3), ...fault("code", "0", "sel4test-driver")];
  const model = read(`${log.join("\n")}\n`);
  t.is(judge(model).verdict, "failed");
  t.is(model.faults[0]?.case, "sel4test.Test all tests ran");
});

test("a case whose own line says that it passed stays failed where it printed an error", (t) => {
  const log = [
    ...GOOD.slice(0, 2),
    "Starting test 1: PIPE0001",
    "\tError: bytes == 4 at line 7 of file pipe.c",
    "Test PIPE0001 passed",
    "Starting test 3: Test all tests ran",
    "Test suite failed. 2/3 tests passed.",
    "*** FAILURES DETECTED ***",
  ];
  const model = read(`${log.join("\n")}\n`);
  t.deepEqual(model.problems, []);
  t.deepEqual(
    model.suites.flatMap(({ cases }) => cases.map(({ status }) => status)),
    ["passed", "failed", "passed"],
  );
});
