/** Makes folders. It removes none, and says what the system says when one cannot be made. */
import { codeOf } from "../../src/core/reason.js";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and the missing ones above it, one by one: a recursive mkdir of Node 20 never returns below a file
 * system that refuses new folders, such as /proc.
 * @throws what the system says, with the path of the folder that it is about
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder);
    } catch (error) {
      // Another report of this run, or another run, may have been faster.
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }
}
