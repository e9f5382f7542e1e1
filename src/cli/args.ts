/**
 * What was typed on the command line, and what it means. It runs nothing; main.ts does.
 */
import { UsageError } from "../core/errors.js";
import type { Policy } from "../core/events.js";
import { complaint } from "./complaints.js";
import { grammar } from "./grammar.js";
import { known, projectArguments, refuseLoneSymbols, runArguments } from "./run-args.js";
import {
  withTypedWords,
  atLeastOne,
  guarded,
  isGiven,
  plainWord,
  single,
  strings,
  values,
} from "./values.js";
import { COLORS, COMMANDS, COMPLETE, UBSAN_ACTIONS } from "./options.js";
import { UBSAN } from "../core/choices.js";
import type { MoreCommand } from "./more-args.js";
import type { ProjectArguments } from "../run/task.js";
import type { ReportArguments } from "./report.js";
import type { RunArguments } from "../run/arguments.js";
import type { MergeArguments } from "./merge.js";
import type { UbsanArguments } from "./ubsan.js";
import { isDay } from "../config/day.js";
import { suggest } from "../text/suggest.js";

export type Command =
  | { readonly name: "report"; readonly args: ReportArguments }
  | { readonly name: "run"; readonly args: RunArguments }
  | { readonly name: "merge"; readonly args: MergeArguments }
  | { readonly name: "ubsan"; readonly args: UbsanArguments }
  | { readonly name: "list"; readonly args: ProjectArguments; readonly json: boolean }
  | { readonly name: "compile-commands"; readonly args: ProjectArguments }
  | { readonly name: "machines" }
  | { readonly name: "more"; readonly more: MoreCommand }
  | { readonly name: "text"; readonly text: string };

/**
 * Reads the command line.
 * @throws UsageError for invalid arguments
 */
export async function readCommand(argv: readonly string[]): Promise<Command> {
  // Asked by the scripts of `uktest completion` while somebody types: whatever the words are, none is wrong.
  if (argv[0] === COMPLETE) return { name: "more", more: { name: "complete", words: argv.slice(1) } };
  refuseUnknownCommand(argv);
  refuseEmptyValues(argv);
  const [words, otherWords] = split(argv);
  let text = "";
  const parser = grammar(argv[0]).fail((message: string | undefined, error: Error | undefined) => {
    throw complaint(plainWord(message ?? error?.message ?? "usage error"), words);
  });
  const parsed = await parser
    .parseAsync(guarded(words), {}, (_error: unknown, _argv: unknown, output: string) => {
      text = output;
    })
    .catch((error: unknown) => {
      // What a command whose options are loaded late lacks is not reported as it is for the others.
      if (error instanceof Error && error.name === "YError") throw complaint(plainWord(error.message), words);
      throw error;
    });
  if (text !== "") return { name: "text", text: `${text}\n` };
  const args = withTypedWords(parsed, words);
  switch (args["_"] instanceof Array ? args["_"][0] : undefined) {
    case "list":
      return listCommand(args);
    case "machines":
      return { name: "machines" };
    case "ubsan":
      return { name: "ubsan", args: ubsanArguments(args) };
    case "merge":
      return { name: "merge", args: mergeArguments(args) };
    case "run":
      return {
        name: "run",
        args: runArguments({ ...args, "qemu-arg": [args["qemu-arg"], otherWords].flat() }),
      };
    case "init":
    case "build":
    case "watch":
    case "debug":
    case "dap":
    case "doctor":
    case "trace":
    case "dialect":
    case "store":
    case "grafana":
    case "coverage":
    case "profile":
    case "completion": {
      const { moreCommand } = await import("./more-args.js");
      return { name: "more", more: moreCommand(args, otherWords) };
    }
    default:
      return { name: "report", args: reportArguments(args) };
  }
}

/**
 * The words of the command, and those after `--` that are for another program: for gdb in a session, for QEMU where an image
 * is run. In a run of a project they are patterns.
 */
function split(argv: readonly string[]): readonly [readonly string[], readonly string[]] {
  const end = argv.indexOf("--");
  const own = end < 0 ? argv : argv.slice(0, end);
  const isRunOfImage = argv[0] === "run" && own.some((word) => /^--image(?:=|$)/.test(word));
  if (end < 0 || !(argv[0] === "debug" || isRunOfImage)) return [argv, []];
  return [own, argv.slice(end + 1)];
}

function listCommand(args: Readonly<Record<string, unknown>>): Command {
  const project = projectArguments(args);
  const json = isGiven(args, "json");
  if (!isGiven(args, "compile-commands")) return { name: "list", args: project, json };
  if (project.image !== undefined)
    throw new UsageError(
      "--compile-commands goes without --image",
      "an image does not say how it was compiled",
    );
  if (json) throw new UsageError("--compile-commands goes without --json", "it is JSON already");
  return { name: "compile-commands", args: project };
}

/** A misspelt command is distinguished from a misspelt option before the parser complains about either. */
function refuseUnknownCommand(argv: readonly string[]): void {
  const [first] = argv;
  if (first === undefined)
    throw new UsageError("no command given", "try: uktest report serial.log, or uktest --help");
  if (first.startsWith("-") || COMMANDS.some((name) => name === first)) return;
  throw new UsageError(`unknown command "${first}"`, suggest(first, COMMANDS));
}

/**
 * An option with an empty value is refused before the parser has it: that takes an empty text for the number 0, and a run
 * without retries is not what somebody asked for whose variable was not set.
 */
function refuseEmptyValues(argv: readonly string[]): void {
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  words.forEach((word, at) => {
    const [, glued] = /^(--[a-z][a-z-]*|-j)=\s*$/.exec(word) ?? [];
    const before = words[at - 1] ?? "";
    const option =
      glued ?? (word.trim() === "" && /^(?:--[a-z][a-z-]*|-j)$/.test(before) ? before : undefined);
    if (option !== undefined)
      throw new UsageError(`${option} is empty`, "is a variable of your script not set?");
  });
}

function reportArguments(args: Readonly<Record<string, unknown>>): ReportArguments {
  const image = single(args, "image");
  const symbols = single(args, "symbols");
  const config = single(args, "config");
  refuseLoneSymbols(args);
  const ubsan = UBSAN.find((policy): policy is Policy["ubsan"] => policy === single(args, "ubsan"));
  const logs = strings(args["log"]);
  if (logs.includes(""))
    throw new UsageError("the name of a log is empty", "is a variable of your script not set?");
  return {
    logs,
    ...(image !== undefined && { image }),
    ...(symbols !== undefined && { symbols }),
    ...known(args),
    reporters: values(args, "reporter"),
    autoReporters: !isGiven(args, "no-auto-reporters"),
    ...(ubsan !== undefined && { ubsan }),
    root: single(args, "root") ?? ".",
    stripPrefixes: values(args, "strip-prefix"),
    dialect: single(args, "dialect") ?? "auto",
    ...(config !== undefined && { config }),
    color: COLORS.find((choice) => choice === single(args, "color")) ?? "auto",
  };
}

function ubsanArguments(args: Readonly<Record<string, unknown>>): UbsanArguments {
  const [record = ""] = strings(args["record"]);
  if (record === "")
    throw new UsageError("the name of the record is empty", "is a variable of your script not set?");
  const optional = (key: "file" | "reason" | "until") => {
    const value = single(args, key);
    return value === undefined ? {} : { [key]: value };
  };
  const until = single(args, "until");
  if (until !== undefined && !isDay(until))
    throw new UsageError("--until has to be a day, as 2026-12-31", `it is ${until}`);
  return {
    action: UBSAN_ACTIONS.find((one) => one === args["action"]) ?? "update",
    record,
    ...optional("file"),
    ...optional("reason"),
    ...optional("until"),
  };
}

function mergeArguments(args: Readonly<Record<string, unknown>>): MergeArguments {
  const expect = atLeastOne(args, "expect");
  const records = strings(args["record"]);
  if (records.includes(""))
    throw new UsageError("the name of a record is empty", "is a variable of your script not set?");
  return {
    records,
    ...(expect !== undefined && { expect }),
    ...known(args),
    reporters: values(args, "reporter"),
    autoReporters: !isGiven(args, "no-auto-reporters"),
    root: single(args, "root") ?? ".",
    stripPrefixes: values(args, "strip-prefix"),
    color: COLORS.find((choice) => choice === single(args, "color")) ?? "auto",
  };
}
