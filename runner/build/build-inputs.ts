/**
 * Which files a program is made from, as far as its last build tells, and which of them changed since somebody looked. It
 * builds nothing; for a program that was never built, or no more, every C file below the root counts.
 */
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { isAsNoted, isUnchanged, readStamp, stateOf } from "./stamp.js";

/** A program, and where its image is when there is one. */
export interface Made {
  readonly name: string;
  /** Files of its configuration; none where a glob matches nothing at the moment. */
  readonly sources: readonly string[];
  readonly image: string;
}

/** State of each file of a program at a moment. */
export type Picture = ReadonlyMap<string, string>;

/** More C files than these are not looked at: a folder like that is no project. */
const MOST_FILES = 20_000;

const isFolderOfOurs = (name: string): boolean => !name.startsWith(".") && name !== "node_modules";

/** A folder and all below it that may hold sources; no more than `MOST_FILES`. */
export function foldersBelow(root: string): readonly string[] {
  const found = [root];
  for (const folder of found) {
    if (found.length > MOST_FILES) break;
    for (const entry of entriesOf(folder))
      if (entry.isDirectory() && isFolderOfOurs(entry.name)) found.push(join(folder, entry.name));
  }
  return found;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Gone since it was found, or closed to us.
    return [];
  }
}

const sourcesBelow = (root: string): readonly string[] =>
  foldersBelow(root)
    .flatMap((folder) =>
      entriesOf(folder)
        .filter((entry) => entry.isFile() && /\.(?:[cSh]|inc|def)$/.test(entry.name))
        .map(({ name }) => join(folder, name)),
    )
    .slice(0, MOST_FILES);

/** All files that a program is made from, as they are now. */
export function pictureOf({ sources, image }: Made, root: string): Picture {
  const stamp = readStamp(image);
  // What a failed build has read is written nowhere.
  const isKnown = stamp !== undefined && isUnchanged(stamp);
  const files = [...Object.keys(stamp?.inputs ?? {}), ...sources, ...(isKnown ? [] : sourcesBelow(root))];
  return new Map(files.map((path) => [path, stateOf(path)]));
}

/**
 * The files that are not as they were, and sources that were not there. A build that went well since has told which
 * files there are to count.
 */
export function changedSince(picture: Picture, { sources, image }: Omit<Made, "name">): readonly string[] {
  const changed = new Set([
    ...[...picture].flatMap(([path, state]) => (stateOf(path) === state ? [] : [path])),
    ...sources.filter((path) => !picture.has(path)),
  ]);
  if (changed.size === 0) return [];
  const inputs = readStamp(image)?.inputs ?? {};
  const isCurrent = Object.entries(inputs).every(
    ([path, noted]) => changed.has(path) || isAsNoted(path, noted),
  );
  if (!isCurrent || Object.keys(inputs).length === 0) return [...changed];
  return [...changed].filter((path) => Object.hasOwn(inputs, path) || sources.includes(path));
}

/** The folders in which something has to happen for a picture to change. */
export const foldersOf = (picture: Picture): readonly string[] => [
  ...new Set([...picture.keys()].map((path) => dirname(path))),
];
