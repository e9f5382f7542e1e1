import test from "ava";
import { casesOf } from "../../src/core/model/counts.js";
import type { RunModel } from "../../src/core/model.js";
import { judge } from "../../src/core/verdict.js";
import { BANNER, generations, HALT, HEAD, kernel, padded } from "../console.js";
import { read as readLog } from "../reading.js";

/** The console of a whole boot. */
const read = (log: string): RunModel => readLog(HEAD + log);

const now = generations["0.11-0.20 with time"];
const old = generations["0.6-0.10 printf"];
const PASSED = now.header("a", "b") + now.passed("expected `x` to be true");

const verdictOf = (log: string): string => judge(read(log)).verdict;
const codes = (model: RunModel, grade = "error"): readonly string[] =>
  model.problems.filter((problem) => problem.grade === grade).map(({ code }) => code);
const statuses = (model: RunModel): readonly string[] =>
  casesOf(model).map(({ suite, name, status }) => `${suite}.${name} ${status}`);

const REPORTS = [
  "[    0.120000] ERR:  [libuktest] <test.c @  168> Could not #nitialize te%t suite: block",
  "[    0.120000] ERR:  [libuk]est] <test.c @  168> Could not initialize test suite: block",
  "[    0.120000] ERR:  [libukest] <test.c @  168> Culd not initialize tet suite:block",
  "[    0.120000] ERR:  [liban] <ubsan.c @  282> Undefined behavior at main.c:26:6: division by zero",
  "[    0.120000] ERR:  [liXubsa] <ubsan c @  282> Undef ned be5avior at main.c:26:6: division by zero",
  "[    0.120000] E R:  [libubsan] <ubsan.c @  282> U",
  "[    0.120000] ERR:  [libukboot] <boot.c @  385> Init functXon at 0x132e00 retu(ned error -95",
  "[    0.120000] CRIT: [appuktest] <main.c @   n5> Assertion failure: zero == 1",
  "[    0.120000] CRIT: [appuktest] <main.c @   69> Asse1tion fa#lure: zero == 1",
  "[    0.120000] CR;T: [appuktest] <main.c @   69> Assertion failure: zero == 1",
  "[    0.120000] CRIT0 [appuktes*; <main.c D   69> Assert`on}failureo Uero == 1",
  "[    0.120000] CRIT:\xe1[ppuktest] <main\xedc @   69> Asserion fanl{re:9zero == 1",
  "[    0.120000] C#qQ: [appuktest] <ma;n.c @   69> Asse1ti(n failu#e: zero == 1",
  "[    0.1200xx CRIT4QMdipuktest] <main.c @   69> Assertion failure: zero == 1",
  "[    0.120000] CRIT: [libkvmplat] <trace.c @   42> RSP: 0000000000010ef0 SS: 0010 EFLAGS: 00000293",
  "[    0.120000] CRIT: [libkvmplat] <traps.c @   84> Un#andled Tr$p 13 (general protection)",
];

for (const report of REPORTS) {
  test(`damage, and never green: ${report}`, (t) => {
    const model = read(`${PASSED}${report}\r\n${now.header("a", "c")}${BANNER}`);
    t.is(judge(model).verdict, "failed");
    t.true(model.faults.length + model.findings.length > 0 || codes(model).includes("garbled-line"));
  });
}

const WITHOUT_TIME = [
  "CI: [puktest] Assetin ailue: zero == 1",
  "C6IX: Eappuotest] Asse=tion 6(iDure: zero == 1",
];
const untimed = generations["0.11-0.20 without time"];

for (const report of WITHOUT_TIME) {
  test(`damage of a kernel without time stamps, and never green: ${report}`, (t) => {
    const model = read(`${untimed.header("a", "b")}${untimed.passed("x")}${report}\r\n${BANNER}`);
    t.true(codes(model).includes("garbled-line"));
  });
}

for (const line of ["Got: [apple] eaten", "Waiting: [apple] falls", "Run: [12345] done", "x: y] z"]) {
  test(`output of the application where the kernel prints its level: ${line}`, (t) => {
    const model = read(`${untimed.header("a", "b")}${untimed.passed("x")}${line}\r\n${HALT}`);
    t.deepEqual(codes(model), []);
  });
}

const MESSAGES: readonly (readonly ["Info: " | "ERR:  " | "CRIT: " | "Warn: ", string, string])[] = [
  ["ERR:  ", "libnetdev", "Connection failure: timed out"],
  ["ERR:  ", "libukrandom", "Could not initialize the HWRNG (-95)"],
  ["ERR:  ", "libukbus", "Initialization of 1 device returned error -19, ignored"],
  ["CRIT: ", "appuktest", "allocation failure: 4096 bytes"],
  ["Info: ", "appuktest", "Undefined behavior at main.c:1:2: quoted"],
  ["Warn: ", "libvfscore", "Condition warning: fp == NULL"],
];

for (const [level, library, text] of MESSAGES) {
  test(`bad news and no verdict: ${level}${library} ${text}`, (t) => {
    const log = PASSED + kernel(level, library, text) + now.passed("expected `y` to be true") + HALT;
    t.is(verdictOf(log), "passed");
  });
}

test("text of the application is no report, however much it looks like one", (t) => {
  for (const text of [
    "Undefined behavior at main.c:1:2: shift of 1 by 40 out of bounds",
    "Assertion failure: zero == 1",
    "[net] Connection failure: timed out",
    "2495.245850 [info] worker ready: 3/3 PASSED",
  ])
    t.is(verdictOf(`${PASSED}${text}\r\n${BANNER}`), "passed", text);
});

const FAILED = padded("expected `y` to be 2 but was 3", "[ FAILED ]");

test("a result without its level, its TAB or its lead is damage", (t) => {
  for (const line of [
    `[    0.105800] InXs: \t${FAILED}`,
    `[    0.105800] Info: N${FAILED}`,
    `[    0.105800] In${FAILED.slice(2)}`,
    `[    0.105 00x Info: \t${FAILED}`,
    `[    0.105800] ${FAILED}`,
  ])
    t.true(codes(read(`${PASSED}${line}\r\n${BANNER}`)).includes("garbled-line"), line);
  for (const line of [
    `    n\t${FAILED}`,
    `########\t${FAILED}`,
    `    :\x1b["m\t${FAILED}`,
    `   :\t${FAILED}`,
  ]) {
    const log = `${old.header("a", "b")}${old.passed("expected `x` to be true")}${line}\r\n${BANNER}`;
    t.true(codes(read(log)).includes("garbled-line"), line);
  }
});

test("a cut result that the next one is glued to is damage", (t) => {
  const log = `${old.header("a", "b")}    :\x1b[0m\texpected \`y\` to be 2 ${old.passed("expected `x` to be true")}${BANNER}`;
  t.true(codes(read(log)).includes("garbled-line"));
});

test("headers without a mark, and nothing else, are no tests", (t) => {
  for (const log of [
    `test: fake->case\r\n${BANNER}`,
    `${kernel("Info: ", "libukconsole", "Registered con0")}test: fake->case\r\n: expected 'x' to be 0 but was 0 ..... PASSED\r\n${HALT}`,
  ])
    t.deepEqual(statuses(read(log)), []);
});

test("a TAP stream printed by a test is not the guest's", (t) => {
  const stream = "TAP version 14\r\n1..1\r\nok 1\r\n";
  const hang = old.header("a", "b") + old.passed("expected `x` to be true") + stream;
  t.deepEqual(statuses(read(hang)), ["a.b crashed"]);
  t.deepEqual(statuses(read(hang + BANNER)), ["a.b passed"]);
  const early = read(stream + old.header("a", "b") + old.passed("expected `x` to be true"));
  t.true(codes(early).includes("form-conflict"));
});

test("a banner printed by a test ends nothing when the test goes on", (t) => {
  for (const banner of [BANNER, "Powered by Unikraft Calypso (0.17.0~eaf6fda1)\r\n"]) {
    const log = PASSED + banner + now.passed("expected `y` to be true");
    t.deepEqual(statuses(read(log)), ["a.b crashed"]);
    t.deepEqual(statuses(read(log + BANNER)), ["a.b passed"]);
    t.is(verdictOf(log + now.failed("expected `z` to be true", "m.c", 7) + BANNER), "failed");
  }
});

test("a banner counts after output without a line end", (t) => {
  for (const banner of [BANNER, "Powered by Unikraft Calypso (0.17.0~eaf6fda1)\r\n"])
    t.is(verdictOf(`${PASSED}status: ${banner}`), "passed");
});

test("a critical message as the last word of a guest is its death, also after the tests", (t) => {
  const last = kernel("CRIT: ", "appuktest", "out of memory");
  const halted = kernel("Info: ", "libkvmplat", "Unikraft halted");
  for (const end of [last, last + halted]) {
    const model = read(PASSED + BANNER + end);
    t.deepEqual(statuses(model), ["a.b passed"]);
    t.like(model.faults[0], { kind: "crash", title: "out of memory" });
  }
  t.is(verdictOf(`${PASSED}${BANNER}${last}bye\r\n`), "passed");
  t.is(verdictOf(PASSED + BANNER + last + HALT), "passed");
});

test("a log that stops inside a message of the kernel has no end", (t) => {
  t.true(codes(read(`${PASSED}${BANNER}[    0.120000] CRIT: `)).includes("no-end"));
});

test("statistics without a single site contradict a result", (t) => {
  const count = (total: number): string =>
    kernel("Info: ", "libuktest", "uktest:suites:     1 total") +
    kernel("Info: ", "libuktest", "uktest:cases:      1 total") +
    kernel("Info: ", "libuktest", `uktest:assertions: ${String(total)} total`);
  t.deepEqual(codes(read(PASSED + count(0) + HALT)), ["statistics-mismatch"]);
  t.deepEqual(codes(read(PASSED + count(1) + HALT)), []);
});

test("a critical message cut in two in front of an unexplained halt is a death", (t) => {
  const cut =
    "[    0.120000] CRIT: [appuktest] <main.c @   69> Ass\nrtion failure: zero == 1\r\n" +
    kernel("Info: ", "libkvmplat", "Unikraft halted");
  t.is(verdictOf(PASSED + BANNER + cut), "failed");
});

test("counts that the guest prints together: one that is lost is a loss", (t) => {
  const count = (what: string): string =>
    kernel("Info: ", "libuktest", `uktest:${`${what}:`.padEnd(12)}1 total`);
  const log = (...counts: readonly string[]): string => PASSED + counts.map(count).join("") + HALT;
  t.is(verdictOf(log()), "passed");
  t.is(verdictOf(log("suites", "cases", "assertions")), "passed");
  for (const left of [["assertions"], ["cases", "assertions"], ["suites", "cases"], ["suites"]]) {
    t.is(verdictOf(log(...left)), "failed", left.join());
    t.true(codes(read(log(...left))).includes("statistics-mismatch"));
  }
});
