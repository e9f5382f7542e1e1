/** A project that is one image which is there already: its plan, its machine, its hardware. It builds nothing. */
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { anyText } from "../../../runner/files/any-text.js";
import type { Hardware } from "../../../runner/machine.js";
import { chooseMachine } from "../../../runner/machines.js";
import { openings } from "../../../runner/qemu/hardware.js";
import { configAt, loadConfig } from "../../config/load.js";
import { UsageError } from "../../core/errors.js";
import { extensionsOf, NO_EXTENSIONS } from "../extensions.js";
import { several } from "../cells.js";
import { describe, resolved } from "../image-files.js";
import { coverageOf } from "../project-limits.js";
import { partOf, refuseEmpty, refuseUnused } from "../select.js";
import type { ImageTask, Listener, Project, ProjectArguments } from "../task.js";
import { checkedHardware } from "./hardware.js";
import { withPorts } from "./ports.js";
import { wordsFor } from "./words.js";

/**
 * @param given path of the image, or of a folder in which it was built
 * @throws UsageError, RigError
 */
export async function ofImage(given: string, asked: ProjectArguments, listener: Listener): Promise<Project> {
  const { path, args } = await found(given, asked);
  if (!existsSync(path))
    throw new UsageError(`no such image: ${path}`, "give the file that the emulator loads");
  refuseSymbols(path);
  const files = resolved({ image: path, ...(args.symbols !== undefined && { symbols: args.symbols }) });
  const { plan, isKit, evidence, symbols } = describe(files);
  const config = configAt(args.config);
  const loaded =
    config === undefined ? undefined : await loadConfig(config, (file) => anyText(file, listener.stop));
  const extensions = loaded === undefined ? NO_EXTENSIONS : await extensionsOf(loaded);
  const wanted = { architecture: plan.architecture, isKit };
  // The matrix of a configuration is about what it builds.
  const names = args.machines ?? [args.machine ?? "auto"];
  const choices = await Promise.all(names.map((name) => chooseMachine(name, wanted, extensions.machines)));
  const cells = several(choices.map((choice) => ({ choice, profile: "" })));
  const isAll = args.patterns.length === 0 && args.filter === undefined;
  const part = isAll ? plan : partOf(plan, args);
  refuseUnused(args, [plan]);
  refuseEmpty(args.filter, [part]);
  const tasks: ImageTask[] = [];
  for (const cell of cells) {
    const { machine } = cell.choice;
    const checked = checkedHardware(args.hardware, { isKit, machine, root: resolve(".") });
    const { hardware, ports } = await withPorts(checked);
    tasks.push({
      ...{ name: path, cell, files, whole: plan, plan: part, evidence, ports },
      ...(symbols !== undefined && { symbols }),
      image: {
        ...{ path, architecture: plan.architecture, isKit },
        words: wordsFor(args, isKit, machine),
        ...(hardware !== undefined && { hardware }),
      },
    });
  }
  const [first, ...others] = tasks;
  if (part === plan && first !== undefined && others.length === 0)
    listener.begin?.(first.cell.choice.machine, first.image);
  return {
    root: resolve("."),
    folder: resolve(".uktest"),
    cells,
    extensions,
    tasks,
    limits: {},
    ...openingsOf(tasks),
    ...coverageOf(args, loaded?.config),
  };
}

/** What the guests have of the host, each once. */
function openingsOf(tasks: readonly ImageTask[]): Pick<Project, "openings"> {
  const all = [...new Set(tasks.flatMap(({ image }) => openings(image.hardware)))];
  return all.length === 0 ? {} : { openings: all };
}

/** The image in a folder, with what its Kraftfile says of its words and its initial RAM disk where nothing else does. */
async function found(
  given: string,
  args: ProjectArguments,
): Promise<{ readonly path: string; readonly args: ProjectArguments }> {
  if (statSync(given, { throwIfNoEntry: false })?.isDirectory() !== true) return { path: given, args };
  const { imageIn } = await import("./kraft.js");
  const { image, append, initrd } = imageIn(given);
  const hardware: Hardware = { ...(initrd !== undefined && { initrd: resolve(initrd) }), ...args.hardware };
  return {
    path: image,
    args: {
      ...args,
      ...(append !== undefined && args.append === undefined && { append }),
      ...(Object.keys(hardware).length > 0 && { hardware }),
    },
  };
}

/** Both files of a build look alike, and only one boots. */
function refuseSymbols(path: string): void {
  const image = path.replace(/\.dbg$/, "");
  if (image !== path && existsSync(image))
    throw new UsageError(`${path} holds the symbols of an image, and does not boot`, `give ${image}`);
}
