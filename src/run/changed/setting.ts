/** What coverage that was recorded has to have in common with a run, for its lines to mean anything. It reads no coverage. */
import { join } from "node:path";
import { KIT_ROOT } from "../../../runner/build/kit.js";
import { readStamp, stateOf } from "../../../runner/build/stamp.js";
import { compilerNamed, toolchainFor } from "../../../runner/build/toolchain.js";
import { mayWait } from "../../../runner/files/any-text.js";
import { digestOf, textNow } from "../../../runner/files/last-coverage.js";
import { configAt } from "../../config/load.js";
import type { Tool } from "../../core/events.js";
import type { RunArguments } from "../arguments.js";
import { machinesIn } from "../cells.js";
import type { ImageTask, Project } from "../task.js";

/** The configuration that a run reads; undefined for one that comes through a pipe. */
export function configFile({ config }: Pick<RunArguments, "config">): string | undefined {
  const path = configAt(config) ?? join(KIT_ROOT, "uktest.config.json");
  return mayWait(path) ? undefined : path;
}

/** By what a user calls it. */
export function settingOf(
  project: Project,
  args: RunArguments,
  tool: Tool,
): Readonly<Record<string, string>> {
  const machines = machinesIn(project);
  const compilers = new Set(
    machines.map(({ architecture }) => toolchainFor(architecture, compilerNamed(args.compiler)).compiler),
  );
  const config = configFile(args);
  return {
    "version of uktest": tool.version,
    machine: machines.map(({ name }) => name).join(" "),
    profile: [...new Set(project.cells.map(({ profile }) => profile))].join(" "),
    compiler: [...compilers].map((compiler) => `${compiler} ${stateOf(compiler)}`).join("\n"),
    tracepoints: String(args.isTraced === true),
    "command line of the guest": [
      ...new Set(imagesOf(project).map(({ image }) => image.words.join(" "))),
    ].join("\n"),
    configuration: config === undefined ? "" : digestOf(textNow(config)),
  };
}

/** The programs that were built. */
export const imagesOf = ({ tasks }: Project): readonly ImageTask[] =>
  tasks.flatMap((task) => ("image" in task ? [task] : []));

/** Files that a program was made from, and their states. */
export const inputsOf = ({ image }: ImageTask): Readonly<Record<string, string>> =>
  readStamp(image.path)?.inputs ?? {};
