/**
 * A project of one case that is built and booted to see whether a machine works here, each time by this program in a
 * process of its own and within a limit of time. What comes out of it is judged elsewhere.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolder } from "./files/make-folder.js";
import { after, stopwatch } from "./host/clock.js";
import { writeWhole } from "./files/temporary-files.js";
import { makeRunFolder } from "./files/run-folder.js";
import { withParentDeathSignal } from "./process/parent-death-signal.js";

const CASE = `#include <uk/test.h>

UK_TESTCASE(trial_testsuite, boots)
{
	UK_TEST_EXPECT_SNUM_EQ(6 * 7, 42);
}

uk_testsuite_register(trial_testsuite, NULL);
`;

const configWith = (machines: readonly string[]): string =>
  `${JSON.stringify({ suites: { trial: { sources: ["trial.c"] } }, ...(machines.length > 0 && { machines }) })}\n`;

export interface SmokeFolder {
  readonly path: string;
  /** Takes away what is not kept for the next time. */
  readonly done: () => void;
}

/**
 * Makes the project: in the folder that runs leave behind, where the next trial finds what was compiled, or in a
 * temporary one.
 * @param machines modules of machines that the project adds, by absolute path or package
 * @throws RigError, Error where nothing can be written
 */
export function makeSmokeFolder(
  runFolder: string | undefined,
  machines: readonly string[] = [],
): SmokeFolder {
  if (runFolder !== undefined) makeRunFolder(runFolder);
  const path =
    runFolder === undefined ? mkdtempSync(join(tmpdir(), "uktest-trial-")) : join(runFolder, "trial");
  makeFolder(path);
  writeWhole(join(path, "uktest.config.json"), configWith(machines));
  // Its time tells the build whether it is another one.
  if (runFolder === undefined || !hasText(join(path, "trial.c"), CASE))
    writeWhole(join(path, "trial.c"), CASE);
  const done = (): void => {
    if (runFolder === undefined) rmSync(path, { recursive: true, force: true });
  };
  return { path, done };
}

const hasText = (path: string, text: string): boolean =>
  existsSync(path) && readFileSync(path, "utf8") === text;

export interface SmokeRun {
  /** Exit code of the run; undefined when it took too long and was ended. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly wallMs: number;
}

/** Builds and boots the project on a machine. Never rejects. */
export function smokeRun(
  script: string,
  folder: string,
  machine: string,
  limitMs: number,
  stop: AbortSignal,
): Promise<SmokeRun> {
  const elapsedMs = stopwatch();
  const words = [script, "run", "--machine", machine, "-r", "json"];
  const [program, args] = withParentDeathSignal("KILL", process.execPath, [...process.execArgv, ...words]);
  const child = spawn(program, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (chunk: string) => {
      texts[name] += chunk;
    });
  let isLate = false;
  // With the compiler and the emulator that it has started.
  const kill = (): void => {
    isLate = true;
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // Gone by itself.
    }
  };
  const cancel = after(limitMs, kill);
  stop.addEventListener("abort", kill);
  process.on("exit", kill);
  return new Promise((resolve) => {
    const end = (code: number | undefined): void => {
      cancel();
      stop.removeEventListener("abort", kill);
      process.off("exit", kill);
      resolve({ code, ...texts, wallMs: elapsedMs() });
    };
    child.on("error", (error) => {
      texts.stderr += `uktest: error: ${error.message}\n`;
      end(3);
    });
    child.on("close", (code) => {
      end(isLate ? undefined : (code ?? 3));
    });
  });
}
