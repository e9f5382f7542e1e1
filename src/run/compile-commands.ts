/**
 * The commands that compile the programs of a project, as tools for C read them from compile_commands.json. Nothing is compiled.
 * Source: Clang documentation, "JSON Compilation Database Format Specification".
 */
import { join } from "node:path";
import { kitObjectsIn, objectsIn } from "../../runner/build/image.js";
import { KIT_ROOT } from "../../runner/build/kit.js";
import { programsOf } from "../../runner/build/program.js";
import { compilerNamed, toolchainFor } from "../../runner/build/toolchain.js";
import { unitsOf } from "../../runner/build/units.js";
import { anyText } from "../../runner/files/any-text.js";
import { chooseMachine } from "../../runner/machines.js";
import { configAt, loadConfig } from "../config/load.js";
import { UsageError } from "../core/errors.js";
import { extensionsOf } from "./extensions.js";
import { runFolderOf } from "./project.js";
import type { ProjectArguments } from "./task.js";

/** How one file is compiled. */
export interface CompileCommand {
  /** Where the compiler runs, absolute: the root of the project. */
  readonly directory: string;
  /** Relative to that. */
  readonly file: string;
  /** The compiler and its words. */
  readonly arguments: readonly string[];
  /** The object. */
  readonly output: string;
}

/**
 * The commands of the project, those of the kit's libraries included. A file that several programs compile has the command of
 * the first.
 * @throws UsageError, RigError
 */
export async function compileCommandsOf(args: ProjectArguments): Promise<readonly CompileCommand[]> {
  const { patterns, profile, machine } = args;
  const found = configAt(args.config);
  const loaded = await loadConfig(found ?? join(KIT_ROOT, "uktest.config.json"), (file) =>
    anyText(file, new AbortController().signal),
  );
  const names = Object.keys(loaded.config.suites);
  const unknown = patterns.find((one) => !names.includes(one));
  if (unknown !== undefined)
    throw new UsageError(`there is no suite folder "${unknown}"`, `there are: ${names.join(", ")}`);
  const { machines } = await extensionsOf(loaded);
  const choice = await chooseMachine(machine ?? loaded.config.machine ?? "auto", undefined, machines);
  const { architecture } = choice.machine;
  const compiler = compilerNamed(args.compiler);
  const { root } = loaded;
  const toolchain = toolchainFor(architecture, compiler);
  const folder = join(runFolderOf(args), "build");
  const objects = objectsIn(folder, architecture, compiler, profile);
  const kit = kitObjectsIn(folder, architecture, compiler);
  const wanted = programsOf(loaded, profile, patterns.length === 0 ? names : patterns);
  const all = wanted.flatMap((program) => unitsOf(program, { root, architecture, toolchain, objects, kit }));
  // clangd is for C and C++.
  const read = all.filter(({ emit }) => emit === undefined);
  const first = new Map([...read].reverse().map((unit) => [unit.source, unit]));
  return [...first.values()].reverse().map(({ source, object, compiler: own, arguments: words }) => ({
    ...{ directory: root, file: source, output: object },
    arguments: [own, ...words, "-c", source, "-o", object],
  }));
}
