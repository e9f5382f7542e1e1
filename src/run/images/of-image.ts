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
import { describe, resolved } from "../image-files.js";
import { coverageOf } from "../project-limits.js";
import { partOf, refuseEmpty, refuseUnused } from "../select.js";
import type { Listener, Project, ProjectArguments } from "../task.js";
import { checkedHardware } from "./hardware.js";
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
  const choice = await chooseMachine(args.machine ?? "auto", wanted, extensions.machines);
  const isAll = args.patterns.length === 0 && args.filter === undefined;
  const part = isAll ? plan : partOf(plan, args);
  refuseUnused(args, [plan]);
  refuseEmpty(args.filter, [part]);
  const hardware = checkedHardware(args.hardware, { isKit, machine: choice.machine, root: resolve(".") });
  const image = {
    path,
    architecture: plan.architecture,
    isKit,
    words: wordsFor(args, isKit, choice.machine),
    ...(hardware !== undefined && { hardware }),
  };
  if (part === plan) listener.begin?.(choice.machine, image);
  return {
    root: resolve("."),
    folder: resolve(".uktest"),
    choice,
    extensions,
    tasks: [
      {
        name: path,
        image,
        files,
        ...(symbols !== undefined && { symbols }),
        whole: plan,
        plan: part,
        evidence,
      },
    ],
    limits: {},
    ...(hardware !== undefined && { openings: openings(hardware) }),
    ...coverageOf(args, loaded?.config),
  };
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
