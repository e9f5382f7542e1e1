/**
 * Remembers what a file was made from, so that only what changed is made again. It compares sizes and times of the
 * inputs, and reads one only where just its time differs: a fresh checkout beside a build from a cache is still fresh.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** What a file was made from: the command and all files that were read. */
export interface Stamp {
  readonly key: string;
  /** Path of each input, and its state: size, time and digest with colons between. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** Size and time of a file; empty for one that is not there. */
function stateOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${String(stats.size)}:${String(stats.mtimeMs)}`;
}

/** Digests of what was read, by path and state: most headers belong to many objects. */
const digests = new Map<string, string>();

/** Digest of a file in this state; empty for one that cannot be read. */
function digestOf(path: string, state: string): string {
  const known = digests.get(`${state} ${path}`);
  if (known !== undefined) return known;
  let digest = "";
  try {
    digest = createHash("sha256").update(readFileSync(path)).digest("base64url");
  } catch {
    return digest;
  }
  digests.set(`${state} ${path}`, digest);
  return digest;
}

/** The state of all inputs now. */
export const stampOf = (key: string, inputs: Iterable<string>): Stamp => ({
  key,
  inputs: Object.fromEntries(
    [...inputs].map((path) => {
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

/** Writes a file so that nobody ever sees half of it. */
export function writeWhole(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${String(process.pid)}.part`;
  writeFileSync(part, content);
  renameSync(part, path);
}
