/**
 * Runs this program once more in a process of its own, and ends it with all that it has started. What it does, and what
 * its exit code means, whoever asks knows.
 */
import { endedAtExit } from "./at-exit.js";
import { type ChildProcess, spawn } from "node:child_process";
import { RigError } from "../../src/core/errors.js";
import { withParentDeathSignal } from "./parent-death-signal.js";

export interface Respawned {
  /** The exit code; the one of a shell where a signal ended it. */
  readonly end: Promise<number>;
  /** Asks it to end, and makes it end soon. */
  stop(): void;
}

/** Time in which a run that was asked to end puts its things away. */
const GRACE_MS = 2000;

const groups = endedAtExit<ChildProcess>((child) => {
  signal(child, "SIGKILL");
});

/** Sends a signal to the process and to the compilers and emulators that it has started. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // Gone by itself.
  }
}

/** Starts this program with other words; it writes where we write. */
export function respawn(script: string, words: readonly string[]): Respawned {
  const [program, args] = withParentDeathSignal("KILL", process.execPath, [
    ...process.execArgv,
    script,
    ...words,
  ]);
  // A group of its own: what it starts can be ended with it, and Ctrl-C reaches it once, from us.
  const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"], detached: true });
  groups.add(child);
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<number>((resolve, reject) => {
    child.on("error", (error) => {
      groups.delete(child);
      reject(new RigError(`the run could not be started: ${error.message}`));
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      // A compiler may still be there, when the run had no time to wait for it.
      signal(child, "SIGKILL");
      groups.delete(child);
      resolve(code ?? 128);
    });
  });
  return {
    end,
    stop: () => {
      if (timer !== undefined) return;
      signal(child, "SIGINT");
      timer = setTimeout(() => {
        signal(child, "SIGKILL");
      }, GRACE_MS);
    },
  };
}
