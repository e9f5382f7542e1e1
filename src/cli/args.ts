/**
 * What was typed on the command line, and what it means. It runs nothing; main.ts does.
 */
import { UsageError } from "../core/errors.js";
import type { Policy } from "../core/events.js";
import type { Shard } from "../core/shards.js";
import { ISOLATIONS } from "../core/rounds.js";
import { complaint } from "./complaints.js";
import type { KnownArguments } from "../history/known-arguments.js";
import { grammar } from "./grammar.js";
import { ACCELERATIONS, COLORS, COMMANDS, COMPLETE, EVIDENCE, UBSAN, UBSAN_ACTIONS } from "./options.js";
import type { MoreCommand } from "./more-args.js";
import type { ProjectArguments } from "../run/project.js";
import type { ReportArguments } from "./report.js";
import type { RunArguments } from "../run/arguments.js";
import type { MergeArguments } from "./merge.js";
import { shardFrom } from "./shard-auto.js";
import type { UbsanArguments } from "./ubsan.js";
import { isDay } from "../config/day.js";
import { suggest } from "../text/suggest.js";

export type Command =
  | { readonly name: "report"; readonly args: ReportArguments }
  | { readonly name: "run"; readonly args: RunArguments }
  | { readonly name: "merge"; readonly args: MergeArguments }
  | { readonly name: "ubsan"; readonly args: UbsanArguments }
  | { readonly name: "list"; readonly args: ProjectArguments; readonly json: boolean }
  | { readonly name: "machines" }
  | { readonly name: "more"; readonly more: MoreCommand }
  | { readonly name: "text"; readonly text: string };

/**
 * Reads the command line.
 * @throws UsageError for anything that cannot be meant
 */
export async function readCommand(argv: readonly string[]): Promise<Command> {
  // Asked by the scripts of `uktest completion` while somebody types: whatever the words are, none is wrong.
  if (argv[0] === COMPLETE) return { name: "more", more: { name: "complete", words: argv.slice(1) } };
  refuseUnknownCommand(argv);
  refuseEmptyValues(argv);
  let text = "";
  const parsed = await grammar(argv[0])
    .fail((message: string | undefined, error: Error | undefined) => {
      throw complaint(plainWord(message ?? error?.message ?? "wrong use"), argv);
    })
    .parseAsync(guarded(argv), {}, (_error: unknown, _argv: unknown, output: string) => {
      text = output;
    });
  if (text !== "") return { name: "text", text: `${text}\n` };
  const args: Readonly<Record<string, unknown>> = parsed;
  switch (args["_"] instanceof Array ? args["_"][0] : undefined) {
    case "list":
      return { name: "list", args: projectArguments(args), json: isGiven(args, "json") };
    case "machines":
      return { name: "machines" };
    case "ubsan":
      return { name: "ubsan", args: ubsanArguments(args) };
    case "merge":
      return { name: "merge", args: mergeArguments(args) };
    case "run":
      return { name: "run", args: runArguments(args) };
    case "init":
    case "watch":
    case "doctor":
    case "completion": {
      const { moreCommand } = await import("./more-args.js");
      return { name: "more", more: moreCommand(args) };
    }
    default:
      return { name: "report", args: reportArguments(args) };
  }
}

export const isGiven = (args: Readonly<Record<string, unknown>>, key: string): boolean =>
  strings(args[key]).includes("true");

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

export const strings = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((one) => plainWord(String(one)));

/** Values of an option; an empty one is a variable of a script that was not set. */
function values(args: Readonly<Record<string, unknown>>, key: string): readonly string[] {
  const all = strings(args[key]);
  if (all.includes("")) throw new UsageError(`--${key} is empty`, "is a variable of your script not set?");
  return all;
}

/** An option that may be given once. */
export function single(args: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const all = values(args, key);
  if (all.length > 1) throw new UsageError(`--${key} is given ${String(all.length)} times`, "give it once");
  return all[0];
}

function projectArguments(args: Readonly<Record<string, unknown>>): ProjectArguments {
  const optional = (key: "image" | "symbols" | "machine" | "config") => {
    const value = single(args, key);
    return value === undefined ? {} : { [key]: value };
  };
  const patterns = strings(args["pattern"]);
  if (patterns.includes(""))
    throw new UsageError("a pattern is empty", "is a variable of your script not set?");
  refuseLoneSymbols(args);
  return {
    patterns,
    ...optional("image"),
    ...optional("symbols"),
    ...optional("machine"),
    ...optional("config"),
    profile: single(args, "profile") ?? "",
    compiler: single(args, "cc") ?? "gcc",
    build: !isGiven(args, "no-build"),
  };
}

function refuseLoneSymbols(args: Readonly<Record<string, unknown>>): void {
  if (single(args, "symbols") !== undefined && single(args, "image") === undefined)
    throw new UsageError("--symbols goes with --image", "name the image that they belong to");
}

/** A positive number of an option. */
function positive(args: Readonly<Record<string, unknown>>, key: string): number | undefined {
  const given = single(args, key);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (Number.isFinite(value) && value > 0) return value;
  throw new UsageError(`--${key} has to be a positive number`, `it is ${given}`);
}

/** A whole number of an option, from 0 on. */
function wholeNumber(args: Readonly<Record<string, unknown>>, key: string): number | undefined {
  const given = single(args, key);
  if (given === undefined) return undefined;
  if (/^\d{1,6}$/.test(given)) return Number(given);
  throw new UsageError(`--${key} has to be a whole number`, `it is ${given}`);
}

/** A whole number of an option, from 1 on. */
function atLeastOne(args: Readonly<Record<string, unknown>>, key: string): number | undefined {
  const value = wholeNumber(args, key);
  if (value === 0) throw new UsageError(`--${key} has to be at least 1`, "it is 0");
  return value;
}

/** `i/n`. */
function shard(args: Readonly<Record<string, unknown>>): Shard | undefined {
  const given = single(args, "shard");
  if (given === undefined) return undefined;
  if (given === "auto") return shardFrom(process.env);
  const match = /^(\d{1,5})\/(\d{1,5})$/.exec(given);
  const [index, total] = [Number(match?.[1]), Number(match?.[2])];
  if (match !== null && index >= 1 && index <= total) return { index, total };
  throw new UsageError(`--shard has to be of the form i/n, from 1/n to n/n`, `it is ${given}`);
}

const SEEDS = 1_000_000;

/** An option whose value may be left out: it then stands for `value`. */
function optionalNumber(
  args: Readonly<Record<string, unknown>>,
  key: string,
  value: () => number,
): number | undefined {
  return single({ [key]: args[key] === "" || args[key] === true ? "true" : args[key] }, key) === "true"
    ? value()
    : wholeNumber(args, key);
}

function runControl(args: Readonly<Record<string, unknown>>) {
  const failFast = optionalNumber(args, "fail-fast", () => 1);
  const shuffle = optionalNumber(args, "shuffle", () => Math.floor(Math.random() * SEEDS));
  const runTimeout = positive(args, "run-timeout");
  const part = shard(args);
  const untilFail = isGiven(args, "until-fail");
  const record = single(args, "record");
  const lastFailed = isGiven(args, "last-failed");
  if (lastFailed && single(args, "image") !== undefined)
    throw new UsageError("--last-failed goes without --image", "name the cases: the end of a red run does");
  const times = single(args, "times");
  if (times !== undefined && part === undefined)
    throw new UsageError("--times goes with --shard", "it shares the cases out by how long they take");
  return {
    lastFailed,
    ...(times !== undefined && { times }),
    ...(record !== undefined && { record }),
    verifyIsolation: isGiven(args, "verify-isolation"),
    retries: wholeNumber(args, "retries") ?? 0,
    flaky: single(args, "flaky") === "pass" ? "pass" : "fail",
    ...(failFast !== undefined && { failFast: Math.max(failFast, 1) }),
    ...(part !== undefined && { shard: part }),
    ...(shuffle !== undefined && { shuffle }),
    repeat: atLeastOne(args, "repeat") ?? (untilFail ? 1000 : 1),
    untilFail,
    ...(runTimeout !== undefined && { runTimeoutMs: runTimeout * 1000 }),
  } as const;
}

export function runArguments(args: Readonly<Record<string, unknown>>): RunArguments {
  const root = single(args, "root");
  const memory = positive(args, "memory");
  const timeout = positive(args, "timeout");
  const silence = positive(args, "silence");
  const ofCase = positive(args, "case-timeout");
  const jobs = atLeastOne(args, "jobs");
  return {
    ...projectArguments(args),
    ...known(args),
    reporters: values(args, "reporter"),
    autoReporters: !isGiven(args, "no-auto-reporters"),
    ubsan: UBSAN.find((policy) => policy === single(args, "ubsan")) ?? "fail",
    ...(root !== undefined && { root }),
    stripPrefixes: values(args, "strip-prefix"),
    color: COLORS.find((choice) => choice === single(args, "color")) ?? "auto",
    ...(memory !== undefined && { memoryMiB: Math.ceil(memory) }),
    acceleration: ACCELERATIONS.find((one) => one === single(args, "accel")) ?? "tcg",
    limits: {
      ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
      ...(silence !== undefined && { silenceMs: silence * 1000 }),
      ...(ofCase !== undefined && { caseMs: ofCase * 1000 }),
    },
    isolation: ISOLATIONS.find((one) => one === single(args, "isolate")) ?? "auto",
    maxCrashes: wholeNumber(args, "max-crashes") ?? 100,
    ...(jobs !== undefined && { jobs }),
    ...runControl(args),
    require: EVIDENCE.find((one) => one === single(args, "require")) ?? "console",
    keep: isGiven(args, "keep"),
  };
}

function reportArguments(args: Readonly<Record<string, unknown>>): ReportArguments {
  const image = single(args, "image");
  const symbols = single(args, "symbols");
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
    color: COLORS.find((choice) => choice === single(args, "color")) ?? "auto",
  };
}

/** What is known to be red. */
function known(args: Readonly<Record<string, unknown>>): KnownArguments {
  const optional = (key: string, name: "baseline" | "quarantine" | "knownFindings") => {
    const value = single(args, key);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    onlyNew: isGiven(args, "only-new"),
    ...(values(args, "history").length > 0 && { history: values(args, "history") }),
    ...optional("baseline", "baseline"),
    ...optional("quarantine", "quarantine"),
    ...optional("known-findings", "knownFindings"),
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
