/**
 * The assembler under any sequence of claims, likely or not: the stream keeps its promises, and nothing red that was
 * claimed is ever concluded green.
 */
import test from "ava";
import fc from "fast-check";
import { amount } from "../amount.js";
import { Assembler } from "../../src/core/assemble.js";
import { type Caps, DEFAULT_CAPS } from "../../src/core/assemble/case.js";
import type { Claim, ClaimBody, Milestone } from "../../src/core/claims.js";
import { casesOf } from "../../src/core/model/counts.js";
import type { RunEvent } from "../../src/core/events.js";
import type { FaultKind } from "../../src/core/fault.js";
import type { Plan } from "../../src/core/plan.js";
import { reduce } from "../../src/core/model/reduce.js";
import type { KernelPrefix, Segment } from "../../src/core/segment.js";
import { judge } from "../../src/core/verdict.js";
import { brokenPromises } from "./promises.js";
import { anyText } from "../oracles/hostile.js";

const PLAN: Plan = {
  image: "app.dbg",
  architecture: "x86_64",
  suites: [
    {
      name: "a",
      cases: [
        { name: "x", file: "a.c", line: 3, sites: [5, 6] },
        { name: "y", file: "a.c", sites: [] },
      ],
    },
    { name: "b", cases: [{ name: "x", description: "of b", file: "lib/b.c", sites: [9] }] },
  ],
  orphans: [],
};

const names = fc.constantFrom("a", "b", "c", "x", "y", "");
const words = fc.oneof(
  fc.constantFrom("expected `x` to be 1 and was 1", "expected `y` to be 2 but was 3", "plain"),
  anyText({ maxLength: 12 }),
);
const count = fc.nat({ max: 4 });
const kinds: readonly FaultKind[] = ["trap", "assertion", "crash", "fail-fast", "exit", "halt"];
const milestones: readonly Milestone[] = [
  "boot-step",
  "banner",
  "kernel",
  "main-called",
  "main-returned",
  "exit-called",
  "halting",
  "halted",
];

const claims = {
  header: fc.record(
    { type: fc.constant("header" as const), suite: names, name: names, description: words },
    { requiredKeys: ["type", "suite", "name"] },
  ),
  result: fc.record({
    type: fc.constant("result" as const),
    status: fc.constantFrom("passed", "failed", "omitted"),
    message: words,
  }),
  passes: fc.record({ type: fc.constant("passes" as const), count }),
  location: fc.record({
    type: fc.constant("location" as const),
    file: fc.constantFrom("a.c", "b.c", "lib/b.c"),
    line: fc.constantFrom(5, 6, 9, 77),
  }),
  "case-end": fc.record(
    {
      type: fc.constant("case-end" as const),
      status: fc.constantFrom("passed", "failed", "skipped"),
      reason: words,
      durationMs: fc.double({ min: 0, max: 1e6, noNaN: true }).map((ms) => ms + 0),
      counted: fc.record({ suite: names, name: names, assertions: count, failed: count }),
    },
    { requiredKeys: ["type", "status"] },
  ),
  statistics: fc.record({
    type: fc.constant("statistics" as const),
    what: fc.constantFrom("suites", "cases", "assertions"),
    failed: count,
    total: count,
  }),
  finding: fc.record({
    type: fc.constant("finding" as const),
    check: fc.constantFrom("bounds", "unknown"),
    message: words,
    file: names,
    line: count,
    column: count,
  }),
  fault: fc.record({
    type: fc.constant("fault" as const),
    fault: fc.record(
      {
        kind: fc.constantFrom(...kinds),
        title: words,
        registers: fc.constant([]),
        callTrace: fc.constant([]),
        excerpt: fc.constant([]),
      },
      { noNullPrototype: true },
    ),
  }),
  "suite-init-failed": fc.record({ type: fc.constant("suite-init-failed" as const), suite: names }),
  "boot-init-failed": fc.record({
    type: fc.constant("boot-init-failed" as const),
    address: fc.constant("0x1234"),
    error: fc.integer({ min: -9, max: 9 }),
  }),
  milestone: fc.record(
    {
      type: fc.constant("milestone" as const),
      milestone: fc.constantFrom(...milestones),
      code: fc.integer({ min: -1, max: 3 }),
      text: fc.constantFrom("constructors", "Calypso 0.17.0"),
    },
    { requiredKeys: ["type", "milestone"] },
  ),
  "tests-begin": fc.constant({ type: "tests-begin" as const }),
  "tests-ended": fc.record(
    {
      type: fc.constant("tests-ended" as const),
      counted: fc.record({ cases: count, failed: count, skipped: count, outside: count }),
    },
    { requiredKeys: ["type"] },
  ),
  "tests-planned": fc.record(
    {
      type: fc.constant("tests-planned" as const),
      build: fc.constantFrom("abc", "def"),
      suites: count,
      cases: count,
      selected: count,
    },
    { requiredKeys: ["type", "suites", "cases"] },
  ),
  "suite-begins": fc.record({ type: fc.constant("suite-begins" as const), suite: names }),
  "suite-skipped": fc.record({ type: fc.constant("suite-skipped" as const), suite: names, reason: words }),
  "suite-done": fc.record({
    type: fc.constant("suite-done" as const),
    suite: names,
    cases: count,
    failed: count,
    outside: count,
  }),
  "suite-exits": fc.record({ type: fc.constant("suite-exits" as const), suite: names }),
  "case-limit": fc.record({
    type: fc.constant("case-limit" as const),
    suite: names,
    name: names,
    limitMs: count,
  }),
  parameters: fc.record({ type: fc.constant("parameters" as const), suite: names, name: names, count }),
  restarted: fc.constant({ type: "restarted" } as const),
  suspect: fc.record({
    type: fc.constant("suspect" as const),
    code: fc.constantFrom(
      "garbled-line",
      "ambiguous-line",
      "lookalike",
      "form-conflict",
      "line-too-long",
      "tap-invalid",
    ),
    text: words,
  }),
  "last-words": fc.record({
    type: fc.constant("last-words" as const),
    kind: fc.constantFrom(...kinds),
    title: words,
  }),
  "case-again": fc.constant({ type: "case-again" }),
  output: fc.constant({ type: "output" } as const),
} satisfies { readonly [K in ClaimBody["type"]]: fc.Arbitrary<Extract<ClaimBody, { readonly type: K }>> };

/** A word about the boot or the harness, beside the claims. */
type Step =
  { readonly claim: ClaimBody; readonly prefix: KernelPrefix | undefined } | { readonly open: string };

const prefixes = fc.option(
  fc.record(
    {
      timeUs: fc.nat({ max: 1000 }),
      level: fc.constantFrom("info", "err", "crit"),
      library: fc.constantFrom("libkvmplat", "libukboot"),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

const likely = fc.oneof(claims.header, claims.result, claims.result, claims.passes, claims.output);
const anyClaim: fc.Arbitrary<ClaimBody> = fc.oneof(likely, likely, ...Object.values(claims));
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 30, arbitrary: fc.record({ claim: anyClaim, prefix: prefixes }) },
    { weight: 1, arbitrary: fc.record({ open: fc.constantFrom("second.log", "third.log") }) },
  ),
  { maxLength: 40 },
);

const SMALL: Caps = {
  ...DEFAULT_CAPS,
  evaluationsPerCase: 3,
  consoleLinesPerCase: 2,
  charsPerLog: 1500,
  casesPerLog: 4,
  textChars: 6,
};

interface Run {
  readonly events: readonly RunEvent[];
  readonly claims: readonly ClaimBody[];
}

function assemble(all: readonly Step[], more: { readonly plan?: Plan; readonly caps?: Caps } = {}): Run {
  const assembler = new Assembler({
    tool: { name: "uktest", version: "0.0.0" },
    sources: ["first.log"],
    policy: { ubsan: "fail" },
    ...more,
  });
  const events: RunEvent[] = [];
  assembler.openBoot("first.log");
  all.forEach((step, index) => {
    if ("open" in step) assembler.openBoot(step.open);
    else assembler.claim(claimOf(step, index));
    if (index % 3 === 0) events.push(...assembler.take());
  });
  assembler.closeBoot();
  assembler.finish();
  events.push(...assembler.take());
  return { events, claims: all.flatMap((step) => ("open" in step ? [] : [step.claim])) };
}

const claimOf = (step: Exclude<Step, { open: string }>, index: number): Claim => ({
  ...step.claim,
  at: segment(index, step.prefix),
});

const segment = (index: number, prefix: KernelPrefix | undefined): Segment => ({
  line: index + 1,
  byteOffset: index * 10,
  body: "text",
  first: true,
  last: true,
  nulAt: [],
  terminated: true,
  droppedBytes: 0,
  ...(prefix !== undefined && { prefix }),
});

/** What nobody may turn green, whatever stands around it. */
const isRed = (claim: ClaimBody): boolean =>
  claim.type === "finding" ||
  claim.type === "fault" ||
  claim.type === "suite-init-failed" ||
  claim.type === "boot-init-failed" ||
  (claim.type === "case-end" && claim.status === "failed") ||
  (claim.type === "result" && claim.status === "failed") ||
  (claim.type === "suspect" && ["garbled-line", "form-conflict", "tap-invalid"].includes(claim.code));

const SETTINGS = [{}, { plan: PLAN }, { caps: SMALL }, { plan: PLAN, caps: SMALL }];

test("any sequence of claims yields a stream that keeps its promises", (t) => {
  for (const more of SETTINGS)
    fc.assert(
      fc.property(steps, (all) => {
        t.deepEqual(brokenPromises(assemble(all, more).events), []);
      }),
      { numRuns: amount(1500, 250) },
    );
});

test("nothing red that was claimed becomes green", (t) => {
  for (const more of SETTINGS)
    fc.assert(
      fc.property(steps, (all) => {
        const { events, claims: claimed } = assemble(all, more);
        const red = events.some(
          (event) => event.type === "fault" || (event.type === "problem" && event.grade === "error"),
        );
        if (red || claimed.some(isRed)) t.is(judge(reduce(events)).verdict, "failed");
        else t.pass();
      }),
      { numRuns: amount(1500, 250) },
    );
});

test("green has an end, a case that ran, and with a plan every planned case", (t) => {
  let greens = 0;
  // Sequences that have a chance: whole cases and the guest's last words.
  const good = fc.constantFrom<ClaimBody>(
    { type: "header", suite: "a", name: "x" },
    { type: "header", suite: "a", name: "y" },
    { type: "header", suite: "b", name: "x" },
    { type: "result", status: "passed", message: "expected `x` to be true" },
    { type: "result", status: "passed", message: "expected `y` to be true" },
    { type: "milestone", milestone: "banner", text: "Calypso 0.17.0" },
    { type: "tests-ended" },
    { type: "output" },
  );
  const sequence = fc.array(
    good.map((claim): Step => ({ claim, prefix: undefined })),
    { minLength: 6, maxLength: 24 },
  );
  for (const plan of [undefined, PLAN])
    fc.assert(
      fc.property(sequence, (all) => {
        const { events } = assemble(all, plan === undefined ? {} : { plan });
        const model = reduce(events);
        t.deepEqual(brokenPromises(events), []);
        if (judge(model).verdict === "failed") return;
        greens += 1;
        const statuses = casesOf(model).map(({ status }) => status);
        t.true(statuses.includes("passed"));
        t.true(model.boots.every(({ end }) => end === "normal"));
        if (plan !== undefined)
          t.is(new Set(casesOf(model).map((one) => `${one.suite}.${one.name}`)).size, 3);
      }),
      { numRuns: amount(2000, 1000) },
    );
  t.true(greens > 20, `${String(greens)} green runs were met`);
});

test("a claim of each kind alone, with and without a case around it", (t) => {
  const header: Step = { claim: { type: "header", suite: "a", name: "x" }, prefix: undefined };
  for (const arbitrary of Object.values<fc.Arbitrary<ClaimBody>>(claims))
    for (const claim of fc.sample(arbitrary, { numRuns: 30, seed: 7 }))
      for (const around of [[], [header]]) {
        const { events } = assemble([...around, { claim, prefix: undefined }]);
        t.deepEqual(brokenPromises(events), []);
        const isEnd = claim.type === "tests-ended" || claim.type === "milestone";
        if (!isEnd) t.is(judge(reduce(events)).verdict, "failed", claim.type);
      }
});

test("the checker of the promises can fail", (t) => {
  const { events } = assemble([{ claim: { type: "header", suite: "a", name: "x" }, prefix: undefined }]);
  t.deepEqual(brokenPromises(events), []);
  events.forEach(({ type }, index) => {
    if (!/-(?:started|finished)$/.test(type)) return;
    t.true(brokenPromises(events.toSpliced(index, 1)).length > 0, `without ${type}`);
    t.true(
      brokenPromises([...events.slice(0, index + 1), ...events.slice(index)]).length > 0,
      `twice ${type}`,
    );
  });
  const odd = events.map((event) =>
    event.type === "case-finished" ? { ...event, durationMs: Number.NaN } : event,
  );
  t.is(brokenPromises(odd).length, 1);
});
