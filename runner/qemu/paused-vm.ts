/**
 * Notices that an emulator does not run its guest any more although it is there: paused from inside, or stopped by a
 * signal from outside. Such a guest is not to blame for its silence. It ends nothing itself.
 */
import { readFileSync } from "node:fs";
import type { Qmp } from "./qmp.js";

export interface Pause {
  readonly what: string;
  readonly hint: string;
}

/** What QEMU says of itself where it waits for somebody. Source: QEMU, `qapi/run-state.json`, `RunState`. */
const STATES: Readonly<Record<string, Pause>> = {
  paused: { what: "was paused", hint: "somebody else speaks to its monitor, or it stopped for a debugger" },
  "internal-error": {
    what: "paused after an internal error",
    hint: "leave --accel out: TCG runs everywhere",
  },
  "io-error": { what: "paused after an error of a disk", hint: "check that its disk has room" },
};

/** So often is looked, and so often it has to be seen: who stops us with it, as Ctrl-Z does, lets both go on. */
const LOOK_MS = 30;
const LOOKS = 3;

/** True for a process that a signal has stopped. Source: Linux, proc(5), /proc/[pid]/stat. */
function isStopped(pid: number): boolean {
  try {
    return /^T/.test(readFileSync(`/proc/${String(pid)}/stat`, "latin1").replace(/^.*\) /s, ""));
  } catch {
    return false;
  }
}

export interface PauseWatch {
  /** From here on a pause is our own. */
  readonly expect: () => void;
  readonly end: () => void;
}

/** Calls back once, within 150 ms, when the emulator rests. */
export function watchPause(pid: number, qmp: Qmp, found: (pause: Pause) => void): PauseWatch {
  let isOver = false;
  let seen = 0;
  const timer = setInterval(() => {
    seen = isStopped(pid) ? seen + 1 : 0;
    if (seen === LOOKS)
      tell({
        what: "was stopped by a signal",
        hint: `kill -CONT lets a process go on; find out who stopped it`,
      });
  }, LOOK_MS);
  timer.unref();
  const end = (): void => {
    isOver = true;
    clearInterval(timer);
  };
  const tell = (pause: Pause): void => {
    if (isOver) return;
    end();
    found(pause);
  };
  qmp.on("STOP", () => {
    if (isOver) return;
    void qmp.ask("query-status").then((answer) => {
      // One that is about to end has stopped too, and gives no answer or another one.
      const pause = STATES[(answer as { readonly status?: string } | undefined)?.status ?? ""];
      if (pause !== undefined) tell(pause);
    });
  });
  return { expect: end, end };
}
