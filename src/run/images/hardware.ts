/**
 * The hardware that a run asks for its guests: from options and from the configuration, checked before anything boots. How
 * an emulator is given it is runner/qemu/hardware.ts's.
 */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Hardware, Machine } from "../../../runner/machine.js";
import { UsageError } from "../../core/errors.js";
import { firstOption, withPath } from "./options.js";

/** QEMU's microvm, which boots images of the kit, has no bus for any of it. */
const NO_BUS = "an image of the kit boots on the smallest machine there is";

/** Programs of a project are built by the kit. @throws UsageError */
export function refuseHardware(asked: Hardware | undefined, machine?: string): void {
  if (asked === undefined) return;
  if (machine !== undefined)
    throw new UsageError(
      `${machine} takes no ${firstOption(asked)}`,
      "what it boots has the hardware that it has",
    );
  throw new UsageError(`${firstOption(asked)} goes with --image`, NO_BUS);
}

/**
 * Checks what is asked for. Paths are made absolute, against `root`.
 * @throws UsageError for a file that is missing, and for hardware that the machine cannot have
 */
export function checkedHardware(
  asked: Hardware | undefined,
  { isKit, machine, root }: { readonly isKit: boolean; readonly machine: Machine; readonly root: string },
): Hardware | undefined {
  if (asked === undefined || Object.keys(asked).length === 0) return undefined;
  const first = firstOption(asked);
  if (isKit) throw new UsageError(`${first} goes with an image that the kit did not build`, NO_BUS);
  if (machine.takesHardware !== true)
    throw new UsageError(`${machine.name} cannot give its guest ${first}`, "QEMU's machines can");
  refuseStrangeFolders(asked.folders);
  const { initrd, drives, folders } = asked;
  return {
    ...asked,
    ...(initrd !== undefined && { initrd: fileAt(root, initrd, "--initrd") }),
    ...(drives !== undefined && {
      drives: drives.map((one) => withPath(one, (path) => fileAt(root, path, "--drive"))),
    }),
    ...(folders !== undefined && {
      folders: folders.map((one) => withPath(one, (path) => folderAt(root, path, "--9p"))),
    }),
  };
}

const FOLDER_OPTION = /^(?:tag=[\w.-]{1,31}|model=[\w-]{1,60}|writable)$/;

/** What stands after the folder of --9p is ours, so that QEMU would not complain. */
function refuseStrangeFolders(folders: readonly string[] = []): void {
  for (const one of folders) {
    const strange = one
      .split(",")
      .slice(1)
      .find((word) => !FOLDER_OPTION.test(word));
    if (strange !== undefined)
      throw new UsageError(
        `--9p ${one}: "${strange}" means nothing`,
        "it takes tag=NAME, model=DEVICE and writable",
      );
  }
}

type At = (root: string, path: string, option: string) => string;

const fileAt: At = (root, path, option) => {
  const whole = resolve(root, path);
  const found = statSync(whole, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`${option} ${path}: there is no such file`, whole);
  if (found.isDirectory()) throw new UsageError(`${option} ${path} is a folder`, "it takes a file");
  return whole;
};

const folderAt: At = (root, path, option) => {
  const whole = resolve(root, path);
  const found = statSync(whole, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`${option} ${path}: there is no such folder`, whole);
  if (!found.isDirectory()) throw new UsageError(`${option} ${path} is a file`, "it takes a folder");
  return whole;
};
