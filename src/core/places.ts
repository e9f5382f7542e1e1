/**
 * Guest file names to places in the user's tree. Purely by the letters of the path: nothing is looked up on disk, so a
 * guest cannot find out what exists, and a hostile name can never point outside the root.
 */
import type { Place } from "./reporter.js";

export interface PlaceRules {
  /** Absolute path of the user's tree, without a slash at its end. */
  readonly root: string;
  /** Folders that the guest's build put in front of every file. */
  readonly stripPrefixes: readonly string[];
}

const CONTROL = /[\x00-\x1f\x7f]/;

/** Removes `.` and empty parts and resolves `..`; undefined when it climbs above its start. */
function normalize(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

/** The part of `path` below `folder`, or undefined. */
function below(path: string, folder: string): string | undefined {
  const prefix = `${folder.replace(/[\\/]+$/, "")}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** A path of Windows with slashes; the letter of its drive is the same in both cases. */
const slashed = (path: string): string =>
  path.replaceAll("\\", "/").replace(/^[a-z]:/, (drive) => drive.toUpperCase());

/** Places one file name of a guest. */
export function place(file: string, { root, stripPrefixes }: PlaceRules): Place {
  const windows = /^[A-Za-z]:[\\/]/.test(file);
  for (const folder of [...stripPrefixes, root]) {
    const rest = windows ? below(slashed(file), slashed(folder)) : below(file, folder);
    if (rest !== undefined) return inTree(rest, file);
  }
  if (file.startsWith("/") || windows || file.startsWith("<")) return { path: file, inTree: false };
  return inTree(file, file);
}

/** A relative path is annotated only if it names something below the root and nothing else. */
function inTree(relative: string, file: string): Place {
  const path = relative.startsWith("/") ? undefined : normalize(relative);
  if (path === undefined || path === "" || CONTROL.test(path) || path.includes("\\"))
    return { path: file, inTree: false };
  return { path, inTree: true };
}
