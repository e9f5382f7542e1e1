/**
 * Waits until every thread of another process sleeps. QEMU needs that (seen with 7.2): its main thread that loads a state while the
 * thread of the processor is still on its way to rest, after a breakpoint was set or removed, waits for that one for ever.
 */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A busy host may take its time; after that a process does what it does. */
const MOST_LOOKS = 5000;
const LOOK_MS = 1;
/** One that was seen between two steps looks the same. */
const LOOKS = 2;

/** Whether all do; undefined where this host does not say. Source: Linux, proc(5), /proc/[pid]/task/[tid]/stat. */
function sleeps(pid: number): boolean | undefined {
  const tasks = `/proc/${String(pid)}/task`;
  try {
    return readdirSync(tasks).every((task) =>
      /^S/.test(readFileSync(`${tasks}/${task}/stat`, "latin1").replace(/^.*\) /s, "")),
    );
  } catch {
    return undefined;
  }
}

/** Resolves when it does, or when that cannot be known. */
export async function asleep(pid: number): Promise<void> {
  let seen = 0;
  for (let left = MOST_LOOKS; left > 0 && seen < LOOKS; left -= 1) {
    const state = sleeps(pid);
    if (state === undefined) return;
    seen = state ? seen + 1 : 0;
    if (seen === 0) await sleep(LOOK_MS);
    else await new Promise((resolve) => setImmediate(resolve));
  }
}
