/**
 * `uktest run`: builds images, boots them, judges what they say while they say it; every report and the exit code out.
 */
import type { BuildFailure } from "../../runner/build/compile.js";
import { keepConsole } from "../../runner/kept.js";
import type { Boot } from "../../runner/machine.js";
import { DEFAULT_LIMITS, type Limits } from "../../runner/watch.js";
import { baseName } from "../core/assemble/boot.js";
import { casesOf } from "../core/counts.js";
import { RigError } from "../core/errors.js";
import type { Policy, RunEvent } from "../core/events.js";
import type { FaultRecord, MachineEnd } from "../core/fault.js";
import type { RunModel } from "../core/model.js";
import { isRed } from "../core/statuses.js";
import { accelerate, type Acceleration, type AccelerationWish } from "./accelerate.js";
import { bytesOf } from "./boot-bytes.js";
import { RunReader } from "./boot-reader.js";
import { openDestinations } from "./destinations.js";
import { dialectsFor } from "./dialects.js";
import type { LiveScreen } from "./live-screen.js";
import { deliver, incomplete, type Outcome } from "./outcome.js";
import { openProject, type Project, type ProjectArguments, type Task } from "./project.js";
import { countOf } from "./select.js";
import type { ColorChoice } from "./terminal.js";
import { TOOL } from "./tool.js";

export interface RunArguments extends ProjectArguments {
  readonly reporters: readonly string[];
  readonly ubsan: Policy["ubsan"];
  /** Absent: the root of the project. */
  readonly root?: string;
  readonly stripPrefixes: readonly string[];
  readonly color: ColorChoice;
  readonly memoryMiB?: number;
  readonly acceleration: AccelerationWish;
  readonly limits: Partial<Limits>;
  /** Keeps image and raw log, and says where. */
  readonly keep: boolean;
}

/** A line for the user beside the reports. */
export type Say = (line: string) => void;

/** Enough for the kit's own images, and for whole kernels. */
const MEMORY_MIB = { kit: 64, any: 256 };

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
  const project = await openProject(args, say);
  const { machine, because } = project.choice;
  if (because !== undefined) say(`machine: ${machine.name}, since ${because}`);
  const lack = machine.lack();
  if (lack !== undefined) {
    throw new RigError(`${machine.name} cannot boot here: ${lack.what}`, lack.hint);
  }
  const acceleration = await accelerate(args.acceleration, machine, project.folder, say);
  const inputs = project.tasks.flatMap((task) => ("image" in task ? [task.image.path] : []));
  const root = args.root ?? project.root;
  const destinations = await openDestinations({ ...args, root, inputs }, live);
  const events = eventsOf(project, acceleration, args, stop, say);
  const planned = project.tasks.reduce((sum, task) => sum + ("plan" in task ? countOf(task.plan) : 0), 0);
  const outcome = await deliver(destinations, live?.follow(events, planned) ?? events, stop);
  if (args.image === undefined) sayAgain(outcome.model, project, args, say);
  return outcome;
}

async function* eventsOf(
  project: Project,
  acceleration: Acceleration,
  args: RunArguments,
  stop: AbortSignal,
  say: Say,
): AsyncGenerator<readonly RunEvent[]> {
  const { tasks, choice } = project;
  const sources = tasks.map(({ name }) => `${name} on ${choice.machine.name}`);
  const reader = new RunReader({ tool: TOOL, sources, policy: { ubsan: args.ubsan } }, dialectsFor("auto"));
  for (const [index, task] of tasks.entries()) {
    if (stop.aborted) break;
    const source = sources[index] ?? task.name;
    if ("failure" in task) yield reader.failed(source, buildFault(task));
    else {
      try {
        yield* bootOne(reader, source, task, project, acceleration, args, stop, say);
      } catch (error) {
        yield [incomplete(`${source} could not be run to its end`)];
        yield reader.close();
        yield reader.finish();
        throw error;
      }
    }
  }
  if (stop.aborted) yield [incomplete(`interrupted by ${String(stop.reason)}`)];
  yield reader.finish();
}

async function* bootOne(
  reader: RunReader,
  source: string,
  { name, image, plan }: Extract<Task, { image: unknown }>,
  { choice, limits, folder }: Project,
  acceleration: Acceleration,
  args: RunArguments,
  stop: AbortSignal,
  say: Say,
): AsyncGenerator<readonly RunEvent[]> {
  const log = args.keep ? keepConsole(folder, source) : undefined;
  reader.open(source, plan);
  const memoryMiB = args.memoryMiB ?? (image.isKit ? MEMORY_MIB.kit : MEMORY_MIB.any);
  const start = (): Boot => choice.machine.boot(image, { memoryMiB, acceleration: acceleration.now });
  let end: MachineEnd | undefined;
  try {
    const bytes = bytesOf(start, acceleration, { ...DEFAULT_LIMITS, ...limits, ...args.limits }, stop);
    for (;;) {
      const next = await bytes.next();
      if (next.done === true) {
        end = next.value;
        break;
      }
      log?.write(next.value);
      yield reader.feed(next.value);
    }
  } finally {
    log?.close();
    if (log !== undefined) say(`kept: ${image.path} (image of ${name}), ${log.path} (its console)`);
  }
  yield reader.close(end);
}

const EXCERPT_LINES = 40;

/** What a compiler complained about, as the fault of a boot that never came to be. */
function buildFault({
  name,
  failure,
}: {
  readonly name: string;
  readonly failure: BuildFailure;
}): FaultRecord {
  const [first] = failure.diagnostics;
  const place = first?.file === undefined ? "" : `${first.file}:${String(first.line ?? 1)}: `;
  const lines = failure.output.split("\n").filter((line) => line.trim() !== "");
  return {
    kind: "build",
    title: `${name} does not build: ${place}${first?.message ?? "no reason was given"}`,
    ...(first?.file !== undefined && { file: first.file }),
    ...(first?.line !== undefined && { line: first.line }),
    registers: [],
    callTrace: [],
    excerpt: lines.slice(0, EXCERPT_LINES).map((text, index) => ({ line: index + 1, text })),
  };
}

const MOST_NAMED = 20;

/** The command that runs just the red cases again. */
function sayAgain(model: RunModel, { choice }: Project, args: RunArguments, say: Say): void {
  const red = model.suites.flatMap((suite) =>
    suite.cases.filter((one) => isRed(one.status)).map((one) => `${suite.name}.${baseName(one.name)}`),
  );
  const names = [...new Set(red)];
  if (names.length === 0 || casesOf(model).length === 0) return;
  const shown = names.length > MOST_NAMED ? args.patterns : names;
  const options = [
    ...(choice.because === undefined || args.machine !== undefined ? ["--machine", choice.machine.name] : []),
    ...(args.config === undefined ? [] : ["--config", args.config]),
    ...(args.profile === "" ? [] : ["--profile", args.profile]),
    ...(args.compiler === "gcc" ? [] : ["--cc", args.compiler]),
  ];
  say(`again: ${["uktest", "run", ...shown, ...options].join(" ")}`);
}
