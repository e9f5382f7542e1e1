/**
 * The reporters by name, loaded only when asked for, and the reading of `--reporter name[=file][,option=value]…`. A name
 * that is none of these is a module of the user's own.
 */
import { UsageError } from "../core/errors.js";
import type { Reporter } from "../core/reporter.js";
import { isPath } from "../config/own-module.js";
import { suggest } from "../text/suggest.js";
import { REPORTERS } from "./reporters.generated.js";

type Load = () => Promise<Reporter>;

/** Names that stand for a reporter with options. */
const SHORTHANDS: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>]>> = {
  tap13: ["tap", { version: "13" }],
};

export const reporterNames: readonly string[] = [...Object.keys(REPORTERS), ...Object.keys(SHORTHANDS)];

export interface ReporterRequest {
  readonly reporter: Reporter;
  readonly options: Readonly<Record<string, string>>;
  /** Path of the report; absent for a stream of the process. */
  readonly file?: string;
}

/** A name of ours or of a package, or a path: that has a slash. */
const REQUEST = /^([a-z][a-z0-9-]*|[^=,]*[/\\.][^=,]*)(?:=(.*?))?((?:,[A-Za-z_][\w-]*=[^,=]*)*)$/s;

/**
 * Reads one `--reporter` argument.
 * @throws UsageError for an unknown reporter, option or value
 */
export async function readRequest(argument: string): Promise<ReporterRequest> {
  const match = REQUEST.exec(argument);
  if (match === null)
    throw new UsageError(`--reporter ${argument}: not of the form name[=file][,option=value]`);
  const [, asked = "", file, tail = ""] = match;
  const [name, preset] = (Object.hasOwn(SHORTHANDS, asked) ? SHORTHANDS[asked] : undefined) ?? [asked, {}];
  const load = (Object.hasOwn(REPORTERS, name) ? REPORTERS[name] : undefined) ?? (await loaderOfOwn(asked));
  if (file === "" || file === undefined) {
    if (argument.startsWith(`${asked}=`))
      throw new UsageError(`--reporter ${argument}: the file name is missing`);
  }
  const more = file?.slice(file.lastIndexOf(",") + 1) ?? "";
  if (file?.includes(",") === true && reporterNames.includes(more))
    throw new UsageError(
      `--reporter ${argument}: "${more}" after the comma is taken for a part of the file name`,
      `give each reporter an option of its own: -r ${asked}=${file.slice(0, file.lastIndexOf(","))} -r ${more}`,
    );
  const reporter = await load();
  const options = { ...preset, ...readOptions(reporter, tail) };
  return { reporter, options, ...(file !== undefined && file !== "-" && { file }) };
}

/**
 * How a reporter that is none of ours is loaded.
 * @throws UsageError for a name that is neither a path nor a package
 */
async function loaderOfOwn(name: string): Promise<Load> {
  const { ownReporter } = await import("./own-reporter.js");
  if (isPath(name)) return () => ownReporter(name, ".");
  try {
    const own = await ownReporter(name, ".");
    return () => Promise.resolve(own);
  } catch (error) {
    if (error instanceof UsageError && !error.message.startsWith("no such reporter")) throw error;
    throw new UsageError(`unknown reporter "${name}"`, suggest(name, reporterNames));
  }
}

function readOptions(reporter: Reporter, tail: string): Record<string, string> {
  const options: Record<string, string> = {};
  for (const pair of tail.split(",").slice(1)) {
    const [key = "", value = ""] = pair.split("=");
    const known = reporter.options ?? {};
    const values = Object.hasOwn(known, key) ? known[key] : undefined;
    if (values === undefined) {
      const hint = Object.keys(known).length === 0 ? "it has none" : suggest(key, Object.keys(known));
      throw new UsageError(`the ${reporter.name} reporter has no option "${key}"`, hint);
    }
    if (!values.includes(value))
      throw new UsageError(`${reporter.name},${key}=${value}: unknown value`, `one of: ${values.join(", ")}`);
    options[key] = value;
  }
  return options;
}
