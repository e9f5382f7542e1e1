/**
 * `uktest run`: builds images, boots them, judges what they say while they say it; every report and the exit code out.
 */
import { resolve } from "node:path";
import type { BootOptions } from "../../runner/machine.js";
import { DEFAULT_LIMITS, type Limits } from "../../runner/watch.js";
import { RigError } from "../core/errors.js";
import { EVENTS_SCHEMA, type Evidence, type Policy, type RunEvent } from "../core/events.js";
import type { Isolation } from "../core/rounds.js";
import { againCommand } from "./again.js";
import { jobsOf } from "./boot-jobs.js";
import { runLanes } from "./lanes.js";
import { incomplete, type Outcome } from "./outcome.js";
import type { Say } from "./say.js";
import { openProject, type Project, type ProjectArguments } from "./project.js";
import type { ColorChoice } from "./terminal.js";
import { TOOL } from "./tool.js";

export interface RunArguments extends ProjectArguments {
  readonly reporters: readonly string[];
  readonly ubsan: Policy["ubsan"];
  readonly require: Evidence;
  /** Absent: the root of the project. */
  readonly root?: string;
  readonly stripPrefixes: readonly string[];
  readonly color: ColorChoice;
  readonly memoryMiB?: number;
  readonly acceleration: BootOptions["acceleration"];
  readonly limits: Partial<Limits>;
  readonly isolation: Isolation;
  /** Further boots that one image gets for those that died. */
  readonly maxCrashes: number;
  /** Boots side by side. */
  readonly jobs: number;
  /** Keeps image and raw log, and says where. */
  readonly keep: boolean;
}

/**
 * Runs the command.
 * @throws UsageError, RigError before the first report is begun; later failures are in the outcome
 */
export async function run(args: RunArguments, stop: AbortSignal, say: Say): Promise<Outcome> {
  const project = await openProject(args, say);
  const { machine, because } = project.choice;
  if (because !== undefined) say(`machine: ${machine.name}, since ${because}`);
  const lack = machine.lack();
  if (lack !== undefined) {
    throw new RigError(`${machine.name} cannot boot here: ${lack.what}`, lack.hint);
  }
  const events = eventsOf(project, args, stop, say);
  // The first guest starts before anything else is loaded: it takes longer than all of that.
  const first = events.next();
  first.catch(() => undefined);
  try {
    const [{ openDestinations }, { deliver }] = await Promise.all([
      import("./destinations.js"),
      import("./outcome.js"),
    ]);
    const inputs = project.tasks.flatMap((task) => ("image" in task ? [task.image.path] : []));
    const root = args.root ?? project.root;
    const destinations = await openDestinations({ ...args, root, inputs });
    const outcome = await deliver(destinations, resumed(first, events), stop);
    if (args.image === undefined) sayAgain(outcome, project, args, say);
    return outcome;
  } finally {
    await events.return(undefined);
  }
}

/** A stream whose first item has been asked for already. */
async function* resumed<T>(
  first: Promise<IteratorResult<T, unknown>>,
  rest: AsyncGenerator<T>,
): AsyncGenerator<T> {
  const one = await first;
  if (one.done === true) return;
  yield one.value;
  yield* rest;
}

async function* eventsOf(
  project: Project,
  args: RunArguments,
  stop: AbortSignal,
  say: Say,
): AsyncGenerator<readonly RunEvent[]> {
  const leave = new AbortController();
  const halt = AbortSignal.any([stop, leave.signal]);
  const limits = { ...DEFAULT_LIMITS, ...project.limits, ...args.limits };
  const rules = { root: resolve(args.root ?? project.root), stripPrefixes: args.stripPrefixes };
  const { sources, jobs } = jobsOf(project, { ...args, limits, rules }, halt, say);
  const policy: Policy = { ubsan: args.ubsan, ...(args.require !== "console" && { require: args.require }) };
  const boots = runLanes(jobs, args.jobs);
  try {
    const first = boots.next();
    yield [{ type: "run-started", schema: EVENTS_SCHEMA, tool: TOOL, sources, policy }];
    yield* resumed(first, boots);
    if (stop.aborted) yield [incomplete(`interrupted by ${String(stop.reason)}`)];
    yield [{ type: "run-finished" }];
  } catch (error) {
    yield [{ type: "run-finished" }];
    throw error;
  } finally {
    leave.abort();
  }
}

/** The command that runs just the red cases again. */
function sayAgain({ model }: Outcome, { choice }: Project, args: RunArguments, say: Say): void {
  const options = [
    ...(choice.because === undefined || args.machine !== undefined ? ["--machine", choice.machine.name] : []),
    ...(args.config === undefined ? [] : ["--config", args.config]),
    ...(args.profile === "" ? [] : ["--profile", args.profile]),
    ...(args.compiler === "gcc" ? [] : ["--cc", args.compiler]),
  ];
  const command = againCommand(model, args.patterns, options);
  if (command !== undefined) say(`again: ${command}`);
}
