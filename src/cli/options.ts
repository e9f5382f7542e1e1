/**
 * What options of several commands have in common: values, help texts, groups of options. The commands themselves are in
 * grammar.ts and grammar-others.ts.
 */
import { COMPILERS, UBSAN } from "../core/choices.js";
import type { Argv } from "yargs";
import { reporterNames } from "../delivery/reporters.js";

export const COMMANDS = [
  ...["run", "debug", "report", "merge", "ubsan", "list", "machines"],
  ...["init", "build", "watch", "doctor", "dap", "trace", "store", "profile", "coverage", "dialect"],
  ...["completion", "grafana"],
] as const;
/** What completion scripts call; nobody types it, so no list of commands has it. */
export const COMPLETE = "complete";
export const DIALECT_ACTIONS = ["list", "try"] as const;
export const UBSAN_ACTIONS = ["update", "prune"] as const;
export const COLORS = ["auto", "always", "never"] as const;

export const EXIT_CODES = `Exit codes:
  0  passed                          3  infrastructure error: no emulator, no report
  1  tests failed, findings, or      4  nothing ran
     something planned did not run   70 a bug in uktest
  2  usage error                     130, 143 interrupted`;

export const examples = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([command]) => command.length));
  return `Examples:\n${rows.map(([command, what]) => `  ${command.padEnd(width)}  ${what}\n`).join("")}\n`;
};

export const SYMBOLS = {
  type: "string",
  requiresArg: true,
  defaultDescription: "the image, or IMAGE.dbg",
  describe: "the ELF with test table and debug information, where the image itself has none",
} as const;

export const APPEND = {
  type: "string",
  array: true,
  requiresArg: true,
  default: [] as string[],
  defaultDescription: "none",
  describe: "words for the command line of the guest; repeatable",
} as const;

const repeatable = (describe: string) =>
  ({
    type: "string",
    array: true,
    requiresArg: true,
    default: [] as string[],
    defaultDescription: "none",
    describe: `${describe}; repeatable`,
  }) as const;

/** What guests have besides a processor, memory and a serial line, by option. */
export const HARDWARE = {
  initrd: {
    type: "string",
    requiresArg: true,
    describe: "initial RAM disk of the guest; all of these with --image",
  },
  cpus: { type: "number", requiresArg: true, describe: "processors of the guest" },
  net: repeatable("a network of the guest: user[,hostfwd=tcp::8080-:80]"),
  drive: repeatable("a disk of the guest: FILE[,format=raw]; what it writes is dropped"),
  "9p": repeatable("a folder of the host for the guest: FOLDER[,tag=fs0][,writable]"),
  device: repeatable("a device of the guest, as QEMU's -device has it"),
  "qemu-arg": repeatable("a further word for QEMU, as are those after --"),
} as const;

export const FILTER = {
  type: "string",
  requiresArg: true,
  describe: "only cases that an expression means: 'net & !slow', 'file:lib/vfs* | name:ring.*'",
} as const;

export const STRESS = {
  type: "number",
  requiresArg: true,
  describe: "run each case so many times within its boot; the first round that fails is its last",
} as const;

export const SET = {
  type: "string",
  array: true,
  requiresArg: true,
  default: [] as string[],
  defaultDescription: "none",
  describe: "LIBRARY/NAME=VALUE: a value of ukstore to set before the first suite; repeatable",
} as const;

export const CONFIG = {
  type: "string",
  requiresArg: true,
  defaultDescription: "nearest uktest.config.*",
  describe: "configuration of the project",
} as const;

export const REPORTER = {
  alias: "r",
  type: "string",
  array: true,
  requiresArg: true,
  default: [] as string[],
  defaultDescription: "a table",
  describe: `name[=file][,option=value]; repeatable. One of: ${reporterNames.join(", ")}`,
} as const;

export const STRIP_PREFIX = {
  type: "string",
  array: true,
  requiresArg: true,
  default: [] as string[],
  defaultDescription: "none",
  describe: "folder of the guest's build to take off its file names; repeatable",
} as const;

export const COLOR = {
  type: "string",
  choices: COLORS,
  requiresArg: true,
  default: "auto",
  describe: "colours; NO_COLOR and FORCE_COLOR count too",
} as const;

/** Options about what is known to be red. */
const knowing = (command: Argv) =>
  command
    .option("baseline", {
      type: "string",
      requiresArg: true,
      describe: "record or JSON report of an earlier run: says what is newly broken and newly fixed",
    })
    .option("only-new", {
      type: "boolean",
      default: false,
      describe: "what the baseline has broken at the same place stays visible, and does not fail",
    })
    .option("history", {
      type: "string",
      array: true,
      requiresArg: true,
      default: [] as string[],
      defaultDescription: "none",
      describe:
        "record of an earlier run, or folder of records, the oldest first: the html page shows them; repeatable",
    })
    .option("quarantine", {
      type: "string",
      requiresArg: true,
      defaultDescription: "uktest.quarantine.json of the project",
      describe: "file of cases that may be red, each with a reason; docs/known.md",
    })
    .option("known-findings", {
      type: "string",
      requiresArg: true,
      defaultDescription: "uktest.ubsan.json of the project",
      describe: "file of UBSAN findings that may occur, each with a reason",
    });

/** Options of every command that judges and writes reports. */
export const writing = (command: Argv) =>
  withReports(command).option("ubsan", {
    type: "string",
    choices: UBSAN,
    requiresArg: true,
    describe: "what a UBSAN finding does [default: fail]",
  });

/** Options of every command that writes reports. */
export const withReports = (command: Argv) =>
  knowing(command)
    .option("reporter", { ...REPORTER, defaultDescription: "pretty or lines" })
    .option("no-auto-reporters", {
      type: "boolean",
      default: false,
      describe: "in a job of GitHub Actions: no annotations and no summary but those asked for",
    })
    .option("strip-prefix", STRIP_PREFIX)
    .option("color", COLOR);

/** Options of every command that builds the project's images. */
export const building = (command: Argv) =>
  command
    .positional("pattern", {
      type: "string",
      array: true,
      defaultDescription: "all that should be green",
      describe: "a folder of suites, the beginning of a suite's name, suite.case, or a glob",
    })
    .option("machine", {
      alias: "m",
      type: "string",
      requiresArg: true,
      defaultDescription: "auto",
      describe: "the machine to build for and to boot; see uktest machines; run takes several",
    })
    .option("config", CONFIG)
    .option("profile", {
      type: "string",
      requiresArg: true,
      defaultDescription: "none",
      describe: "a profile of the configuration, or debug; run takes several",
    })
    .option("cc", {
      type: "string",
      choices: COMPILERS,
      requiresArg: true,
      default: "gcc",
      describe: "the compiler",
    })
    .option("no-build", { type: "boolean", default: false, describe: "boot what was built before" });
