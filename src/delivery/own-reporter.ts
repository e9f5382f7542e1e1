/** A reporter of the user's own: a module by its path, or a package by its name. See src/core/reporter.ts. */
import { type Contract, guarded, hasFunctions, ownModule } from "../config/own-module.js";
import type { Reporter } from "../core/reporter.js";

const CONTRACT: Contract<Reporter> = {
  what: "reporter",
  exported: "reporter",
  shape: "{ name, summary, render(events, context) }",
  isOne: (value): value is Reporter =>
    hasFunctions(value, "render") && typeof (value as Reporter).summary === "string",
};

/**
 * Loads it. TypeScript is read too.
 * @param name a path, relative to `folder`, or the name of a package that is installed there
 * @throws UsageError where there is none, or what it exports is no reporter
 */
export const ownReporter = async (name: string, folder: string): Promise<Reporter> =>
  guarded(`the reporter ${name}`, await ownModule(name, folder, CONTRACT));
