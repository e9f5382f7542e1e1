/**
 * Runs the compiled command as a user would: a process of its own, a folder of its own, no colours from outside, and
 * never longer than ten minutes.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ExecutionContext, registerCompletionHandler } from "ava";
import { below } from "../runner/processes.js";

export const MAIN = fileURLToPath(new URL("../../bin/uktest/uktest.cjs", import.meta.url));
export const LOGS = fileURLToPath(new URL("../../../tests/fixtures/serial/", import.meta.url));
const LIMIT_MS = 600_000;

export interface Said {
  /** Exit code, or the name of the signal that killed it. */
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Settings {
  readonly cwd?: string;
  /** What comes on standard input; nothing by default. Null leaves it open, for the test to write. */
  readonly input?: string | Uint8Array | null;
  readonly env?: Readonly<Record<string, string>>;
}

const FOREIGN = [
  "NO_COLOR",
  "FORCE_COLOR",
  "GITHUB_ACTIONS",
  "GITHUB_STEP_SUMMARY",
  "GITHUB_WORKSPACE",
  "CI_PROJECT_DIR",
  "GITLAB_CI",
  "BUILDKITE",
  "npm_command",
  "NODE_EXTRA_CA_CERTS",
  "LC_ALL",
  "LC_CTYPE",
  "LANG",
];

function environment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const env = Object.entries(process.env).filter(([name]) => !FOREIGN.includes(name));
  return { ...Object.fromEntries(env), ...more };
}

export interface Running {
  readonly child: ChildProcess;
  /** Resolves when the process has ended. */
  readonly end: Promise<Said>;
  /** Resolves when stdout holds `text`. */
  seen(text: string): Promise<void>;
  /** Resolves when stderr holds `text`. */
  told(text: string): Promise<void>;
}

/** Kills a program and all that it has started, since a pipe stays open as long as one of them has it. Names them. */
function killTree(root: number): string {
  const pids = [root, ...below(root)];
  const named = execFileSync("ps", ["-o", "pid,ppid,stat,wchan:20,args", "-p", pids.join(",")], {
    encoding: "utf8",
  });
  for (const pid of pids)
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  return named;
}

/** A test that fails half-way leaves its programs to run, and their pipes keep the process of its file from ending. */
const living = new Set<ChildProcess>();
registerCompletionHandler(() => {
  for (const { pid } of living) if (pid !== undefined) killTree(pid);
});

/** Starts a program. One that has not ended at the time limit is killed, and its end rejects. */
export function startProgram(program: string, args: readonly string[], settings: Settings = {}): Running {
  const { cwd = tmpdir(), input = "", env = {} } = settings;
  const child = spawn(program, args, { cwd, env: environment(env), stdio: "pipe" });
  living.add(child);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  let waiting: (() => void) | undefined;
  child.stdout.on("data", (chunk: Buffer) => {
    out.push(chunk);
    waiting?.();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err.push(chunk);
    waiting?.();
  });
  // A program that needs no more of its input closes it; that is its right.
  child.stdin.on("error", () => undefined);
  if (input !== null) child.stdin.end(input);
  const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString("utf8");
  const end = new Promise<Said>((resolve, reject) => {
    const timer = setTimeout(() => {
      const programs = killTree(child.pid ?? -1);
      reject(new Error(`not ended in time:\n${programs}\nstdout:\n${text(out)}\nstderr:\n${text(err)}`));
    }, LIMIT_MS);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      living.delete(child);
      resolve({ code: code ?? signal, stdout: text(out), stderr: text(err) });
    });
  });
  const holds = (chunks: readonly Buffer[], wanted: string): Promise<void> =>
    new Promise((resolve) => {
      waiting = () => {
        if (text(chunks).includes(wanted)) resolve();
      };
      waiting();
      void end.then(() => resolve());
    });
  const seen = (wanted: string): Promise<void> => holds(out, wanted);
  const told = (wanted: string): Promise<void> => holds(err, wanted);
  return { child, end, seen, told };
}

export const start = (args: readonly string[], settings?: Settings): Running =>
  startProgram(process.execPath, [MAIN, ...args], settings);

/** Runs the command to its end. */
export const uktest = (args: readonly string[], settings?: Settings): Promise<Said> =>
  start(args, settings).end;

export interface Scratch {
  readonly path: string;
  readonly file: (name: string) => string;
  readonly put: (name: string, content: string | Uint8Array) => string;
  readonly text: (name: string) => string;
}

/** A folder that is gone when the test is over. Text is written as one byte per character. */
export function scratch(t: ExecutionContext): Scratch {
  const path = mkdtempSync(join(tmpdir(), "uktest-cli-"));
  // What was killed may write its last while the folder goes.
  t.teardown(() => rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  const file = (name: string): string => join(path, name);
  const put = (name: string, content: string | Uint8Array): string => {
    writeFileSync(file(name), typeof content === "string" ? Buffer.from(content, "latin1") : content);
    return file(name);
  };
  return { path, file, put, text: (name) => readFileSync(file(name), "utf8") };
}
