/** Looks at processes from outside: which descend from one, whether one lives, until something holds. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The programs that descend from one, by their ids. */
export function childrenOf(pid: number): readonly number[] {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid=,stat="], { encoding: "utf8" }).trim().split("\n");
  return rows.flatMap((row) => {
    const [child, parent, state] = row.trim().split(/\s+/);
    return Number(parent) === pid && state?.startsWith("Z") !== true ? [Number(child)] : [];
  });
}

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

/** The emulator that a run has started, once its guest had time to get somewhere. */
export async function emulatorOf(pid: number): Promise<number> {
  await until(() => childrenOf(pid).length > 0);
  await sleep(500);
  const [emulator] = childrenOf(pid);
  if (emulator === undefined) throw new Error("no emulator was started");
  return emulator;
}
