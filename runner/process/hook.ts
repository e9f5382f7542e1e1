/**
 * Runs one command of a project on the host, within a limit of time, its output in a file. What the command is for, and
 * what its failure means, is decided elsewhere.
 */
import { messageOf } from "../../src/core/reason.js";
import { spawn } from "node:child_process";
import { accessSync, closeSync, constants, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { delimiter, dirname, resolve } from "node:path";
import { makeFolder } from "../files/make-folder.js";
import { findProgram } from "./parent-death-signal.js";
import { readyReaper } from "./process-group-reaper.js";
import { after } from "../host/clock.js";

export interface HookOrder {
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
  /** Folder that it runs in, absolute. */
  readonly cwd: string;
  /** Added to the environment of uktest. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** File for what it prints, absolute; what is there is kept, and this comes after it. */
  readonly log: string;
  /** Ends it early; absent for what has to come to its end. */
  readonly stop?: AbortSignal | undefined;
}

export type HookEnd =
  | { readonly kind: "done" }
  /** Stopped by `stop`. */
  | { readonly kind: "stopped" }
  /** `what` follows the name of the command: `ended with 1`. */
  | { readonly kind: "failed"; readonly what: string };

/**
 * Names its own group to the guard, and becomes the command: were it named once it runs, a SIGKILL of ours in between would
 * leave it.
 */
const NAME_GROUP = 'echo "group $$" >&3; exec 3>&-; exec "$0" "$@"';

/** Why a program cannot be started, before a shell says it in its own words; undefined where it can. */
function lackOf(program: string, cwd: string, path: string): string | undefined {
  const candidates = program.includes("/")
    ? [resolve(cwd, program)]
    : path.split(delimiter).map((folder) => resolve(cwd, folder, program));
  const there = candidates.filter((one) => statSync(one, { throwIfNoEntry: false })?.isFile() === true);
  if (there.length === 0) return "cannot be started: there is no such program";
  const isExecutable = there.some((one) => {
    try {
      accessSync(one, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  return isExecutable ? undefined : "cannot be started: it is not executable";
}

/** A command that is asked to end has so much time to clean up. */
const GRACE_MS = 2000;

/**
 * Runs the command to its end. It never throws: what goes wrong is in the result.
 *
 * The command leads a process group of its own. So Ctrl-C of a terminal does not end a tear-down, and a limit ends all
 * that the command has started, as our own death does, SIGKILL included. What has made itself a group of its own (a
 * daemon, a container) is out of reach, and no tear-down comes after SIGKILL. A command that succeeds may leave a service
 * behind: it writes to a file, so that nobody waits for its output to be closed.
 */
export async function runHook({ command, cwd, env, timeoutMs, log, stop }: HookOrder): Promise<HookEnd> {
  const [program = "", ...words] = command;
  if (stop?.aborted === true) return { kind: "stopped" };
  let file: number;
  try {
    makeFolder(dirname(log));
    file = openSync(log, "a");
  } catch (error) {
    return { kind: "failed", what: `has no place for its output: ${wordsOf(error)}` };
  }
  try {
    const guard = readyReaper();
    const whole = { ...process.env, ...env };
    const lack = lackOf(program, cwd, whole["PATH"] ?? "");
    if (lack !== undefined) return { kind: "failed", what: lack };
    const isNamed = guard.words !== "ignore" && findProgram("sh") !== undefined;
    const [first, all] = isNamed ? ["sh", ["-c", NAME_GROUP, program, ...words]] : [program, words];
    const child = spawn(first, all, {
      cwd,
      env: whole,
      stdio: ["ignore", file, file, ...(isNamed ? [guard.words] : [])],
      detached: true,
    });
    const { pid } = child;
    if (pid !== undefined && !isNamed) guard.begin(pid);
    const ended = new Promise<HookEnd>((resolve) => {
      child.once("error", (error) => {
        resolve({ kind: "failed", what: cannotStart(error) });
      });
      child.once("exit", (code, signal) => {
        if (code === 0) resolve({ kind: "done" });
        else
          resolve({
            kind: "failed",
            what: code === null ? `was ended by ${String(signal)}` : `ended with ${String(code)}`,
          });
      });
    });
    try {
      return await within(pid, ended, timeoutMs, stop);
    } finally {
      if (pid !== undefined) guard.end(pid);
    }
  } finally {
    closeSync(file);
  }
}

/** Waits for the end of a command, and brings it about when its time is over. */
async function within(
  pid: number | undefined,
  ended: Promise<HookEnd>,
  timeoutMs: number,
  stop: AbortSignal | undefined,
): Promise<HookEnd> {
  if (pid === undefined) return ended;
  let why: HookEnd | undefined;
  let kill: (() => void) | undefined;
  const leave = (reason: HookEnd): void => {
    if (why !== undefined) return;
    why = reason;
    signalGroup(pid, "SIGTERM");
    kill = after(GRACE_MS, () => {
      signalGroup(pid, "SIGKILL");
    });
  };
  const halt = (): void => {
    leave({ kind: "stopped" });
  };
  // A second Ctrl-C ends uktest at once; no child may go on without a parent that waits for it.
  const last = (): void => {
    signalGroup(pid, "SIGKILL");
  };
  const cancel = after(timeoutMs, () => {
    leave({ kind: "failed", what: `was stopped after ${String(timeoutMs / 1000)} s, its limit` });
  });
  stop?.addEventListener("abort", halt);
  process.once("exit", last);
  try {
    const end = await ended;
    if (why !== undefined || end.kind === "failed") signalGroup(pid, "SIGKILL");
    return why ?? end;
  } finally {
    cancel();
    kill?.();
    stop?.removeEventListener("abort", halt);
    process.off("exit", last);
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // All of it is gone.
  }
}

const wordsOf = (error: unknown): string => messageOf(error);

function cannotStart(error: Error): string {
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "cannot be started: there is no such program";
  if (code === "EACCES") return "cannot be started: it is not executable";
  return `cannot be started: ${error.message}`;
}

/** The last lines of a command's output. */
export function lastLinesOf(log: string, most: number): readonly string[] {
  try {
    const lines = readFileSync(log, "utf8").split(/\r?\n/);
    return lines.filter((line) => line.trim() !== "").slice(-most);
  } catch {
    return [];
  }
}

/** Removes the output of a command, and does not mind where that cannot be done. */
export function dropOutput(log: string): void {
  rmSync(log, { force: true });
}
