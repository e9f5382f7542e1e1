/**
 * Cores of cases that have failed and not died: each boots once more, alone, and is stopped at its first failed assertion,
 * since at the end of a boot nothing of it is left. It judges nothing, and what it cannot keep is said.
 */
import { runTo } from "../../runner/debug/run-to.js";
import type { Machine } from "../../runner/machine.js";
import { DEFAULT_LIMITS } from "../../runner/watch.js";
import { messageOf } from "../core/reason.js";
import type { Say } from "../core/say.js";
import { bootOptions } from "../run/boots/options.js";
import { chainOf, imageOf } from "../run/boots/chain.js";
import type { ImageTask } from "../run/task.js";
import { coreKeeper } from "../run/cores.js";
import { symbolFileOf } from "../run/image-files.js";
import { countOf, selectIn } from "../run/select.js";
import type { Project } from "../run/task.js";
import { stopsOf } from "./stops.js";
import { withStub } from "./target.js";

/** A case that has failed. */
export interface FailedCase {
  /** `suite.case`. */
  readonly name: string;
  /** Its first failure, in words. */
  readonly title: string;
}

export interface FailedCores {
  readonly project: Project;
  readonly failed: readonly FailedCase[];
  /** Folder of the record. */
  readonly folder: string;
  readonly memoryMiB?: number;
}

/** Each costs a boot. */
const MOST_CORES = 20;

/** Keeps them, one after the other. */
export async function keepFailedCores(order: FailedCores, stop: AbortSignal, say: Say): Promise<void> {
  const { project, failed } = order;
  if (failed.length > MOST_CORES)
    say(`cores are kept of the first ${String(MOST_CORES)} of ${String(failed.length)} failed cases`);
  for (const one of failed.slice(0, MOST_CORES)) {
    if (stop.aborted) return;
    const task = project.tasks.find(
      (some): some is ImageTask => "plan" in some && countOf(selectIn(some.plan, [one.name])) > 0,
    );
    if (task === undefined) continue;
    try {
      const machine = await withStub(task.cell.choice.machine, say);
      const why = await keepOne(one, task, machine, order, say);
      if (why !== undefined) say(`no core of ${one.name} is kept: ${why}`);
    } catch (error) {
      say(`no core of ${one.name} is kept: ${messageOf(error)}`);
    }
  }
}

/** Why there is no core; undefined where there is one. */
async function keepOne(
  { name, title }: FailedCase,
  task: ImageTask,
  machine: Machine,
  { project, folder, memoryMiB }: FailedCores,
  say: Say,
): Promise<string | undefined> {
  const part = selectIn(task.plan, [name]);
  const { path: symbols } = symbolFileOf(task.files);
  const { failure } = stopsOf(task.image.path, symbols === task.image.path ? undefined : symbols, part);
  if (failure === undefined) return "its test library is not uktest's, and cannot be stopped there";
  const start = { source: machine.name, group: machine.name, plan: part, deaths: 0, repeats: 0 };
  const { image } = imageOf(chainOf(task, start), { part, without: [] });
  const wishes = { acceleration: "tcg", ...(memoryMiB !== undefined && { memoryMiB }) } as const;
  const boot = machine.boot(image, { ...bootOptions(image, wishes), debug: true });
  const read = (async () => {
    // A guest whose console is not read stops printing.
    for await (const _ of boot.output);
  })();
  read.catch(() => undefined);
  try {
    if (boot.stub === undefined) return `${machine.name} has no stub`;
    const { architecture } = image;
    const limitMs = project.limits.caseMs ?? DEFAULT_LIMITS.caseMs;
    if (!(await runTo(boot.stub, { architecture, address: failure, limitMs })))
      return "it has not failed this time";
    const inside = await boot.inspect();
    const { registers } = inside;
    const options = { folder, task, boot: `${task.name} at a failure`, machine: machine.name };
    await coreKeeper({ ...options, root: project.root, say }).keep({
      ...{ name, title, kind: "assertion", registers, inside },
    });
    return undefined;
  } finally {
    boot.stop();
    await boot.end.catch(() => undefined);
    boot.release();
  }
}
