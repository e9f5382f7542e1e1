/**
 * Several boots of one image are one result for each case: a retry replaces, a repetition counts if it is worse, and the
 * rest of a suite joins what ran of it. The verdict keeps what was red in mind.
 */
import test from "ava";
import { casesOf } from "../../src/core/model/counts.js";
import type { BootReason, CaseStatus, Policy, RunEvent } from "../../src/core/events.js";
import type { FaultRecord } from "../../src/core/fault.js";
import type { CaseModel, RunModel } from "../../src/core/model.js";
import { reduce } from "../../src/core/model/reduce.js";
import { isFlaky, judge } from "../../src/core/verdict.js";
import { brokenPromises } from "./promises.js";

interface BootScript {
  readonly group?: string;
  readonly why?: BootReason;
  readonly end?: "normal" | "fault" | "cut";
  readonly wallMs?: number;
  /** Statuses by `suite.case`; a case may come twice. */
  readonly cases: readonly (readonly [name: string, status: CaseStatus])[];
  /** A fault in the case of that name. */
  readonly dies?: string;
  /** Faults outside of any case. */
  readonly diesOutside?: boolean;
}

const ORIGIN = { line: 1, byteOffset: 0 };
const TRAP: FaultRecord = { kind: "trap", title: "page fault", registers: [], callTrace: [], excerpt: [] };

function* bootEvents(script: BootScript, boot: string): Generator<RunEvent> {
  const { group, why, end = "normal", wallMs, cases, dies, diesOutside } = script;
  const part = { ...(group !== undefined && { group }), ...(why !== undefined && { why }) };
  yield { type: "boot-started", boot, source: "g", ...part, origin: ORIGIN };
  for (const [nth, [name, status]] of cases.entries()) {
    const [of = "", one = ""] = name.split(".");
    const [suite, id] = [`${boot}.s${String(nth)}`, `${boot}.c${String(nth)}`];
    yield { type: "suite-started", boot, suite, name: of, origin: ORIGIN };
    yield { type: "case-started", suite, case: id, name: one, origin: ORIGIN };
    if (dies === name) yield { type: "fault", boot, suite: of, case: id, fault: TRAP, origin: ORIGIN };
    yield {
      type: "case-finished",
      case: id,
      status,
      ...(status !== "passed" && { reason: `${status} in ${boot}` }),
      durationMs: 2,
      evidence: "plan",
      evaluations: { passed: 1, failed: 0 },
      droppedConsoleLines: 0,
      origin: ORIGIN,
    };
    yield { type: "suite-finished", suite, origin: ORIGIN };
  }
  if (diesOutside === true) yield { type: "fault", boot, fault: TRAP, origin: ORIGIN };
  yield { type: "boot-finished", boot, end, ...(wallMs !== undefined && { wallMs }), origin: ORIGIN };
}

function eventsOf(policy: Partial<Policy>, boots: readonly BootScript[]): readonly RunEvent[] {
  return [
    {
      type: "run-started",
      schema: "uktest-events/1",
      tool: { name: "uktest", version: "0" },
      sources: ["g"],
      policy: { ubsan: "fail", ...policy },
    },
    ...boots.flatMap((script, at) => [...bootEvents(script, `b${String(at + 1)}`)]),
    { type: "run-finished" },
  ];
}

const modelOf = (policy: Partial<Policy>, ...boots: readonly BootScript[]): RunModel =>
  reduce(eventsOf(policy, boots));
const cases = (model: RunModel): readonly string[] =>
  casesOf(model).map((one) => `${one.suite}.${one.name} ${one.status}`);
const only = (model: RunModel): CaseModel | undefined => casesOf(model)[0];
const GROUP = { group: "g1" } as const;
const PASSED = [["a.x", "passed"]] as const;
const FAILED = [["a.x", "failed"]] as const;

test("the events of these tests keep their promises", (t) => {
  t.deepEqual(
    brokenPromises(
      eventsOf({}, [
        { ...GROUP, cases: FAILED, dies: "a.x" },
        { ...GROUP, why: "retry", cases: PASSED },
      ]),
    ),
    [],
  );
});

test("the rest of a suite joins what ran of it, over boots of one group only", (t) => {
  const first = { ...GROUP, cases: [["a.x", "crashed"]], end: "fault" } as const;
  const rest = {
    ...GROUP,
    why: "rest",
    wallMs: 12,
    cases: [
      ["a.y", "passed"],
      ["b.z", "passed"],
    ],
  } as const;
  const model = modelOf({}, first, rest);
  t.deepEqual(cases(model), ["a.x crashed", "a.y passed", "b.z passed"]);
  t.deepEqual(
    model.suites.map(({ name, boot }) => [name, boot]),
    [
      ["a", "b1"],
      ["b", "b2"],
    ],
  );
  t.deepEqual(
    casesOf(model).map(({ boot }) => boot),
    ["b1", "b2", "b2"],
  );
  t.like(model.boots[0], { id: "b1", group: "g1", end: "fault" });
  t.false(Object.hasOwn(model.boots[0] ?? {}, "why"));
  t.like(model.boots[1], { why: "rest", wallMs: 12 });
  const apart = modelOf({}, first, { ...rest, group: "g2" });
  t.is(apart.suites.length, 3);
});

test("a retry replaces the result, and it stays among the attempts", (t) => {
  const model = modelOf(
    {},
    { ...GROUP, cases: FAILED },
    { ...GROUP, why: "retry", cases: FAILED },
    { ...GROUP, why: "retry", cases: PASSED },
  );
  const one = only(model);
  t.like(one, { status: "passed", boot: "b3" });
  t.false(Object.hasOwn(one ?? {}, "reason"));
  t.deepEqual(one?.attempts, [
    { id: "b1.c0", boot: "b1", status: "failed", line: 1, reason: "failed in b1", durationMs: 2 },
    { id: "b2.c0", boot: "b2", status: "failed", line: 1, reason: "failed in b2", durationMs: 2 },
  ]);
  t.is(casesOf(model).length, 1);
});

test("of repetitions the worst counts, whenever it came", (t) => {
  const boots = (...statuses: readonly CaseStatus[]): readonly BootScript[] =>
    statuses.map((status, at) => ({
      ...GROUP,
      ...(at > 0 && { why: "repeat" as const }),
      cases: [["a.x", status]],
    }));
  for (const why of [
    ["failed", "passed", "passed"],
    ["passed", "failed", "passed"],
    ["passed", "passed", "failed"],
  ] as const) {
    const one = only(modelOf({}, ...boots(...why)));
    t.is(one?.status, "failed");
    t.is(one?.boot, `b${String(why.indexOf("failed") + 1)}`);
    t.deepEqual(
      one?.attempts?.map(({ status }) => status),
      ["passed", "passed"],
    );
  }
  t.is(only(modelOf({}, ...boots("failed", "crashed")))?.status, "crashed");
  // The first of two that are equal stays.
  t.is(only(modelOf({}, ...boots("passed", "passed")))?.boot, "b1");
});

test("alone and the rest count if they are worse", (t) => {
  for (const why of ["alone", "rest"] as const) {
    const worse = only(modelOf({}, { ...GROUP, cases: PASSED }, { ...GROUP, why, cases: FAILED }));
    t.is(worse?.status, "failed");
    const better = only(modelOf({}, { ...GROUP, cases: FAILED }, { ...GROUP, why, cases: PASSED }));
    t.is(better?.status, "failed");
  }
});

test("in one boot, and without a group, a case that comes twice is two", (t) => {
  const twice = [
    ["a.x", "passed"],
    ["a.x", "failed"],
  ] as const;
  t.deepEqual(cases(modelOf({}, { ...GROUP, cases: twice })), ["a.x passed", "a.x failed"]);
  t.deepEqual(cases(modelOf({}, { cases: twice })), ["a.x passed", "a.x failed"]);
});

test("what memory says reaches the result of its own boot", (t) => {
  const events = [
    ...eventsOf({}, [
      { ...GROUP, cases: FAILED },
      { ...GROUP, why: "retry", cases: PASSED },
    ]),
  ];
  const end = events.findLastIndex(({ type }) => type === "boot-finished");
  events.splice(end, 0, {
    type: "evidence",
    case: "b2.c0",
    evidence: "memory",
    status: "crashed",
    reason: "so",
  });
  t.like(only(reduce(events)), { status: "crashed", reason: "so", evidence: "memory", boot: "b2" });
  const stale = [
    ...eventsOf({}, [
      { ...GROUP, cases: FAILED },
      { ...GROUP, why: "retry", cases: PASSED },
    ]),
  ];
  stale.splice(end, 0, {
    type: "evidence",
    case: "b1.c0",
    evidence: "memory",
    status: "crashed",
    reason: "so",
  });
  t.like(only(reduce(stale)), { status: "passed", evidence: "plan" });
});

test("passed only when run again: red, unless the policy says otherwise", (t) => {
  const boots = [
    { ...GROUP, cases: FAILED },
    { ...GROUP, why: "retry", cases: PASSED },
  ] as const;
  const model = modelOf({}, ...boots);
  t.deepEqual(casesOf(model).map(isFlaky), [true]);
  t.deepEqual(judge(model).reasons, ["1 case passed only on retry"]);
  t.deepEqual(judge(modelOf({ flaky: "fail" }, ...boots)).reasons, ["1 case passed only on retry"]);
  t.is(judge(modelOf({ flaky: "pass" }, ...boots)).verdict, "passed");
  const still = modelOf(
    { flaky: "pass" },
    { ...GROUP, cases: FAILED },
    { ...GROUP, why: "retry", cases: FAILED },
  );
  t.deepEqual(casesOf(still).map(isFlaky), [false]);
  t.is(judge(still).verdict, "failed");
  const repeated = modelOf(
    { flaky: "pass" },
    { ...GROUP, cases: FAILED },
    { ...GROUP, why: "repeat", cases: PASSED },
  );
  t.is(judge(repeated).verdict, "failed", "a repetition is no second chance");
});

test("the fault of a result that was replaced counts no more; every other fault does", (t) => {
  const died = { ...GROUP, cases: [["a.x", "crashed"]], dies: "a.x", end: "fault" } as const;
  const retry = { ...GROUP, why: "retry", cases: PASSED } as const;
  const superseded = modelOf({ flaky: "pass" }, died, retry);
  t.is(superseded.faults.length, 1, "it is still reported");
  t.deepEqual(judge(superseded).reasons, []);
  t.is(judge(modelOf({ flaky: "pass" }, died, { ...retry, cases: [["a.x", "crashed"]] })).verdict, "failed");
  const outside = modelOf({ flaky: "pass" }, { ...died, diesOutside: true }, retry);
  t.deepEqual(judge(outside).reasons, ["1 fault"]);
});

test("a boot that did not end is red, unless its fault has said so already", (t) => {
  t.deepEqual(judge(modelOf({}, { ...GROUP, cases: PASSED, end: "cut" })).reasons, [
    "1 boot did not end normally",
  ]);
  t.deepEqual(judge(modelOf({}, { ...GROUP, cases: PASSED, end: "fault", diesOutside: true })).reasons, [
    "1 fault",
  ]);
});

test("the evidence that is required", (t) => {
  const green = {
    ...GROUP,
    cases: [
      ["a.x", "passed"],
      ["a.y", "skipped"],
    ],
  } as const;
  t.is(judge(modelOf({ require: "console" }, green)).verdict, "passed");
  t.is(judge(modelOf({ require: "plan" }, green)).verdict, "passed");
  const { verdict, reasons } = judge(modelOf({ require: "memory" }, green));
  t.is(verdict, "failed");
  t.deepEqual(reasons, ["1 passed case without the evidence that is required (memory)"]);
});
