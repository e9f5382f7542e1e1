/**
 * A run as one stream of events: boots side by side, its limits, what stopped it. Projects are opened and reports written
 * elsewhere.
 */
import { resolve } from "node:path";
import { expectationsIn } from "../../runner/files/boot-history.js";
import { after } from "../../runner/host/clock.js";
import { DEFAULT_LIMITS } from "../../runner/watch.js";
import { type ChangesGiven, EVENTS_SCHEMA, type Policy, type RunEvent, type Tool } from "../core/events.js";
import type { Say } from "../core/say.js";
import type { Selection } from "../core/plan/selection.js";
import type { ShardFacts } from "../core/plan/shards.js";
import { FAIL_FAST, incomplete, stoppedEarly } from "../core/stops.js";
import type { RunArguments } from "./arguments.js";
import type { ScheduleArguments } from "./boots/schedule-arguments.js";
import { scheduleOf } from "./boots/scheduler.js";
import { machinesIn } from "./cells.js";
import { concurrencyOf } from "./boots/concurrency.js";
import type { HeadStart } from "./boots/head-start.js";
import type { RunHooks } from "./hooks.js";
import type { Traced } from "./boots/trace.js";
import { runSideBySide } from "./boots/side-by-side.js";
import type { CoverageMinimum, Project } from "./task.js";

/** A stream whose first item has been asked for already. */
export async function* resumed<T>(
  first: Promise<IteratorResult<T, unknown>>,
  rest: AsyncGenerator<T>,
): AsyncGenerator<T> {
  const one = await first;
  if (one.done === true) return;
  yield one.value;
  yield* rest;
}

export interface RunEventArguments extends RunArguments, Traced {
  readonly tool: Tool;
  readonly logs: string | undefined;
  readonly begun: HeadStart["take"];
  readonly part: ShardFacts | undefined;
  readonly hooks: RunHooks | undefined;
  readonly meters: ScheduleArguments["meters"];
  readonly changes: ChangesGiven | undefined;
  readonly selection: Selection | undefined;
}

const minimumOf = ({ lines, file, changed }: CoverageMinimum): NonNullable<Policy["coverageMinimum"]> => ({
  ...(lines !== undefined && { lines }),
  ...(file !== undefined && { file }),
  ...(changed !== undefined && { changed }),
});

const policyOf = (
  { ubsan, maxLeak, flaky, bench, benchMaxGrowth, require: evidence }: RunArguments,
  { memoryLimits, benchLimits, coverage }: Project,
): Policy => ({
  ubsan,
  ...(bench !== undefined && {
    bench: benchMaxGrowth === undefined ? {} : { maxGrowth: benchMaxGrowth },
    ...(benchLimits !== undefined && { benchLimits }),
  }),
  ...(memoryLimits !== undefined && { memoryLimits }),
  ...(coverage?.minimum !== undefined && { coverageMinimum: minimumOf(coverage.minimum) }),
  ...(maxLeak !== undefined && { maxLeak }),
  ...(flaky === "pass" && { flaky }),
  ...(evidence !== "console" && { require: evidence }),
});

/** The builds of a project, by how long before now each began: boots count their time from now on. */
const buildsOf = ({ builds = [] }: Project): readonly RunEvent[] =>
  builds.map(({ name, architecture, outcome, durationMs, sinceMs }) => ({
    ...{ type: "build", name, architecture, outcome },
    beforeMs: Math.round(sinceMs()),
    durationMs: Math.round(durationMs),
  }));

/** Calls back after the limit of a run, where there is one. */
const limited = (limitMs: number | undefined, stop: () => void): (() => void) | undefined =>
  limitMs === undefined ? undefined : after(limitMs, stop);

/** What the stream says where the run did not come to its own end. */
function whyEnded(stop: AbortSignal, leave: AbortSignal, late: string): readonly RunEvent[] {
  if (stop.aborted) return [incomplete(`interrupted by ${String(stop.reason)}`)];
  if (leave.reason === late) return [incomplete(late)];
  const reason = String(leave.reason);
  return reason.endsWith(FAIL_FAST) ? [stoppedEarly(reason)] : [];
}

const startOf = (
  { tool, part, selection }: RunEventArguments,
  sources: readonly string[],
  policy: Policy,
  openings: readonly string[] | undefined,
): RunEvent => ({
  ...{ type: "run-started", schema: EVENTS_SCHEMA, tool, sources, policy },
  ...(openings !== undefined && { openings }),
  ...(part !== undefined && { shard: part }),
  ...(selection !== undefined && { selection }),
});

/**
 * The events of a run, from its first to its last, some at a time. They end with `run-finished` whatever happens.
 * @throws RigError after the last event, where a machine failed
 */
export async function* runEvents(
  project: Project,
  accelerations: ScheduleArguments["accelerations"],
  args: RunEventArguments,
  stop: AbortSignal,
  say: Say,
): AsyncGenerator<readonly RunEvent[]> {
  const leave = new AbortController();
  const halt = AbortSignal.any([stop, leave.signal]);
  const limits = { ...DEFAULT_LIMITS, ...project.limits, ...args.limits };
  const rules = { root: resolve(args.root ?? project.root), stripPrefixes: args.stripPrefixes };
  const policy = policyOf(args, project);
  const builds = buildsOf(project);
  const changes = args.changes === undefined ? [] : [args.changes];
  const quit = (reason: string): void => {
    leave.abort(reason);
  };
  const { sources, jobs, failure } = scheduleOf(
    project,
    {
      ...args,
      policy,
      accelerations,
      limits,
      rules,
      expected: expectationsIn(project.folder),
    },
    { stop: halt, quit, say },
  );
  if (args.shuffle !== undefined) say(`shuffled: --shuffle=${String(args.shuffle)} gives this order again`);
  const late = `the run was stopped after ${String((args.runTimeoutMs ?? 0) / 1000)} s, its limit`;
  const cancel = limited(args.runTimeoutMs, () => {
    quit(late);
  });
  const boots = runSideBySide(jobs, concurrencyOf(project, { ...args, acceleration: "tcg" }, say));
  try {
    const first = boots.next();
    // It is waited for later, and may have failed by then.
    first.catch(() => undefined);
    yield [startOf(args, sources, policy, project.openings), ...builds, ...changes];
    yield* resumed(first, boots);
    for (const machine of machinesIn(project)) machine.cool?.();
    yield whyEnded(stop, leave.signal, late);
    const failed = failure();
    if (failed !== undefined) throw failed;
    const broken = args.hooks?.broken;
    if (broken !== undefined) yield [incomplete(broken)];
    yield [{ type: "run-finished" }];
  } catch (error) {
    yield [{ type: "run-finished" }];
    throw error;
  } finally {
    cancel?.();
    leave.abort("the run is over");
  }
}
