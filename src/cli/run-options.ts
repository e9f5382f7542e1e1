/** The options of every command that boots, and the groups in which its help shows them. They mean nothing here. */
import type { Argv } from "yargs";
import { ISOLATIONS } from "../core/plan/rounds.js";
import { APPEND, building, FILTER, HARDWARE, SET, STRESS, SYMBOLS, writing } from "./options.js";
import { ACCELERATIONS, EVIDENCE, FLAKY } from "../core/choices.js";

/** The options by what they are about, in the order in which a help text shows them. */
const GROUPS: readonly (readonly [title: string, options: readonly string[]])[] = [
  [
    "Choose what runs:",
    [
      "config",
      "profile",
      "cc",
      "no-build",
      "image",
      "symbols",
      "filter",
      "last-failed",
      "changed",
      "shard",
      "times",
    ],
  ],
  ["Machine:", ["machine", "memory", "accel", "append", "set", "jobs"]],
  ["Hardware of an image:", ["initrd", "cpus", "net", "drive", "9p", "device", "qemu-arg"]],
  ["Limits:", ["timeout", "silence", "case-timeout", "run-timeout", "max-crashes", "fail-fast"]],
  [
    "Isolation and repetition:",
    ["isolate", "verify-isolation", "retries", "flaky", "shuffle", "repeat", "stress", "until-fail"],
  ],
  ["Judgement:", ["require", "ubsan", "max-leak", "baseline", "only-new", "quarantine", "known-findings"]],
  ["Reports:", ["reporter", "no-auto-reporters", "root", "strip-prefix", "color", "history", "metrics"]],
  ["Benchmarks:", ["bench", "bench-rounds", "bench-max-growth"]],
  ["Coverage:", ["coverage", "coverage-min", "coverage-base"]],
  ["Records:", ["record", "keep-core", "keep", "trace", "store"]],
];

/** Options of every command that boots. */
export const running = (command: Argv) =>
  GROUPS.reduce((parser, [title, options]) => parser.group([...options], title), withOptions(command));

const withOptions = (command: Argv) =>
  Object.values({ whatRuns, onMachine, withLimits, again, counted, kept }).reduce<Argv>(
    (parser, options) => options(parser),
    writing(building(command)),
  );

/** What is booted, and which of its cases. */
const whatRuns = (command: Argv): Argv =>
  command
    .option("image", {
      type: "string",
      requiresArg: true,
      describe: "boot this image instead of the project's: one of the kit or of Unikraft",
    })
    .option("symbols", SYMBOLS)
    .option("shard", {
      type: "string",
      requiresArg: true,
      describe: "i/n: the i-th of n parts of the cases; auto: as the scheduler says in the environment",
    })
    .option("times", {
      type: "string",
      requiresArg: true,
      describe: "record of an earlier run: shards take equally long; all have to get the same one",
    })
    .option("filter", FILTER)
    .option("last-failed", {
      type: "boolean",
      default: false,
      describe: "run just the cases that were red the last time",
    })
    .option("changed", {
      type: "string",
      describe:
        "run just the cases that ran changed lines when coverage was recorded; =BASE: changed since that commit too",
    })
    .option("shuffle", { type: "string", describe: "cases of a suite in another order; a seed repeats one" })
    .option("root", {
      type: "string",
      requiresArg: true,
      defaultDescription: "folder of the configuration",
      describe: "your source tree: only files below it are annotated",
    });

/** Where it runs. */
const onMachine = (command: Argv): Argv =>
  command
    .option("memory", { type: "number", requiresArg: true, describe: "memory of the guest in MiB" })
    .option("append", APPEND)
    .options(HARDWARE)
    .option("set", SET)
    .option("accel", {
      type: "string",
      choices: ACCELERATIONS,
      requiresArg: true,
      default: "tcg",
      describe: "auto takes KVM where a probe guest proves that it works",
    })
    .option("jobs", {
      alias: "j",
      type: "number",
      requiresArg: true,
      defaultDescription: "number of usable CPUs",
      describe: "boots side by side, as far as memory goes; the longest begins first",
    });

/** When it is stopped. */
const withLimits = (command: Argv): Argv =>
  command
    .option("timeout", { type: "number", requiresArg: true, describe: "longest time of a boot in seconds" })
    .option("silence", {
      type: "number",
      requiresArg: true,
      describe: "longest silence of a guest in seconds",
    })
    .option("case-timeout", {
      type: "number",
      requiresArg: true,
      describe: "longest time of a case that has no limit of its own, in seconds",
    })
    .option("run-timeout", {
      type: "number",
      requiresArg: true,
      describe: "longest time of the run in seconds",
    })
    .option("fail-fast", { type: "string", describe: "stop after the first red case, or after n" })
    .option("max-crashes", {
      type: "number",
      requiresArg: true,
      default: 100,
      describe: "further boots that one image gets for those that died",
    });

/** What shares a boot, and what runs again. */
const again = (command: Argv): Argv =>
  command
    .option("isolate", {
      type: "string",
      choices: ISOLATIONS,
      requiresArg: true,
      default: "auto",
      describe: "what shares a boot; auto: all, and the rest again after a crash",
    })
    .option("verify-isolation", {
      type: "boolean",
      default: false,
      describe: "boot each case alone too, and tell which behave differently",
    })
    .option("retries", {
      type: "number",
      requiresArg: true,
      default: 0,
      describe: "further boots of a red case, alone; what it reported of UBSAN stays",
    })
    .option("flaky", {
      type: "string",
      choices: FLAKY,
      requiresArg: true,
      default: "fail",
      describe: "status of a case that passed only on retry",
    })
    .option("stress", STRESS)
    .option("repeat", { type: "number", requiresArg: true, describe: "run everything so many times" })
    .option("until-fail", {
      type: "boolean",
      default: false,
      describe: "repeat until something is red, 1000 times at the most",
    })
    .option("max-leak", {
      type: "number",
      requiresArg: true,
      describe: "bytes that a passed case may still hold after its end: 0 for none",
    })
    .option("require", {
      type: "string",
      choices: EVIDENCE,
      requiresArg: true,
      default: "console",
      describe: "the least evidence that a passed case must have",
    });

/** What is counted. */
const counted = (command: Argv): Argv =>
  command
    .option("bench", {
      type: "boolean",
      default: false,
      describe: "count the instructions of each benchmark; --baseline compares them with an earlier run",
    })
    .option("bench-rounds", {
      type: "number",
      requiresArg: true,
      defaultDescription: "16",
      describe: "so often each benchmark is counted",
    })
    .option("bench-max-growth", {
      type: "number",
      requiresArg: true,
      describe: "percent by which a benchmark may take more instructions than in the baseline: more is red",
    });

/** What is there of a run while it lasts, and what stays of it. */
const kept = (command: Argv): Argv =>
  command
    .option("metrics", {
      type: "string",
      describe:
        "serve metrics for Prometheus on 127.0.0.1 while the run lasts: on this port, or on a free one",
    })
    .option("record", {
      type: "string",
      requiresArg: true,
      describe: "folder to keep this run in: events and raw consoles; uktest report latest replays it",
    })
    .option("keep-core", {
      type: "boolean",
      default: false,
      describe: "with --record: a core of each failed case too, at its first failure, not only of what died",
    })
    .option("trace", {
      type: "string",
      describe:
        "build with tracepoints, and show the last before a crash; =text: all, =live: as they come, =ctf:FOLDER, =chrome:FILE",
    })
    .option("store", {
      type: "boolean",
      default: false,
      describe: "read the values of ukstore when a guest has stopped: for json, metrics and the record",
    })
    .option("coverage", {
      type: "string",
      describe:
        "find out which lines run: by counters of the compiler (=gcc, =clang), =object without, of any image",
    })
    .option("coverage-min", {
      type: "number",
      requiresArg: true,
      describe: "percent of the lines that have to run: less is red",
    })
    .option("coverage-base", {
      type: "string",
      requiresArg: true,
      describe: "a commit of git: report the lines that have changed since, and which of them did not run",
    })
    .option("keep", {
      type: "boolean",
      default: false,
      describe: "keep the raw console, and say where it is",
    });
