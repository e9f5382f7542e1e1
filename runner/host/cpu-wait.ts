/**
 * How long threads of a process had to wait for a processor of this host: a loaded host is not a hanging guest.
 * Source: Linux, `Documentation/scheduler/sched-stats.rst`, "/proc/<pid>/schedstat".
 */
import { readdirSync, readFileSync } from "node:fs";

/** Milliseconds that a thread was ready to run and did not, from the text of its schedstat. */
export const waitedOf = (schedstat: string): number => Number(schedstat.split(" ")[1] ?? 0) / 1e6;

/** Milliseconds that the busiest thread of a program waited; 0 where this host does not tell. */
export function cpuWaitMs(pid: number): number {
  try {
    const tasks = `/proc/${String(pid)}/task`;
    const waits = readdirSync(tasks).map((task) =>
      waitedOf(readFileSync(`${tasks}/${task}/schedstat`, "utf8")),
    );
    return Math.max(0, ...waits.filter(Number.isFinite));
  } catch {
    return 0;
  }
}
