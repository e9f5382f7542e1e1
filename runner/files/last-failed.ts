/**
 * The cases that were red in the last run of a project, so that they can be run again by themselves. A case keeps its
 * place until it has run again and is good.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "./temporary-files.js";
import { baseName } from "../../src/core/assemble/boot.js";
import type { RunModel } from "../../src/core/model.js";
import { casesWithFindings } from "../../src/core/model/known.js";
import { isRed } from "../../src/core/statuses.js";

const fileIn = (folder: string): string => join(folder, "last-failed.json");

/** Their names, `suite.case`. */
export function lastFailed(folder: string): readonly string[] {
  try {
    const names: unknown = JSON.parse(readFileSync(fileIn(folder), "utf8"));
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}

/** Remembers what is red now; a folder that cannot be written forgets it. */
export function rememberFailed(folder: string, model: RunModel): void {
  const { suites } = model;
  const found = casesWithFindings(model);
  const before = lastFailed(folder);
  const red = new Set<string>();
  const good = new Set<string>();
  for (const { name: suite, cases } of suites)
    for (const one of cases) {
      // A finding is red with its case, whatever that itself came to.
      const isBad = isRed(one.status) || found.has(`${suite}.${one.name}`);
      (isBad ? red : good).add(`${suite}.${baseName(one.name)}`);
    }
  // A case has several results where it has parameters, and in a matrix: one that is red counts.
  const names = new Set([...before.filter((name) => !good.has(name)), ...red]);
  // The rule is that nothing was red and nothing is.
  if (names.size === before.length && before.every((name) => names.has(name))) return;
  try {
    writeWhole(fileIn(folder), `${JSON.stringify([...names].sort(), null, 2)}\n`);
  } catch {
    // It is a convenience, and the run itself is reported elsewhere.
  }
}
