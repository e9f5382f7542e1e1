/** Reads the folders of a checkout into memory, as path to text. What is built or fetched is not part of it. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const TEXT = /\.(?:[cm]?[jt]sx?|json|c|h|S|s|inc)$/;

/** All source files below `folders` of `root`; a folder that is not there is empty. */
export function readTree(root: string, folders: readonly string[]): ReadonlyMap<string, string> {
  const tree = new Map<string, string>();
  const walk = (path: string): void => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) walk(below);
      else if (TEXT.test(entry.name)) tree.set(below, readFileSync(join(root, below), "utf8"));
    }
  };
  const there = new Set(readdirSync(root));
  for (const folder of folders.filter((name) => there.has(name))) walk(folder);
  return tree;
}
