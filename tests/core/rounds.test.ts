/**
 * What is booted next: the rest after a culprit, never the culprit again, and never without an end.
 */
import test from "ava";
import fc from "fast-check";
import type { BootSummary } from "../../src/core/assemble.js";
import type { FinishedCase, Killer } from "../../src/core/assemble/boot.js";
import type { MissingCase } from "../../src/core/assemble/missing.js";
import type { CaseStatus } from "../../src/core/events.js";
import type { Plan, PlannedSuite, Stage } from "../../src/core/plan.js";
import {
  afterRound,
  aloneRounds,
  firstRounds,
  partOf,
  redRounds,
  type Round,
} from "../../src/core/plan/rounds.js";

const suite = (name: string, cases: readonly string[], stage?: Stage): PlannedSuite => ({
  name,
  ...(stage !== undefined && { stage }),
  cases: cases.map((one) => ({ name: one, file: `${name}.c`, sites: [] })),
});
const planOf = (...suites: readonly PlannedSuite[]): Plan => ({
  image: "app.elf",
  architecture: "x86_64",
  suites,
  orphans: [{ name: "o", file: "o.c", sites: [] }],
});
const PLAN = planOf(suite("a", ["x", "y"]), suite("b", ["z"]));

/** `suite.case` of everything in a plan, in order. */
const names = ({ suites }: Plan): readonly string[] =>
  suites.flatMap((one) => one.cases.map(({ name }) => `${one.name}.${name}`));
const all = (rounds: readonly Round[]): readonly (readonly string[])[] =>
  rounds.map(({ part }) => names(part));

interface Became {
  readonly finished?: Readonly<Record<string, CaseStatus>>;
  readonly missing?: readonly (readonly [suite: string, name: string, more?: Partial<MissingCase>])[];
  readonly killer?: Killer;
  readonly isWhole?: boolean;
  readonly isStopped?: boolean;
}

function summary({
  finished = {},
  missing = [],
  killer,
  isWhole = false,
  isStopped = false,
}: Became): BootSummary {
  const results = Object.entries(finished).map(([name, status]): [string, readonly FinishedCase[]] => {
    const [of = "", one = ""] = name.split(".");
    return [`${of}\0${one}`, [{ id: name, suite: of, name: one, status, failedLines: 0, isSaidRed: false }]];
  });
  return {
    boot: "b1",
    isWhole,
    isStopped,
    killer,
    finished: new Map(results),
    missing: missing.map(([of, name, more]) => ({
      suite: of,
      planned: { name, file: `${of}.c`, sites: [] },
      reason: "the boot ended before",
      unexplained: false,
      status: "not-run",
      ...more,
    })),
  };
}

const FIRST: Round = { part: PLAN, without: [] };
const given = (after: { readonly givenUp: readonly MissingCase[] }): readonly string[] =>
  after.givenUp.map(({ suite: of, planned, reason }) => `${of}.${planned.name}: ${reason}`);
const TRAP = { kind: "trap", title: "page fault" } as const;

test("the boots to begin with", (t) => {
  t.is(firstRounds(PLAN, "auto")[0]?.part, PLAN);
  t.deepEqual(firstRounds(PLAN, "off"), firstRounds(PLAN, "auto"));
  t.deepEqual(all(firstRounds(PLAN, "suite")), [["a.x", "a.y"], ["b.z"]]);
  t.deepEqual(all(firstRounds(PLAN, "case")), [["a.x"], ["a.y"], ["b.z"]]);
  for (const round of firstRounds(PLAN, "case")) t.like(round, { part: { orphans: [] }, without: [] });
  t.true(firstRounds(PLAN, "case").every(({ why }) => why === undefined));
  t.deepEqual(all(aloneRounds(PLAN)), [["a.x"], ["a.y"], ["b.z"]]);
  t.true(aloneRounds(PLAN).every(({ why }) => why === "alone"));
});

test("after a boot that died, the rest without what is done and without the culprit", (t) => {
  const died = summary({
    finished: { "a.x": "crashed" },
    missing: [
      ["a", "y"],
      ["b", "z"],
    ],
    killer: { ...TRAP, suite: "a", case: "x" },
  });
  for (const isolation of ["auto", "suite", "case"] as const) {
    const { next, givenUp } = afterRound({ part: PLAN, without: ["0x10"] }, died, isolation, 5);
    t.deepEqual(all(next), [["a.y", "b.z"]]);
    t.like(next[0], { why: "rest", without: ["0x10"] });
    t.deepEqual(givenUp, []);
  }
  const off = afterRound(FIRST, died, "off", 5);
  t.deepEqual(off.next, []);
  t.deepEqual(off.givenUp, died.missing);
});

test("nothing follows a whole boot, or one that the host stopped", (t) => {
  const missing = [["b", "z"]] as const;
  const finished = { "a.x": "passed", "a.y": "passed" } as const;
  for (const became of [
    { finished, missing, isWhole: true },
    { finished, missing, isStopped: true },
  ]) {
    const { next, givenUp } = afterRound(FIRST, summary(became), "auto", 5);
    t.deepEqual(next, []);
    t.deepEqual(given({ givenUp }), ["b.z: the boot ended before"]);
  }
});

test("what is skipped or unexplained is not wanted again", (t) => {
  const became = summary({
    finished: { "a.x": "crashed" },
    missing: [
      ["a", "y", { unexplained: true }],
      ["b", "z", { status: "skipped", reason: "no disk" }],
    ],
  });
  const { next, givenUp } = afterRound(FIRST, became, "auto", 5);
  t.deepEqual(next, []);
  t.is(givenUp.length, 2);
});

test("the budget of crashes is spent, in words, for those that could still run", (t) => {
  const became = summary({
    finished: { "a.x": "crashed" },
    missing: [
      ["a", "y"],
      ["b", "z", { status: "skipped", reason: "no disk" }],
    ],
    killer: { ...TRAP, suite: "a", case: "x" },
  });
  const { next, givenUp } = afterRound(FIRST, became, "auto", 0);
  t.deepEqual(next, []);
  t.deepEqual(given({ givenUp }), ["a.y: the budget of crashes is spent (--max-crashes)", "b.z: no disk"]);
  t.is(afterRound(FIRST, became, "auto", 1).next.length, 1);
});

test("a suite whose init function failed is given up, the others run", (t) => {
  const became = summary({
    missing: [
      ["a", "x", { isSuiteLost: true, reason: "the init function of its suite failed" }],
      ["a", "y", { isSuiteLost: true, reason: "the init function of its suite failed" }],
      ["b", "z"],
    ],
    killer: { kind: "boot-init", title: "init function at 0x1234 returned -5 and stopped the boot" },
  });
  const { next, givenUp } = afterRound(FIRST, became, "auto", 5);
  t.deepEqual(all(next), [["b.z"]]);
  t.deepEqual(next[0]?.without, [], "the suite is gone, its init function need not be left out");
  t.deepEqual(given({ givenUp }), [
    "a.x: the init function of its suite failed",
    "a.y: the init function of its suite failed",
  ]);
});

test("a suite in whose init function the boot died is given up; one that has run cases is not", (t) => {
  const missing = [
    ["a", "y"],
    ["b", "z"],
  ] as const;
  const inInit = summary({ finished: { "a.x": "passed" }, missing, killer: { ...TRAP, suite: "b" } });
  const { next, givenUp } = afterRound(FIRST, inInit, "auto", 5);
  t.deepEqual(all(next), [["a.y"]]);
  t.deepEqual(given({ givenUp }), ["b.z: the boot died before its first case: page fault"]);
  const between = summary({ finished: { "a.x": "passed" }, missing, killer: { ...TRAP, suite: "a" } });
  t.deepEqual(all(afterRound(FIRST, between, "auto", 5).next), [["a.y", "b.z"]]);
});

test("an init function that stopped the boot is left out of the next one", (t) => {
  const stopper = { kind: "boot-init", title: "init function at 0x10AB returned -5" } as const;
  const became = summary({
    missing: [
      ["a", "x"],
      ["b", "z"],
    ],
    killer: stopper,
  });
  const { next } = afterRound({ part: PLAN, without: ["0x1"] }, became, "auto", 5);
  t.deepEqual(next[0]?.without, ["0x1", "0x10AB"]);
  t.deepEqual(all(next), [["a.x", "b.z"]]);
  const nameless = summary({ missing: [["a", "x"]], killer: { ...stopper, title: "something" } });
  t.deepEqual(afterRound(FIRST, nameless, "auto", 5).next[0]?.without, []);
});

test("where nothing ran at all, the suite that comes first is the suspect, by its stage and place", (t) => {
  const at = (name: Stage["name"], priority: number, place?: number): Stage => ({
    ...{ name, priority },
    ...(place !== undefined && { place }),
  });
  const order: readonly PlannedSuite[] = [
    suite("c", ["1"]),
    suite("k9", ["1"], at("late", 9, 2)),
    suite("l9", ["1"], at("late", 9)),
    suite("m9", ["1"], at("late", 9, 1)),
    suite("l0", ["1"], at("late", 0)),
    suite("lib", ["1"], at("lib", 0)),
    suite("early", ["1"], at("early", 9)),
    suite("ctor", ["1"], at("constructor", 0)),
  ];
  let round: Round = { part: planOf(...order), without: [] };
  const lost: string[] = [];
  for (let left = order.length; left > 0; left -= 1) {
    const missing = round.part.suites.map(({ name }) => [name, "1"] as const);
    const { next, givenUp } = afterRound(round, summary({ missing }), "auto", 9);
    t.is(givenUp.length, 1);
    t.regex(givenUp[0]?.reason ?? "", /dies before its first case: nothing was printed/);
    lost.push(givenUp[0]?.suite ?? "");
    t.is(next.length, left === 1 ? 0 : 1);
    round = next[0] ?? round;
  }
  t.deepEqual(lost, ["ctor", "early", "lib", "l0", "l9", "m9", "k9", "c"]);
});

test("red cases again: each alone, with the reason, and what was left out stays out", (t) => {
  const became = summary({
    finished: { "a.x": "failed", "a.y": "passed", "b.z": "timed-out" },
    isWhole: true,
  });
  const rounds = redRounds({ part: PLAN, without: ["0x1"] }, became);
  t.deepEqual(all(rounds), [["a.x"], ["b.z"]]);
  for (const round of rounds) t.like(round, { why: "retry", without: ["0x1"], part: { orphans: [] } });
  const one = (status: CaseStatus): FinishedCase => ({
    id: "i",
    suite: "a",
    name: "x/1",
    status,
    failedLines: 0,
    isSaidRed: false,
  });
  const several = { ...became, finished: new Map([["a\0x", [one("passed"), one("failed")]]]) };
  t.deepEqual(all(redRounds(FIRST, several)), [["a.x"]]);
});

test("the part of a plan with just these cases", (t) => {
  const planned = { name: "y" };
  t.deepEqual(names(partOf(PLAN, [{ suite: "a", planned }])), ["a.y"]);
  t.deepEqual(partOf(PLAN, [{ suite: "b", planned }]).suites, []);
  t.deepEqual(partOf(PLAN, []).orphans, []);
});

test("whatever dies, boots come to an end, and each case is run, given up or the culprit exactly once", (t) => {
  const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(sizes, fc.array(fc.nat({ max: 5 }), { maxLength: 40 }), (counts, deaths) => {
      const plan = planOf(
        ...counts.map((cases, n) =>
          suite(
            `s${String(n)}`,
            Array.from({ length: cases }, (_, at) => `c${String(at)}`),
          ),
        ),
      );
      const seen: string[] = [];
      let rounds: readonly Round[] = firstRounds(plan, "auto");
      let boots = 0;
      while (rounds.length > 0) {
        boots += 1;
        t.true(boots <= names(plan).length + counts.length + 1, "no end");
        const [round = FIRST] = rounds;
        const left = names(round.part);
        // The boot gets so far; -1: it dies before its first case.
        const reached = (deaths[boots] ?? 5) - 1;
        const done = left.slice(0, Math.max(reached + 1, 0));
        const dead = done.at(-1);
        const isWhole = reached >= left.length;
        seen.push(...done);
        const became = summary({
          finished: Object.fromEntries(
            done.map((name) => [name, name === dead && !isWhole ? "crashed" : "passed"]),
          ),
          missing: left.slice(done.length).map((name): readonly [string, string] => {
            const [of = "", one = ""] = name.split(".");
            return [of, one];
          }),
          isWhole,
          ...(dead !== undefined &&
            !isWhole && {
              killer: { ...TRAP, suite: dead.split(".")[0] ?? "", case: dead.split(".")[1] ?? "" },
            }),
        });
        const after = afterRound(round, became, "auto", 99);
        seen.push(...after.givenUp.map((one) => `${one.suite}.${one.planned.name}`));
        rounds = after.next;
      }
      t.deepEqual([...seen].sort(), [...names(plan)].sort());
    }),
  );
});
