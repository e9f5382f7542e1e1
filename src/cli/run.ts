/**
 * `uktest run`: builds images, boots them, judges what they say while they say it; every report and the exit code out.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { rememberRun } from "../../runner/history.js";
import type { RecordFolder } from "../../runner/records.js";
import { RigError } from "../core/errors.js";
import type { RunEvent } from "../core/events.js";
import type { RunModel } from "../core/model.js";
import type { Say } from "../core/say.js";
import type { ShardFacts } from "../core/shards.js";
import { asTyped } from "../delivery/invocation.js";
import type { LiveScreen } from "../delivery/live-screen.js";
import type { Outcome } from "../delivery/outcome.js";
import { againCommand } from "../delivery/rerun-command.js";
import { TOOL } from "../delivery/tool.js";
import { KNOWN_FINDINGS, QUARANTINE } from "../history/known-arguments.js";
import type { Acceleration, AccelerationWish } from "../run/accelerate.js";
import type { RunArguments } from "../run/arguments.js";
import { HeadStart } from "../run/head-start.js";
import type { RunHooks } from "../run/hooks.js";
import { type Building, openProject, runFolderOf } from "../run/project.js";
import type { Project } from "../run/task.js";
import { resumed, runEvents } from "../run/run-events.js";
import { countOf } from "../run/select.js";
import { isBoard, refuseForBoard } from "../run/serial-board.js";
import { shellWord } from "../text/shell-word.js";

/**
 * Runs the command.
 * @throws UsageError, RigError before the first report is begun; later failures are in the outcome
 */
export async function run(
  args: RunArguments,
  stop: AbortSignal,
  say: Say,
  live: LiveScreen | undefined,
): Promise<Outcome> {
  const headStart = new HeadStart(args);
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
    const more = { tool: TOOL, logs: record?.path, begun: headStart.take, part: shard, hooks };
    const events = runEvents(project, acceleration, { ...args, ...more }, stop, say);
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
      import("../delivery/destinations.js"),
      import("../delivery/outcome.js"),
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

/** Without hooks nothing of them is loaded. */
async function hooksOf(
  project: Project,
  { keep, record }: RunArguments,
  say: Say,
): Promise<RunHooks | undefined> {
  const { hooks, folder } = project;
  if (hooks === undefined) return undefined;
  const { RunHooks: Around } = await import("../run/hooks.js");
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
  const { readKnown, withKnown } = await import("../history/known.js");
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
  const { partOf } = await import("../run/sharded.js");
  return partOf(project, shard, times, say, stop);
}

/** Without a wish nothing is asked, and nothing is loaded that asks. */
async function accelerationFor(
  wish: AccelerationWish,
  { choice, folder }: Project,
  say: Say,
): Promise<Acceleration> {
  if (wish === "tcg") return { now: "tcg", fallBack: () => false };
  const { accelerate } = await import("../run/accelerate.js");
  return accelerate(wish, choice.machine, folder, say);
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
