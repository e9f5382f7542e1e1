/**
 * What stands on this host: versions of programs, room in memory. It asks each for a moment only, and judges nothing.
 */
import { execFile } from "node:child_process";
import { statfsSync } from "node:fs";
import { findProgram } from "../process/parent-death-signal.js";

const ASK_MS = 5000;

/** First line of what a program says about its version; undefined where it is not installed. */
export function versionOf(name: string): Promise<string | undefined> {
  const path = findProgram(name);
  if (path === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: "C" };
    execFile(path, ["--version"], { timeout: ASK_MS, killSignal: "SIGKILL", env }, (error, stdout) => {
      const [line = ""] = stdout.split("\n");
      resolve(error === null && line !== "" ? line : "installed; it tells no version");
    });
  });
}

/** Free bytes for this user in a file system; undefined where there is none. */
export function roomIn(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
