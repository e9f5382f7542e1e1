/**
 * A run from its arguments to its stream of events: project, machine, hooks, record, what is known to be red. Where the
 * events go is not decided here; src/cli/run.ts writes reports of them, src/index.ts hands them to a program.
 */
import { stage } from "../../runner/host/stages.js";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { RecordFolder } from "../../runner/files/record-folders.js";
import { configAt } from "../config/load.js";
import { RigError, UsageError } from "../core/errors.js";
import type { ChangesGiven, RunEvent, Tool } from "../core/events.js";
import type { Say } from "../core/say.js";
import type { Selection } from "../core/plan/selection.js";
import type { ShardFacts } from "../core/plan/shards.js";
import { KNOWN_FINDINGS, QUARANTINE } from "../history/known-arguments.js";
import type { Traced } from "./boots/trace.js";
import type { Machine } from "../../runner/machine.js";
import { machinesIn } from "./cells.js";
import type { Acceleration, AccelerationWish } from "./accelerate.js";
import type { RunArguments } from "./arguments.js";
import type { ScheduleArguments } from "./boots/schedule-arguments.js";
import { type EarlyBoot, HeadStart } from "./boots/head-start.js";
import type { RunHooks } from "./hooks.js";
import { openProject, runFolderOf } from "./project.js";
import { runEvents } from "./run-events.js";
import { isBoard, refuseForBoard } from "./serial-board.js";
import { refuseBench } from "./boots/benchmarks.js";
import { refuseStress } from "./images/words.js";
import { refuseSettings } from "./settings.js";
import type { Building, Project } from "./task.js";

/** What a run needs from its caller. */
export interface Surroundings extends Traced {
  readonly tool: Tool;
  readonly stop: AbortSignal;
  readonly say: Say;
  /** A boot that was begun before the arguments were known; it is taken or ended. */
  readonly early?: EarlyBoot | undefined;
  /** Shows how far the images are built, while they are. */
  readonly whileBuilding?:
    ((open: (building?: Building) => Promise<Project>) => Promise<Project>) | undefined;
}

type Stream = AsyncIterable<readonly RunEvent[]>;

/** A run of which nothing has been booted yet, but for a guest that was certain to be. */
export interface StartedRun {
  readonly project: Project;
  /** Boots as they are asked for; some events at a time. */
  readonly events: AsyncGenerator<readonly RunEvent[]>;
  /** Brings what is known to be red into a stream. */
  readonly known: (events: Stream) => Stream;
  readonly record: RecordFolder | undefined;
  readonly hooks: RunHooks | undefined;
  /** Ends whatever was begun and is not over. */
  readonly close: () => Promise<void>;
}

/**
 * Finds out what to run and prepares it.
 * @throws UsageError, RigError
 */
export async function startRun(args: RunArguments, surroundings: Surroundings): Promise<StartedRun> {
  if (args.image === undefined && args.patterns.length === 0 && !isBoard(args.machine)) refuseNowhere(args);
  const headStart = new HeadStart(args, surroundings.early);
  try {
    return await startFrom(headStart, args, surroundings);
  } catch (error) {
    headStart.drop();
    throw error;
  }
}

async function startFrom(
  headStart: HeadStart,
  args: RunArguments,
  { tool, stop, say, traced, profiled, whileBuilding = (open) => open() }: Surroundings,
): Promise<StartedRun> {
  const wanted = args.lastFailed ? await lastTime(args, say) : args;
  const { expect, begin } = headStart;
  const open = (building?: Building): Promise<Project> =>
    openProject(wanted, { log: say, stop, expect, begin, building });
  const { project: asked, shard } = await sharded(await whileBuilding(open), args, say, stop);
  const { project, selection } = await selected(asked, args, tool, say);
  if (args.image !== undefined || project.named !== undefined) refuseProfile(args);
  readyMachines(project, say);
  const { machine } = project.cells[0].choice;
  if (isBoard(args.machine)) refuseForBoard(args, machine.isReset === true);
  refuseSettings(project.tasks, args);
  refuseCoverage(project, args);
  refuseBench(project, args);
  refuseStress(project.tasks, args);
  const changes = await changesFor(project, args);
  if (profiled !== undefined)
    for (const one of machinesIn(project)) (await import("./profile.js")).refuseProfile(one);
  const meters = await metersFor(project, args);
  // Only an emulator counts instructions.
  const wish = args.bench === undefined ? args.acceleration : "tcg";
  const accelerations = await accelerationsFor(wish, project, say);
  const record = args.record === undefined ? undefined : await recordIn(args.record);
  const known = await knownFor(args, project, stop);
  const kept = record?.path ?? (args.keep ? project.folder : undefined);
  const hooks = await hooksOf(project, kept, say);
  const close = async (): Promise<void> => {
    try {
      await hooks?.finish();
    } finally {
      headStart.drop();
    }
  };
  try {
    await hooks?.begin(stop);
  } catch (error) {
    await close();
    throw error;
  }
  const more = {
    tool,
    logs: record?.path,
    begun: headStart.take,
    part: shard,
    hooks,
    meters,
    traced,
    changes,
    selection,
    profiled,
  };
  const events = runEvents(project, accelerations, { ...args, ...more }, stop, say);
  return { project, events, known, record, hooks, close };
}

/** It would be a run of what was built, whatever the profile says. @throws UsageError */
function refuseProfile({ profile, profiles = [profile] }: RunArguments): void {
  const named = profiles.find((name) => name !== "");
  if (named !== undefined)
    throw new UsageError(
      `--profile ${named} makes no sense for an image that is built already`,
      "leave it out: a profile says how programs of the configuration are built",
    );
}

/** Says why the machines were taken. @throws RigError where one of them cannot boot here */
function readyMachines({ cells, tasks }: Project, say: Say): void {
  for (const { machine, because } of new Map(cells.map(({ choice }) => [choice.machine, choice])).values()) {
    stage(() => `the project is open: ${String(tasks.length)} image(s), ${machine.name}`);
    if (because !== undefined) say(`machine: ${machine.name}, since ${because}`);
    const lack = machine.lack();
    if (lack !== undefined) throw new RigError(`${machine.name} cannot boot here: ${lack.what}`, lack.hint);
    if (machine.notice !== undefined) say(machine.notice);
  }
}

/** A job in a wrong folder would run the suites of uktest itself, and be green for ever. */
function refuseNowhere({ config }: RunArguments): void {
  if (configAt(config) === undefined)
    throw new UsageError(
      "there is no uktest.config.json here or above, so there is nothing to run",
      "uktest init NAME begins a project; uktest run vfscore runs a suite of uktest itself",
    );
}

/** Without hooks nothing of them is loaded. */
async function hooksOf(project: Project, kept: string | undefined, say: Say): Promise<RunHooks | undefined> {
  const { hooks } = project;
  if (hooks === undefined) return undefined;
  const { RunHooks: Around } = await import("./hooks.js");
  return new Around({ project, hooks, kept, say });
}

async function recordIn(folder: string): Promise<RecordFolder> {
  const { makeRecord } = await import("../../runner/files/record-folders.js");
  return makeRecord(resolve(folder));
}

/** What was red the last time, as patterns; everything where nothing was. */
async function lastTime(args: RunArguments, say: Say): Promise<RunArguments> {
  const { lastFailed } = await import("../../runner/files/last-failed.js");
  const names = lastFailed(runFolderOf(args));
  if (names.length > 0) return { ...args, patterns: names, mayBeGone: true };
  say("nothing was red the last time: everything runs");
  return args;
}

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
  const { readKnown, withKnown } = await import("../history/known.js");
  const lists = await readKnown(args, root, [], stop);
  const { passesInARow } = await import("../../runner/files/boot-history.js");
  return (events) =>
    withKnown(events, lists, (suite, name) => passesInARow(folder, suite, name), args.benchMaxGrowth);
}

/** What a machine cannot find out, and what two options cannot have at once. @throws UsageError */
function refuseCoverage(project: Project, { maxLeak }: RunArguments): void {
  const { coverage, tasks } = project;
  if (coverage === undefined) return;
  const without = machinesIn(project).find(({ notesCode }) => notesCode !== true);
  if (coverage.kind === "object" && without !== undefined)
    throw new UsageError(
      `${without.name} cannot note which code a guest runs`,
      "--coverage=object needs -m qemu-x86_64, qemu-i386 or qemu-arm64; --coverage=gcc works on every machine",
    );
  const [task] = tasks;
  if (maxLeak !== undefined && task !== undefined && "image" in task && !task.image.isKit)
    throw new UsageError(
      "--coverage goes without --max-leak for an image that the kit did not build",
      "both stop the guest around its cases: run it twice",
    );
}

/** What has changed since the commit that a run is compared with. @throws UsageError, RigError */
async function changesFor(
  { root: own }: Project,
  { coverageBase: base, root }: RunArguments,
): Promise<ChangesGiven | undefined> {
  if (base === undefined) return undefined;
  const [{ changesSince }, { changedLines }] = await Promise.all([
    import("../../runner/git.js"),
    import("../coverage/changes.js"),
  ]);
  const { diff, untracked } = await changesSince(base, resolve(root ?? own));
  return { type: "changes", base, files: changedLines(diff, untracked) };
}

/** What measures the cases of images from outside: the kit's measure themselves. @throws UsageError, RigError */
async function metersFor(
  { tasks }: Project,
  { maxLeak }: RunArguments,
): Promise<ScheduleArguments["meters"]> {
  const others = tasks.flatMap((task) => ("image" in task && !task.image.isKit ? [task] : []));
  if (maxLeak === undefined || others.length === 0) return undefined;
  const { measurableIn, meterOf } = await import("./boots/meter.js");
  return new Map(
    others.map((task) => {
      const measurable = measurableIn(task.files, task.cell.choice.machine, maxLeak);
      return [task, (limits, part) => meterOf(measurable, limits, part)];
    }),
  );
}

/** What is left of it without the cases that nothing has changed for. @throws UsageError, RigError */
async function selected(
  project: Project,
  args: RunArguments,
  tool: Tool,
  say: Say,
): Promise<{ readonly project: Project; readonly selection: Selection | undefined }> {
  if (args.changed === undefined) return { project, selection: undefined };
  const [{ changedPart }, { becauseWords, selectionWords }] = await Promise.all([
    import("./changed/select.js"),
    import("../core/plan/selection.js"),
  ]);
  const part = await changedPart(project, args, tool);
  const because = becauseWords(part.selection);
  if (because !== undefined) say(because);
  say(selectionWords(part.selection));
  return part;
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

/** Without a wish nothing is asked, and nothing is loaded that asks. @throws UsageError, RigError */
async function accelerationsFor(
  wish: AccelerationWish,
  project: Project,
  say: Say,
): Promise<ScheduleArguments["accelerations"]> {
  const tcg: Acceleration = { now: "tcg", fallBack: () => false };
  const all = new Map<Machine, Acceleration>();
  for (const machine of machinesIn(project))
    all.set(
      machine,
      wish === "tcg"
        ? tcg
        : await (await import("./accelerate.js")).accelerate(wish, machine, project.folder, say),
    );
  return (machine) => all.get(machine) ?? tcg;
}
