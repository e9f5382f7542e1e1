/** An image of the configuration as the arguments of a run; what is typed overrules it. */
import { resolve } from "node:path";
import type { Hardware } from "../../../runner/machine.js";
import type { Hooks } from "../../config/hooks.js";
import type { ConfiguredImage } from "../../config/images.js";
import { UsageError } from "../../core/errors.js";
import type { ProjectArguments } from "../task.js";
import { withPath } from "./options.js";

/** An image of the configuration, as a run takes it. */
export interface NamedImage {
  readonly name: string;
  readonly path: string;
  readonly args: ProjectArguments;
  readonly hooks?: Hooks | undefined;
}

/**
 * The image that is meant, where one of the patterns names one.
 * @param root folder that its paths are relative to
 * @throws UsageError where other programs are named beside it
 */
export function configuredImage(
  images: Readonly<Record<string, ConfiguredImage>> | undefined,
  root: string,
  args: ProjectArguments,
): NamedImage | undefined {
  const [name, ...others] = args.patterns;
  const found = args.patterns.find((one) => images !== undefined && Object.hasOwn(images, one));
  const one = found === undefined ? undefined : images?.[found];
  if (found === undefined || one === undefined) return undefined;
  if (found !== name || others.some((other) => !other.includes(".")))
    throw new UsageError(
      `the image ${found} is run by itself`,
      `uktest run ${found} [suite.case…]; several images are several runs`,
    );
  const at = (path: string): string => resolve(root, path);
  const hardware = { ...hardwareOf(one, root), ...args.hardware };
  const append = args.append ?? one.append;
  const { symbols = one.symbols, machines } = args;
  const machine = args.machine ?? (machines === undefined ? one.machine : undefined);
  return {
    name: found,
    path: at(one.image),
    hooks: one.hooks,
    args: {
      ...args,
      patterns: others,
      ...(symbols !== undefined && { symbols: at(symbols) }),
      ...(machine !== undefined && { machine }),
      ...(append !== undefined && { append }),
      ...(Object.keys(hardware).length > 0 && { hardware }),
    },
  };
}

function hardwareOf(one: ConfiguredImage, root: string): Hardware {
  const { initrd, cpus, networks, drives, folders, devices, qemuArguments } = one;
  const at = (path: string): string => resolve(root, path);
  return {
    ...(initrd !== undefined && { initrd: at(initrd) }),
    ...(cpus !== undefined && { cpus }),
    ...(networks !== undefined && { networks }),
    ...(drives !== undefined && { drives: drives.map((one) => withPath(one, at)) }),
    ...(folders !== undefined && { folders: folders.map((one) => withPath(one, at)) }),
    ...(devices !== undefined && { devices }),
    ...(qemuArguments !== undefined && { words: qemuArguments }),
  };
}
