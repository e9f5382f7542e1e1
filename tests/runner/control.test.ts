/**
 * What steers a run, end to end: retries, shards, orders, repetition, limits and boots side by side, on a machine inside
 * this process and one outside.
 */
import test, { type ExecutionContext } from "ava";
import { turns } from "../amount.js";
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

type Engine = "v86" | "qemu-x86_64";

/** A test that says the same of the embedded machine and of an emulator beside. */
function onEach(title: string, body: (t: ExecutionContext, machine: Engine) => Promise<void>): void {
  for (const machine of turns(["v86", "qemu-x86_64"] as const, title))
    test.serial(`${machine}: ${title}`, (t) => body(t, machine));
}

const plain = new Map<Engine, Ran>();
/** A run without an option, for several tests. */
async function plainRun(t: ExecutionContext, machine: Engine): Promise<Ran> {
  const ran = plain.get(machine) ?? (await run(t, "ukargparse", "-m", machine));
  plain.set(machine, ran);
  return ran;
}

onEach("the kit is green by the memory of its guests", async (t, machine) => {
  const green = await run(t, "ukargparse", "-m", machine, "--require", "memory");
  t.is(green.code, 0, green.stderr);
  t.true(green.order.length > 5);
  t.true(casesOf(green.model).every(({ evidence }) => evidence === "memory"));
  t.is(green.events.filter(({ type }) => type === "boot-proven").length, 1);
});

onEach("red cases run again, and stay red", async (t, machine) => {
  const once = await run(t, "uktest-fails", "-m", machine);
  for (const flaky of ["pass", "fail"] as const) {
    const again = await run(t, "uktest-fails", "-m", machine, "--retries", "1", "--flaky", flaky);
    t.is(again.code, 1);
    t.deepEqual([...again.order].sort(), [...once.order].sort());
    const red = casesOf(again.model).filter(({ status }) => status === "failed" || status === "crashed");
    t.true(red.length > 0);
    for (const { name, attempts } of red) t.is(attempts?.length, 1, name);
    t.is(again.model.policy.flaky ?? "fail", flaky);
  }
});

onEach("two shards have all cases, each once", async (t, machine) => {
  const [whole, first, second] = [
    await plainRun(t, machine),
    await run(t, "ukargparse", "-m", machine, "--shard", "1/2"),
    await run(t, "ukargparse", "-m", machine, "--shard", "2/2"),
  ];
  t.true(first.order.length > 0 && second.order.length > 0);
  t.deepEqual([...first.order, ...second.order].sort(), [...whole.order].sort());
});

onEach("a seed gives an order, the same each time", async (t, machine) => {
  const inOrder = (await plainRun(t, machine)).order;
  const seeded = (seed: number) => run(t, "ukargparse", "-m", machine, `--shuffle=${String(seed)}`);
  const [one, two, other] = [await seeded(7), await seeded(7), await seeded(8)];
  t.is(one.code, 0, one.stderr);
  t.deepEqual(one.order, two.order);
  t.notDeepEqual(one.order, inOrder);
  t.notDeepEqual(one.order, other.order);
  t.deepEqual([...one.order].sort(), [...inOrder].sort());
});

onEach("repetition boots once more, and is one result", async (t, machine) => {
  const twice = await run(t, "ukargparse", "-m", machine, "--repeat", "2");
  t.is(twice.code, 0, twice.stderr);
  t.deepEqual(
    twice.model.boots.map(({ why }) => why),
    [undefined, "repeat"],
  );
  t.true(casesOf(twice.model).every(({ attempts }) => attempts?.length === 1));
});

onEach("each case on its own", async (t, machine) => {
  const apart = await run(t, "ukargparse", "-m", machine, "--isolate", "case");
  t.is(apart.code, 0, apart.stderr);
  t.is(apart.model.boots.length, apart.order.length);
  const verified = await run(t, "ukargparse_words", "-m", machine, "--verify-isolation");
  t.is(verified.code, 0, verified.stderr);
  t.is(verified.model.boots.filter(({ why }) => why === "alone").length, verified.order.length);
  t.deepEqual(verified.model.problems, []);
});

onEach("the second red case stops everything, and what did not run says why", async (t, machine) => {
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
});

onEach("the time of the run is over", async (t, machine) => {
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

onEach("two programs side by side are told one after the other", async (t, machine) => {
  const both = await run(t, "ukargparse", "ukbits", "-m", machine, "--jobs", "2");
  t.is(both.code, 0, both.stderr);
  t.is(both.model.sources.length, 2);
  t.deepEqual(
    both.model.boots.map(({ source }) => source),
    both.model.sources,
  );
  t.deepEqual(new Set(both.model.boots.map(({ group }) => group)).size, 2);
});
