/**
 * `uktest run`: builds images, boots them, judges what they say while they say it; every report and the exit code out.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { expectationsIn, rememberRun } from "../../runner/history.js";
import type { RecordFolder } from "../../runner/records.js";
import { after } from "../../runner/host.js";
import { DEFAULT_LIMITS, type Limits } from "../../runner/watch.js";
import { RigError } from "../core/errors.js";
import { EVENTS_SCHEMA, type Evidence, type Policy, type RunEvent } from "../core/events.js";
import type { RunModel } from "../core/model.js";
import type { Shard, ShardFacts } from "../core/shards.js";
import type { Isolation } from "../core/rounds.js";
import type { Acceleration, AccelerationWish } from "./accelerate.js";
import { againCommand } from "./again.js";
import { asTyped } from "./as-typed.js";
import { isBoard, refuseForBoard } from "./board.js";
import { jobsOf } from "./boot-jobs.js";
import { runLanes } from "./lanes.js";
import { type EarlyBoot, HeadStart } from "./head-start.js";
import type { RunHooks } from "./hooks.js";
import { KNOWN_FINDINGS, QUARANTINE, type KnownArguments } from "./known-arguments.js";
import type { LiveScreen } from "./live-screen.js";
import { FAIL_FAST, incomplete, type Outcome, stoppedEarly } from "./outcome.js";
import type { Say } from "./say.js";
import { type Building, openProject, type Project, type ProjectArguments, runFolderOf } from "./project.js";
import { countOf } from "./select.js";
import { shellWord } from "./shell-word.js";
import type { ColorChoice } from "./terminal.js";
import { TOOL } from "./tool.js";
import { widthOf } from "./width.js";

export interface RunArguments extends ProjectArguments, KnownArguments {
  readonly reporters: readonly string[];
  /** Adds what the host of a job shows; see destinations.ts. */
  readonly autoReporters: boolean;
  readonly ubsan: Policy["ubsan"];
  readonly require: Evidence;
  /** Absent: the root of the project. */
  readonly root?: string;
  readonly stripPrefixes: readonly string[];
  readonly color: ColorChoice;
  readonly memoryMiB?: number;
  readonly acceleration: AccelerationWish;
  readonly limits: Partial<Limits>;
  readonly isolation: Isolation;
  readonly verifyIsolation: boolean;
  /** Further boots that one image gets for those that died. */
  readonly maxCrashes: number;
  /** Further tries of a red case, and what it means when one passes. */
  readonly retries: number;
  readonly flaky: "pass" | "fail";
  readonly failFast?: number;
  readonly shard?: Shard;
  /** Record of an earlier run, by whose durations shards are made. */
  readonly times?: string;
  readonly shuffle?: number;
  readonly repeat: number;
  readonly untilFail: boolean;
  /** Longest time of the whole run. */
  readonly runTimeoutMs?: number;
  /** Boots side by side, as far as memory goes; absent: one for each processor. */
  readonly jobs?: number;
  /** Keeps image and raw log, and says where. */
  readonly keep: boolean;
  /** Folder in which the run is kept: its events, and the raw console of each boot. */
  readonly record?: string;
  /** Runs just what was red the last time. */
  readonly lastFailed: boolean;
}

/**
 * Runs the command.
 * @throws UsageError, RigError before the first report is begun; later failures are in the outcome
 */
export async function run(
  args: RunArguments,
  stop: AbortSignal,
  say: Say,
  live: LiveScreen | undefined,
  early?: EarlyBoot,
): Promise<Outcome> {
  const headStart = new HeadStart(args, early);
  try {
    return await runFrom(headStart, args, stop, say, live);
  } finally {
    headStart.drop();
  }
}

async function runFrom(
  headStart: HeadStart,
  args: RunArguments,
  stop: AbortSignal,
  say: Say,
  live: LiveScreen | undefined,
): Promise<Outcome> {
  const wanted = args.lastFailed ? await lastTime(args, say) : args;
  const open = (building?: Building): Promise<Project> =>
    openProject(wanted, { log: say, stop, expect: headStart.expect, begin: headStart.begin, building });
  const { project, shard } = await sharded(await (live?.building(open) ?? open()), args, say, stop);
  const { machine, because } = project.choice;
  if (because !== undefined) say(`machine: ${machine.name}, since ${because}`);
  const lack = machine.lack();
  if (lack !== undefined) {
    throw new RigError(`${machine.name} cannot boot here: ${lack.what}`, lack.hint);
  }
  if (isBoard(args.machine)) refuseForBoard(args, machine.isReset === true);
  if (machine.notice !== undefined) say(machine.notice);
  const acceleration = await accelerationFor(args.acceleration, project, say);
  const record = args.record === undefined ? undefined : await recordIn(args.record);
  const known = await knownFor(args, project, stop);
  const hooks = await hooksOf(
    project,
    { ...args, ...(record !== undefined && { record: record.path }) },
    say,
  );
  try {
    await hooks?.begin(stop);
    const more = { logs: record?.path, begun: headStart.take, part: shard, hooks };
    const events = eventsOf(project, acceleration, { ...args, ...more }, stop, say);
    const outcome = await delivered({ events, known, project, args, record }, stop, say, live);
    return hooks === undefined ? outcome : await hooks.outcome(outcome);
  } finally {
    await hooks?.finish();
  }
}

interface Delivery {
  readonly events: AsyncGenerator<readonly RunEvent[]>;
  readonly known: (events: Stream) => Stream;
  readonly project: Project;
  readonly args: RunArguments;
  readonly record: RecordFolder | undefined;
}

/** Reads the run to its end while the reports are written, and remembers what the next run wants to know. */
async function delivered(
  { events, known, project, args, record }: Delivery,
  stop: AbortSignal,
  say: Say,
  live: LiveScreen | undefined,
): Promise<Outcome> {
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
    const reporters = [...args.reporters, ...(record === undefined ? [] : [`events=${record.events}`])];
    const again = againOf(project, args);
    const destinations = await openDestinations({ ...args, reporters, root, inputs, again }, live, stop);
    const told = known(resumed(first, events));
    const planned = project.tasks.reduce((sum, task) => sum + ("plan" in task ? countOf(task.plan) : 0), 0);
    const outcome = await deliver(destinations, live?.follow(told, planned) ?? told, stop);
    // What an image of somebody else's holds belongs to no project.
    if (args.image === undefined) await noteResults(project, outcome);
    if (!stop.aborted) for (const line of project.idle ?? []) say(line);
    const command = again(outcome.model);
    if (command !== undefined) say(`again: ${command}`);
    if (record !== undefined) await noteRecord(record, args, say);
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

/** Without hooks nothing of them is loaded. */
async function hooksOf(
  project: Project,
  { keep, record }: RunArguments,
  say: Say,
): Promise<RunHooks | undefined> {
  const { hooks, folder } = project;
  if (hooks === undefined) return undefined;
  const { RunHooks: Around } = await import("./hooks.js");
  return new Around({ project, hooks, kept: record ?? (keep ? folder : undefined), say });
}

async function recordIn(folder: string): Promise<RecordFolder> {
  const { makeRecord } = await import("../../runner/records.js");
  return makeRecord(resolve(folder));
}

async function noteRecord({ path }: RecordFolder, args: RunArguments, say: Say): Promise<void> {
  const { rememberRecord } = await import("../../runner/records.js");
  rememberRecord(runFolderOf(args), path);
  say(`recorded: ${path}; ${asTyped(`uktest report ${path}`, process.env)} replays it`);
}

async function noteResults({ folder }: Project, { model }: Outcome): Promise<void> {
  const { rememberFailed } = await import("../../runner/last-failed.js");
  rememberFailed(folder, model);
  rememberRun(folder, model);
}

/** What was red the last time, as patterns; everything where nothing was. */
async function lastTime(args: RunArguments, say: Say): Promise<RunArguments> {
  const { lastFailed } = await import("../../runner/last-failed.js");
  const names = lastFailed(runFolderOf(args));
  if (names.length > 0) return { ...args, patterns: names };
  say("nothing was red the last time: everything runs");
  return args;
}

type Stream = AsyncIterable<readonly RunEvent[]>;

/** Brings what is known to be red into the stream; most projects have no such lists, and load nothing. */
async function knownFor(
  args: RunArguments,
  { root, folder }: Project,
  stop: AbortSignal,
): Promise<(events: Stream) => Stream> {
  const wanted = args.baseline ?? args.quarantine ?? args.knownFindings ?? args.history;
  if (
    wanted === undefined &&
    !args.onlyNew &&
    ![KNOWN_FINDINGS, QUARANTINE].some((name) => existsSync(join(root, name)))
  )
    return (events) => events;
  const { readKnown, withKnown } = await import("./known.js");
  const lists = await readKnown(args, root, [], stop);
  const { passesInARow } = await import("../../runner/history.js");
  return (events) => withKnown(events, lists, (suite, name) => passesInARow(folder, suite, name));
}

/** The part of the project that this host has to run. */
async function sharded(
  project: Project,
  { shard, times }: RunArguments,
  say: Say,
  stop: AbortSignal,
): Promise<{ readonly project: Project; readonly shard: ShardFacts | undefined }> {
  if (shard === undefined) return { project, shard };
  const { partOf } = await import("./sharded.js");
  return partOf(project, shard, times, say, stop);
}

/** Without a wish nothing is asked, and nothing is loaded that asks. */
async function accelerationFor(
  wish: AccelerationWish,
  { choice, folder }: Project,
  say: Say,
): Promise<Acceleration> {
  if (wish === "tcg") return { now: "tcg", fallBack: () => false };
  const { accelerate } = await import("./accelerate.js");
  return accelerate(wish, choice.machine, folder, say);
}

async function* eventsOf(
  project: Project,
  acceleration: Acceleration,
  args: RunArguments & {
    readonly logs: string | undefined;
    readonly begun: HeadStart["take"];
    readonly part: ShardFacts | undefined;
    readonly hooks: RunHooks | undefined;
  },
  stop: AbortSignal,
  say: Say,
): AsyncGenerator<readonly RunEvent[]> {
  const leave = new AbortController();
  const halt = AbortSignal.any([stop, leave.signal]);
  const limits = { ...DEFAULT_LIMITS, ...project.limits, ...args.limits };
  const rules = { root: resolve(args.root ?? project.root), stripPrefixes: args.stripPrefixes };
  const quit = (reason: string): void => {
    leave.abort(reason);
  };
  const { sources, jobs, failure } = jobsOf(
    project,
    { ...args, acceleration, limits, rules, expected: expectationsIn(project.folder) },
    { stop: halt, quit, say },
  );
  const policy: Policy = {
    ubsan: args.ubsan,
    ...(args.flaky === "pass" && { flaky: args.flaky }),
    ...(args.require !== "console" && { require: args.require }),
  };
  if (args.shuffle !== undefined) say(`shuffled: --shuffle=${String(args.shuffle)} gives this order again`);
  const { runTimeoutMs } = args;
  const late = `the run was stopped after ${String((runTimeoutMs ?? 0) / 1000)} s, its limit`;
  const cancel =
    runTimeoutMs === undefined
      ? undefined
      : after(runTimeoutMs, () => {
          quit(late);
        });
  const boots = runLanes(jobs, widthOf(project, { ...args, acceleration: acceleration.now }, say));
  try {
    const first = boots.next();
    // It is waited for later, and may have failed by then.
    first.catch(() => undefined);
    const shard = args.part === undefined ? {} : { shard: args.part };
    yield [{ type: "run-started", schema: EVENTS_SCHEMA, tool: TOOL, sources, policy, ...shard }];
    yield* resumed(first, boots);
    project.choice.machine.cool?.();
    if (stop.aborted) yield [incomplete(`interrupted by ${String(stop.reason)}`)];
    else if (leave.signal.reason === late) yield [incomplete(late)];
    else if (String(leave.signal.reason).endsWith(FAIL_FAST))
      yield [stoppedEarly(String(leave.signal.reason))];
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

/** What makes the command that runs just the red cases again. */
function againOf({ choice }: Project, args: RunArguments): (model: RunModel) => string | undefined {
  const options = [
    ...(args.image === undefined ? [] : ["--image", shellWord(args.image)]),
    ...(args.symbols === undefined ? [] : ["--symbols", shellWord(args.symbols)]),
    ...(choice.because === undefined || args.machine !== undefined ? ["--machine", choice.machine.name] : []),
    ...(args.config === undefined ? [] : ["--config", args.config]),
    ...(args.profile === "" ? [] : ["--profile", args.profile]),
    ...(args.compiler === "gcc" ? [] : ["--cc", args.compiler]),
  ];
  return (model) => {
    const command = againCommand(model, args.patterns, options);
    return command === undefined ? undefined : asTyped(command, process.env);
  };
}
