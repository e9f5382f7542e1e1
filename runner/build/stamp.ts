/**
 * Remembers what a file was made from, so that only what changed is made again. It compares sizes and times of the
 * inputs, and reads one only where just its time differs: a fresh checkout beside a build from a cache is still fresh.
 */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../files/make-folder.js";

/** What a file was made from: the command and all files that were read. */
export interface Stamp {
  readonly key: string;
  /** Path of each input, and its state: size, time and digest with colons between. */
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

/** Digests of what was read, by path and state: most headers belong to many objects. */
const digests = new Map<string, string>();

/** Digest of a file in this state; empty for one that cannot be read. */
function digestOf(path: string, state: string): string {
  const known = digests.get(`${state} ${path}`);
  if (known !== undefined) return known;
  let digest = "";
  try {
    digest = sumOf(readFileSync(path));
  } catch {
    return digest;
  }
  digests.set(`${state} ${path}`, digest);
  return digest;
}

/**
 * Two sums of 32 bits (FNV-1a from two beginnings). Nobody forges sources that he builds, and loading a library that knows
 * better sums takes longer than all else that is done before a guest is started.
 */
function sumOf(bytes: Uint8Array): string {
  let [one, two] = [0x811c9dc5, 0x050c5d1f];
  for (const byte of bytes) {
    one = Math.imul(one ^ byte, 0x01000193);
    two = Math.imul(two ^ byte ^ 0x55, 0x01000193);
  }
  return (one >>> 0).toString(16) + (two >>> 0).toString(16).padStart(8, "0");
}

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
      if (written >= sinceMs && written <= Date.now()) return [path, UNKNOWN];
      const state = stateOf(path);
      return [path, `${state}:${digestOf(path, state)}`];
    }),
  ),
});

/** What a note of an input has to say from now on: itself where nothing was touched; undefined where the input changed. */
function renewed(path: string, noted: string): string | undefined {
  const state = stateOf(path);
  // A file that was not there is one that still is not.
  if (noted.startsWith(`${state}:`)) return noted;
  const [size = "", , digest = ""] = noted.split(":");
  const isSame = digest !== "" && state.startsWith(`${size}:`) && digestOf(path, state) === digest;
  return isSame ? `${state}:${digest}` : undefined;
}

const pathOf = (made: string): string => `${made}.stamp`;

/**
 * Notes what a file was made from. In place: half of a note is none, since it is no JSON, and a file beside it would stay
 * behind where we are killed just then.
 */
export function writeStamp(made: string, stamp: Stamp): void {
  const path = pathOf(made);
  makeFolder(dirname(path));
  writeFileSync(path, JSON.stringify(stamp));
}

/** What a file was made from, the last time; undefined for one that was never made. */
export function readStamp(made: string): Stamp | undefined {
  try {
    return JSON.parse(readFileSync(pathOf(made), "utf8")) as Stamp;
  } catch {
    return undefined;
  }
}

/** True while an input is what a stamp noted of it. */
export const isAsNoted = (path: string, noted: string): boolean => renewed(path, noted) !== undefined;

/** True while no input has changed. */
export const isUnchanged = ({ inputs }: Stamp): boolean =>
  Object.entries(inputs).every(([path, noted]) => isAsNoted(path, noted));

/** The stamp of a file that is still what it would be if it were made now. */
export function freshStamp(made: string, key: string): Stamp | undefined {
  const stamp = readStamp(made);
  if (stamp === undefined || stamp.key !== key || stateOf(made) === "") return undefined;
  const inputs: Record<string, string> = {};
  for (const [path, noted] of Object.entries(stamp.inputs)) {
    const now = renewed(path, noted);
    if (now === undefined) return undefined;
    inputs[path] = now;
  }
  if (Object.entries(stamp.inputs).every(([path, noted]) => inputs[path] === noted)) return stamp;
  // From now on the times tell it again.
  const again = { key, inputs };
  writeStamp(made, again);
  return again;
}
