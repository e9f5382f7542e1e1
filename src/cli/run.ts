/**
 * `uktest run`: builds images, boots them, judges what they say while they say it; every report and the exit code out.
 */
import { rememberRun } from "../../runner/files/boot-history.js";
import { machineNames } from "../../runner/machines.js";
import type { RecordFolder } from "../../runner/files/record-folders.js";
import { benchmarksOf } from "../core/model/benchmarks.js";
import { casesOf } from "../core/model/counts.js";
import { redFindings } from "../core/model/known.js";
import { sourceParts } from "../core/model/sources.js";
import type { RunModel } from "../core/model.js";
import { baseName } from "../core/assemble/boot.js";
import { initAddressIn } from "../core/plan/rounds.js";
import { plural } from "../core/plural.js";
import { isRed } from "../core/statuses.js";
import type { Say } from "../core/say.js";
import { asTyped } from "../delivery/invocation.js";
import type { Destination } from "../delivery/fan-out.js";
import type { LiveScreen } from "../delivery/live-screen.js";
import type { Outcome } from "../delivery/outcome.js";
import { againCommand, debugCommand } from "../delivery/rerun-command.js";
import { TOOL } from "../delivery/tool.js";
import type { RunArguments } from "../run/arguments.js";
import { givenOptions } from "../run/images/options.js";
import type { EarlyBoot } from "../run/boots/head-start.js";
import type { ProfileWish } from "../run/profile.js";
import { runFolderOf } from "../run/project.js";
import { resumed } from "../run/run-events.js";
import { countOf } from "../run/select.js";
import { type StartedRun, startRun, type Surroundings } from "../run/start.js";
import type { Cell, Project } from "../run/task.js";
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
  early?: EarlyBoot,
  profiled?: ProfileWish,
): Promise<Outcome> {
  const whileBuilding: Surroundings["whileBuilding"] = live && ((open) => live.building(open));
  const traces = args.trace && (await import("./trace/collector.js")).collectTraces(args.trace, say);
  // A port that is in use is reported before anything is built or booted.
  const metrics = args.metrics === undefined ? undefined : await served(args.metrics, say);
  try {
    const started = await startRun(args, {
      tool: TOOL,
      stop,
      say,
      traced: traces,
      profiled,
      whileBuilding,
      early,
    });
    try {
      const outcome = await delivered(started, args, stop, say, live, metrics?.destination);
      await traces?.finish(outcome.model);
      if (benchmarksOf(outcome.model)?.all.length === 0)
        say("no benchmark was counted: UK_TEST_BENCH(suite, name) defines one, docs/benchmarks.md has more");
      return started.hooks === undefined ? outcome : await started.hooks.outcome(outcome);
    } finally {
      await started.close();
    }
  } finally {
    metrics?.close();
  }
}

interface ServedMetrics {
  readonly destination: Destination;
  readonly close: () => void;
}

/** Serves the metrics of a run that is about to begin. @throws UsageError */
async function served(port: number, say: Say): Promise<ServedMetrics> {
  const [{ servePage }, { liveMetrics }] = await Promise.all([
    import("../../runner/host/page-server.js"),
    import("../delivery/live-metrics.js"),
  ]);
  const { destination, page } = liveMetrics();
  const { address, close } = await servePage(port, "/metrics", page);
  say(`metrics: ${address}`);
  return { destination, close };
}

/** Reads the run to its end while the reports are written, and remembers what the next run wants to know. */
async function delivered(
  { events, known, project, record }: StartedRun,
  args: RunArguments,
  stop: AbortSignal,
  say: Say,
  live: LiveScreen | undefined,
  further: Destination | undefined,
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
    const asked = await openDestinations({ ...args, reporters, root, inputs, again }, live, stop);
    const destinations = further === undefined ? asked : [...asked, further];
    const judged = known(resumed(first, events));
    const planned = project.tasks.reduce((sum, task) => sum + ("plan" in task ? countOf(task.plan) : 0), 0);
    const outcome = await deliver(destinations, live?.follow(judged, planned) ?? judged, stop);
    // What an image of somebody else's holds belongs to no project.
    const image = args.image ?? (project.named === undefined ? undefined : inputs[0]);
    if (image === undefined) await noteResults(project, args, outcome);
    else await noteLeftOut(image, args, outcome);
    if (!stop.aborted) for (const line of project.idle ?? []) say(line);
    const command = again(outcome.model);
    if (command !== undefined) say(`again: ${command}`);
    const debug = debugOf(project, args, outcome.model);
    if (debug !== undefined) say(`debug: ${debug}`);
    if (record !== undefined) {
      if (args.keepCore) await keepCores(project, args, outcome.model, record, stop, say);
      await noteRecord(record, args, say);
    }
    return outcome;
  } finally {
    await events.return(undefined);
  }
}

/** Keeps the cores of what has failed; what died has left its own. */
async function keepCores(
  project: Project,
  { memoryMiB }: RunArguments,
  model: RunModel,
  record: RecordFolder,
  stop: AbortSignal,
  say: Say,
): Promise<void> {
  const failed = model.suites.flatMap(({ name: suite, cases }) =>
    cases
      .filter(({ status }) => status === "failed")
      .map(({ name, assertions, reason = "failed" }) => ({
        name: `${suite}.${baseName(name)}`,
        title: assertions.find(({ status }) => status === "failed")?.message ?? reason,
      })),
  );
  if (failed.length === 0) return;
  const { keepFailedCores } = await import("../debug/failed-cores.js");
  const memory = memoryMiB === undefined ? {} : { memoryMiB };
  await keepFailedCores({ project, failed, folder: record.path, ...memory }, stop, say);
}

async function noteRecord({ path }: RecordFolder, args: RunArguments, say: Say): Promise<void> {
  const { rememberRecord } = await import("../../runner/files/record-folders.js");
  rememberRecord(runFolderOf(args), path);
  const { coresIn } = await import("../run/cores.js");
  const cores = coresIn(path).length;
  const command = asTyped(`uktest debug --core ${shellWord(path)}`, process.env);
  const opens = cores === 0 ? "" : `; ${command} opens its ${plural(cores, "core")}`;
  say(`recorded: ${path}; ${asTyped(`uktest report ${path}`, process.env)} replays it${opens}`);
}

/** What has stopped a boot and was left out of the next one, for a debugger. */
async function noteLeftOut(image: string, args: RunArguments, { model }: Outcome): Promise<void> {
  const functions = model.faults.flatMap((fault) => initAddressIn(fault) ?? []);
  if (functions.length === 0) return;
  const { rememberLeftOut } = await import("../../runner/files/left-out.js");
  rememberLeftOut(runFolderOf(args), image, functions);
}

async function noteResults(project: Project, args: RunArguments, { model }: Outcome): Promise<void> {
  const { folder } = project;
  const { rememberFailed } = await import("../../runner/files/last-failed.js");
  rememberFailed(folder, model);
  rememberRun(folder, model);
  if (model.coverage === undefined) return;
  const { rememberChanged } = await import("../run/changed/remember.js");
  rememberChanged(project, args, TOOL, model);
}

/** The cells of a matrix in which something is red, in the order of the run; all of them where nothing is. */
function redCells({ cells }: Project, model: RunModel): readonly Cell[] {
  if (cells.length === 1) return cells;
  const found = redFindings(model).filter((one) => one.case !== undefined);
  const boots = new Set([
    ...casesOf(model).flatMap((one) => (isRed(one.status) ? [one.boot] : [])),
    ...found.flatMap((one) => one.boots ?? [one.boot]),
  ]);
  const sources = model.boots.filter(({ id }) => boots.has(id)).map(({ source }) => sourceParts(source));
  const red = sources.flatMap((parts) =>
    cells.filter(({ choice, label }) => choice.machine.name === parts?.machine && label === parts.profile),
  );
  return red.length === 0 ? cells : [...new Set(red)];
}

/** How cells are named on a command line. */
function cellOptions(project: Project, args: RunArguments, cells: readonly Cell[]): readonly string[] {
  const [first] = project.cells;
  const isOne = project.cells.length === 1;
  const isTaken = isOne && first.choice.because !== undefined && args.machine === undefined;
  const machines = isTaken ? [] : [...new Set(cells.map(({ choice }) => choice.machine.name))];
  const profiles = isOne ? [first.profile] : [...new Set(cells.map(({ profile, label = profile }) => label))];
  return [
    ...machines.flatMap((name) => ["--machine", shellWord(name)]),
    ...profiles.flatMap((name) => (name === "" ? [] : ["--profile", shellWord(name)])),
  ];
}

/** The options of the run that still matter when cases of some cells run again. */
const optionsFor = (project: Project, args: RunArguments, cells: readonly Cell[]): readonly string[] => [
  ...(args.image === undefined ? [] : ["--image", shellWord(args.image)]),
  ...(args.symbols === undefined ? [] : ["--symbols", shellWord(args.symbols)]),
  ...cellOptions(project, args, cells),
  ...(args.filter === undefined ? [] : ["--filter", shellWord(args.filter)]),
  ...(args.config === undefined ? [] : ["--config", args.config]),
  ...(args.compiler === "gcc" ? [] : ["--cc", args.compiler]),
  ...(args.append === undefined ? [] : ["--append", shellWord(args.append.join(" "))]),
  ...givenOptions(args.hardware ?? {}).map(([option, value]) => `${option}=${shellWord(value)}`),
  ...(args.stress === undefined ? [] : ["--stress", String(args.stress)]),
  ...(args.set ?? []).flatMap(({ name, value }) => ["--set", shellWord(`${name}=${value}`)]),
];

/** The command that opens the first red case in a debugger; undefined where no machine of ours has run it. */
function debugOf(project: Project, args: RunArguments, model: RunModel): string | undefined {
  const [cell = project.cells[0]] = redCells(project, model);
  if (!machineNames.includes(cell.choice.machine.name)) return undefined;
  const command = debugCommand(model, optionsFor(project, args, [cell]), project.named);
  return command === undefined ? undefined : asTyped(command, process.env);
}

/** What makes the command that runs just the red cases again. */
function againOf(project: Project, args: RunArguments): (model: RunModel) => string | undefined {
  const measured = args.maxLeak === undefined ? [] : ["--max-leak", String(args.maxLeak)];
  const growth =
    args.benchMaxGrowth === undefined || args.baseline === undefined
      ? []
      : ["--baseline", shellWord(args.baseline), "--bench-max-growth", String(args.benchMaxGrowth)];
  const counted = args.bench === undefined ? [] : ["--bench", ...growth];
  // A board, or a command, runs what it runs.
  const isWhole = project.cells[0].choice.machine.isBoard === true;
  return (model) => {
    const options = [...optionsFor(project, args, redCells(project, model)), ...measured, ...counted];
    const command = againCommand(model, args.patterns, options, { isWhole, image: project.named });
    return command === undefined ? undefined : asTyped(command, process.env);
  };
}
