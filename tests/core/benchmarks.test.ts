/**
 * What the memory of a guest says of the rounds of its benchmarks, as measurements, findings and problems, and what that is
 * beside an earlier run: a limit is held where instructions are counted, and a count that is missing is no limit that was held.
 */
import test from "ava";
import { dialectsFor } from "../../src/console/dialects.js";
import { RunReader } from "../../src/console/reader.js";
import type { CaseFacts, MemoryFacts, Rounds } from "../../src/core/evidence.js";
import type { BaselineGiven, Policy, RunEvent } from "../../src/core/events.js";
import { benchmarksOf, growthOf } from "../../src/core/model/benchmarks.js";
import { casesOf } from "../../src/core/model/counts.js";
import { reduce } from "../../src/core/model/reduce.js";
import { distanceOf, medianOf } from "../../src/core/model/rounds.js";
import type { Plan } from "../../src/core/plan.js";
import { judge } from "../../src/core/verdict.js";
import { withKnown } from "../../src/history/known.js";
import { benchmarkTable } from "../../reporters/view/benchmarks.js";
import { brokenPromises } from "./promises.js";

const PLAN: Plan = {
  image: "app.elf",
  architecture: "x86_64",
  suites: [{ name: "a", cases: [{ name: "x", file: "a.c", line: 3, sites: [] }] }],
  orphans: [],
};
const AUTO = await dialectsFor("auto");
const linesFor = (status: string): readonly string[] => [
  "[libuktest] uktest:plan build=- suites=1 cases=1",
  "[libuktest] uktest:begin a",
  "test:\x1b[0m a->x",
  `[libuktest] uktest:case a->x ${status} assertions=0 failed=0 time=10`,
  "[libuktest] uktest:done a cases=1 failed=0",
  `[libuktest] uktest:end cases=1 failed=0 skipped=${status === "skipped" ? "1" : "0"}`,
];

const facts = (
  rounds: Rounds | undefined,
  benchmark: CaseFacts["benchmark"] = "free",
  status: "passed" | "skipped" = "passed",
): MemoryFacts => ({
  cases: [
    {
      ...{ suite: "a", name: "x", file: "a.c", line: 3, sites: [], benchmark },
      results: [{ status, assertions: 0, failed: 0, ...(rounds !== undefined && { rounds }) }],
    },
  ],
  suites: [{ name: "a", init: "not-run" }],
  journal: { ended: true, findings: 0, failedOutside: 0 },
});

function judged(memory: MemoryFacts | undefined, policy: Policy, status: "passed" | "skipped" = "passed") {
  const reader = new RunReader({ tool: { name: "uktest", version: "0" }, sources: ["g"], policy }, AUTO);
  reader.open("g", PLAN, { group: "g1" });
  const text = linesFor(status)
    .map((line, at) => `[    0.${String(at).padStart(6, "0")}] Info: ${line}\r\n`)
    .join("");
  const events: RunEvent[] = [
    {
      type: "run-started",
      schema: "uktest-events/1",
      tool: { name: "uktest", version: "0" },
      sources: ["g"],
      policy,
    },
    ...reader.feed(Buffer.from(text, "latin1")).filter(({ type }) => type !== "run-started"),
  ];
  const summary = reader.end({ kind: "ended", how: "normal", detail: "0" }, memory);
  events.push(...reader.settle(summary?.missing ?? []), ...reader.finish());
  return { events, model: reduce(events) };
}

const BENCH: Policy = { ubsan: "fail", bench: {} };
const counted = (...counts: readonly number[]): Rounds => ({ unit: "instructions", counts });
const said = ({ model }: ReturnType<typeof judged>): readonly string[] => [
  ...model.findings.map(({ kind, message, file, line }) => `${kind} ${file}:${String(line)} ${message}`),
  ...model.problems.map(({ code, grade }) => `${grade} ${code}`),
];

test("rounds stand with their case: instructions with their range, times with their deviation", (t) => {
  const run = judged(facts(counted(100, 100, 100, 130)), BENCH);
  t.deepEqual(said(run), []);
  t.deepEqual(brokenPromises(run.events), []);
  t.deepEqual(casesOf(run.model)[0]?.measurements, [
    { name: "instructions", kind: "gauge", unit: "instructions", value: 100 },
    { name: "instructions_min", kind: "gauge", unit: "instructions", value: 100 },
    { name: "instructions_max", kind: "gauge", unit: "instructions", value: 130 },
  ]);
  t.deepEqual(benchmarkTable(run.model)?.rows, [
    { name: "a.x", words: "100 instructions (100 to 130)", change: "", tone: "faint" },
  ]);
  const timed = judged(facts({ unit: "nanoseconds", counts: [200.5, 210, 300, 205, 207] }), BENCH);
  t.deepEqual(
    casesOf(timed.model)[0]?.measurements?.map(({ name, value }) => [name, value]),
    [
      ["nanoseconds", 207],
      ["nanoseconds_mad", 3],
    ],
  );
  t.is(benchmarkTable(timed.model)?.rows[0]?.words, "207 ns (deviation 3 ns)");
});

test("a limit is held in the worst round, that of the suite above that of the project", (t) => {
  const own = { ...counted(100, 120), limit: 119 };
  t.deepEqual(said(judged(facts(own, "limited"), BENCH)), [
    "limit a.c:3 instructions of a.x are 120, and its suite allows 119",
  ]);
  t.deepEqual(said(judged(facts({ ...own, limit: 120 }, "limited"), BENCH)), []);
  const project = (instructions: number): Policy => ({
    ...BENCH,
    benchLimits: [{ case: "a.*", max: { instructions } }],
  });
  t.deepEqual(said(judged(facts(counted(100)), project(99))), [
    "limit a.c:3 instructions of a.x are 100, and the project allows 99",
  ]);
  t.deepEqual(said(judged(facts({ ...own, limit: 120 }, "limited"), project(1))), []);
  t.is(judge(judged(facts(own, "limited"), { ...BENCH, ubsan: "off" }).model).verdict, "failed");
});

test("a time breaks no limit of instructions, and says that it was not held", (t) => {
  const run = judged(facts({ unit: "nanoseconds", counts: [500], limit: 3 }, "limited"), BENCH);
  t.deepEqual(said(run), ["warning unmeasured-case"]);
  t.is(judge(run.model).verdict, "passed");
});

test("a benchmark that passed and was not counted is a warning, and an error where a limit is to be held", (t) => {
  const limits: Policy = { ...BENCH, benchLimits: [{ case: "a.x", max: { instructions: 5 } }] };
  t.deepEqual(said(judged(facts(undefined), BENCH)), ["warning unmeasured-case"]);
  t.deepEqual(said(judged(facts(undefined, "limited"), BENCH)), ["error unmeasured-case"]);
  t.deepEqual(said(judged(facts(undefined), limits)), ["error unmeasured-case"]);
  t.deepEqual(said(judged(facts(undefined), { ...BENCH, bench: { maxGrowth: 3 } })), [
    "error unmeasured-case",
  ]);
  t.deepEqual(said(judged(facts(undefined, "free", "skipped"), limits, "skipped")), []);
  // Nothing was to be counted.
  t.deepEqual(said(judged(facts(undefined, "limited"), { ubsan: "fail" })), []);
  t.is(benchmarksOf(judged(facts(undefined), { ubsan: "fail" }).model), undefined);
});

const baseline = (source: string, instructions?: number): BaselineGiven => ({
  type: "baseline",
  name: "before",
  cases: [
    { source, name: "a.x", status: "passed", sites: [], ...(instructions !== undefined && { instructions }) },
  ],
  findings: [],
});

async function beside(before: BaselineGiven, now: number, maxGrowth?: number) {
  const { events } = judged(facts(counted(now)), BENCH);
  const all: RunEvent[] = [];
  async function* stream(): AsyncGenerator<readonly RunEvent[]> {
    yield await Promise.resolve(events);
  }
  const lists = { policy: {}, baseline: [before], history: [] };
  for await (const some of withKnown(stream(), lists, undefined, maxGrowth)) all.push(...some);
  return { events: all, model: reduce(all) };
}

test("each benchmark says what became of it since the baseline", async (t) => {
  const change = async (before: number | undefined, now: number): Promise<string | undefined> => {
    const rows = benchmarkTable((await beside(baseline("g", before), now)).model)?.rows;
    return rows?.[0]?.change;
  };
  t.is(await change(400, 412), "+12 instructions (+3 %)");
  t.is(await change(1000, 999), "-1 instruction (-0.1 %)");
  t.is(await change(100_000, 100_001), "+1 instruction (+0.1 %)");
  t.is(await change(1000, 12_345), "+11,345 instructions (+1,135 %)");
  t.is(await change(0, 5), "+5 instructions (from none)");
  t.is(await change(400, 400), "");
  t.is(await change(undefined, 400), "");
  // Another machine has other instructions.
  const other = benchmarkTable((await beside(baseline("app on qemu-arm64", 10), 400)).model);
  t.deepEqual([other?.rows[0]?.change, other?.gone], ["", []]);
  const more = { ...baseline("g", 10), cases: [...baseline("g", 10).cases, ...baseline("g", 7).cases] };
  const [first, second] = more.cases;
  if (first === undefined || second === undefined) return void t.fail();
  const gone = await beside({ ...more, cases: [{ ...second, name: "a.y" }] }, 10);
  t.deepEqual(benchmarkTable(gone.model)?.gone, ["a.y"]);
  t.is(benchmarkTable(gone.model)?.rows[0]?.change, "new");
});

test("growth beyond what the run allows is a finding of the case, at its line", async (t) => {
  const run = await beside(baseline("g", 400), 412, 2.9);
  t.deepEqual(said(run), [
    "limit a.c:3 instructions of a.x grew from 400 to 412 (+3 %), and 2.9 % are allowed",
  ]);
  t.deepEqual(brokenPromises(run.events), []);
  t.is(judge(run.model).verdict, "failed");
  for (const [before, now, most] of [
    [400, 412, 3],
    [400, 412, undefined],
    [412, 400, 0],
    [undefined, 400, 0],
    [400, 400, 0],
  ] as const)
    t.deepEqual(said(await beside(baseline("g", before), now, most)), []);
  t.deepEqual(said(await beside(baseline("elsewhere", 1), 400, 0)), []);
  t.is(said(await beside(baseline("g", 0), 1, 1000)).length, 1);
});

test("the middle of some numbers, and how far they are from it", (t) => {
  t.is(medianOf([]), 0);
  t.is(medianOf([3, 1, 2]), 2);
  t.is(medianOf([4, 1, 3, 2]), 2);
  t.is(distanceOf([1, 1, 2, 2, 4, 6, 9]), 1);
  t.is(growthOf(0, 0), 0);
  t.is(growthOf(0, 3), Infinity);
});
