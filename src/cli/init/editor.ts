/**
 * The files by which an editor debugs any case of a project, and knows how its sources are compiled. It adds to what is there,
 * changes nothing else, and writes nothing where one file cannot be added to.
 */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { imageIn, objectsIn } from "../../../runner/build/image.js";
import { KIT_ROOT } from "../../../runner/build/kit.js";
import { toolchainFor } from "../../../runner/build/toolchain.js";
import { findGdb } from "../../../runner/debug/gdb.js";
import { lastFailed } from "../../../runner/files/last-failed.js";
import { inTheWay, writeNew } from "../../../runner/files/new-files.js";
import { writeWhole } from "../../../runner/files/temporary-files.js";
import { chooseMachine } from "../../../runner/machines.js";
import type { Architecture } from "../../../runner/machine.js";
import { loadConfig, type LoadedConfig } from "../../config/load.js";
import { RigError } from "../../core/errors.js";
import { reasonOf } from "../../core/reason.js";
import { projectConfigurations, projectTasks } from "../../debug/launch.js";
import { KIT_STOPS } from "../../debug/stops.js";
import { withStub } from "../../debug/target.js";
import { asTyped } from "../../delivery/invocation.js";
import { compileCommandsOf } from "../../run/compile-commands.js";
import { extensionsOf } from "../../run/extensions.js";
import { runFolderOf } from "../../run/project.js";
import { type Entry, withEntries } from "./jsonc.js";

/** That of gdb's own examples. */
const PORT = 1234;

/** The profile that `uktest debug` builds with. */
const PROFILE = "debug";
const COMPILER = "gcc";

/** What debugging needs on this host. */
export interface Tools {
  readonly architecture: Architecture;
  /** Path of the gdb. */
  readonly gdb: string;
}

/**
 * Finds what a project is debugged with.
 * @param loaded its configuration; undefined before there is one
 * @throws UsageError, RigError that says what to install
 */
export async function toolsFor(loaded: LoadedConfig | undefined): Promise<Tools> {
  const own = loaded === undefined ? [] : (await extensionsOf(loaded)).machines;
  const choice = await chooseMachine(loaded?.config.machine ?? "auto", undefined, own);
  const { architecture } = await withStub(choice.machine, () => undefined);
  toolchainFor(architecture, COMPILER);
  return { architecture, gdb: await findGdb(architecture) };
}

/** A file that is written: `before` is undefined where there is none. */
interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
}

function textAt(path: string): string | undefined {
  if (inTheWay([{ path, content: "" }]).length === 0) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new RigError(
      `${path} cannot be read: ${reasonOf(error)}`,
      "mend it, or remove it: nothing was written",
    );
  }
}

function changeOf(path: string, version: string, entries: readonly Entry[]): Change {
  const before = textAt(path);
  return { path, before, after: withEntries(path, before, entries, version) };
}

/** The commands of another build are left alone: what uktest builds is below its own folder. */
const isOurs = (text: string): boolean => /"output": ".*\/\.uktest\/build\//.test(text);

async function commandsChange(config: string, root: string): Promise<Change> {
  const path = join(root, "compile_commands.json");
  const before = textAt(path);
  if (before !== undefined && !isOurs(before)) return { path, before, after: before };
  const args = { patterns: [], config, profile: "", compiler: COMPILER, build: true };
  return { path, before, after: `${JSON.stringify(await compileCommandsOf(args), null, 2)}\n` };
}

/** New ones first, which appear all or not at all. */
function write(changes: readonly Change[]): void {
  writeNew(
    changes.flatMap(({ path, before, after }) => (before === undefined ? [{ path, content: after }] : [])),
  );
  for (const { path, before, after } of changes)
    if (before !== undefined && before !== after)
      writeWhole(existsSync(path) ? realpathSync(path) : path, after);
}

/**
 * Writes them for a project.
 * @param config path of its configuration
 * @returns a line for each file, for the user
 * @throws UsageError, RigError: then nothing was written
 */
export async function writeEditorFiles(
  config: string,
  shown: (path: string) => string,
): Promise<readonly string[]> {
  const loaded = await loadConfig(config);
  const { root } = loaded;
  const { architecture, gdb } = await toolsFor(loaded);
  const objects = objectsIn(".uktest/build", architecture, COMPILER, PROFILE);
  const order = {
    ...{ port: PORT, gdb, uktest: asTyped("uktest", process.env), stops: KIT_STOPS },
    sources: [KIT_ROOT, "${workspaceFolder}"],
    images: Object.keys(loaded.config.suites).map((name) => ({
      name,
      program: `\${workspaceFolder}/${imageIn(objects, name)}`,
    })),
    last: lastFailed(runFolderOf({ config }))[0] ?? "",
  };
  const { tasks, inputs } = projectTasks(order);
  const folder = join(root, ".vscode");
  const changes = [
    changeOf(
      join(folder, "launch.json"),
      "0.2.0",
      projectConfigurations(order).map((value) => ({ list: "configurations", key: "name", value })),
    ),
    changeOf(join(folder, "tasks.json"), "2.0.0", [
      ...tasks.map((value) => ({ list: "tasks", key: "label", value })),
      ...inputs.map((value) => ({
        ...{ list: "inputs", key: "id", value },
        // Nothing was red: what was offered before is as good.
        renewed: order.last === "" ? [] : ["default"],
      })),
    ]),
    await commandsChange(config, root),
  ];
  write(changes);
  return changes.map(({ path, before, after }) => {
    const what = before === undefined ? "wrote" : before === after ? "left as it is:" : "added to";
    return `${what} ${shown(path)}\n`;
  });
}
