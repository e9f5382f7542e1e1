/** What is known to be red does not count; whatever is not known counts as before, and nothing lost is ever known. */
import test from "ava";
import { compare } from "../../src/core/model/compare.js";
import type { BaselineCase, CaseStatus, Policy } from "../../src/core/events.js";
import { knownCase, knownFinding, matches } from "../../src/core/model/known.js";
import type { AssertionModel, CaseModel, FaultModel, FindingModel, RunModel } from "../../src/core/model.js";
import { siteOfFinding, sitesOf } from "../../src/core/model/sites.js";
import { judge } from "../../src/core/verdict.js";

const ORIGIN = { line: 1, byteOffset: 0 };
const failure = (message: string, file = "lib/a.c", line = 3): AssertionModel => ({
  status: "failed",
  message,
  file,
  line,
  origin: ORIGIN,
});

const caseOf = (name: string, status: CaseStatus, assertions: readonly AssertionModel[] = []): CaseModel => ({
  id: `c-${name}`,
  suite: "s",
  name,
  status,
  evidence: "plan",
  assertions,
  evaluations: { passed: 1, failed: assertions.length },
  output: [],
  droppedConsoleLines: 0,
  origin: ORIGIN,
  boot: "b1",
});

const finding = (more: Partial<FindingModel> = {}): FindingModel => ({
  kind: "ubsan",
  check: "bounds",
  message: "index 9 out of bounds",
  file: "lib/a.c",
  line: 1,
  column: 2,
  occurrences: 1,
  boot: "b1",
  origin: ORIGIN,
  ...more,
});

const runOf = (
  cases: readonly CaseModel[],
  policy: Partial<Policy> = {},
  more: Partial<RunModel> = {},
): RunModel => ({
  tool: { name: "uktest", version: "0" },
  sources: ["p on qemu-arm64"],
  policy: { ubsan: "fail", ...policy },
  boots: [{ id: "b1", source: "p on qemu-arm64", end: "normal" }],
  suites: [{ boot: "b1", name: "s", cases }],
  findings: [],
  faults: [],
  problems: [],
  complete: true,
  ...more,
});

const quarantine = (
  entry: Partial<NonNullable<Policy["quarantine"]>["entries"][number]>,
  today = "2026-06-15",
): Partial<Policy> => ({
  quarantine: { today, entries: [{ case: "s.bad", reason: "flaps", ...entry }] },
});

test("a name is matched whole; a star stands for anything, also for nothing", (t) => {
  const yes = [
    ["a.b", "a.b"],
    ["a.*", "a.b"],
    ["*", "a.b"],
    ["a*.b*c", "a.bc"],
    ["a*.b*c", "axx.b--c"],
    ["*.b", "a.b"],
  ];
  const no = [
    ["a.b", "a.bc"],
    ["a.*", "b.a"],
    ["a*a", "a"],
    ["*.b", "a.bc"],
    ["a.?", "a.b"],
    ["a*b*b", "ab"],
  ];
  for (const [pattern = "", name = ""] of yes) t.true(matches(pattern, name), `${pattern} ${name}`);
  for (const [pattern = "", name = ""] of no) t.false(matches(pattern, name), `${pattern} ${name}`);
});

for (const status of ["failed", "crashed", "timed-out"] as const)
  test(`a quarantined case that is ${status} does not count, and says why`, (t) => {
    const fault: FaultModel = {
      kind: "trap",
      title: "page fault",
      registers: [],
      callTrace: [],
      excerpt: [],
      boot: "b1",
      caseId: "c-bad",
      origin: ORIGIN,
    };
    const cases = [caseOf("good", "passed"), caseOf("bad", status)];
    const more =
      status === "failed"
        ? {}
        : { faults: [fault], boots: [{ id: "b1", source: "x", end: "fault" }] as const };
    t.is(judge(runOf(cases, {}, more)).exitCode, 1);
    const run = runOf(cases, quarantine({ owner: "ann", until: "2026-06-15" }), more);
    t.is(judge(run).exitCode, 0, judge(run).reasons.join());
    t.deepEqual(knownCase(run, cases[1] as CaseModel), {
      by: "quarantine",
      reason: "flaps (owner ann, until 2026-06-15)",
    });
    t.is(knownCase(run, cases[0] as CaseModel), undefined);
  });

test("quarantine is over after its last day, and is of one machine where it names one", (t) => {
  const cases = [caseOf("good", "passed"), caseOf("bad", "failed")];
  const exit = (policy: Partial<Policy>): number => judge(runOf(cases, policy)).exitCode;
  t.is(exit(quarantine({ until: "2026-06-14" })), 1);
  t.is(exit(quarantine({ until: "2026-06-16" })), 0);
  t.is(exit(quarantine({ machine: "qemu-arm64" })), 0);
  t.is(exit(quarantine({ machine: "arm64" })), 1);
  t.is(exit(quarantine({ machine: "v86" })), 1);
  t.is(exit(quarantine({ case: "s.b*" })), 0);
  t.is(exit(quarantine({ case: "s.other" })), 1);
});

test("what did not run is lost, in quarantine or not; and an unproven end stays red", (t) => {
  const policy = quarantine({});
  t.is(judge(runOf([caseOf("good", "passed"), caseOf("bad", "not-run")], policy)).exitCode, 1);
  const cut = { boots: [{ id: "b1", source: "x", end: "cut" }] } as const;
  t.is(judge(runOf([caseOf("good", "passed"), caseOf("bad", "failed")], policy, cut)).exitCode, 1);
});

test("a finding in a quarantined case counts", (t) => {
  const run = runOf([caseOf("bad", "failed")], quarantine({}), { findings: [finding({ caseId: "c-bad" })] });
  t.deepEqual(judge(run).reasons, ["1 UBSAN finding"]);
});

test("a parameter's results are those of its case", (t) => {
  t.is(judge(runOf([caseOf("bad/3", "failed"), caseOf("good", "passed")], quarantine({}))).exitCode, 0);
});

const before = (
  name: string,
  status: CaseStatus,
  sites: readonly string[] = [],
  source = "p on qemu-arm64",
): BaselineCase => ({
  source,
  name: `s.${name}`,
  status,
  sites,
});
const site = (one: CaseModel): readonly string[] => sitesOf(one, []);
const against = (cases: readonly BaselineCase[], findings: readonly string[] = []) => ({
  baseline: { name: "main.jsonl", cases, findings },
});

test("values, addresses and lines do not make a failure new; another place does", (t) => {
  const old = caseOf("bad", "failed", [
    failure("expected `x` to be 3 but was 4 at 0x10ff", "/ci/1/lib/a.c", 3),
  ]);
  const same = caseOf("bad", "failed", [failure("expected `x` to be 5 but was 99 at 0xbeef", "lib/a.c", 70)]);
  const other = caseOf("bad", "failed", [failure("expected `y` to be 3 but was 4 at 0x10ff")]);
  const more = against([before("bad", "failed", site(old))]);
  const good = caseOf("good", "passed");
  const onlyNew = { onlyNew: true };
  t.is(judge(runOf([same, good], onlyNew, more)).exitCode, 0);
  t.is(judge(runOf([same, good], {}, more)).exitCode, 1);
  t.is(judge(runOf([other, good], onlyNew, more)).exitCode, 1);
  const both = caseOf("bad", "failed", [...same.assertions, ...other.assertions]);
  t.is(judge(runOf([both, good], onlyNew, more)).exitCode, 1);
  const worse = { ...same, status: "crashed" as const, assertions: [] };
  t.is(judge(runOf([worse, good], onlyNew, more)).exitCode, 1);
});

test("a comparison names what broke, stayed, was mended, came and went", (t) => {
  const still = caseOf("still", "failed", [failure("a")]);
  const cases = [
    caseOf("same", "passed"),
    caseOf("broke", "failed", [failure("b")]),
    still,
    caseOf("fixed", "passed"),
    caseOf("fresh", "passed"),
    caseOf("fresh_red", "failed", [failure("c")]),
  ];
  const more = against([
    before("same", "passed"),
    before("broke", "passed"),
    before("still", "failed", site(still)),
    before("fixed", "crashed", ["x"]),
    before("went", "passed"),
  ]);
  const found = compare(runOf(cases, {}, more));
  const names = (some: readonly CaseModel[] | undefined) => some?.map(({ name }) => name);
  t.deepEqual(names(found?.newlyBroken), ["broke", "fresh_red"]);
  t.deepEqual(names(found?.stillBroken), ["still"]);
  t.deepEqual(names(found?.newlyFixed), ["fixed"]);
  t.deepEqual(names(found?.added), ["fresh", "fresh_red"]);
  t.deepEqual(found?.gone, ["s.went"]);
  t.is(compare(runOf(cases)), undefined);
});

test("what is red on another machine only is new on this one", (t) => {
  const bad = caseOf("bad", "failed", [failure("a")]);
  const elsewhere = before("bad", "failed", site(bad), "p on v86");
  const run = (cases: readonly BaselineCase[]) =>
    runOf([bad, caseOf("good", "passed")], { onlyNew: true }, against(cases));
  t.is(judge(run([elsewhere, before("bad", "passed")])).exitCode, 1);
  // A baseline of other machines altogether speaks for all.
  t.is(judge(run([elsewhere])).exitCode, 0);
});

test("known findings do not count until their day has passed; others do", (t) => {
  const entry = { check: "bounds", file: "lib/a.c", message: "index 1 out of bounds", reason: "old" };
  const run = (findings: readonly FindingModel[], until?: string) =>
    runOf(
      [caseOf("good", "passed")],
      {
        knownFindings: {
          today: "2026-06-15",
          entries: [{ ...entry, ...(until !== undefined && { until }) }],
        },
      },
      { findings },
    );
  t.is(judge(run([finding({ line: 77 })])).exitCode, 0);
  t.is(knownFinding(run([]), finding()), "old");
  t.is(judge(run([finding()], "2026-06-14")).exitCode, 1);
  t.is(judge(run([finding({ check: "shift" })])).exitCode, 1);
  t.is(judge(run([finding({ file: "lib/b.c" })])).exitCode, 1);
  t.is(judge(run([finding({ message: "other" })])).exitCode, 1);
  const only = runOf(
    [caseOf("good", "passed")],
    { onlyNew: true },
    { findings: [finding()], ...against([], [siteOfFinding(finding({ line: 4 }))]) },
  );
  t.is(judge(only).exitCode, 0);
});
