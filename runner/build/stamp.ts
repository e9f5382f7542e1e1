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
export function stateOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${String(stats.size)}:${String(stats.mtimeMs)}`;
}

/** The state of no file, ever. */
const UNKNOWN = "?";

/** File systems keep time with the clock of the kernel, which is this much late at the most. */
const CLOCK_STEP_MS = 10;

/** When a tool begins to read, for `stampOf`. */
export const readingFrom = (): number => Date.now() - CLOCK_STEP_MS;

/**
 * The state of all inputs now. Of one that was written after `sinceMs`, when a tool began to read, nobody knows which
 * state it was read in: it counts as changed.
 */
export const stampOf = (key: string, inputs: Iterable<string>, sinceMs: number): Stamp => ({
  key,
  inputs: Object.fromEntries(
    [...inputs].map((path) => {
      const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      // A date in the future says nothing about when that was.
      return [path, written >= sinceMs && written <= Date.now() ? UNKNOWN : stateOf(path)];
    }),
  ),
});

const pathOf = (made: string): string => `${made}.stamp`;

export function writeStamp(made: string, stamp: Stamp): void {
  writeWhole(pathOf(made), JSON.stringify(stamp));
}

/** What a file was made from, the last time; undefined for one that was never made. */
export function readStamp(made: string): Stamp | undefined {
  try {
    return JSON.parse(readFileSync(pathOf(made), "utf8")) as Stamp;
  } catch {
    return undefined;
  }
}

/** True while no input has changed. */
export const isUnchanged = ({ inputs }: Stamp): boolean =>
  Object.entries(inputs).every(([path, state]) => stateOf(path) === state);

/** The stamp of a file that is still what it would be if it were made now. */
export function freshStamp(made: string, key: string): Stamp | undefined {
  const stamp = readStamp(made);
  if (stamp === undefined || stamp.key !== key || stateOf(made) === "") return undefined;
  return isUnchanged(stamp) ? stamp : undefined;
}

/** Writes a file so that nobody ever sees half of it. */
export function writeWhole(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const part = partOf(path);
  writeFileSync(part, content);
  renameSync(part, path);
  settled(part);
}
