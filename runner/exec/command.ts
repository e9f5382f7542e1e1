/**
 * A command that boots something and prints its console: kraft, xl, cloud-hypervisor, a script of a lab. Nothing is known of
 * its guest but that; it is stopped by its process group, gently first.
 */
import { spawn } from "node:child_process";
import { PassThrough } from "node:stream";
import { RigError, UsageError } from "../../src/core/errors.js";
import type { MachineEnd } from "../../src/core/fault.js";
import { withParentDeathSignal } from "../process/parent-death-signal.js";
import { endedAtExit } from "../process/at-exit.js";
import type { Architecture, Boot, BootImage, Machine } from "../machine.js";

/** The beginning of the name of every such machine. */
export const EXEC = "exec:";

/** What a command that is asked to end has for cleaning up. */
const GRACE_MS = 2000;
/** What a shell returns where it finds no program. */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

const running = endedAtExit<number>((group) => {
  signal(group, "SIGKILL");
});

function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name);
  } catch {
    // It is gone.
  }
}

export interface CommandSettings {
  /** What its guest is known to be, for the words of reports. */
  readonly architecture: Architecture;
  /** Where the command runs. */
  readonly root: string;
}

/** Where the image of a boot, if one was given, and its words are found by the command. */
const variables = ({ path, words }: BootImage): NodeJS.ProcessEnv => ({
  ...process.env,
  ...(path !== "" && { UKTEST_IMAGE: path }),
  ...(words.length > 0 && { UKTEST_APPEND: words.join(" ") }),
});

function start(command: string, root: string, image: BootImage): Boot {
  const [program, words] = withParentDeathSignal("TERM", "/bin/sh", ["-c", command]);
  const child = spawn(program, words, {
    cwd: root,
    env: variables(image),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const group = child.pid;
  if (group !== undefined) running.add(group);
  // A console may come on either: both are what the command prints.
  const output = new PassThrough();
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  let isStopped = false;
  let late: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (isStopped || group === undefined) return;
    isStopped = true;
    signal(group, "SIGTERM");
    late = setTimeout(() => {
      signal(group, "SIGKILL");
    }, GRACE_MS);
  };
  const end = new Promise<MachineEnd>((resolve, reject) => {
    child.once("error", (error) => {
      output.end();
      reject(new RigError(`the command could not be started: ${error.message}`));
    });
    child.once("exit", (code, by) => {
      // What it has left running holds its pipes, and prints no more of this boot.
      if (group !== undefined && !isStopped) signal(group, "SIGTERM");
      if (late === undefined && group !== undefined)
        late = setTimeout(() => {
          signal(group, "SIGKILL");
        }, GRACE_MS);
      late?.unref();
      if (code === NOT_FOUND || code === NOT_EXECUTABLE)
        reject(new RigError(`the command cannot be run: ${command}`, "its own words are in the console"));
      else resolve(endOf(code, by, isStopped));
    });
    child.once("close", () => {
      clearTimeout(late);
      if (group !== undefined) running.delete(group);
      output.end();
    });
  });
  end.catch(() => undefined);
  return {
    output,
    end,
    stop,
    inspect: () => Promise.resolve({ registers: [], read: () => Promise.resolve(undefined) }),
    waitedMs: () => 0,
    release: stop,
  };
}

/** A command that fails has not run its guest as it should. */
function endOf(code: number | null, by: string | null, isStopped: boolean): MachineEnd {
  if (isStopped) return { kind: "ended", how: "unknown", detail: "stopped" };
  if (code === 0) return { kind: "ended", how: "unknown", detail: "the command returned 0" };
  const detail =
    code === null ? `the command was killed by ${by ?? ""}` : `the command returned ${String(code)}`;
  return { kind: "ended", how: "crash", detail };
}

/**
 * The machine that a name of the command line means.
 * @param name `exec:COMMAND`, which a shell reads
 * @throws UsageError where it names no command
 */
export function commandOf(name: string, { architecture, root }: CommandSettings): Machine {
  const command = name.slice(EXEC.length).trim();
  if (command === "")
    throw new UsageError("--machine exec: names no command", "as in --machine 'exec:kraft run .'");
  return {
    name,
    summary: "a command that prints a console",
    architecture,
    bootsAny: true,
    isBoard: true,
    isReset: true,
    lack: () => undefined,
    boot: (image) => start(command, root, image),
  };
}
