/**
 * The debugger: finds a gdb that knows the guest's processor, and starts it on the terminal of this process. What it is
 * asked to do is in src/debug.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { RigError } from "../../src/core/errors.js";
import { endedAtExit } from "../process/at-exit.js";
import { stage } from "../host/stages.js";
import { shellWord } from "../../src/text/shell-word.js";
import type { Architecture } from "../machine.js";
import { NATIVE } from "../host/native.js";
import { findProgram, withParentDeathSignal } from "../process/parent-death-signal.js";

/** Prefix of the tools for an architecture, and gdb's own name for it. */
const NAMES: Readonly<Record<Architecture, { readonly triple: string; readonly gdb: string }>> = {
  x86_64: { triple: "x86_64-linux-gnu", gdb: "i386:x86-64" },
  i386: { triple: "i686-linux-gnu", gdb: "i386" },
  arm64: { triple: "aarch64-linux-gnu", gdb: "aarch64" },
};

/** A gdb starts in a tenth of a second; one that asks for something on its way is none for us. */
const ASK_MS = 20_000;

/** Environment variable that names another gdb. */
const OWN = "UKTEST_GDB";

/**
 * Finds a gdb that knows an architecture: the one of `UKTEST_GDB`, that of the cross tools, `gdb-multiarch`, `gdb`.
 * @returns its absolute path, or the name as `UKTEST_GDB` has it
 * @throws RigError that says what to install
 */
export async function findGdb(architecture: Architecture): Promise<string> {
  const own = process.env[OWN];
  if (own !== undefined && own !== "") return knowing(own, architecture, "leave UKTEST_GDB out");
  const { triple } = NAMES[architecture];
  for (const name of [`${triple}-gdb`, "gdb-multiarch"]) {
    const path = findProgram(name);
    if (path !== undefined) return path;
  }
  const hint = "apt-get install gdb-multiarch";
  const plain = findProgram("gdb");
  if (plain === undefined) throw new RigError("gdb is not installed", hint);
  // The gdb of a host knows the host's processor; on a PC that is both of them.
  const isNative = architecture === NATIVE || (architecture === "i386" && NATIVE === "x86_64");
  return isNative ? plain : knowing(plain, architecture, hint);
}

/** A gdb, if it knows an architecture. */
function knowing(program: string, architecture: Architecture, hint: string): Promise<string> {
  const name = NAMES[architecture].gdb;
  const args = ["-nx", "-batch", "-ex", `set architecture ${name}`];
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: ASK_MS, killSignal: "SIGKILL" }, (error, stdout, stderr) => {
      const said = `${stdout}${stderr}`;
      if (error === null && said.includes(`set to "${name}"`)) return resolve(program);
      const why = error !== null && "code" in error && error.code === "ENOENT" ? "is not there" : undefined;
      reject(new RigError(`${program} ${why ?? `does not know the architecture ${name}`}`, hint));
    });
  });
}

/** Debuggers that run: none outlives this process. */
const running = endedAtExit<ChildProcess>((child) => {
  child.kill("SIGTERM");
});

export interface Debugger {
  /** Its exit code, 1 where a signal ended it. Rejects where it could not be started. */
  readonly end: Promise<number>;
  /** Ends it; it gives the terminal back. */
  readonly stop: () => void;
}

/** Starts a gdb on the terminal of this process. */
export function startGdb(program: string, args: readonly string[]): Debugger {
  // A death of ours is a hang-up for it: it ends, and leaves the terminal as it was.
  const [first, words] = withParentDeathSignal("TERM", program, args);
  stage(() => [first, ...words].map(shellWord).join(" "));
  const child = spawn(first, words, { stdio: "inherit" });
  running.add(child);
  const end = new Promise<number>((resolve, reject) => {
    child.on("error", (error) => {
      running.delete(child);
      reject(new RigError(`${program} could not be started: ${error.message}`));
    });
    child.on("close", (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
  end.catch(() => undefined);
  return {
    end,
    stop: () => {
      child.kill("SIGTERM");
    },
  };
}
