/** Looks at processes from outside: which descend from one, whether one lives, until something holds. */
import { type ChildProcess, execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The programs that descend from one, by their ids. */
export function childrenOf(pid: number): readonly number[] {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid=,stat="], { encoding: "utf8" }).trim().split("\n");
  return rows.flatMap((row) => {
    const [child, parent, state] = row.trim().split(/\s+/);
    return Number(parent) === pid && state?.startsWith("Z") !== true ? [Number(child)] : [];
  });
}

/** All programs below one: its children, theirs, and so on. */
export const below = (pid: number): readonly number[] =>
  childrenOf(pid).flatMap((child) => [child, ...below(child)]);

/** The name of a program; empty once it is gone. */
export function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/comm`, "utf8").trim();
  } catch {
    return "";
  }
}

/** Programs whose environment holds a text, which all children of a run inherit: their ids and their words. */
export const programsWith = (text: string): readonly string[] =>
  readdirSync("/proc").flatMap((pid) => {
    try {
      if (!/^\d+$/.test(pid) || !readFileSync(`/proc/${pid}/environ`, "latin1").includes(text)) return [];
      return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ")}`];
    } catch {
      return [];
    }
  });

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** What was killed and not yet reaped by whoever has inherited it is no program any more. */
export const isRunning = (pid: number): boolean => {
  try {
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${String(pid)}/status`, "utf8"));
  } catch {
    return false;
  }
};

/** Waits until something holds, for a minute at the most: hosts may be busy. */
export async function until(holds: () => boolean): Promise<boolean> {
  for (let left = 1200; left > 0; left -= 1) {
    if (holds()) return true;
    await sleep(50);
  }
  return holds();
}

/** What a run that was started with `--debug` says once its guest runs. */
const BEGUN = "the guest has begun to print";

/** The emulators of a run that was started with `--debug`, once its guest runs; none where they are threads. */
export async function emulatorsOf({ pid, stderr }: ChildProcess): Promise<readonly number[]> {
  let stages = "";
  stderr?.on("data", (chunk: Buffer | string) => (stages += String(chunk)));
  if (!(await until(() => stages.includes(BEGUN)))) throw new Error(`no guest runs:\n${stages}`);
  return childrenOf(pid ?? -1);
}

/** The only one. */
export async function emulatorOf(child: ChildProcess): Promise<number> {
  const [emulator] = await emulatorsOf(child);
  if (emulator === undefined) throw new Error("no emulator was started");
  return emulator;
}
