/**
 * Files that are only for a moment: each is gone when its process ends, and what a killed process left is removed by the
 * next one that wants the same name. It touches nothing but names of its own making.
 */
import { endedAtExit } from "../process/at-exit.js";
import { readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isAlive } from "../process/is-alive.js";
import { makeFolder } from "./make-folder.js";

const mine = endedAtExit(remove);

/** What cannot be removed, or was never there, is no failure of the process. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Its folder may be a file, or belong to somebody else.
  }
}

/** Removes what dead processes left beside a file, under names that begin with `before` and the id of the process. */
function sweep(folder: string, before: string): void {
  for (const name of namesIn(folder)) {
    if (!name.startsWith(before)) continue;
    const pid = /^(\d+)\.part/.exec(name.slice(before.length))?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) remove(join(folder, name));
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A name for what will take the place of a file once it is whole; `extra` names of the same beginning go with it. */
export function partOf(path: string, extra: readonly string[] = []): string {
  const before = `.${basename(path).slice(0, 200)}.`;
  sweep(dirname(path), before);
  const part = join(dirname(path), `${before}${String(process.pid)}.part`);
  for (const suffix of ["", ...extra]) mine.add(part + suffix);
  return part;
}

/** The part has become what it was for, or was removed. */
export function settled(part: string, extra: readonly string[] = []): void {
  for (const suffix of ["", ...extra]) mine.delete(part + suffix);
}

/** Writes a file so that nobody ever sees half of it. */
export function writeWhole(path: string, content: string): void {
  makeFolder(dirname(path));
  const part = partOf(path);
  writeFileSync(part, content);
  renameSync(part, path);
  settled(part);
}
