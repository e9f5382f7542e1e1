/** The options of the commands that boot nothing: report, merge, ubsan, coverage and dialect. */
import type { Argv } from "yargs";
import { dialectNames } from "../console/dialects.js";
import { COVERAGE_ACTIONS } from "./coverage/arguments.js";
import {
  COLOR,
  CONFIG,
  DIALECT_ACTIONS,
  EXIT_CODES,
  examples,
  REPORTER,
  STRIP_PREFIX,
  SYMBOLS,
  UBSAN_ACTIONS,
  withReports,
  writing,
} from "./options.js";

export const REPORT_EXAMPLES = examples([
  ["uktest report serial.log", "judge a log"],
  ["qemu-system-x86_64 … -serial stdio | uktest report -", "judge a guest while it runs"],
  ["uktest report serial.log --image build/app.dbg", "prove that every case ran"],
  ["uktest report serial.log -r junit=out.xml -r github", "reports for CI"],
  ["uktest report run.jsonl -r tap13 | prove -e cat /dev/stdin", "replay a record as TAP"],
]);

const MERGE_EXAMPLES = examples([
  [
    "uktest run --shard 1/3 -r events=shard-1.jsonl",
    "on each of three hosts; --shard auto knows the schedulers",
  ],
  ["uktest merge shard-*.jsonl -r junit=out.xml", "one verdict and one report of all"],
  ["uktest merge records --expect 6", "a folder of records, none of which may be missing"],
]);

export const reportOptions = (command: Argv) =>
  writing(command)
    .usage(
      "uktest report <log…|-|latest>\n\nJudges serial logs, or replays a record of an earlier run: a file of events, a folder of\nrecords (its newest), or latest (the last one of the project).",
    )
    .positional("log", {
      type: "string",
      array: true,
      demandOption: true,
      defaultDescription: "none",
      describe: "serial logs, - for standard input, or one record; latest: the last of the project",
    })
    .option("image", {
      type: "string",
      requiresArg: true,
      describe: "the image that ran: says which cases must have a result, and where crashes are",
    })
    .option("symbols", SYMBOLS)
    .option("root", {
      type: "string",
      requiresArg: true,
      default: ".",
      describe: "your source tree: only files below it are annotated",
    })
    .option("dialect", {
      type: "string",
      requiresArg: true,
      default: "auto",
      describe: `how the guest prints its results: ${dialectNames.join(", ")}, or one of the project`,
    })
    .option("config", CONFIG)
    .epilogue(REPORT_EXAMPLES + EXIT_CODES);

export const mergeOptions = (command: Argv) =>
  withReports(command)
    .usage(
      "uktest merge <record…>\n\nJoins the records of shards and machines into one report. A shard that is missing or doubled is red.",
    )
    .positional("record", {
      type: "string",
      array: true,
      demandOption: true,
      defaultDescription: "none",
      describe: "records of runs (events.jsonl), or folders that hold them",
    })
    .option("expect", {
      type: "number",
      requiresArg: true,
      describe: "number of records that have to be there",
    })
    .option("root", {
      type: "string",
      requiresArg: true,
      default: ".",
      describe: "your source tree: only files below it are annotated",
    })
    .epilogue(MERGE_EXAMPLES + EXIT_CODES);

const UBSAN_EXAMPLES = examples([
  ['uktest ubsan update run.jsonl --reason "third-party code, issue 12"', "write down what is new"],
  ["uktest ubsan prune run.jsonl", "take out what no longer occurs"],
]);

export const ubsanOptions = (command: Argv) =>
  command
    .usage(
      "uktest ubsan update|prune <record>\n\nKeeps the file of UBSAN findings that are known and do not fail a run.",
    )
    .positional("action", { type: "string", choices: UBSAN_ACTIONS, describe: "update or prune" })
    .positional("record", { type: "string", describe: "record of a whole run (events.jsonl)" })
    .option("file", {
      type: "string",
      requiresArg: true,
      defaultDescription: "uktest.ubsan.json here",
      describe: "the file of known findings",
    })
    .option("reason", { type: "string", requiresArg: true, describe: "why the new findings may stay" })
    .option("until", {
      type: "string",
      requiresArg: true,
      describe: "last day of the new findings, YYYY-MM-DD",
    })
    .epilogue(UBSAN_EXAMPLES + EXIT_CODES);

const COVERAGE_EXAMPLES = examples([
  ["uktest coverage show latest", "the table of the last recorded run"],
  ["uktest coverage merge shard-*.jsonl -r lcov=all.info", "what ran in any of several runs"],
  ["uktest coverage diff before.jsonl after.jsonl", "lines that ran in one of them alone"],
]);

export const coverageOptions = (command: Argv) =>
  command
    .usage(
      "uktest coverage show|merge|diff <record…>\n\nWhich lines ran in runs that were recorded with --coverage. Nothing boots, and nothing is judged.",
    )
    .positional("action", { type: "string", choices: COVERAGE_ACTIONS, describe: "show, merge or diff" })
    .positional("record", {
      type: "string",
      array: true,
      describe:
        "records of runs, or folders of records (show and diff: the newest); latest: the project's last",
    })
    .option("reporter", REPORTER)
    .option("root", {
      type: "string",
      requiresArg: true,
      default: ".",
      describe: "your source tree: only files below it are annotated",
    })
    .option("strip-prefix", STRIP_PREFIX)
    .option("color", COLOR)
    .epilogue(`${COVERAGE_EXAMPLES}Exit codes:\n  0  printed    2  usage error    3  infrastructure error`);

const DIALECT_EXAMPLES = examples([
  ["uktest dialect list", "what can be read"],
  ["uktest dialect try serial.log", "what each line is taken for"],
  ["uktest dialect try serial.log --dialect xv6", "read as one that the configuration describes"],
]);

export const dialectOptions = (command: Argv) =>
  command
    .usage(
      "uktest dialect list | try <log>\n\nLists the ways in which guests print results that are read, or shows what each line of a serial log is\ntaken for. Nothing is judged.",
    )
    .positional("action", { type: "string", choices: DIALECT_ACTIONS, describe: "list or try" })
    .positional("log", { type: "string", describe: "a serial log; - for standard input" })
    .option("dialect", {
      type: "string",
      requiresArg: true,
      default: "auto",
      describe: "read the log as one dialect, or as whichever its lines show",
    })
    .option("config", CONFIG)
    .epilogue(`${DIALECT_EXAMPLES}Exit codes:\n  0  printed    2  usage error    3  infrastructure error`);
