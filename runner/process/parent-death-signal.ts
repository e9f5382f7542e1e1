/**
 * Finds programs, and starts them so that they get a signal when we die, however we die, where this host can do that. It
 * starts nothing itself.
 */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** What was found on a path: a run asks for the same few programs at each boot. */
const found = new Map<string, string>();

/** The path of a program, as the shell would find it. */
export function findProgram(name: string): string | undefined {
  const key = `${process.env["PATH"] ?? ""}\0${name}`;
  const path = found.get(key) ?? search(name);
  if (path !== undefined) found.set(key, path);
  return path;
}

function search(name: string): string | undefined {
  for (const folder of name.includes("/") ? [""] : (process.env["PATH"] ?? "").split(delimiter)) {
    const path = folder === "" ? name : join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // The next folder may have it.
    }
  }
  return undefined;
}

/** A program and its words, so that it gets a signal when the thread that starts it is no more. */
export function withParentDeathSignal(
  signal: "KILL" | "TERM",
  binary: string,
  words: readonly string[],
): readonly [string, readonly string[]] {
  const leash = process.platform === "linux" ? findProgram("setpriv") : undefined;
  const path = findProgram(binary);
  // A program that is not there is named by whoever fails to start it.
  return leash === undefined || path === undefined
    ? [binary, words]
    : [leash, ["--pdeathsig", signal, path, ...words]];
}
