/**
 * Remembers what a file was made from, so that only what changed is made again. It compares sizes and times of the
 * inputs; it reads none of them.
 */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { partOf, settled } from "../leftovers.js";

/** What a file was made from: the command and all files that were read. */
export interface Stamp {
  readonly key: string;
  /** Path and state of each input. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** Size and time of a file; empty for one that is not there. */
function stateOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${String(stats.size)}:${String(stats.mtimeMs)}`;
}

/** The state of all inputs now. */
export const stampOf = (key: string, inputs: Iterable<string>): Stamp => ({
  key,
  inputs: Object.fromEntries([...inputs].map((path) => [path, stateOf(path)])),
});

const pathOf = (made: string): string => `${made}.stamp`;

export function writeStamp(made: string, stamp: Stamp): void {
  writeWhole(pathOf(made), JSON.stringify(stamp));
}

/** The stamp of a file that is still what it would be if it were made now. */
export function freshStamp(made: string, key: string): Stamp | undefined {
  let stamp: Stamp;
  try {
    stamp = JSON.parse(readFileSync(pathOf(made), "utf8")) as Stamp;
  } catch {
    return undefined;
  }
  if (stamp.key !== key || stateOf(made) === "") return undefined;
  return Object.entries(stamp.inputs).every(([path, state]) => stateOf(path) === state) ? stamp : undefined;
}

/** Writes a file so that nobody ever sees half of it. */
export function writeWhole(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const part = partOf(path);
  writeFileSync(part, content);
  renameSync(part, path);
  settled(part);
}
