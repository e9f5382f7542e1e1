/**
 * What a run is made of: the project's programs or one image, the machine, and for each boot the part of its plan that
 * was asked for. It builds what has to be built and boots nothing.
 */
import { stopwatch } from "../../runner/host/clock.js";
import { stage } from "../../runner/host/stages.js";
import type { BuildTime, Cell, ImageTask, Listener, Project, ProjectArguments, Task } from "./task.js";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { buildImage } from "../../runner/build/image.js";
import { KIT_ROOT } from "../../runner/build/kit.js";
import { programsOf } from "../../runner/build/program.js";
import type { Program } from "../../runner/build/units.js";
import { canWrite, folderInstead, makeRunFolder } from "../../runner/files/run-folder.js";
import { compilerNamed } from "../../runner/build/toolchain.js";
import type { Config } from "../config/schema.js";
import { configAt, loadConfig, type LoadedConfig } from "../config/load.js";
import { extensionsOf } from "./extensions.js";
import type { Plan } from "../core/plan.js";
import { readImage } from "../image/plan.js";
import { anyText, mayWait } from "../../runner/files/any-text.js";
import { cellsOf } from "./cells.js";
import { isBoard, ofBoard, refuseBoards } from "./serial-board.js";
import { refuseHardware } from "./images/hardware.js";
import { configuredImage, type NamedImage } from "./images/configured.js";
import { ofImage } from "./images/of-image.js";
import { wordsFor } from "./images/words.js";
import { countOf, partOf, refuseEmpty, refuseUnused } from "./select.js";
import { benchLimitsOf, coverageOf, idleLimits, limitsOf, memoryLimitsOf } from "./project-limits.js";

/**
 * Finds out what to run.
 * @throws UsageError, RigError
 */
export async function openProject(args: ProjectArguments, listener: Listener): Promise<Project> {
  refuseBoards(args);
  if (isBoard(args.machine)) return ofBoard(args.machine, args);
  return args.image === undefined ? ofSources(args, listener) : ofImage(args.image, args, listener);
}

/** The folder that the paths of a configuration are relative to; one that comes through a pipe stands in no folder. */
const rootOf = (config: string): string => (mayWait(config) ? resolve(".") : dirname(config));

/** Where the project of a run keeps what it leaves behind. */
export function runFolderOf({ config }: Pick<ProjectArguments, "config">): string {
  const found = configAt(config);
  const folder = join(found === undefined ? resolve(".") : rootOf(found), ".uktest");
  return canWrite(folder) || existsSync(folder) ? folder : folderInstead(folder);
}

async function ofSources(args: ProjectArguments, listener: Listener): Promise<Project> {
  const found = configAt(args.config);
  const read = await loadConfig(found ?? join(KIT_ROOT, "uktest.config.json"), (file) =>
    anyText(file, listener.stop),
  );
  const loaded = found === undefined ? read : { ...read, root: rootOf(found) };
  const image = configuredImage(loaded.config.images, loaded.root, args);
  if (image !== undefined) return ofConfigured(image, loaded.root, listener);
  refuseHardware(args.hardware);
  const folder = join(found === undefined ? resolve(".") : loaded.root, ".uktest");
  const extensions = await extensionsOf(loaded);
  const cells = await cellsOf(args, loaded.config, extensions.machines);
  const { machine } = cells[0].choice;
  // What an emulator needs may have to be set up first; one that is a thread of ours needs nothing.
  if (loaded.config.hooks === undefined || machine.loadAhead === undefined) listener.expect?.(machine);
  else machine.cool?.();
  const places = placesOf(folder, listener.log);
  const memoryLimits = memoryLimitsOf(loaded.config);
  const isMeasured = memoryLimits !== undefined;
  const benchLimits = benchLimitsOf(loaded.config);
  const builds: BuildTime[] = [];
  const tasks = await tasksOf(loaded, cells, places, { ...args, isMeasured }, { ...listener, builds });
  return {
    root: loaded.root,
    folder: places.now(),
    cells,
    extensions,
    tasks,
    builds,
    limits: limitsOf(loaded.config),
    ...(isMeasured && { memoryLimits }),
    ...(benchLimits !== undefined && { benchLimits }),
    ...coverageOf(args, loaded.config),
    ...(args.patterns.length === 0 &&
      args.filter === undefined && { idle: idleLimits(loaded.config, tasks) }),
    ...(loaded.config.hooks !== undefined && { hooks: loaded.config.hooks }),
  };
}

/** An image of the configuration, between the commands that it has there. */
async function ofConfigured(
  { name, path, args, hooks }: NamedImage,
  root: string,
  listener: Listener,
): Promise<Project> {
  const { begin, ...waiting } = listener;
  const isWaiting = hooks !== undefined || begin === undefined;
  const project = await ofImage(path, args, isWaiting ? waiting : { ...waiting, begin });
  const tasks = project.tasks.map((task) => ({ ...task, name }));
  const folder = join(root, ".uktest");
  return { ...project, tasks, named: name, root, folder, ...(hooks !== undefined && { hooks }) };
}

/** Where a project's files go: its own folder, or another one once that could not be written. */
interface Places {
  readonly own: string;
  readonly now: () => string;
  readonly instead: () => string;
}

function placesOf(own: string, log: (line: string) => void): Places {
  let now = own;
  const instead = (): string => {
    if (now === own) {
      now = folderInstead(own);
      log(`${own} cannot be written: ${now} takes its place (TMPDIR says below which folder)`);
    }
    return join(now, "build");
  };
  return { own, now: () => now, instead };
}

async function tasksOf(
  loaded: LoadedConfig,
  cells: Project["cells"],
  places: Places,
  args: ProjectArguments,
  listener: Listener & { readonly builds: BuildTime[] },
): Promise<readonly Task[]> {
  const { patterns } = args;
  const wanted = inCells(loaded, cells, patterns);
  // Outside of a project it would not be clear what is built.
  if (places.own !== join(loaded.root, ".uktest"))
    listener.log(
      "no uktest.config.json here or above: these are the suites of uktest itself (uktest init NAME begins yours)",
    );
  if (canWrite(places.own)) makeRunFolder(places.own);
  const tasks: Task[] = [];
  const plans: Plan[] = [];
  const unread: Task[] = [];
  const build = buildingOnce(loaded, places, args, listener);
  for (const { program, cell } of wanted) {
    const built = await build(program, cell);
    // What was not built by now is nobody's failure.
    if (listener.stop.aborted && built.kind === "failed") break;
    if (built.kind === "failed" && patterns.length > 0 && !patterns.includes(program.name)) {
      listener.log(`${program.name} does not build, so what it holds was not looked at`);
      unread.push({ name: program.name, cell, failure: built.failure });
      continue;
    }
    if (built.kind === "failed") {
      tasks.push({ name: program.name, cell, failure: built.failure });
      continue;
    }
    // With several programs the machine is waited for less than the compiler.
    // What its guest needs may have to be set up first.
    const isCertain = wanted.length === 1 && loaded.config.hooks === undefined;
    const task = taskOf(program.name, built.image, cell, args, isCertain ? listener.begin : undefined);
    plans.push(task.whole);
    if (isLeftOut(task, program.name, args)) continue;
    // What was built only to look into it is not worth a word.
    if (!built.isFresh) listener.log(builtWords(program.name, cell));
    tasks.push(task);
  }
  refuseEmpty(
    args.filter,
    tasks.flatMap((task) => ("plan" in task ? [task.plan] : [])),
  );
  // What was asked for may well be in what does not build.
  if (tasks.length === 0 && unread.length > 0) return unread;
  // What does not build may hold it.
  if (unread.length === 0 && !listener.stop.aborted) refuseUnused(args, plans, namesIn(loaded.config));
  return tasks;
}

/** A program by its name is run even when it has no case: the run says what is wrong with it. */
const isLeftOut = (
  { plan }: ImageTask,
  name: string,
  { patterns, filter }: Pick<ProjectArguments, "patterns" | "filter">,
): boolean =>
  countOf(plan) === 0 && (filter !== undefined || (patterns.length > 0 && !patterns.includes(name)));

/** Programs and images, by the names that a run takes. */
const namesIn = ({ suites, images = {} }: Config): readonly string[] => [
  ...Object.keys(suites),
  ...Object.keys(images),
];

/** A program in one of the cells that it runs in. */
interface Wanted {
  readonly program: Program;
  readonly cell: Cell;
}

/** The programs that the patterns may mean in all cells: those of one program come together. @throws UsageError */
function inCells(
  loaded: LoadedConfig,
  cells: Project["cells"],
  patterns: readonly string[],
): readonly Wanted[] {
  const names = wantedNames(loaded.config, patterns);
  const programs = new Map(
    cells.map(({ profile }) => [profile, mentioning(programsOf(loaded, profile, names), patterns)]),
  );
  return names.flatMap((name) =>
    cells.flatMap((cell) =>
      (programs.get(cell.profile) ?? [])
        .filter((program) => program.name === name)
        .map((program) => ({ program, cell })),
    ),
  );
}

const builtWords = (name: string, { choice, label }: Cell): string =>
  `built ${name} for ${choice.machine.architecture}${label === undefined ? "" : ` with the profile ${label}`}`;

/** Builds each program once for an architecture and a profile, whatever the number of machines, and notes the time. */
function buildingOnce(
  loaded: LoadedConfig,
  places: Places,
  args: ProjectArguments,
  listener: Listener & { readonly builds: BuildTime[] },
): (program: Program, cell: Cell) => ReturnType<typeof buildImage> {
  const known = new Map<string, Awaited<ReturnType<typeof buildImage>>>();
  return async (program, cell) => {
    const { architecture } = cell.choice.machine;
    const key = [program.name, architecture, cell.profile].join("\0");
    const before = known.get(key);
    if (before !== undefined) return before.kind === "failed" ? before : { ...before, isFresh: true };
    const sinceMs = stopwatch();
    const built = await buildOf(program, loaded, cell, places, args, listener);
    known.set(key, built);
    const outcome = built.kind === "failed" ? "failed" : built.isFresh ? "reused" : "built";
    const name = cell.label === undefined ? program.name : `${program.name} (${cell.label})`;
    listener.builds.push({ name, architecture, outcome, durationMs: sinceMs(), sinceMs });
    stage(() => `${name}: ${built.kind}${built.kind !== "failed" && built.isFresh ? ", as it was" : ""}`);
    return built;
  };
}

/** Builds a program, where it has to be. */
const buildOf = (
  program: Program,
  loaded: LoadedConfig,
  { choice: { machine }, profile }: Cell,
  places: Places,
  { compiler, build, isTraced, coverage }: ProjectArguments,
  { stop, building }: Listener,
): ReturnType<typeof buildImage> => {
  const isCounted = coverage !== undefined && coverage !== "object";
  const kinds = [profile, isTraced === true ? "trace" : "", isCounted ? "coverage" : ""];
  return buildImage(program, machine.architecture, {
    root: loaded.root,
    folder: join(places.own, "build"),
    compiler: compilerNamed(compiler),
    profile: kinds.filter((name) => name !== "").join("-"),
    isTraced,
    ...(isCounted && { counted: loaded.config.coverage?.libraries === true ? "all" : "own" }),
    stop,
    instead: places.instead,
    isGiven: !build,
    progress: (done, of) => {
      building?.(program.name, done, of);
    },
  });
};

/** A program that was built, as a task; `begin` hears of an image that will be booted as it is. */
function taskOf(
  name: string,
  path: string,
  cell: Cell,
  args: ProjectArguments,
  begin: Listener["begin"],
): ImageTask {
  const { patterns } = args;
  const { machine } = cell.choice;
  const image = {
    path,
    architecture: machine.architecture,
    isKit: true,
    words: wordsFor(args, true, machine),
  };
  const isNamed = patterns.length === 0 || patterns.includes(name);
  const isWhole = isNamed && args.filter === undefined;
  if (isWhole) begin?.(machine, image);
  const { plan, evidence } = readImage(path);
  return {
    ...{ name, cell, image, files: { image: path }, whole: plan, evidence },
    plan: partOf(plan, { ...args, patterns: isNamed ? [] : patterns }),
  };
}

/**
 * Of programs that were taken for their suites, those whose sources mention them: what `again` and --last-failed name
 * stands there, and no other program need be built to know that. A name that a macro makes is mentioned nowhere.
 */
function mentioning(programs: readonly Program[], patterns: readonly string[]): readonly Program[] {
  if (patterns.length === 0 || !patterns.every((pattern) => /^\w+\.\w+(?:\/[\w.+-]+)?$/.test(pattern)))
    return programs;
  const suites = [...new Set(patterns.map((pattern) => pattern.slice(0, pattern.indexOf("."))))];
  const textOf = ({ sources }: Program): string =>
    sources.map((path) => readFileSync(path, "latin1")).join("\n");
  const texts = programs.map((program) => ({ program, text: textOf(program) }));
  const isSomewhere = (suite: string): boolean => texts.some(({ text }) => text.includes(suite));
  if (!suites.every(isSomewhere)) return programs;
  return texts.flatMap(({ program, text }) =>
    suites.some((suite) => text.includes(suite)) ? [program] : [],
  );
}

/** The programs that have to be built to know what the patterns mean. */
function wantedNames({ suites }: Config, patterns: readonly string[]): readonly string[] {
  const names = Object.keys(suites);
  if (patterns.length === 0) return names.filter((name) => suites[name]?.onlyByName !== true);
  return patterns.every((pattern) => names.includes(pattern)) ? patterns : names;
}
