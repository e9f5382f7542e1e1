/**
 * What was typed after the commands that are typed now and then, and what it means. It runs nothing; more.ts does.
 */
import { UsageError } from "../core/errors.js";
import { runArguments } from "./run-args.js";
import { isGiven, single, strings } from "./values.js";
import { type Shell, SHELLS } from "./completion/scripts.js";
import { CI_HOSTS } from "./init/ci.js";
import type { InitArguments } from "./init.js";
import { NOT_WATCHED } from "./more-grammar.js";
import type { WatchArguments } from "./watch/arguments.js";

export type MoreCommand =
  | { readonly name: "init"; readonly args: InitArguments }
  | { readonly name: "watch"; readonly args: WatchArguments }
  | { readonly name: "doctor"; readonly json: boolean }
  | { readonly name: "completion"; readonly shell: Shell }
  /** What may stand at the end of a line that is being typed: a shell, and the words after the command's name. */
  | { readonly name: "complete"; readonly words: readonly string[] };

type Parsed = Readonly<Record<string, unknown>>;

/**
 * Gives the words of one of these commands their meaning.
 * @throws UsageError for invalid arguments
 */
export function moreCommand(args: Parsed): MoreCommand {
  switch (args["_"] instanceof Array ? args["_"][0] : undefined) {
    case "init":
      return { name: "init", args: initArguments(args) };
    case "watch":
      return { name: "watch", args: watchArguments(args) };
    case "doctor":
      return { name: "doctor", json: isGiven(args, "json") };
    default:
      return { name: "completion", shell: SHELLS.find((one) => one === args["shell"]) ?? "bash" };
  }
}

function initArguments(args: Parsed): InitArguments {
  const [folder = "."] = strings(args["folder"]);
  if (folder === "")
    throw new UsageError("the name of the folder is empty", "is a variable of your script not set?");
  const name = single(args, "name");
  const ci = CI_HOSTS.find((host) => host === single(args, "ci"));
  return { folder, ...(name !== undefined && { name }), ...(ci !== undefined && { ci }) };
}

function watchArguments(args: Parsed): WatchArguments {
  for (const name of NOT_WATCHED)
    if (args[name] !== undefined && args[name] !== false)
      throw new UsageError(`--${name} makes no sense in a watch`, "see uktest watch --help");
  const { patterns, machine, config, profile, compiler } = runArguments(args);
  return {
    patterns,
    ...(machine !== undefined && { machine }),
    ...(config !== undefined && { config }),
    profile,
    compiler,
    words: wordsOf(args),
  };
}

const NO_OPTIONS = new Set(["_", "$0", "pattern", "help", "version"]);

/** The options of a run as words again, one spelling each. */
const wordsOf = (args: Parsed): readonly string[] =>
  Object.entries(args).flatMap(([name, value]) => {
    if (NO_OPTIONS.has(name) || name.length === 1 || value === undefined || value === false) return [];
    return strings(value).map((one) => `--${name}=${one}`);
  });
