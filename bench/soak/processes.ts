/**
 * Finds the processes that a run has started, however far they are from it: all of them inherit a mark in their
 * environment. Source: Linux, proc(5), /proc/[pid]/environ.
 */
import { readdirSync, readFileSync } from "node:fs";

/** Name of the variable that carries the mark. */
export const MARK = "UKTEST_SOAK_MARK";

export interface Marked {
  readonly pid: number;
  readonly name: string;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    // It is gone, or nobody's business.
    return "";
  }
}

/** The processes that carry a mark and still run. */
export const marked = (mark: string): readonly Marked[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) =>
      textOf(`/proc/${pid}/environ`).split("\0").includes(`${MARK}=${mark}`)
        ? [{ pid: Number(pid), name: textOf(`/proc/${pid}/comm`).trim() }]
        : [],
    );

export const emulators = (mark: string): readonly number[] =>
  marked(mark).flatMap(({ pid, name }) => (name.startsWith("qemu") ? [pid] : []));
