/**
 * What can be typed: commands, options, help. It gives nothing a meaning; args.ts does.
 */
import yargs, { type Argv } from "yargs";
import { dialectNames } from "./dialects.js";
import { reporterNames } from "./reporters.js";
import { TOOL } from "./tool.js";

export const COMMANDS = ["report", "list"] as const;
export const UBSAN = ["fail", "warn", "off"] as const;
export const COLORS = ["auto", "always", "never"] as const;

const EXIT_CODES = `Exit codes:
  0  passed                          3  the rig failed: no such image, a report could not be written
  1  tests failed, findings, or      4  nothing ran
     something planned did not run   70 a bug in uktest
  2  wrong use                       130, 143 interrupted`;

const examples = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([command]) => command.length));
  return `Examples:\n${rows.map(([command, what]) => `  ${command.padEnd(width)}  ${what}\n`).join("")}\n`;
};

const REPORT_EXAMPLES = examples([
  ["uktest report serial.log", "judge a log"],
  ["qemu-system-x86_64 … -serial stdio | uktest report -", "judge a guest while it runs"],
  ["uktest report serial.log --image build/app.dbg", "prove that every case ran"],
  ["uktest report serial.log -r junit=out.xml -r github", "reports for CI"],
  ["uktest report run.jsonl -r tap13 | prove -", "replay a record as TAP"],
]);

const LIST_EXAMPLES = examples([
  ["uktest list --image build/app.dbg", "what has to run"],
  ["uktest list --image build/app --json", "the same for programs"],
]);

/** The parser of the command line. */
export const grammar = () =>
  yargs()
    .scriptName("uktest")
    .usage("uktest: reads a unikernel's serial console and says whether its tests passed")
    .command(
      "report <log..>",
      "judge saved serial logs, standard input (-) or a record of a run",
      reportOptions,
    )
    .command("list", "print the suites and cases that an image holds", listOptions)
    .epilogue(REPORT_EXAMPLES + EXIT_CODES)
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

const reportOptions = (command: Argv) =>
  command
    .usage(
      "uktest report <log…|->\n\nJudges serial logs, or replays a record of an earlier run (a file of events).",
    )
    .positional("log", {
      type: "string",
      array: true,
      demandOption: true,
      defaultDescription: "none",
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
      defaultDescription: "pretty or lines",
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
      defaultDescription: "none",
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
    .epilogue(REPORT_EXAMPLES + EXIT_CODES);

const listOptions = (command: Argv) =>
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
    .epilogue(LIST_EXAMPLES + EXIT_CODES);
