/**
 * What can be typed: commands, options, help. It gives nothing a meaning; args.ts does.
 */
import yargs, { type Argv } from "yargs";
import {
  coverageOptions,
  dialectOptions,
  mergeOptions,
  REPORT_EXAMPLES,
  reportOptions,
  ubsanOptions,
} from "./grammar-others.js";
import { COMMANDS, EXIT_CODES, examples } from "./options.js";
import { running } from "./run-options.js";
import type { MORE } from "./more-grammar.js";
import { TOOL } from "../delivery/tool.js";

const RUN_EXAMPLES = examples([
  ["uktest run vfscore", "build, boot and judge the suites of a folder"],
  ["uktest run", "all suites of the project that should be green"],
  ["uktest run vfscore_stat_testsuite", "one suite; 'vfscore_*' and suite.case too"],
  ["uktest run --image build/app_qemu-x86_64", "boot an image that is there already"],
  ["uktest run vfscore --machine v86 -r junit=out.xml", "on the embedded machine, with a report for CI"],
]);

/** What of yargs' inside is touched. */
interface Insides {
  readonly getInternalMethods?: () => {
    readonly getUsageInstance: () => { cacheHelpMessage: () => void };
  };
}

/**
 * Skips the drawing of a help text that is not shown: yargs draws one after every command, in case a handler
 * fails later, and that takes longer than all else it does. Without these insides it just takes that time.
 */
function withoutSpareHelp(parser: Argv): Argv {
  const usage = (parser as Insides).getInternalMethods?.().getUsageInstance();
  if (usage !== undefined) usage.cacheHelpMessage = () => undefined;
  return parser;
}

/** Options of commands that are typed now and then: loaded when they are. */
const more = (name: keyof typeof MORE) => async (command: Argv) =>
  (await import("./more-grammar.js")).MORE[name](command);

type Builder = (command: Argv) => Argv | Promise<Argv>;

/** Each command: its words, one line of help, its options. */
const ALL: Readonly<Record<(typeof COMMANDS)[number], readonly [words: string, help: string, Builder]>> = {
  run: ["run [pattern..]", "build suites, boot them and judge them", (command) => runOptions(command)],
  debug: ["debug [pattern..]", "open a red case in gdb where it went wrong", more("debug")],
  report: [
    "report <log..>",
    "judge saved serial logs, standard input (-) or a record of a run",
    reportOptions,
  ],
  merge: [
    "merge <record..>",
    "join the records of shards and machines, and judge them together",
    mergeOptions,
  ],
  ubsan: ["ubsan <action> <record>", "keep the file of known UBSAN findings", ubsanOptions],
  list: ["list [pattern..]", "print the suites and cases of the project, or of an image", more("list")],
  machines: ["machines", "print the machines, and what is missing for each", more("machines")],
  init: ["init [folder]", "write a library with its first suite, or a suite beside one", more("init")],
  build: ["build [pattern..]", "build an image of Unikraft with its tests on, and run it", more("build")],
  watch: ["watch [pattern..]", "run again what a changed file affects", more("watch")],
  doctor: ["doctor", "look at compilers and emulators, and boot a guest on each machine", more("doctor")],
  dap: ["dap", "debug a case from an editor: a debug adapter (DAP)", more("dap")],
  trace: ["trace <record>", "print what tracepoints have noted in a recorded run", more("trace")],
  completion: [
    "completion <shell>",
    "print a script that completes commands for a shell",
    more("completion"),
  ],
  dialect: [
    "dialect <action> [log]",
    "list the ways of printing results, or show what the lines of a log are taken for",
    dialectOptions,
  ],
  store: [
    "store [pattern..]",
    "list the values that libraries of images offer through ukstore",
    more("store"),
  ],
  profile: ["profile [pattern..]", "sample where the time of suites or of an image goes", more("profile")],
  coverage: [
    "coverage <action> <record..>",
    "show which lines recorded runs ran, join them, or compare two",
    coverageOptions,
  ],
  grafana: ["grafana", "print a dashboard of Grafana for the metrics of runs", more("grafana")],
};

function withCommands(parser: Argv, typed: string | undefined): Argv {
  const known = COMMANDS.find((name) => name === typed);
  for (const name of known === undefined ? COMMANDS : [known]) {
    const [words, help, options] = ALL[name];
    parser.command(words, help, options as (command: Argv) => Argv);
  }
  return parser;
}

/** The parser of the command line; of the command that is typed alone, where it is known: setting up all takes its time. */
export const grammar = (typed?: string) =>
  withCommands(withoutSpareHelp(yargs()), typed)
    .scriptName("uktest")
    .usage("uktest: boots a unikernel's tests, reads its serial console and says whether they passed")
    .epilogue(REPORT_EXAMPLES + EXIT_CODES)
    .parserConfiguration({
      "greedy-arrays": false,
      "duplicate-arguments-array": true,
      "dot-notation": false,
      "boolean-negation": false,
      "camel-case-expansion": false,
    })
    .option("debug", {
      type: "boolean",
      default: false,
      describe: "stages with their times, command lines of the emulator, stacks; or UKTEST_DEBUG=1",
    })
    .strict()
    .version(TOOL.version)
    .help()
    .alias("help", "h")
    .locale("en")
    .wrap(100)
    .exitProcess(false)
    .showHelpOnFail(false);

const runOptions = (command: Argv) =>
  running(command)
    .usage("uktest run [pattern…]\n\nBuilds suites, boots them in an emulator and judges what they say.")
    .epilogue(RUN_EXAMPLES + EXIT_CODES);
