/**
 * The command line: what can be typed and what it means. It runs nothing; main.ts does.
 */
import yargs from "yargs";
import { UsageError } from "../core/errors.js";
import type { Policy } from "../core/events.js";
import { complaint } from "./complaints.js";
import { dialectNames } from "./dialects.js";
import type { ReportArguments } from "./report.js";
import { reporterNames } from "./reporters.js";
import { suggest } from "./suggest.js";
import { TOOL } from "./tool.js";

export type Command =
  | { readonly name: "report"; readonly args: ReportArguments }
  | { readonly name: "list"; readonly image: string; readonly json: boolean }
  | { readonly name: "text"; readonly text: string };

const COMMANDS = ["report", "list"] as const;
const UBSAN = ["fail", "warn", "off"] as const;
const COLORS = ["auto", "always", "never"] as const;

const EXIT_CODES = `Exit codes:
  0  passed                          3  the rig failed: no such image, a report could not be written
  1  tests failed, findings, or      4  nothing ran
     something planned did not run   70 a bug in uktest
  2  wrong use                       130, 143 interrupted`;

const parser = () =>
  yargs()
    .scriptName("uktest")
    .usage("uktest: reads a unikernel's serial console and says whether its tests passed")
    .command(
      "report <log..>",
      "judge saved serial logs, standard input (-) or a record of a run",
      (command) =>
        command
          .usage(
            "uktest report <log…|->\n\nJudges serial logs, or replays a record of an earlier run (a file of events).",
          )
          .positional("log", {
            type: "string",
            array: true,
            demandOption: true,
            describe: "serial logs, - for standard input, or one record",
          })
          .option("image", {
            type: "string",
            requiresArg: true,
            describe: "the ELF image that ran: says which cases must have a result",
          })
          .option("reporter", {
            alias: "r",
            type: "string",
            array: true,
            requiresArg: true,
            default: [] as string[],
            defaultDescription: "pretty on a terminal, else lines",
            describe: `name[=file][,option=value]; repeatable. One of: ${reporterNames.join(", ")}`,
          })
          .option("ubsan", {
            type: "string",
            choices: UBSAN,
            requiresArg: true,
            describe: "what a UBSAN finding does [default: fail]",
          })
          .option("root", {
            type: "string",
            requiresArg: true,
            default: ".",
            describe: "your source tree: only files below it are annotated",
          })
          .option("strip-prefix", {
            type: "string",
            array: true,
            requiresArg: true,
            default: [] as string[],
            describe: "folder of the guest's build to take off its file names; repeatable",
          })
          .option("dialect", {
            type: "string",
            choices: dialectNames,
            requiresArg: true,
            default: "auto",
            describe: "how the guest prints its results",
          })
          .option("color", {
            type: "string",
            choices: COLORS,
            requiresArg: true,
            default: "auto",
            describe: "colours; NO_COLOR and FORCE_COLOR count too",
          })
          .example("uktest report serial.log", "judge a log")
          .example("qemu-system-x86_64 … -serial stdio | uktest report -", "judge a guest while it runs")
          .example("uktest report serial.log --image build/app.dbg", "prove that every case of the image ran")
          .example("uktest report serial.log -r junit=out.xml -r github", "reports for CI")
          .example("uktest report run.jsonl -r tap13 | prove -", "replay a record as TAP"),
    )
    .command("list", "print the suites and cases that an image holds", (command) =>
      command
        .usage(
          "uktest list --image <elf>\n\nPrints the test table of an image: suites, cases, places, assertions.",
        )
        .option("image", {
          type: "string",
          requiresArg: true,
          demandOption: true,
          describe: "an ELF image, stripped or not, or its .dbg",
        })
        .option("json", { type: "boolean", default: false, describe: "one JSON document instead of a table" })
        .example("uktest list --image build/app.dbg", "what has to run")
        .example("uktest list --image build/app --json", "the same for programs"),
    )
    .epilogue(EXIT_CODES)
    .parserConfiguration({
      "greedy-arrays": false,
      "duplicate-arguments-array": true,
      "dot-notation": false,
      "boolean-negation": false,
      "camel-case-expansion": false,
    })
    .strict()
    .version(TOOL.version)
    .help()
    .alias("help", "h")
    .locale("en")
    .wrap(100)
    .exitProcess(false)
    .showHelpOnFail(false);

/**
 * Reads the command line.
 * @throws UsageError for anything that cannot be meant
 */
export async function readCommand(argv: readonly string[]): Promise<Command> {
  refuseUnknownCommand(argv);
  let text = "";
  const parsed = await parser()
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
