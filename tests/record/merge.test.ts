/** Records of shards and machines joined: what is missing, doubled or foreign is red, and nothing else is. */
import test from "ava";
import type { ProblemCode, RunEvent, RunStarted } from "../../src/core/events.js";
import { UsageError } from "../../src/core/errors.js";
import { ModelBuilder } from "../../src/core/model/reduce.js";
import type { ShardFacts } from "../../src/core/plan/shards.js";
import { judge } from "../../src/core/verdict.js";
import { Follower } from "../../src/record/follow.js";
import { merged, type Part } from "../../src/record/merge.js";

const origin = { line: 1, byteOffset: 0 };
const facts = (index: number, total: number, of = "aaaa"): ShardFacts => ({
  index,
  total,
  of,
  cases: 1,
  all: total,
});

interface Made {
  readonly source?: string;
  readonly shard?: ShardFacts;
  readonly policy?: RunStarted["policy"];
  readonly cases?: readonly string[];
  readonly status?: "passed" | "failed";
}

function record(
  name: string,
  { source = "s on m", shard, policy, cases = [name], status = "passed" }: Made,
): Part {
  const events: RunEvent[] = [
    {
      type: "run-started",
      schema: "uktest-events/1",
      tool: { name: "uktest", version: "1" },
      sources: [source],
      policy: policy ?? { ubsan: "fail" },
      ...(shard !== undefined && { shard }),
    },
    { type: "boot-started", boot: "b1", source, group: "g1", origin },
    { type: "suite-started", boot: "b1", suite: "s1", name: "suite", origin },
    ...cases.flatMap((one, at): readonly RunEvent[] => [
      { type: "case-started", suite: "s1", case: `c${String(at)}`, name: one, origin },
      {
        type: "case-finished",
        case: `c${String(at)}`,
        status,
        evidence: "plan",
        evaluations: { passed: 1, failed: 0 },
        droppedConsoleLines: 0,
        origin,
      },
    ]),
    { type: "suite-finished", suite: "s1", origin },
    { type: "boot-finished", boot: "b1", end: "normal", origin },
    { type: "run-finished" },
  ];
  return {
    name,
    async *events() {
      for (const event of events) yield await Promise.resolve(event);
    },
  };
}

async function join(parts: readonly Part[], records?: number) {
  const follower = new Follower();
  const builder = new ModelBuilder();
  const events: RunEvent[] = [];
  for await (const event of merged(parts, records === undefined ? {} : { records })) {
    const wrong = follower.take(event);
    if (wrong !== undefined) throw new Error(wrong);
    builder.add(event);
    events.push(event);
  }
  const model = builder.model();
  const codes = model.problems.map(({ code }): ProblemCode => code);
  return { events, model, codes, ...judge(model) };
}

test("all shards of one run are one run: one suite, each case once, green", async (t) => {
  const parts = [1, 2, 3].map((index) => record(`case_${String(index)}`, { shard: facts(index, 3) }));
  const { model, exitCode, codes } = await join(parts);
  t.is(exitCode, 0);
  t.deepEqual(codes, []);
  t.deepEqual(
    model.suites.map(({ name, cases }) => [name, cases.map((one) => one.name)]),
    [["suite", ["case_1", "case_2", "case_3"]]],
  );
  t.is(new Set(model.boots.map(({ id }) => id)).size, 3);
});

test("the order in which records are found changes nothing", async (t) => {
  const parts = [1, 2, 3].map((index) => record(`case_${String(index)}`, { shard: facts(index, 3) }));
  t.deepEqual((await join([...parts].reverse())).events, (await join(parts)).events);
});

test("several machines stand side by side, each with its suites", async (t) => {
  const { model, exitCode } = await join([
    record("one", { source: "s on v86" }),
    record("one", { source: "s on qemu-arm64" }),
  ]);
  t.is(exitCode, 0);
  t.deepEqual(model.sources, ["s on qemu-arm64", "s on v86"]);
  t.deepEqual(
    model.suites.map(({ cases }) => cases.length),
    [1, 1],
  );
});

test("a red part is red", async (t) => {
  const { exitCode } = await join([
    record("a", { source: "x" }),
    record("b", { source: "y", status: "failed" }),
  ]);
  t.is(exitCode, 1);
});

const two = (of?: string) =>
  [1, 2].map((index) => record(`case_${String(index)}`, { shard: facts(index, 2, of) }));
const wrong: readonly (readonly [string, readonly Part[], number | undefined, ProblemCode, RegExp])[] = [
  ["a missing shard", two().slice(1), undefined, "missing-record", /shard 1 of 2 of s on m is missing/],
  ["a doubled shard", [...two(), ...two().slice(1)], undefined, "doubled-record", /shard 2 .* 2 times/],
  [
    "a machine that is there twice",
    [record("a", {}), record("b", {})],
    undefined,
    "doubled-record",
    /s on m is there 2 times: a, b/,
  ],
  [
    "shards of other divisions",
    [...two().slice(0, 1), ...two("bbbb").slice(1)],
    undefined,
    "unfitting-record",
    /do not belong together/,
  ],
  ["fewer records than expected", [record("a", {})], 2, "missing-record", /2 records were expected, and 1/],
  ["more records than expected", two(), 1, "doubled-record", /1 records were expected, and 2/],
];
for (const [what, parts, records, code, message] of wrong)
  test(`${what} is red although every case passed`, async (t) => {
    const { exitCode, codes, model } = await join(parts, records);
    t.is(exitCode, 1);
    t.true(codes.includes(code), codes.join(" "));
    t.true(
      model.problems.some((one) => message.test(one.message)),
      model.problems.map((one) => one.message).join("\n"),
    );
  });

test("an empty shard is no loss, as long as the others are there", async (t) => {
  const empty = record("none", { shard: { ...facts(1, 2), cases: 0 }, cases: [] });
  const full = record("case", { shard: facts(2, 2) });
  t.is((await join([empty, full])).exitCode, 0);
});

test("parts that were judged by different rules, and none at all, are refused", async (t) => {
  const lax = record("b", { source: "y", policy: { ubsan: "warn" } });
  await t.throwsAsync(join([record("a", { source: "x" }), lax]), {
    instanceOf: UsageError,
    message: /different rules/,
  });
  await t.throwsAsync(join([]), { instanceOf: UsageError });
});

test("what stands in front of the boots stands there again, and what all records say alike is said once", async (t) => {
  const cases = [{ source: "s on m", name: "suite.a", status: "passed", sites: [] } as const];
  const past = (run: string): RunEvent => ({
    type: "history",
    runs: [run],
    cases: [{ source: "s on m", name: "suite.a", statuses: ["failed"] }],
  });
  const baseline: RunEvent = { type: "baseline", name: "main", cases, findings: [] };
  const parts = [1, 2].map((index): Part => {
    const part = record(`case_${String(index)}`, { shard: facts(index, 2) });
    return {
      name: part.name,
      async *events() {
        for await (const event of part.events()) {
          yield event;
          if (event.type === "run-started") yield* [baseline, past("old"), past(part.name)];
        }
      },
    };
  });
  const { events, model } = await join(parts);
  t.deepEqual(
    events.slice(0, 6).map((event) => (event.type === "history" ? event.runs[0] : event.type)),
    ["run-started", "baseline", "old", "case_1", "case_2", "boot-started"],
  );
  t.is(events.filter(({ type }) => type === "baseline" || type === "history").length, 4);
  t.deepEqual(model.history?.runs, ["old"]);
  t.is(model.baseline?.cases.length, 1);
});
