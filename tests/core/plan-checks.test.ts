/**
 * What a boot is held against: assertion sites of the image, the guest's own counts, planned cases.
 */
import test from "ava";
import fc from "fast-check";
import { amount } from "../amount.js";
import {
  type BootState,
  caseKey,
  type Death,
  type End,
  freshBoot,
  type Tally,
} from "../../src/core/assemble/boot.js";
import { missingCases, plannedCase } from "../../src/core/assemble/missing.js";
import { matchSites } from "../../src/core/assemble/sites.js";
import { contradiction, type Statistics } from "../../src/core/assemble/statistics.js";
import type { AssertionEvaluated } from "../../src/core/events.js";
import type { Plan } from "../../src/core/plan.js";

const origin = { line: 1, byteOffset: 0 };

const evaluation = (expression: string, line?: number): AssertionEvaluated => ({
  type: "assertion",
  case: "c",
  status: line === undefined ? "passed" : "failed",
  message: `expected \`${expression}\` to be 1 and was ${String(line ?? 1)}`,
  origin,
  ...(line !== undefined && { file: "m.c", line }),
});

/** `a b@7`: a passed evaluation of `a`, a failed one of `b` at line 7. */
const evaluations = (text: string): readonly AssertionEvaluated[] =>
  text
    .split(" ")
    .filter(Boolean)
    .map((word) => {
      const [expression = "", line] = word.split("@");
      return evaluation(expression, line === undefined ? undefined : Number(line));
    });

const ROWS: readonly (readonly [
  name: string,
  evaluated: string,
  sites: readonly number[],
  lines: readonly (number | undefined)[],
  unreached: number,
  unknown: readonly number[],
])[] = [
  ["one each", "a b c", [3, 5, 9], [3, 5, 9], 0, []],
  ["the same text at each", "a a a", [3, 5, 9], [3, 5, 9], 0, []],
  ["a loop over one site", "a a a", [3], [3, 3, 3], 0, []],
  ["a loop between two sites", "a i i i b", [3, 5, 9], [3, 5, 5, 5, 9], 0, []],
  ["a failure agrees", "a b@5 c", [3, 5, 9], [3, 5, 9], 0, []],
  ["a loop in which one fails", "i i@5 i", [5], [5, 5, 5], 0, []],
  ["a failure contradicts the order", "a b@9 c", [3, 5, 9], [undefined, 9, undefined], 0, []],
  ["a failure at a line without a site", "a b@6 c", [3, 5, 9], [undefined, 6, undefined], 0, [6]],
  ["too few", "a b", [3, 5, 9], [undefined, undefined], 1, []],
  ["none", "", [3, 5, 9], [], 3, []],
  [
    "two loops that could be three sites",
    "a a b b",
    [3, 5, 9],
    [undefined, undefined, undefined, undefined],
    0,
    [],
  ],
  ["more texts than sites", "a b c", [3, 5], [undefined, undefined, undefined], 0, []],
  ["no sites", "a", [], [undefined], 0, []],
  ["nothing at all", "", [], [], 0, []],
];

for (const [name, evaluated, sites, lines, unreached, unknown] of ROWS)
  test(`sites: ${name}`, (t) => {
    const report = matchSites(evaluations(evaluated), sites, "m.c");
    t.deepEqual(
      report.evaluations.map(({ line }) => line),
      lines,
    );
    t.is(report.unreached, unreached);
    t.deepEqual(report.unknownLines, unknown);
    if (evaluated === "") t.deepEqual(report.unreachedLines, sites);
  });

test("sites: a line is given only where it is certain, and never taken away", (t) => {
  const words = fc.array(fc.constantFrom("a", "b", "a@3", "b@5", "c@9", "d@7"), { maxLength: 6 });
  const lines: fc.Arbitrary<number[]> = fc
    .uniqueArray(fc.constantFrom(3, 5, 9, 12), { maxLength: 4 })
    .map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(words, lines, (all, sites) => {
      const before = evaluations(all.join(" "));
      const report = matchSites(before, sites, "m.c");
      t.is(report.evaluations.length, before.length);
      const given = report.evaluations.map(({ line }) => line);
      before.forEach(({ line }, index) => {
        if (line !== undefined) t.is(given[index], line);
      });
      const isPlaced = given.length > 0 && given.every((line) => line !== undefined && sites.includes(line));
      const isNew = given.some((line, index) => line !== before[index]?.line);
      if (isNew) {
        // Then all have one, ascending, and every site is met.
        t.true(isPlaced);
        t.deepEqual([...new Set(given)], sites);
      }
      t.true(report.unreached >= 0 && report.unreached <= sites.length);
    }),
    { numRuns: amount(3000, 500) },
  );
});

interface PartOfBoot extends Partial<Omit<BootState, "end" | "death" | "tally">> {
  readonly end?: Partial<End>;
  readonly death?: Partial<Death>;
  readonly tally?: Partial<Tally>;
}

/** A boot with some of its state; of a group what is given, and the rest as it is at first. */
function bootWith({ end, death, tally, ...state }: PartOfBoot): BootState {
  const fresh = freshBoot("b1", "a.log", origin);
  return {
    ...fresh,
    ...state,
    end: { ...fresh.end, ...end },
    death: { ...fresh.death, ...death },
    tally: { ...fresh.tally, ...tally },
  };
}

const SEEN = {
  tally: { cases: 5, failedCases: 2, failedLines: 3 },
  suitesSeen: new Set(["a", "b"]),
  failedSuites: new Set(["b"]),
  initFailed: new Set(["c"]),
};

const COUNTS: readonly (readonly [
  Statistics["what"],
  failed: number,
  total: number,
  contradicts: boolean,
])[] = [
  ["cases", 2, 5, false],
  // A case that crashed is red here and was not counted there.
  ["cases", 1, 5, false],
  ["cases", 3, 5, true],
  ["cases", 2, 4, true],
  ["cases", 2, 6, true],
  ["suites", 2, 3, false],
  // A suite without cases prints nothing.
  ["suites", 2, 4, false],
  ["suites", 2, 2, true],
  ["suites", 3, 3, true],
  ["assertions", 3, 9, false],
  // Sites, not evaluations: a loop fails many times at one.
  ["assertions", 1, 9, false],
  ["assertions", 4, 9, true],
  ["assertions", 0, 9, true],
];

for (const [what, failed, total, contradicts] of COUNTS)
  test(`statistics: ${String(failed)} of ${String(total)} ${what} ${contradicts ? "contradict" : "agree"}`, (t) => {
    const words = contradiction(bootWith(SEEN), { what, failed, total });
    t.is(words !== undefined, contradicts);
    if (words !== undefined)
      t.regex(words, new RegExp(`counted ${String(total)} ${what}, ${String(failed)} failed`));
  });

const PLAN: Plan = {
  image: "app",
  architecture: "arm64",
  suites: [
    {
      name: "a",
      cases: [
        { name: "x", file: "a.c", sites: [] },
        { name: "y", file: "a.c", sites: [] },
      ],
    },
    { name: "b", cases: [{ name: "x", file: "b.c", sites: [] }] },
    { name: "empty", cases: [] },
  ],
  orphans: [],
};

const missing = (state: PartOfBoot): readonly string[] =>
  missingCases(bootWith(state), PLAN).map(
    ({ suite, planned, reason, unexplained }) =>
      `${suite}.${planned.name}: ${reason}${unexplained ? " (unexplained)" : ""}`,
  );

test("missing: everything that has not begun, in the order of the plan, with the reason", (t) => {
  const seen = new Set([caseKey("a", "x")]);
  const suitesSeen = new Set(["a"]);
  t.deepEqual(missing({ seen, suitesSeen, end: { testsEnded: true } }), [
    "a.y: its suite ran, and nothing was printed for it (unexplained)",
    "b.x: its suite never ran (unexplained)",
  ]);
  t.deepEqual(missing({ seen, suitesSeen }), [
    "a.y: the log stops before it",
    "b.x: the log stops before it",
  ]);
  t.deepEqual(
    missing({ seen, suitesSeen, death: { fatal: "page fault in a.x" }, end: { testsEnded: true } }),
    ["a.y: the boot ended before: page fault in a.x", "b.x: the boot ended before: page fault in a.x"],
  );
  t.deepEqual(missing({ seen, suitesSeen, initFailed: new Set(["b"]), end: { testsEnded: true } }), [
    "a.y: its suite ran, and nothing was printed for it (unexplained)",
    "b.x: the init function of its suite failed",
  ]);
});

test("missing: nothing when all have begun; a name counts only in its own suite", (t) => {
  const all = new Set([caseKey("a", "x"), caseKey("a", "y"), caseKey("b", "x")]);
  t.deepEqual(missing({ seen: all, end: { testsEnded: true } }), []);
  t.is(missing({ seen: new Set([caseKey("c", "x")]), end: { testsEnded: true } }).length, 3);
  t.is(plannedCase(PLAN, "b", "x")?.file, "b.c");
  t.is(plannedCase(PLAN, "b", "y"), undefined);
  t.is(plannedCase(PLAN, "c", "x"), undefined);
  t.is(plannedCase(undefined, "a", "x"), undefined);
});
