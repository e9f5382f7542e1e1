/**
 * Two witnesses, console and memory: whatever a line loses, doubles or moves, each case ends as the guest itself knows it,
 * and no word of either that something failed is taken back by the other. Without a journal only failures are proven, and
 * that a case was reached.
 */
import test from "ava";
import { RunReader } from "../../src/console/reader.js";
import { dialectsFor } from "../../src/console/dialects.js";
import type { BootSummary } from "../../src/core/assemble.js";
import { casesOf } from "../../src/core/model/counts.js";
import type { CaseFacts, MemoryFacts, ResultFacts, SiteFacts } from "../../src/core/evidence.js";
import type { Policy, RunEvent } from "../../src/core/events.js";
import type { MachineEnd } from "../../src/core/fault.js";
import type { CaseModel, RunModel } from "../../src/core/model.js";
import type { Plan } from "../../src/core/plan.js";
import { reduce } from "../../src/core/model/reduce.js";
import { judge } from "../../src/core/verdict.js";
import { brokenPromises } from "./promises.js";

const one = (name: string, sites: readonly number[] = []) => ({ name, file: "a.c", line: 3, sites });
const PLAN: Plan = {
  image: "app.elf",
  architecture: "x86_64",
  buildId: "abc",
  suites: [
    { name: "a", cases: [one("x", [5]), one("y")] },
    { name: "b", cases: [one("z")] },
  ],
  orphans: [],
};

const result = (text: string, status: string): string =>
  `\t${text} ${".".repeat(80 - text.length)} [ ${status} ]`;
const HEADER = "test:\x1b[0m";
const X_HEADER = `${HEADER} a->x`;
const X_END = "[libuktest] uktest:case a->x passed assertions=1 failed=0 time=1500";
const Y_END = "[libuktest] uktest:case a->y/one passed assertions=0 failed=0 time=10";
const CONSOLE: readonly string[] = [
  "[libuktest] uktest:plan build=abc suites=2 cases=3",
  "[libuktest] uktest:begin a",
  X_HEADER,
  result("expected `i` to be 1 and was 1", "PASSED"),
  X_END,
  "[libuktest] uktest:params a->y 2",
  `${HEADER} a->y/one`,
  Y_END,
  `${HEADER} a->y/two`,
  "[libuktest] uktest:case a->y/two skipped assertions=0 failed=0 time=10 no such device",
  "[libuktest] uktest:done a cases=3 failed=0",
  "[libuktest] uktest:begin b",
  `${HEADER} b->z`,
  "[libuktest] uktest:case b->z passed assertions=0 failed=0 time=10",
  "[libuktest] uktest:done b cases=1 failed=0",
  "[libuktest] uktest:end cases=4 failed=0 skipped=1",
];

type Status = ResultFacts["status"];
const fact = (status: Status, label?: string): ResultFacts => ({
  status,
  assertions: 2,
  failed: status === "failed" ? 1 : 0,
  ...(label !== undefined && { label }),
});
const site = (line: number, status: SiteFacts["status"]): SiteFacts => ({ line, status });

/** What a guest knows that keeps a journal, of the cases of the plan. */
function journal(
  x: readonly Status[] = ["passed"],
  y: readonly Status[] = ["passed", "skipped"],
  z: readonly Status[] = ["passed"],
  more: {
    readonly ended?: boolean;
    readonly findings?: number;
    readonly failedOutside?: number;
    readonly sites?: readonly SiteFacts[];
  } = {},
): MemoryFacts {
  const of = (suite: string, name: string, all: readonly Status[], sites: readonly SiteFacts[] = []) => ({
    suite,
    name,
    file: "a.c",
    line: 3,
    sites,
    results: all.map((each) => fact(each)),
  });
  const cases: readonly CaseFacts[] = [of("a", "x", x, more.sites), of("a", "y", y), of("b", "z", z)];
  return {
    cases,
    suites: [
      { name: "a", init: "not-run" },
      { name: "b", init: "not-run" },
    ],
    journal: {
      ended: more.ended ?? true,
      findings: more.findings ?? 0,
      failedOutside: more.failedOutside ?? 0,
    },
  };
}

const NORMAL: MachineEnd = { kind: "ended", how: "normal", detail: "exit 0" };
const CRASH: MachineEnd = { kind: "ended", how: "crash", detail: "exit 35" };
const AUTO = await dialectsFor("auto");

interface Told {
  readonly model: RunModel;
  readonly events: readonly RunEvent[];
  readonly summary: BootSummary | undefined;
  /** `suite.case` and what became of it, with the evidence. */
  readonly cases: Readonly<Record<string, string>>;
}

interface Given {
  readonly end?: MachineEnd;
  readonly ubsan?: Policy["ubsan"];
  readonly plan?: Plan | undefined;
}

function tell(lines: readonly string[], facts: MemoryFacts | undefined, given: Given = {}): Told {
  const { end = NORMAL, ubsan = "fail" } = given;
  const reader = new RunReader(
    { tool: { name: "uktest", version: "0" }, sources: ["g"], policy: { ubsan } },
    AUTO,
  );
  reader.open("g", "plan" in given ? given.plan : PLAN, { group: "g1" });
  const text = lines
    .map((line, index) => {
      const level = /^(?:CRIT|ERR): /.test(line) ? "" : "Info: ";
      return `[    0.${String(index).padStart(6, "0")}] ${level}${line}\r\n`;
    })
    .join("");
  const events = [...reader.feed(Buffer.from(text, "latin1"))];
  const summary = reader.end(end, facts);
  events.push(...reader.settle(summary?.missing ?? []), ...reader.finish());
  const model = reduce(events);
  return {
    model,
    events,
    summary,
    cases: Object.fromEntries(
      casesOf(model).map((each) => [`${each.suite}.${each.name}`, `${each.status} by ${each.evidence}`]),
    ),
  };
}

const GREEN = {
  "a.x": "passed by memory",
  "a.y/one": "passed by memory",
  "a.y/two": "skipped by memory",
  "b.z": "passed by memory",
};
const caseOf = ({ model }: Told, suite: string, name: string): CaseModel | undefined =>
  casesOf(model).find((each) => each.suite === suite && each.name === name);
const codes = ({ model }: Told): readonly string[] =>
  model.problems.map(({ code, grade }) => `${grade} ${code}`).sort();
const without = (...gone: readonly string[]): readonly string[] =>
  CONSOLE.filter((line) => !gone.includes(line));

test("console and journal agree: nothing changes but the evidence", (t) => {
  const told = tell(CONSOLE, journal());
  t.deepEqual(told.cases, GREEN);
  t.deepEqual(codes(told), []);
  t.deepEqual(judge(told.model), { verdict: "passed", exitCode: 0, evidence: "memory", reasons: [] });
  t.deepEqual(brokenPromises(told.events), []);
  t.is(caseOf(told, "a", "y/two")?.reason, "no such device");
  t.true(told.summary?.isWhole);
  t.deepEqual(
    told.events.filter(({ type }) => type === "boot-proven"),
    [{ type: "boot-proven", boot: "b1", findings: 0 }],
  );
  // Without facts nothing claims to be more than it is.
  const plain = tell(CONSOLE, undefined);
  t.is(plain.cases["a.x"], "passed by plan");
  t.false(plain.events.some(({ type }) => type === "boot-proven" || type === "evidence"));
});

test("a line FAILED that was lost is known by memory, with its place", (t) => {
  const facts = journal(["failed"], undefined, undefined, { sites: [site(5, "passed"), site(6, "failed")] });
  const told = tell(CONSOLE, facts);
  t.is(told.cases["a.x"], "failed by memory");
  t.is(caseOf(told, "a", "x")?.reason, "1 of 2 assertions failed, says the guest's memory (a.c:6)");
  t.deepEqual(codes(told), ["warning memory-disagrees"]);
  t.is(judge(told.model).exitCode, 1);
});

test("many lines of failures are shortened, and each is named once", (t) => {
  const sites = [...Array.from({ length: 12 }, (_, at) => site(at + 1, "failed")), site(1, "failed")];
  const told = tell(CONSOLE, journal(["failed"], undefined, undefined, { sites }));
  const reason = caseOf(told, "a", "x")?.reason ?? "";
  t.true(reason.endsWith("a.c:9, a.c:10, …)"), reason);
  t.is(reason.split("a.c:1,").length, 2);
});

test("a failure on the console that memory does not know stays red: the worse of two witnesses counts", (t) => {
  const line = result("expected `i` to be 1 and was 2", "FAILED");
  const more = CONSOLE.flatMap((each) => (each === X_HEADER ? [each, line] : [each]));
  const told = tell(more, journal());
  t.is(told.cases["a.x"], "failed by plan");
  t.is(judge(told.model).verdict, "failed");
  const words = told.model.problems.find(({ code }) => code === "memory-disagrees");
  t.like(words, { grade: "error" });
  t.regex(words?.message ?? "", /^a\.x is failed by its console and passed by the guest's memory/);
  // The others are what both say.
  t.like(told.cases, { "b.z": "passed by memory" });
  const ended = tell(
    CONSOLE.map((each) =>
      each.replace("a->x passed assertions=1 failed=0", "a->x failed assertions=1 failed=1"),
    ),
    journal(),
  );
  t.is(ended.cases["a.x"], "failed by plan");
  t.is(judge(ended.model).verdict, "failed");
});

test("a line FAILED that only stands in the wrong case is the failure that memory knows", (t) => {
  const line = result("expected `i` to be 1 and was 2", "FAILED");
  // The header of the case that failed is lost, so its lines seem to be those of the case before.
  const moved = [
    ...CONSOLE.slice(0, 4),
    line,
    "[libuktest] uktest:case b->z failed assertions=1 failed=1 time=10",
    ...CONSOLE.slice(5, 12),
    ...CONSOLE.slice(14),
  ];
  const told = tell(moved, journal(undefined, undefined, ["failed"]));
  t.is(told.cases["b.z"], "failed by memory");
  t.is(judge(told.model).verdict, "failed");
  const plain = tell(
    [...CONSOLE.slice(0, 4), line, ...CONSOLE.slice(4)],
    journal(undefined, undefined, ["failed"]),
  );
  t.like(plain.cases, { "a.x": "passed by memory", "b.z": "failed by memory" });
});

test("totals of the guest that count more failures than its memory are not taken back by it", (t) => {
  for (const [from, to] of [
    ["uktest:end cases=4 failed=0 skipped=1", "uktest:end cases=4 failed=1 skipped=1"],
    ["uktest:done a cases=3 failed=0", "uktest:done a cases=3 failed=1"],
    ["uktest:end cases=4 failed=0 skipped=1", "uktest:end cases=4 failed=0 skipped=1 outside=1"],
  ] as const) {
    const told = tell(
      CONSOLE.map((each) => each.replace(from, to)),
      journal(),
    );
    t.true(codes(told).includes("error memory-disagrees"), to);
    t.is(judge(told.model).verdict, "failed", to);
  }
});

test("a case that memory does not know never ran; where its lines say that it failed, it stays red", (t) => {
  const forged = (status: string): Told =>
    tell(
      [
        ...CONSOLE.slice(0, 5),
        `${HEADER} a->q`,
        `[libuktest] uktest:case a->q ${status} assertions=0 failed=0 time=1`,
        ...CONSOLE.slice(5),
      ],
      journal(),
    );
  const { "a.q": fake, ...rest } = forged("passed").cases;
  t.deepEqual(rest, GREEN);
  t.is(fake, "skipped by memory");
  t.is(judge(forged("passed").model).verdict, "passed");
  const red = forged("failed");
  t.like(red.cases, { ...GREEN, "a.q": "failed by console" });
  t.is(judge(red.model).verdict, "failed");
});

test("a case that is defined twice is an error, and both of its results count", (t) => {
  const twice: Plan = { ...PLAN, suites: [{ name: "a", cases: [one("x", [5]), one("x", [9])] }] };
  const lines = [
    "[libuktest] uktest:plan build=abc suites=1 cases=2",
    "[libuktest] uktest:begin a",
    ...CONSOLE.slice(2, 5),
    X_HEADER,
    result("expected `i` to be 1 but was 2", "FAILED"),
    "[libuktest] uktest:case a->x failed assertions=1 failed=1 time=5",
    "[libuktest] uktest:done a cases=2 failed=1",
    "[libuktest] uktest:end cases=2 failed=1 skipped=0",
  ];
  const record = (status: Status): CaseFacts => ({
    suite: "a",
    name: "x",
    file: "a.c",
    sites: [],
    results: [fact(status)],
  });
  const facts: MemoryFacts = { ...journal(), cases: [record("passed"), record("failed")] };
  const told = tell(lines, facts, { plan: twice });
  t.deepEqual(codes(told), ["error duplicate-case", "warning duplicate-case"]);
  t.is(told.model.problems[0]?.message, "a.x is defined 2 times: a.c:3 and a.c:3");
  t.deepEqual(
    casesOf(told.model).map(({ status, evidence }) => `${status} by ${evidence}`),
    ["passed by memory", "failed by memory"],
  );
});

test("memory that contradicts itself is red, and proves nothing", (t) => {
  const { journal: _, ...facts } = journal();
  const bare = { ...facts, cases: facts.cases.map(({ results: __, ...each }) => each) };
  const broken = tell(CONSOLE, { ...bare, broken: "the guest's journal has a head that was overwritten" });
  t.deepEqual(codes(broken), ["error memory-broken"]);
  t.is(
    broken.model.problems[0]?.message,
    "the guest's journal has a head that was overwritten: its memory proves nothing",
  );
  t.is(judge(broken.model).verdict, "failed");
  t.false(broken.events.some(({ type }) => type === "boot-proven"));
  // The table of assertions is a witness of its own.
  const sites = tell(CONSOLE, journal(undefined, undefined, undefined, { sites: [site(5, "failed")] }));
  t.deepEqual(codes(sites), ["error memory-broken"]);
  t.is(
    sites.model.problems[0]?.message,
    "an assertion of a.x failed by the guest's table (a.c:5) and none by its journal",
  );
  t.is(judge(sites.model).verdict, "failed");
  // The kit begins its journal before it prints its plan.
  const erased = tell(CONSOLE, { ...bare, isUnbegun: true });
  t.deepEqual(codes(erased), ["error memory-broken"]);
  t.deepEqual(codes(tell([], { ...bare, isUnbegun: true })).includes("error memory-broken"), false);
});

test("a header of a planned case that memory knows nothing of proves nothing", (t) => {
  const told = tell(CONSOLE, journal(["passed"], ["passed", "skipped"], []));
  t.is(told.cases["b.z"], "not-run by memory");
  t.is(judge(told.model).verdict, "failed");
  // A case that is said to be missing, and is: nobody has to be overruled.
  const cut = tell(CONSOLE.slice(0, 11), journal(["passed"], ["passed", "skipped"], []));
  t.regex(cut.cases["b.z"] ?? "", /^not-run/);
  t.is(judge(cut.model).verdict, "failed");
});

test("a case without any line is added, and is no missing one", (t) => {
  for (const [status, shown] of [
    ["passed", "passed"],
    ["failed", "failed"],
    ["skipped", "skipped"],
    ["running", "crashed"],
  ] as const) {
    const told = tell(CONSOLE.slice(0, 11), journal(["passed"], ["passed", "skipped"], [status]));
    t.is(told.cases["b.z"], `${shown} by memory`);
    t.deepEqual(told.summary?.missing, []);
    t.like(caseOf(told, "b", "z"), { file: "a.c", line: 3 });
    t.is(judge(told.model).verdict, shown === "passed" || shown === "skipped" ? "passed" : "failed");
    t.deepEqual(brokenPromises(told.events), []);
  }
  const all = tell([], journal());
  t.deepEqual(all.cases, {
    "a.x": "passed by memory",
    "a.y/0": "passed by memory",
    "a.y/1": "skipped by memory",
    "b.z": "passed by memory",
  });
  t.is(judge(all.model).verdict, "passed", judge(all.model).reasons.join());
});

test("without a plan the names of memory serve", (t) => {
  const told = tell(CONSOLE.slice(0, 11), journal(), { plan: undefined });
  t.is(told.cases["b.z"], "passed by memory");
  t.is(caseOf(told, "b", "z")?.file, "a.c");
});

test("fewer results of a case on the console than in memory, and more", (t) => {
  const fewer = tell(without(`${HEADER} a->y/one`, Y_END), journal(undefined, ["skipped", "failed"]));
  t.is(fewer.cases["a.y/two"], "skipped by memory");
  t.is(fewer.cases["a.y/1"], "failed by memory");
  t.is(judge(fewer.model).verdict, "failed");
  const more = tell(CONSOLE, journal(undefined, ["passed"]));
  t.is(more.cases["a.y/one"], "passed by memory");
  t.is(more.cases["a.y/two"], "skipped by memory");
  t.regex(caseOf(more, "a", "y/two")?.reason ?? "", /knows nothing of it/);
  t.is(judge(more.model).verdict, "passed");
});

/** The same guest, which kept the labels of its parameters. */
function labelled(y: Readonly<Record<string, Status>>): MemoryFacts {
  const facts = journal();
  const results = Object.entries(y).map(([label, status]) => fact(status, label));
  return { ...facts, cases: facts.cases.map((each) => (each.name === "y" ? { ...each, results } : each)) };
}

test("results of parameters are told apart by their labels, whichever of them the console has lost", (t) => {
  const facts = labelled({ one: "failed", two: "skipped", three: "passed" });
  const wanted = {
    ...GREEN,
    "a.y/one": "failed by memory",
    "a.y/three": "passed by memory",
  };
  t.deepEqual(tell(CONSOLE, facts).cases, wanted);
  const lost = tell(without(`${HEADER} a->y/one`, Y_END), facts);
  t.deepEqual(lost.cases, wanted);
  t.is(caseOf(lost, "a", "y/two")?.reason, "no such device", "its own line, not that of the first");
  t.deepEqual(tell([], facts).cases, wanted);
  // One that ran, of any number: it still has its label.
  t.deepEqual(tell([], labelled({ one: "passed" })).cases["a.y/one"], "passed by memory");
});

test("a label that no parameter of the guest has never was", (t) => {
  const wrong = CONSOLE.map((line) => line.replace("a->y/one", "a->y/won"));
  const told = tell(wrong, labelled({ one: "passed", two: "skipped" }));
  t.deepEqual(told.cases, { ...GREEN, "a.y/won": "skipped by memory" });
  t.is(judge(told.model).verdict, "passed", judge(told.model).reasons.join());
});

test("a case that runs when the guest dies keeps what the console knows of its death", (t) => {
  const dead = CONSOLE.slice(0, 4);
  const running = journal(["running"], [], [], { ended: false });
  const crashed = tell(dead, running, { end: CRASH });
  t.is(crashed.cases["a.x"], "crashed by memory");
  t.is(crashed.summary?.killer?.case, "x");
  const late: MachineEnd = { kind: "timed-out", detail: "no word for 2 s" };
  const timedOut = tell(dead, running, { end: late });
  t.is(timedOut.cases["a.x"], "timed-out by memory");
  t.is(caseOf(timedOut, "a", "x")?.reason, "no word for 2 s");
  t.deepEqual(codes(timedOut), []);
  t.is(judge(timedOut.model).verdict, "failed");
  // An end that never was: memory says it still runs.
  const forged = tell([...dead, X_END], running, { end: CRASH });
  t.is(forged.cases["a.x"], "crashed by memory");
  t.is(caseOf(forged, "a", "x")?.reason, "it began and never ended, says the guest's memory");
});

test("without a journal a failure is proven, and that a case was reached, and no more", (t) => {
  const bare = (x: readonly SiteFacts[], z: readonly SiteFacts[] = []): MemoryFacts => ({
    cases: [
      { suite: "a", name: "x", file: "a.c", sites: x },
      { suite: "a", name: "y", file: "a.c", sites: [] },
      { suite: "b", name: "z", file: "a.c", sites: z },
    ],
    suites: [],
  });
  const reached = tell(CONSOLE, bare([site(5, "passed"), site(6, "not-run")]));
  t.is(reached.cases["a.x"], "passed by memory");
  t.is(reached.cases["b.z"], "passed by plan");
  t.is(reached.cases["a.y/one"], "passed by plan");
  t.false(reached.events.some(({ type }) => type === "boot-proven"));
  const failed = tell(CONSOLE, bare([site(5, "failed")]));
  t.is(failed.cases["a.x"], "failed by memory");
  t.is(caseOf(failed, "a", "x")?.reason, "assertions failed, says the guest's memory (a.c:5)");
  const untouched = tell(CONSOLE, bare([site(5, "not-run")]));
  t.is(untouched.cases["a.x"], "passed by plan");
  const lost = tell(CONSOLE.slice(0, 11), bare([site(5, "passed")], [site(9, "failed")]));
  t.is(lost.cases["b.z"], "failed by memory");
  const quiet = tell(CONSOLE.slice(0, 11), bare([site(5, "passed")], [site(9, "omitted")]));
  t.is(quiet.cases["b.z"], "passed by memory");
  t.is(judge(quiet.model).verdict, "failed", "the console is cut, and nothing proves the end");
  const nowhere = tell(CONSOLE.slice(0, 11), bare([site(5, "passed")], [site(9, "not-run")]));
  t.is(nowhere.cases["b.z"], "not-run by plan");
});

test("reports of the sanitizer that were lost: as the policy has it", (t) => {
  const facts = journal(undefined, undefined, undefined, { findings: 2 });
  const strict = tell(CONSOLE, facts);
  t.deepEqual(codes(strict), ["error memory-disagrees"]);
  t.regex(strict.model.problems[0]?.message ?? "", /^2 UBSAN reports/);
  t.is(judge(strict.model).verdict, "failed");
  const mild = tell(CONSOLE, facts, { ubsan: "warn" });
  t.deepEqual(codes(mild), ["warning memory-disagrees"]);
  t.is(judge(mild.model).verdict, "passed");
  t.deepEqual(codes(tell(CONSOLE, facts, { ubsan: "off" })), []);
});

const FINDING =
  "ERR:  [libubsan] Undefined behavior at a.c:4:9: signed integer overflow: 1 + 2 cannot be represented in type 'int'";
const withFinding = [...CONSOLE.slice(0, 3), FINDING, ...CONSOLE.slice(3)];

test("a finding on the console stays, whether or not memory counts it", (t) => {
  for (const findings of [1, 0]) {
    const told = tell(withFinding, journal(undefined, undefined, undefined, { findings }));
    t.is(told.model.findings.length, 1);
    t.is(judge(told.model).verdict, "failed");
  }
});

test("a proven boot turns doubts about its console into warnings and drops faults that never were", (t) => {
  const cut = tell(CONSOLE.slice(0, 8), journal());
  t.is(judge(cut.model).verdict, "passed", judge(cut.model).reasons.join());
  t.is(cut.model.boots[0]?.end, "normal");
  // Where the console stops inside a case, nobody speaks of a death.
  const inside = tell(CONSOLE.slice(0, 4), journal());
  t.false(inside.model.problems.some(({ message }) => message.includes("silent")));
  t.is(judge(inside.model).verdict, "passed", judge(inside.model).reasons.join());
  // The same of a guest that seems to have started again.
  const again = tell([...CONSOLE.slice(0, 6), ...CONSOLE], journal());
  t.is(judge(again.model).verdict, "passed", judge(again.model).reasons.join());
});

const ASSERTION = "CRIT: [app] <a.c @    8> Assertion failure: pages == 4";

test("a crash that the guest's kernel has reported is none that memory takes back", (t) => {
  const told = tell([...CONSOLE.slice(0, 3), ASSERTION, ...CONSOLE.slice(3)], journal());
  t.is(told.model.faults.length, 1);
  t.is(told.cases["a.x"], "crashed by plan");
  t.is(judge(told.model).verdict, "failed");
  t.false(told.events.some(({ type }) => type === "boot-proven"));
  // After the last suite, in main(): arm64 ends with the same exit code either way.
  const late = tell([...CONSOLE, ASSERTION], journal());
  t.is(late.model.faults.length, 1);
  t.is(judge(late.model).verdict, "failed");
});

test("nothing is proven when the machine crashed, or a limit fired, or the journal has no end", (t) => {
  const cut = CONSOLE.slice(0, 8);
  for (const [end, facts] of [
    [CRASH, journal()],
    [{ kind: "timed-out", detail: "late" } as MachineEnd, journal()],
    [NORMAL, journal(undefined, undefined, undefined, { ended: false })],
  ] as const) {
    const told = tell(cut, facts, { end });
    t.false(told.events.some(({ type }) => type === "boot-proven"));
    t.is(judge(told.model).verdict, "failed");
    // What memory knows of a case counts all the same.
    t.is(told.cases["b.z"], "passed by memory");
  }
});

test("a suite whose init function failed keeps its fault in a proven boot", (t) => {
  const facts = journal(["passed"], ["passed", "skipped"], []);
  const failed: MemoryFacts = {
    ...facts,
    suites: [
      { name: "a", init: "not-run" },
      { name: "b", init: "failed" },
    ],
  };
  const lines = [
    ...CONSOLE.slice(0, 12),
    "ERR:  [libuktest] <wire.c @  201> Could not initialize test suite: b",
    "[libuktest] uktest:end cases=3 failed=0 skipped=1",
  ];
  const told = tell(lines, failed);
  t.deepEqual(
    told.model.faults.map(({ kind }) => kind),
    tell(lines, undefined).model.faults.map(({ kind }) => kind),
  );
  t.is(told.model.faults.length, 1);
  t.regex(told.cases["b.z"] ?? "", /^not-run/);
  t.is(judge(told.model).verdict, "failed");
});

test("init functions that failed or had nothing to run are known without their lines", (t) => {
  const facts = journal(["passed"], ["passed", "skipped"], []);
  const init = (status: "failed" | "skipped"): MemoryFacts => ({
    ...facts,
    suites: [{ name: "b", init: status }],
  });
  const lines = [...CONSOLE.slice(0, 11), "[libuktest] uktest:end cases=3 failed=0 skipped=1"];
  const failed = tell(lines, init("failed"));
  t.like(failed.model.faults, [{ kind: "suite-init", suite: "b" }]);
  t.is(caseOf(failed, "b", "z")?.reason, "the init function of its suite failed");
  t.is(judge(failed.model).verdict, "failed");
  const skipped = tell(lines, init("skipped"));
  t.is(skipped.cases["b.z"], "skipped by memory");
  t.is(caseOf(skipped, "b", "z")?.reason, "its suite was skipped, says the guest's memory");
  t.is(judge(skipped.model).verdict, "passed", judge(skipped.model).reasons.join());
  const said = tell(
    [...lines.slice(0, 11), "[libuktest] uktest:begin b", "[libuktest] uktest:skip b no disk"],
    init("skipped"),
  );
  t.is(caseOf(said, "b", "z")?.reason, "no disk");
  // The console says that it failed, the journal that it did not: the worse counts.
  const both = tell(
    [
      ...CONSOLE.slice(0, 11),
      "ERR:  [libuktest] <wire.c @  201> Could not initialize test suite: b",
      ...CONSOLE.slice(11),
    ],
    journal(),
  );
  t.like(both.model.faults, [{ kind: "suite-init", suite: "b" }]);
  t.is(judge(both.model).verdict, "failed");
});

test("doubts that are only counted, and a plan line with wrong numbers, are settled as well", (t) => {
  const stray = Array.from({ length: 40 }, () => result("expected `i` to be 1 and was 1", "PASSED"));
  const many = tell([...CONSOLE.slice(0, 5), ...stray, ...CONSOLE.slice(5)], journal());
  t.true(many.model.problems.some(({ message }) => message === "20 more of this kind"));
  t.false(codes(many).some((each) => each.startsWith("error")));
  t.true(codes(tell([...CONSOLE.slice(0, 5), ...stray], undefined)).includes("error result-outside-case"));
  // An init function may assert as well.
  t.deepEqual(codes(tell([...CONSOLE.slice(0, 2), ...stray, ...CONSOLE.slice(2)], undefined)), []);
  for (const plan of ["build=def suites=2 cases=3", "build=abc suites=2 cases=4"]) {
    const told = tell([`[libuktest] uktest:plan ${plan}`, ...CONSOLE.slice(1)], journal());
    t.is(judge(told.model).verdict, "passed", judge(told.model).reasons.join());
  }
});

test("a case that ran when the host stopped the guest has not crashed, whether or not the console knows of it", (t) => {
  const stopped = { end: { kind: "stopped", detail: "interrupted by SIGTERM" } } as const;
  const facts = journal(["passed"], ["running"], [], { ended: false });
  for (const lines of [CONSOLE.slice(0, 5), CONSOLE.slice(0, 7)]) {
    const { cases, model } = tell(lines, facts, stopped);
    t.like(cases, { "a.x": "passed by memory" });
    t.deepEqual(
      Object.values(cases).filter((words) => /crashed/.test(words)),
      [],
      JSON.stringify(cases),
    );
    t.false(model.problems.some(({ code }) => code === "memory-disagrees"));
  }
  const failing = [
    ...CONSOLE.slice(0, 3),
    result("expected `i` to be 1 but was 2", "FAILED"),
    "\t  in a.c:5",
  ];
  const { cases } = tell(failing, journal(["running"], [], [], { ended: false }), stopped);
  t.regex(cases["a.x"] ?? "", /^failed /, "what has failed by then has failed");
});
