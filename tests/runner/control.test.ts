/**
 * What steers a run, end to end: retries, shards, orders, repetition, limits and boots side by side, on a machine inside
 * this process and one outside.
 */
import test, { type ExecutionContext } from "ava";
import { amount } from "../amount.js";
import { casesOf } from "../../src/core/model/counts.js";
import type { RunEvent } from "../../src/core/events.js";
import type { RunModel } from "../../src/core/model.js";
import { reduce } from "../../src/core/model/reduce.js";
import { judge } from "../../src/core/verdict.js";
import { decodeEvent } from "../../src/record/events.js";
import { brokenPromises } from "../core/promises.js";
import { runKit } from "./kit.js";

interface Ran {
  readonly code: number | string | null;
  readonly stderr: string;
  readonly events: readonly RunEvent[];
  readonly model: RunModel;
  /** `suite.case` in the order in which they ran. */
  readonly order: readonly string[];
}

/** Runs the kit, and holds its events to their promises and its exit code to their verdict. */
async function run(t: ExecutionContext, ...words: readonly string[]): Promise<Ran> {
  const { code, stdout, stderr } = await runKit(...words, "-r", "events");
  const lines = stdout.split("\n").filter(Boolean);
  const events = lines.map((line, at) => decodeEvent(line, `line ${String(at + 1)}`));
  t.deepEqual(brokenPromises(events), [], words.join(" "));
  const model = reduce(events);
  t.is(code, judge(model).exitCode, stderr);
  const order = casesOf(model).map((one) => `${one.suite}.${one.name}`);
  return { code, stderr, events, model, order };
}

for (const machine of ["v86", "qemu-x86_64"] as const) {
  let plain: Ran | undefined;
  /** A run without an option, for several tests. */
  const plainRun = async (t: ExecutionContext): Promise<Ran> =>
    (plain ??= await run(t, "ukargparse", "-m", machine));

  test.serial(`${machine}: the kit is green by the memory of its guests`, async (t) => {
    const green = await run(t, "ukargparse", "-m", machine, "--require", "memory");
    t.is(green.code, 0, green.stderr);
    t.true(green.order.length > 5);
    t.true(casesOf(green.model).every(({ evidence }) => evidence === "memory"));
    t.is(green.events.filter(({ type }) => type === "boot-proven").length, 1);
  });

  test.serial(`${machine}: red cases run again, and stay red`, async (t) => {
    const once = await run(t, "uktest-fails", "-m", machine);
    for (const flaky of amount(["pass", "fail"] as const, [machine === "v86" ? "pass" : "fail"] as const)) {
      const again = await run(t, "uktest-fails", "-m", machine, "--retries", "1", "--flaky", flaky);
      t.is(again.code, 1);
      t.deepEqual([...again.order].sort(), [...once.order].sort());
      const red = casesOf(again.model).filter(({ status }) => status === "failed" || status === "crashed");
      t.true(red.length > 0);
      for (const { name, attempts } of red) t.is(attempts?.length, 1, name);
      t.is(again.model.policy.flaky ?? "fail", flaky);
    }
  });

  test.serial(`${machine}: two shards have all cases, each once`, async (t) => {
    const [whole, first, second] = [
      await plainRun(t),
      await run(t, "ukargparse", "-m", machine, "--shard", "1/2"),
      await run(t, "ukargparse", "-m", machine, "--shard", "2/2"),
    ];
    t.true(first.order.length > 0 && second.order.length > 0);
    t.deepEqual([...first.order, ...second.order].sort(), [...whole.order].sort());
  });

  test.serial(`${machine}: a seed gives an order, the same each time`, async (t) => {
    const inOrder = (await plainRun(t)).order;
    const seeded = (seed: number) => run(t, "ukargparse", "-m", machine, `--shuffle=${String(seed)}`);
    const [one, two, other] = [await seeded(7), await seeded(7), await seeded(8)];
    t.is(one.code, 0, one.stderr);
    t.deepEqual(one.order, two.order);
    t.notDeepEqual(one.order, inOrder);
    t.notDeepEqual(one.order, other.order);
    t.deepEqual([...one.order].sort(), [...inOrder].sort());
  });

  test.serial(`${machine}: repetition boots once more, and is one result`, async (t) => {
    const twice = await run(t, "ukargparse", "-m", machine, "--repeat", "2");
    t.is(twice.code, 0, twice.stderr);
    t.deepEqual(
      twice.model.boots.map(({ why }) => why),
      [undefined, "repeat"],
    );
    t.true(casesOf(twice.model).every(({ attempts }) => attempts?.length === 1));
  });

  test.serial(`${machine}: each case on its own`, async (t) => {
    const apart = await run(t, "ukargparse", "-m", machine, "--isolate", "case");
    t.is(apart.code, 0, apart.stderr);
    t.is(apart.model.boots.length, apart.order.length);
    const verified = await run(t, "ukargparse_words", "-m", machine, "--verify-isolation");
    t.is(verified.code, 0, verified.stderr);
    t.is(verified.model.boots.filter(({ why }) => why === "alone").length, verified.order.length);
    t.deepEqual(verified.model.problems, []);
  });

  test.serial(
    `${machine}: the second red case stops everything, and what did not run says why`,
    async (t) => {
      const stopped = await run(
        t,
        "uktest-fails",
        "-m",
        machine,
        "--isolate",
        "case",
        "--jobs",
        "1",
        "--fail-fast=2",
      );
      t.is(stopped.code, 1);
      const red = casesOf(stopped.model).filter(({ status }) => status === "failed" || status === "crashed");
      t.is(red.length, 2);
      const left = casesOf(stopped.model).filter(({ status }) => status === "not-run");
      t.true(left.length > 0);
      for (const { reason } of left) t.regex(reason ?? "", /stopped after 2 red cases \(--fail-fast\)/);
      const said = stopped.model.problems.filter(({ message }) => message.includes("--fail-fast"));
      t.deepEqual(
        said.map(({ code, grade }) => [code, grade]),
        [["stopped-early", "warning"]],
      );
      t.false(judge(stopped.model).reasons.some((reason) => reason.includes("did not end normally")));
    },
  );

  test.serial(`${machine}: the time of the run is over`, async (t) => {
    // Long enough that no host is too busy to notice in time.
    const late = await run(t, "vfscore", "-m", machine, "--run-timeout", "0.001");
    t.is(late.code, 1);
    const reasons = casesOf(late.model).flatMap(({ status, reason = "" }) =>
      status === "passed" ? [] : [reason],
    );
    t.true(
      reasons.length > 0 && reasons.every((reason) => reason.includes("the run was stopped after 0.001 s")),
      reasons.join(),
    );
  });

  test.serial(`${machine}: two programs side by side are told one after the other`, async (t) => {
    const both = await run(t, "ukargparse", "ukbits", "-m", machine, "--jobs", "2");
    t.is(both.code, 0, both.stderr);
    t.is(both.model.sources.length, 2);
    t.deepEqual(
      both.model.boots.map(({ source }) => source),
      both.model.sources,
    );
    t.deepEqual(new Set(both.model.boots.map(({ group }) => group)).size, 2);
  });
}
