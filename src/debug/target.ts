/**
 * What is debugged: one image of the project, or the one that the user names, the part of its plan, and a machine whose
 * emulator has a stub. It builds what has to be built, and boots nothing.
 */
import { lastFailed } from "../../runner/files/last-failed.js";
import { leftOutOf } from "../../runner/files/left-out.js";
import type { Diagnostic } from "../../runner/build/compile.js";
import type { BootImage, Machine } from "../../runner/machine.js";
import { type Stub, waiting } from "./guest-stub.js";
import { chooseMachine } from "../../runner/machines.js";
import { RigError, UsageError } from "../core/errors.js";
import type { Tool } from "../core/events.js";
import type { Say } from "../core/say.js";
import { chainOf, imageOf } from "../run/boots/chain.js";
import type { ImageTask } from "../run/task.js";
import { openProject, runFolderOf } from "../run/project.js";
import { refuseSettings } from "../run/settings.js";
import type { Project, ProjectArguments } from "../run/task.js";

/** The profile that shows the values of variables: the compiler keeps them, which changes the image. */
const DEBUG_PROFILE = "debug";

/** The profile with the library that has the stub of a guest. */
const STUB_PROFILE = "debug-stub";

export interface TargetArguments extends ProjectArguments {
  /** The case is recorded, and its recording is debugged, backwards too. */
  readonly recordReplay: boolean;
  /** Absent: that of the machine; of a board, the only one there is. */
  readonly stub?: Stub;
}

export interface Target {
  readonly project: Project;
  readonly task: ImageTask;
  readonly machine: Machine;
  readonly stub: Stub;
  /** Init functions that a run has left out, since they stop the boot. */
  readonly without: readonly string[];
}

/** What a boot of it needs to know besides. */
export interface GuestOptions {
  readonly tool: Tool;
  readonly stop: AbortSignal;
  readonly say: Say;
  readonly memoryMiB?: number;
  /** Longest time of a case that has not gone wrong yet, in milliseconds. */
  readonly caseMs?: number;
}

/** The image of the target, with the cases that were asked for and no other. */
export function selected({ task, machine, stub, without }: Target): BootImage {
  const start = { source: machine.name, group: machine.name, plan: task.plan, deaths: 0, repeats: 0 };
  const { image } = imageOf(chainOf(task, start), { part: task.plan, without });
  return stub === "guest" ? waiting(image, machine) : image;
}

/** The patterns, or what was red the last time. */
function patternsOf(args: ProjectArguments, say: Say): readonly string[] {
  if (args.patterns.length > 0 || args.image !== undefined) return args.patterns;
  const [first, ...more] = lastFailed(runFolderOf(args));
  if (first === undefined)
    throw new UsageError("no case is named, and none was red the last time", "uktest debug SUITE.CASE");
  say(
    `debugging ${first}${more.length === 0 ? "" : `, the first of ${String(more.length + 1)}`} that was red the last time`,
  );
  return [first];
}

/** `default` is the word for the profile without a name, of which no one is needed elsewhere. */
export function profileOf({ profile, image, stub }: TargetArguments): string {
  if (profile === "" && image === undefined) return stub === "guest" ? STUB_PROFILE : DEBUG_PROFILE;
  return profile === "default" ? "" : profile;
}

/** More of what a compiler complains of is not repeated: one mistake has many consequences. */
const MOST_DIAGNOSTICS = 20;

/** As compilers write it, so that an editor finds the place. The linker's complaints have none. */
const complaintOf = ({ file, line, column, message }: Diagnostic): string =>
  [file, line, column, ` error: ${message}`].filter((part) => part !== undefined).join(":");

/** The machine itself, where it has a stub; else the emulator of QEMU for the same images. */
export async function withStub(machine: Machine, say: Say): Promise<Machine> {
  if (machine.hasStub === true) return machine;
  const other = (await chooseMachine(`qemu-${machine.architecture}`, undefined)).machine;
  say(`machine: ${other.name}, since ${machine.name} has nothing that a debugger could connect to`);
  return other;
}

/** The machine itself, where it can record. */
function thatRecords(machine: Machine): Machine {
  if (machine.canRecord === true) return machine;
  throw new UsageError(
    `--record-replay: ${machine.name} records nothing`,
    `a machine of QEMU does: -m qemu-${machine.architecture}`,
  );
}

/** @throws UsageError for a guest that could not hear its debugger, or whose recording has none */
function stubOf({ stub, recordReplay }: TargetArguments, chosen: Machine): Stub {
  const found = stub ?? (chosen.isBoard === true ? "guest" : "machine");
  if (found === "guest" && recordReplay)
    throw new UsageError("--record-replay needs the emulator's stub", "leave --stub out");
  if (found === "guest" && chosen.hasInput !== true)
    throw new UsageError(`guests of ${chosen.name} cannot be written to`, "leave --stub out");
  return found;
}

/**
 * Finds it.
 * @throws UsageError where several images are meant or none is; RigError where it does not build or cannot boot here
 */
export async function targetOf(args: TargetArguments, stop: AbortSignal, say: Say): Promise<Target> {
  const patterns = patternsOf(args, say);
  const profile = profileOf(args);
  const project = await openProject({ ...args, patterns, profile }, { log: say, stop });
  refuseSettings(project.tasks, args);
  const images: ImageTask[] = [];
  for (const task of project.tasks) {
    if ("failure" in task) {
      task.failure.diagnostics.slice(0, MOST_DIAGNOSTICS).map(complaintOf).forEach(say);
      throw new RigError(
        `${task.name} does not build: ${task.failure.diagnostics[0]?.message ?? ""}`,
        `uktest run ${task.name} --profile ${profile} shows all of it`,
      );
    }
    images.push(task);
  }
  const [task, ...others] = images;
  if (task === undefined) throw new RigError("interrupted before anything was built");
  if (others.length > 0)
    throw new UsageError(
      `${patterns.join(" ")} is in ${String(images.length)} images, and one is debugged at a time`,
      `name a suite or a case of one: ${images.map(({ name }) => name).join(", ")}`,
    );
  const { machine: chosen } = task.cell.choice;
  const stub = stubOf(args, chosen);
  const machine = args.recordReplay
    ? thatRecords(chosen)
    : stub === "guest"
      ? chosen
      : await withStub(chosen, say);
  const lack = machine.lack();
  if (lack !== undefined) throw new RigError(`${machine.name} cannot boot here: ${lack.what}`, lack.hint);
  const without = args.image === undefined ? [] : leftOutOf(runFolderOf(args), args.image);
  if (without.length > 0)
    say(`left out, as in the last run of this image: what stops its boot, at ${without.join(", ")}`);
  return { project, task, machine, stub, without };
}
