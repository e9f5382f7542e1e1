/**
 * Shards and orders depend on names and a seed alone: nothing is lost, nothing is twice, and other cases change nothing.
 */
import test from "ava";
import fc from "fast-check";
import { isSamePart, shuffled } from "../../src/core/plan/parts.js";
import type { Plan } from "../../src/core/plan.js";
import { divide, type Shard, type Times } from "../../src/core/plan/shards.js";

type Shape = readonly (readonly [suite: string, cases: readonly string[]])[];

const planOf = (shape: Shape): Plan => ({
  image: "app.elf",
  architecture: "x86_64",
  suites: shape.map(([name, cases]) => ({
    name,
    cases: cases.map((one) => ({ name: one, file: "a.c", sites: [] })),
  })),
  orphans: [{ name: "o", file: "o.c", sites: [] }],
});

const names = ({ suites }: Plan): readonly string[] =>
  suites.flatMap((suite) => suite.cases.map(({ name }) => `${suite.name}.${name}`));

const word = fc.stringMatching(/^[a-z_][a-z0-9_]{0,9}$/);
const shapes: fc.Arbitrary<Shape> = fc.uniqueArray(
  fc.tuple(word, fc.uniqueArray(word, { minLength: 1, maxLength: 12 })),
  { selector: ([name]) => name, maxLength: 6 },
);
const totals = fc.integer({ min: 1, max: 9 });
const shardOf = (plan: Plan, shard: Shard, times?: Times): Plan =>
  divide([plan], shard, times).parts[0] ?? plan;
const shards = (plan: Plan, total: number, times?: Times): readonly Plan[] =>
  Array.from({ length: total }, (_, at) => shardOf(plan, { index: at + 1, total }, times));

test("every case is in exactly one shard, in its order", (t) => {
  fc.assert(
    fc.property(shapes, totals, (shape, total) => {
      const plan = planOf(shape);
      const parts = shards(plan, total);
      t.deepEqual([...parts.flatMap(names)].sort(), [...names(plan)].sort());
      for (const part of parts) {
        t.deepEqual(
          names(part),
          names(plan).filter((name) => names(part).includes(name)),
        );
        t.true(part.suites.every(({ cases }) => cases.length > 0));
      }
    }),
  );
});

const timed: fc.Arbitrary<number | undefined> = fc.option(fc.integer({ min: 0, max: 10_000 }), {
  nil: undefined,
});

test("with times, every case is in exactly one shard, and no shard has more than its share and one case", (t) => {
  fc.assert(
    fc.property(
      shapes,
      totals,
      fc.array(timed, { minLength: 80, maxLength: 80 }),
      (shape, total, numbers) => {
        const plan = planOf(shape);
        const times = new Map(
          names(plan).flatMap((name, at) => {
            const ms = numbers[at];
            return ms === undefined ? [] : [[name, ms] as const];
          }),
        );
        const parts = shards(plan, total, times);
        t.deepEqual([...parts.flatMap(names)].sort(), [...names(plan)].sort());
        if (times.size < names(plan).length) return;
        const load = (part: Plan): number =>
          names(part).reduce((sum, name) => sum + (times.get(name) ?? 0), 0);
        const longest = Math.max(0, ...times.values());
        t.true(Math.max(...parts.map(load)) <= load(plan) / total + longest);
      },
    ),
  );
});

test("what shards say of themselves: the same division has the same fingerprint, another one another", (t) => {
  const plan = planOf([
    ["a", ["one", "two", "three"]],
    ["b", ["one"]],
  ]);
  const facts = (plans: readonly Plan[], index: number, total: number, times?: Times) =>
    divide(plans, { index, total }, times).facts;
  const [first, second] = [facts([plan], 1, 2), facts([plan], 2, 2)];
  t.is(first.of, second.of);
  t.regex(first.of, /^[0-9a-f]{16}$/);
  t.is(first.cases + second.cases, 4);
  t.deepEqual([first.all, second.all], [4, 4]);
  const others = [
    facts([plan], 1, 3),
    facts([plan, plan], 1, 2),
    facts([planOf([["a", ["one", "two", "three"]]])], 1, 2),
    facts([plan], 1, 2, new Map([["a.two", 1000]])),
  ];
  t.is(new Set([first.of, ...others.map(({ of }) => of)]).size, 5);
});

test("cases of the same name in two images are two", (t) => {
  const plan = planOf([["s", ["a", "b", "c"]]]);
  const times = new Map([
    ["s.a", 5],
    ["s.b", 3],
  ]);
  const both = [1, 2, 3].map((index) => divide([plan, plan], { index, total: 3 }, times));
  t.is(
    both.reduce((sum, { facts }) => sum + facts.cases, 0),
    6,
  );
  for (const image of [0, 1])
    t.deepEqual(both.flatMap(({ parts }) => names(parts[image] ?? plan)).sort(), names(plan));
});

test("a case stays in its shard whatever cases are added", (t) => {
  fc.assert(
    fc.property(shapes, shapes, totals, (shape, more, total) => {
      const known = new Set(shape.map(([name]) => name));
      const grown = planOf([
        ...more.filter(([name]) => !known.has(name)),
        ...shape.map(
          ([name, cases]) =>
            [name, ["added_first", ...cases.filter((one) => one !== "added_first"), "added_last"]] as const,
        ),
      ]);
      const [before, after] = [shards(planOf(shape), total), shards(grown, total)];
      before.forEach((part, at) => {
        const there = names(after[at] ?? part);
        for (const name of names(part)) t.true(there.includes(name), name);
      });
    }),
  );
});

test("one shard is the whole plan; two share a plan of many cases about evenly", (t) => {
  const plan = planOf([["s", Array.from({ length: 400 }, (_, at) => `case_${String(at)}`)]]);
  t.true(isSamePart(shardOf(plan, { index: 1, total: 1 }), plan));
  t.is(shardOf(plan, { index: 1, total: 1 }).orphans, plan.orphans);
  for (const total of [2, 3, 4])
    for (const part of shards(plan, total)) {
      const share = names(part).length / (400 / total);
      t.true(share > 0.75 && share < 1.25, `${String(total)}: ${String(share)}`);
    }
});

test("another order is a permutation of the cases of each suite; suites stay, and the seed decides", (t) => {
  fc.assert(
    fc.property(shapes, fc.nat(), (shape, seed) => {
      const plan = planOf(shape);
      const other = shuffled(plan, seed);
      t.deepEqual(
        other.suites.map(({ name }) => name),
        shape.map(([name]) => name),
      );
      other.suites.forEach(({ cases }, at) => {
        t.deepEqual(cases.map(({ name }) => name).sort(), [...(shape[at]?.[1] ?? [])].sort());
      });
      t.true(isSamePart(other, shuffled(plan, seed)));
      t.is(other.orphans, plan.orphans);
    }),
  );
});

test("seeds differ, and suites of one seed differ", (t) => {
  const cases = Array.from({ length: 12 }, (_, at) => `c${String(at)}`);
  const plan = planOf([
    ["a", cases],
    ["b", cases],
  ]);
  const orders = new Set(Array.from({ length: 50 }, (_, seed) => names(shuffled(plan, seed)).join()));
  t.is(orders.size, 50);
  const [a, b] = shuffled(plan, 7).suites;
  t.notDeepEqual(a?.cases, b?.cases);
  // Every place is reached from every other.
  const firsts = new Set(
    Array.from({ length: 300 }, (_, seed) => shuffled(plan, seed).suites[0]?.cases[0]?.name),
  );
  t.is(firsts.size, cases.length);
});

test("parts are the same with the same cases in the same order only", (t) => {
  const plan = planOf([
    ["a", ["x", "y"]],
    ["b", ["z"]],
  ]);
  t.true(isSamePart(plan, { ...plan, image: "other", orphans: [] }));
  for (const other of [
    [
      ["a", ["y", "x"]],
      ["b", ["z"]],
    ],
    [["a", ["x", "y"]]],
    [
      ["a", ["x"]],
      ["y", []],
      ["b", ["z"]],
    ],
    [
      ["b", ["z"]],
      ["a", ["x", "y"]],
    ],
  ] as readonly Shape[])
    t.false(isSamePart(plan, planOf(other)), JSON.stringify(other));
});
