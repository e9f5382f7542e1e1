/**
 * The verdict and the tables it rests on: each thing that is red makes a green run red on its own, and says so.
 */
import test from "ava";
import { casesOf, count } from "../../src/core/model/counts.js";
import type { CaseStatus } from "../../src/core/events.js";
import type { Evidence } from "../../src/core/evidence.js";
import type { BootModel, CaseModel, RunModel } from "../../src/core/model.js";
import { isRed, STATUSES, weakerEvidence, worseStatus } from "../../src/core/statuses.js";
import { cameToItsEnd, judge } from "../../src/core/verdict.js";

const ORIGIN = { line: 1, byteOffset: 0 };

const caseOf = (status: CaseStatus, evidence: Evidence = "console"): CaseModel => ({
  id: `c-${status}`,
  suite: "s",
  name: status,
  status,
  evidence,
  assertions: [],
  evaluations: { passed: 2, failed: status === "failed" ? 1 : 0 },
  output: [],
  droppedConsoleLines: 0,
  origin: ORIGIN,
  boot: "b1",
});

const runOf = (cases: readonly CaseModel[], more: Partial<RunModel> = {}): RunModel => ({
  tool: { name: "uktest", version: "0.0.0" },
  sources: ["a.log"],
  policy: { ubsan: "fail" },
  boots: [{ id: "b1", source: "a.log", end: "normal" }],
  suites: cases.length === 0 ? [] : [{ boot: "b1", name: "s", cases }],
  findings: [],
  faults: [],
  problems: [],
  complete: true,
  ...more,
});

const PASSED = caseOf("passed");
const FINDING: RunModel["findings"][number] = {
  kind: "ubsan",
  check: "bounds",
  message: "index 9 out of bounds",
  file: "m.c",
  line: 1,
  column: 2,
  occurrences: 3,
  boot: "b1",
  origin: ORIGIN,
};
const FAULT: RunModel["faults"][number] = {
  kind: "trap",
  title: "page fault",
  registers: [],
  callTrace: [],
  excerpt: [],
  boot: "b1",
  origin: ORIGIN,
};
const BOOT: BootModel = { id: "b2", source: "b.log" };

test("green: a case ran and nothing speaks against it", (t) => {
  t.deepEqual(judge(runOf([PASSED])), {
    verdict: "passed",
    exitCode: 0,
    evidence: "console",
    reasons: [],
  });
  t.is(judge(runOf([PASSED, caseOf("skipped")])).verdict, "passed");
});

const REDS: readonly (readonly [name: string, run: RunModel, exitCode: number, reason: RegExp])[] = [
  ["a failed case", runOf([PASSED, caseOf("failed")]), 1, /^1 case failed$/],
  ["a crashed case", runOf([PASSED, caseOf("crashed")]), 1, /^1 case crashed$/],
  ["a case that timed out", runOf([PASSED, caseOf("timed-out")]), 1, /^1 case timed out$/],
  [
    "two cases that did not run",
    runOf([PASSED, caseOf("not-run"), caseOf("not-run")]),
    1,
    /^2 cases did not run$/,
  ],
  ["a finding", runOf([PASSED], { findings: [FINDING] }), 1, /^1 UBSAN finding$/],
  ["a fault", runOf([PASSED], { faults: [FAULT] }), 1, /^1 fault$/],
  [
    "a problem of error grade",
    runOf([PASSED], { problems: [{ code: "garbled-line", grade: "error", message: "x" }] }),
    1,
    /^1 problem$/,
  ],
  [
    "a boot that was cut",
    runOf([PASSED], { boots: [{ ...BOOT, end: "cut" }] }),
    1,
    /^1 boot did not end normally$/,
  ],
  ["a boot that never finished", runOf([PASSED], { boots: [BOOT] }), 1, /^1 boot did not end normally$/],
  [
    "a boot that ended by a fault nobody saw",
    runOf([PASSED], { boots: [{ ...BOOT, end: "fault" }] }),
    1,
    /did not end/,
  ],
  ["an incomplete run", runOf([PASSED], { complete: false }), 1, /^the run is incomplete$/],
  ["no case at all", runOf([]), 4, /^no case ran$/],
  ["skipped cases only", runOf([caseOf("skipped")]), 4, /^no case ran$/],
  ["cases that did not run only", runOf([caseOf("not-run")]), 1, /did not run/],
  ["nothing ran because of a fault", runOf([], { faults: [FAULT] }), 1, /^1 fault$/],
  ["nothing ran, and a finding", runOf([], { findings: [FINDING] }), 1, /finding/],
];

for (const [name, run, exitCode, reason] of REDS)
  test(`red: ${name}`, (t) => {
    const { verdict, exitCode: code, reasons } = judge(run);
    t.deepEqual([verdict, code], ["failed", exitCode]);
    t.regex(reasons[0] ?? "", reason);
  });

test("the policy takes findings out of the verdict, and nothing else", (t) => {
  for (const ubsan of ["warn", "off"] as const) {
    t.is(judge(runOf([PASSED], { findings: [FINDING], policy: { ubsan } })).verdict, "passed");
    t.is(judge(runOf([PASSED], { faults: [FAULT], policy: { ubsan } })).verdict, "failed");
    t.is(judge(runOf([], { policy: { ubsan } })).exitCode, 4);
  }
});

test("warnings and notes are not red", (t) => {
  for (const grade of ["warning", "note"] as const)
    t.is(
      judge(runOf([PASSED], { problems: [{ code: "lookalike", grade, message: "x" }] })).verdict,
      "passed",
    );
});

test("the evidence is that of the weakest case that ran", (t) => {
  const evidence = (...cases: readonly CaseModel[]): Evidence => judge(runOf(cases)).evidence;
  t.is(evidence(caseOf("passed", "plan")), "plan");
  t.is(evidence(caseOf("passed", "memory"), caseOf("failed", "memory")), "memory");
  t.is(evidence(caseOf("passed", "memory"), caseOf("passed", "plan")), "plan");
  t.is(evidence(caseOf("passed", "plan"), caseOf("passed")), "console");
  t.is(
    evidence(caseOf("passed", "memory"), caseOf("not-run", "plan")),
    "memory",
    "what did not run proves nothing",
  );
  t.is(evidence(), "console");
});

test("statuses rank from passed to crashed, evidence from memory to console", (t) => {
  STATUSES.forEach((a, n) => {
    STATUSES.forEach((b, m) => t.is(worseStatus(a, b), n >= m ? a : b));
  });
  t.deepEqual(STATUSES.filter(isRed), ["not-run", "failed", "timed-out", "crashed"]);
  t.is(weakerEvidence("memory", "plan"), "plan");
  t.is(weakerEvidence("plan", "console"), "console");
  t.is(weakerEvidence("memory", "memory"), "memory");
});

test("counts are those of the leaves", (t) => {
  const run = runOf(
    STATUSES.map((status) => caseOf(status)),
    {
      findings: [FINDING],
      faults: [FAULT, FAULT],
      problems: [
        { code: "no-end", grade: "error", message: "x" },
        { code: "lookalike", grade: "note", message: "x" },
      ],
    },
  );
  t.deepEqual(count(run), {
    passed: 1,
    skipped: 1,
    "not-run": 1,
    failed: 1,
    "timed-out": 1,
    crashed: 1,
    suites: 1,
    cases: 6,
    evaluations: { passed: 12, failed: 1 },
    findings: 1,
    faults: 2,
    problems: 1,
  });
  t.is(casesOf(run).length, 6);
});

test("a run whose host was interrupted has not come to its end, whatever its stream did", (t) => {
  const problem = { grade: "error", message: "interrupted by SIGINT", boot: "b1" } as const;
  t.true(cameToItsEnd(runOf([PASSED])));
  t.true(cameToItsEnd(runOf([PASSED], { problems: [{ ...problem, code: "no-end" }] })));
  t.false(cameToItsEnd(runOf([PASSED], { problems: [{ ...problem, code: "incomplete-run" }] })));
  t.false(cameToItsEnd(runOf([PASSED], { complete: false })));
});

test("a run that was stopped early says so once, and is red for what was red", (t) => {
  const boots: readonly BootModel[] = [{ id: "b1", source: "a.log", end: "cut" }];
  const problems = [
    { code: "stopped-early", grade: "warning", message: "stopped after 1 red case (--fail-fast)" },
  ] as const;
  const red = judge(runOf([PASSED, caseOf("failed"), caseOf("not-run")], { boots, problems }));
  t.deepEqual(red.reasons, ["1 case failed", "1 case did not run"]);
  t.is(judge(runOf([PASSED, caseOf("failed")], { boots })).reasons.length, 2);
  // Nothing red explains the stop: then the boot is not whole, and that is said.
  const odd = judge(runOf([PASSED], { boots, problems }));
  t.is(odd.verdict, "failed");
  t.deepEqual(odd.reasons, ["1 boot did not end normally"]);
});
