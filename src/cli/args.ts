/**
 * What was typed on the command line, and what it means. It runs nothing; main.ts does.
 */
import { UsageError } from "../core/errors.js";
import type { Policy } from "../core/events.js";
import { complaint } from "./complaints.js";
import { COLORS, COMMANDS, grammar, UBSAN } from "./grammar.js";
import type { ReportArguments } from "./report.js";
import { suggest } from "./suggest.js";

export type Command =
  | { readonly name: "report"; readonly args: ReportArguments }
  | { readonly name: "list"; readonly image: string; readonly json: boolean }
  | { readonly name: "text"; readonly text: string };

/**
 * Reads the command line.
 * @throws UsageError for anything that cannot be meant
 */
export async function readCommand(argv: readonly string[]): Promise<Command> {
  refuseUnknownCommand(argv);
  let text = "";
  const parsed = await grammar()
    .fail((message: string | undefined, error: Error | undefined) => {
      throw complaint(plainWord(message ?? error?.message ?? "wrong use"), argv);
    })
    .parseAsync(guarded(argv), {}, (_error: unknown, _argv: unknown, output: string) => {
      text = output;
    });
  if (text !== "") return { name: "text", text: `${text}\n` };
  const args: Readonly<Record<string, unknown>> = parsed;
  if (args["_"] instanceof Array && args["_"][0] === "list") {
    return { name: "list", image: single(args, "image") ?? "", json: strings(args["json"]).includes("true") };
  }
  return { name: "report", args: reportArguments(args) };
}

// No word of a command line holds a NUL, so this stands for nothing else.
const GUARD = "\0";

/**
 * Words that the parser would lose or misread: `-`, everything behind `--`, and the short option with its value glued
 * to it. A guarded word is a plain one to it.
 */
function guarded(argv: readonly string[]): string[] {
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  const rest = end < 0 ? [] : argv.slice(end + 1);
  return [
    ...words.flatMap((word) => {
      if (word === "-") return [GUARD + word];
      return /^-r[^=]/s.test(word) ? ["-r", word.slice(2)] : [word];
    }),
    ...rest.map((word) => GUARD + word),
  ];
}

const plainWord = (word: string): string => word.replaceAll(GUARD, "");

/** A misspelt command is told apart from a misspelt option before the parser complains about either. */
function refuseUnknownCommand(argv: readonly string[]): void {
  const [first] = argv;
  if (first === undefined)
    throw new UsageError("no command given", "try: uktest report serial.log, or uktest --help");
  if (first.startsWith("-") || COMMANDS.some((name) => name === first)) return;
  throw new UsageError(`unknown command "${first}"`, suggest(first, COMMANDS));
}

const strings = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((one) => plainWord(String(one)));

/** Values of an option; an empty one is a variable of a script that was not set. */
function values(args: Readonly<Record<string, unknown>>, key: string): readonly string[] {
  const all = strings(args[key]);
  if (all.includes("")) throw new UsageError(`--${key} is empty`, "is a variable of your script not set?");
  return all;
}

/** An option that may be given once. */
function single(args: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const all = values(args, key);
  if (all.length > 1) throw new UsageError(`--${key} is given ${String(all.length)} times`, "give it once");
  return all[0];
}

function reportArguments(args: Readonly<Record<string, unknown>>): ReportArguments {
  const image = single(args, "image");
  const ubsan = UBSAN.find((policy): policy is Policy["ubsan"] => policy === single(args, "ubsan"));
  const logs = strings(args["log"]);
  if (logs.includes(""))
    throw new UsageError("the name of a log is empty", "is a variable of your script not set?");
  return {
    logs,
    ...(image !== undefined && { image }),
    reporters: values(args, "reporter"),
    ...(ubsan !== undefined && { ubsan }),
    root: single(args, "root") ?? ".",
    stripPrefixes: values(args, "strip-prefix"),
    dialect: single(args, "dialect") ?? "auto",
    color: COLORS.find((choice) => choice === single(args, "color")) ?? "auto",
  };
}
