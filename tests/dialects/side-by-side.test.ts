/** Two dialects in one console: what wraps programs vouches for green ones, and nothing does for two streams side by side. */
import test from "ava";
import { judge } from "../../src/core/verdict.js";
import { conclusions, read } from "../reading.js";

const lines = (...all: readonly string[]): string => `${all.join("\n")}\n`;
const verdict = (text: string): string => judge(read(text)).verdict;
const problems = (text: string): readonly string[] =>
  conclusions(read(text)).filter((line) => line.startsWith("problem error"));

const GTEST = lines(
  "[==========] Running 1 test from 1 test suite.",
  "[ RUN      ] Ring.turns",
  "[       OK ] Ring.turns (0 ms)",
  "[==========] 1 test from 1 test suite ran. (0 ms total)",
  "[  PASSED  ] 1 test.",
);

test("a TAP stream may hold green results of the programs that it ran, and no red ones", (t) => {
  const around = (inside: string): string =>
    `${lines("TAP version 13", "1..1")}${inside}${lines("ok 1 - ring")}`;
  t.is(verdict(around("")), "passed");
  t.is(verdict(around(GTEST)), "passed");
  t.is(verdict(around(lines("test ring::turns ... ok"))), "passed");
  t.deepEqual(problems(around(GTEST.replace("[       OK ]", "[  FAILED  ]"))), [
    "problem error form-conflict",
  ]);
});

test("a second stream of another dialect that begins is an error, whether it ends or not", (t) => {
  t.is(verdict(GTEST), "passed");
  for (const begun of [
    lines("Running 3 test cases..."),
    lines('[doctest] doctest version is "2.4.11"'),
    lines("running 2 tests", "test a ... ok"),
    lines("Running TESTSUITE alpha"),
    lines("*** BEGIN OF TEST A ***"),
  ])
    t.is(verdict(GTEST + begun), "failed", begun);
});

test("the first line of a guest after the last words of its firmware, which have no line end", (t) => {
  t.is(verdict(`Booting from ROM..${GTEST}`), "passed");
  t.is(verdict(`Booting from ROM..\x1bc\x1b[?7l\x1b[2J${GTEST}`), "passed");
  t.is(
    verdict(
      `SeaBIOS (version 1.16.2)\nBooting from ROM..${lines("Running 1 test case...", "", "*** No errors detected")}`,
    ),
    "passed",
  );
});

test("a line that is cut, of which the rest could be anything", (t) => {
  t.is(verdict(`${GTEST}[==========] Running 1 te`), "failed");
  t.is(verdict(`${GTEST}hel`), "passed");
});

test("deaths under Solo5 are red, in the middle and after the end", (t) => {
  const trap = lines(
    "Solo5: trap: type=#PF ec=0x0 rip=0x1020 rsp=0x2000 rflags=0x2",
    "Solo5: ABORT: cpu_x86_64.c:181: Fatal trap",
  );
  t.is(verdict(GTEST + trap), "failed");
  t.is(verdict(GTEST.replace("[       OK", `${trap}[       OK`)), "failed");
  t.is(read(GTEST + trap).faults.length, 1);
  t.is(verdict(GTEST + lines("Solo5: solo5_exit(2) called")), "failed");
  t.is(verdict(GTEST + lines("Solo5: solo5_abort() called")), "failed");
  t.is(verdict(GTEST + lines("Solo5: solo5_exit(0) called")), "passed");
});
