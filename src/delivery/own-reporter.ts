/**
 * A reporter of the user's own: a module by its path, or a package by its name. Whatever is wrong with it is one error that
 * names its own file and line. What a reporter is stands in src/core/reporter.ts.
 */
import { resolve } from "node:path";
import { RigError, UsageError } from "../core/errors.js";
import type { Reporter } from "../core/reporter.js";

/** True for a name that is a path, or a package with a scope: no reporter of ours has such a name. */
export const isPath = (name: string): boolean =>
  /^\.{0,2}\/|^[A-Za-z]:[\\/]|^@[^/]+\/|\.[cm]?[jt]s$/.test(name);

const CONTRACT = "it has to export `reporter`, or by default: { name, summary, render(events, context) }";

/**
 * Loads it. TypeScript is read too.
 * @param name a path, relative to `folder`, or the name of a package that is installed there
 * @throws UsageError where there is none, or what it exports is no reporter
 */
export async function ownReporter(name: string, folder: string): Promise<Reporter> {
  const isFile = isPath(name) && !name.startsWith("@");
  const wanted = isFile ? resolve(folder, name) : name;
  const { createJiti } = await import("jiti");
  let loaded: unknown;
  try {
    loaded = await createJiti(resolve(folder, "uktest.config.js"), { fsCache: false }).import(wanted);
  } catch (error) {
    if (isMissing(error, wanted)) throw new UsageError(`no such reporter: ${name}`, CONTRACT);
    throw new UsageError(`the reporter ${name} cannot be loaded: ${withFrame(error)}`);
  }
  const found = exported(loaded);
  if (found === undefined) throw new UsageError(`${name} exports no reporter`, CONTRACT);
  return {
    ...found,
    async *render(events, context) {
      try {
        yield* found.render(events, context);
      } catch (error) {
        if (error instanceof RigError) throw error;
        throw new RigError(`the reporter ${name} failed: ${withFrame(error)}`);
      }
    },
  };
}

/** What was asked for is missing, and not something that it imports itself. */
const isMissing = (error: unknown, wanted: string): boolean =>
  error instanceof Error &&
  "code" in error &&
  (error.code === "MODULE_NOT_FOUND" || error.code === "ERR_MODULE_NOT_FOUND" || error.code === "ENOENT") &&
  error.message.includes(`'${wanted}'`);

function exported(loaded: unknown): Reporter | undefined {
  if (typeof loaded !== "object" || loaded === null) return undefined;
  const all = loaded as { readonly reporter?: unknown; readonly default?: unknown };
  return [all.reporter, all.default].find(isReporter);
}

const isReporter = (value: unknown): value is Reporter => {
  if (typeof value !== "object" || value === null) return false;
  const { name, summary, render } = value as Partial<Record<keyof Reporter, unknown>>;
  return typeof name === "string" && typeof summary === "string" && typeof render === "function";
};

/** Frames of Node, of ours and of what loads the module. */
const FOREIGN = /node:|[/\\]dist[/\\](?:bin|src|runner|reporters)[/\\]|[/\\]jiti[/\\]/;

/** The message, with the innermost place of the user's own code. */
function withFrame(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frame = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s*at /.test(line) && !FOREIGN.test(line))
    .map((line) => /\(?(?:file:\/\/)?((?:[A-Za-z]:)?[/\\][^():]*:\d+)(?::\d+)?\)?$/.exec(line)?.[1])
    .find((place) => place !== undefined);
  return frame === undefined ? error.message : `${error.message} (${frame})`;
}
