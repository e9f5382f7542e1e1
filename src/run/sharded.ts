/**
 * The part of a project that one of several hosts runs, divided by name, or by the durations of an earlier run.
 */
import { existsSync } from "node:fs";
import { UsageError } from "../core/errors.js";
import { baseName } from "../core/assemble/boot.js";
import { casesOf } from "../core/model/counts.js";
import { divide, type Shard, type ShardFacts, type Times } from "../core/plan/shards.js";
import type { Project } from "./task.js";
import { modelIn } from "../history/record-model.js";
import type { Say } from "../core/say.js";

/**
 * Takes the shard's part of every image. Programs that do not build are in every shard: nobody knows what they hold.
 * @throws UsageError, RigError for times that are no record
 */
export async function partOf(
  project: Project,
  shard: Shard,
  path: string | undefined,
  say: Say,
  stop?: AbortSignal,
): Promise<{ readonly project: Project; readonly shard: ShardFacts }> {
  const times = path === undefined ? undefined : await timesIn(path, say, stop);
  const plans = project.tasks.flatMap((task) => ("plan" in task ? [task.plan] : []));
  const { parts, facts } = divide(plans, shard, times);
  let at = 0;
  const tasks = project.tasks.map((task) => {
    if (!("plan" in task)) return task;
    const plan = parts[at] ?? task.plan;
    at += 1;
    return { ...task, plan };
  });
  const name = `shard ${String(facts.index)} of ${String(facts.total)}`;
  say(`${name}: ${String(facts.cases)} of ${String(facts.all)} cases`);
  return { project: { ...project, tasks }, shard: facts };
}

/** Durations of a recorded run; none where there is no record yet, as in the first run of a new cache. */
async function timesIn(path: string, say: Say, stop?: AbortSignal): Promise<Times | undefined> {
  if (!existsSync(path)) {
    say(`no times: there is no ${path}; cases are shared out by their names`);
    return undefined;
  }
  const model = await modelIn(path, stop);
  // Nothing will run any more.
  if (stop?.aborted === true) return undefined;
  if (model === undefined)
    throw new UsageError(`${path} is no record of a run`, "uktest run -r events=FILE.jsonl makes one");
  const times = new Map<string, number>();
  for (const { suite, name, durationMs = 0 } of casesOf(model)) {
    // A parameterised case is one to whoever chooses cases, and has several results.
    const key = `${suite}.${baseName(name)}`;
    times.set(key, (times.get(key) ?? 0) + durationMs);
  }
  return times;
}
