/**
 * What can be typed after the commands that are typed now and then: their options, their help. It gives nothing a
 * meaning; more-args.ts does.
 */
import type { Argv } from "yargs";
import { running } from "./run-options.js";
import { APPEND, building, EXIT_CODES, examples, FILTER, HARDWARE, SET, STRESS, SYMBOLS } from "./options.js";
import { EDITOR_FILES } from "../debug/launch.js";
import { STUBS } from "../debug/guest-stub.js";
import { CI_HOSTS } from "./init/ci.js";
import { EDITORS } from "./init/editors.js";
import { TRACE_FORMATS } from "./trace/formats.js";
import { buildOptions } from "./build/grammar.js";
import { NOT_PROFILED, PROFILE_FORMATS } from "./profile/arguments.js";
import { SHELLS } from "./completion/scripts.js";

const LIST_EXAMPLES = examples([
  ["uktest list vfscore", "the cases of the project's suites"],
  ["uktest list --image build/app.dbg", "what has to run"],
  ["uktest list --image build/app --json", "the same for programs"],
  ["uktest list --compile-commands > compile_commands.json", "how the sources are compiled, for clangd"],
]);

const MACHINES_EXAMPLES = examples([["uktest machines", "what can boot here"]]);

const INIT_EXAMPLES = examples([
  ["uktest init demo && cd demo && uktest run", "a new library with its suite, green"],
  ["uktest init lib/ring", "a first suite beside a library of Unikraft"],
  ["uktest init demo --ci gitlab", "with the file that runs it in CI"],
  ["uktest init --editor vscode", "in a project: F5 debugs a case of it"],
]);

const WATCH_EXAMPLES = examples([
  ["uktest watch", "all suites of the project, again at every change"],
  ["uktest watch vfscore --machine v86", "one folder of suites, on the embedded machine"],
  ["uktest watch vfscore_stat_testsuite", "one suite"],
]);

const DOCTOR_EXAMPLES = examples([
  ["uktest doctor", "a table, and the command that mends each lack"],
  ["uktest doctor --json", "the same for programs"],
]);

const DEBUG_EXAMPLES = examples([
  ["uktest debug", "the case that was red the last time, in gdb where it went wrong"],
  ["uktest debug vfscore_stat.newfile", "this case; a suite, and patterns as in uktest run"],
  ["uktest debug ring.wraps --break case", "from its first line, whether it is red or not"],
  ["uktest debug ring.wraps -- -batch -ex bt", "what stands after -- goes to gdb"],
  ["uktest debug --image build/app_qemu-x86_64 demo", "in an image of Unikraft's build"],
  ["uktest debug --record-replay ring.wraps", "back in time too, from what is wrong to what wrote it"],
  ["uktest debug --core latest ring.wraps", "what died in a run that was recorded"],
  ["uktest debug ring.wraps --server 1234", "for a debugger or an editor of your own"],
]);

const DAP_EXAMPLES = examples([
  ["uktest dap", "for an editor that starts it and speaks on its streams"],
  ["uktest dap --port 4711", "for an editor that connects to a port of this host"],
]);

const TRACE_EXAMPLES = examples([
  ["uktest trace latest", "what the tracepoints of the last recorded run have noted"],
  ["uktest trace records --format ctf -o trace && babeltrace2 trace", "for readers of CTF"],
  ["uktest trace latest --format chrome -o run.json", "for ui.perfetto.dev"],
]);

const COMPLETION_EXAMPLES = examples([
  ["uktest completion bash >> ~/.bashrc", ""],
  ['uktest completion zsh > "${fpath[1]}/_uktest"', "in a folder of fpath; or >> ~/.zshrc, after compinit"],
  ["uktest completion fish > ~/.config/fish/completions/uktest.fish", ""],
]);

const STORE_EXAMPLES = examples([
  ["uktest store vfscore", "values that the libraries of one program offer"],
  ["uktest store --image build/app_qemu-x86_64", "of an image of Unikraft's build"],
  ["uktest run --store --record records && uktest store --record latest", "what the guests had at their end"],
]);

const PROFILE_EXAMPLES = examples([
  ["uktest profile ring -m qemu-x86_64 -o ring.folded", "where the time of a suite goes"],
  ["uktest profile --image build/app_qemu-x86_64 --format html -o app.html", "a flame graph of an image"],
  ["uktest profile ring --format pprof -o ring.pb.gz", "for go tool pprof and its kin"],
]);
const GRAFANA_EXAMPLES = examples([
  ["uktest grafana > uktest.json", "to import in Grafana: Dashboards, New, Import"],
]);

/** Options of `run` that say what cannot be repeated at every change. */
export const NOT_WATCHED = [
  ...["image", "symbols", "no-build", "shard", "last-failed", "changed", "until-fail", "metrics"],
] as const;

const machines = (command: Argv) =>
  command
    .usage("uktest machines\n\nPrints what can boot here, and what to install for the rest.")
    .epilogue(MACHINES_EXAMPLES + EXIT_CODES);

const list = (command: Argv) =>
  building(command)
    .usage(
      "uktest list [pattern…]\n\nPrints suites, cases, places and assertions: of the project's images, or of one image.",
    )
    .option("image", {
      type: "string",
      requiresArg: true,
      describe: "an ELF image, stripped or not, or its .dbg",
    })
    .option("filter", FILTER)
    .option("json", { type: "boolean", default: false, describe: "one JSON document instead of a table" })
    .option("compile-commands", {
      type: "boolean",
      default: false,
      describe: "build nothing: print how each file is compiled, as compile_commands.json of clangd",
    })
    .epilogue(LIST_EXAMPLES + EXIT_CODES);

const init = (command: Argv) =>
  command
    .usage(
      "uktest init [folder]\n\nWrites a library with its first suite and a configuration into an empty folder, or a suite and a\nconfiguration beside an existing library. No file that is there is changed,\nbut for those of an editor, which are added to.",
    )
    .positional("folder", {
      type: "string",
      default: ".",
      describe: "where to; made if it is not there",
    })
    .option("name", {
      type: "string",
      requiresArg: true,
      defaultDescription: "that of the folder",
      describe: "name of the library in C",
    })
    .option("ci", {
      type: "string",
      choices: CI_HOSTS,
      requiresArg: true,
      defaultDescription: "github in a git repository",
      describe: "whose CI gets a file too",
    })
    .option("editor", {
      type: "string",
      choices: EDITORS,
      requiresArg: true,
      defaultDescription: "none",
      describe: "add the files by which it debugs a case; in a project that is there, nothing else",
    })
    .epilogue(INIT_EXAMPLES + EXIT_CODES);

const watch = (command: Argv) => {
  const all = running(command).usage(
    "uktest watch [pattern…]\n\nRuns, and runs again what a changed file affects. Keys: Enter all, f only what failed, q quit.",
  );
  for (const name of NOT_WATCHED) all.hide(name);
  return all.epilogue(WATCH_EXAMPLES + EXIT_CODES);
};

const debug = (command: Argv) =>
  building(command)
    .usage(
      "uktest debug [pattern…] [-- gdb's words]\n\nBoots one image under QEMU's debugger stub, and opens gdb at the first failed assertion, crash or\nUBSAN finding, in the frame of the case.",
    )
    .option("image", {
      type: "string",
      requiresArg: true,
      describe: "debug this image instead of the project's: one of the kit or of Unikraft",
    })
    .option("symbols", SYMBOLS)
    .option("break", {
      type: "string",
      array: true,
      requiresArg: true,
      default: [] as string[],
      defaultDescription: "none",
      describe: "stop there too: main, case (where a case begins), or what gdb's break takes; repeatable",
    })
    .option("record-replay", {
      type: "boolean",
      default: false,
      describe: "record the case first, so that gdb can go back in time: reverse-continue and its like",
    })
    .option("core", {
      type: "string",
      requiresArg: true,
      describe: "record of a run (--record), or latest: open the core of what died in it; nothing boots",
    })
    .option("case-timeout", {
      type: "number",
      requiresArg: true,
      describe: "seconds after which a case that has not ended is stopped where it is",
    })
    .option("memory", { type: "number", requiresArg: true, describe: "memory of the guest in MiB" })
    .option("append", APPEND)
    .options(HARDWARE)
    .option("set", SET)
    .option("stress", STRESS)
    .option("server", {
      type: "string",
      requiresArg: true,
      describe: "start no gdb: wait on this port of the loopback interface, or on a socket of this path",
    })
    .option("stub", {
      type: "string",
      choices: STUBS,
      requiresArg: true,
      defaultDescription: "machine; guest on a board",
      describe: "who answers the debugger: the machine's emulator, or the guest itself (library ukgdb)",
    })
    .option("print", {
      type: "string",
      choices: EDITOR_FILES,
      requiresArg: true,
      describe: "debug nothing: print launch.json or tasks.json of VS Code; --server names the port",
    })
    .epilogue(
      `${DEBUG_EXAMPLES}Exit codes:\n  0  the session is over, or the case passed    1  gdb failed\n  2  usage error    3  infrastructure error: no gdb, no emulator, no image`,
    );

const doctor = (command: Argv) =>
  command
    .usage(
      "uktest doctor\n\nLooks at what a run needs, and builds and boots a suite of one case on each machine.",
    )
    .option("json", { type: "boolean", default: false, describe: "one JSON document instead of a table" })
    .epilogue(
      `${DOCTOR_EXAMPLES}Exit codes:\n  0  the machine that is taken by default works    3  it does not    2  usage error`,
    );

const dap = (command: Argv) =>
  command
    .usage(
      "uktest dap\n\nSpeaks the Debug Adapter Protocol, so that an editor debugs a case as uktest debug does. A launch\nrequest has the words of that command: pattern, machine, image, core, break, memory, caseTimeout.",
    )
    .option("port", {
      type: "number",
      requiresArg: true,
      defaultDescription: "standard input and output",
      describe: "wait on this port of the loopback interface; 0 for any that is free",
    })
    .epilogue(
      `${DAP_EXAMPLES}Exit codes:\n  0  the editor has left    2  usage error    3  infrastructure error`,
    );

const trace = (command: Argv) =>
  command
    .usage(
      "uktest trace <record>\n\nPrints the traces of a run that was recorded with uktest run --trace --record FOLDER.",
    )
    .positional("record", {
      type: "string",
      demandOption: true,
      describe: "record of a run, or a folder of records; latest: the last of the project",
    })
    .option("format", {
      type: "string",
      choices: TRACE_FORMATS,
      requiresArg: true,
      default: "text",
      describe: "text, the Common Trace Format, or Chrome's JSON with the run around it",
    })
    .option("output", {
      alias: "o",
      type: "string",
      requiresArg: true,
      defaultDescription: "printed",
      describe: "file, and the folder of ctf",
    })
    .epilogue(`${TRACE_EXAMPLES}Exit codes:\n  0  printed    2  usage error    3  infrastructure error`);

const completion = (command: Argv) =>
  command
    .usage(
      "uktest completion <shell>\n\nPrints a script that completes commands, options, their values and names of suites.",
    )
    .positional("shell", {
      type: "string",
      choices: SHELLS,
      demandOption: true,
      describe: "the shell that reads the script",
    })
    .epilogue(COMPLETION_EXAMPLES + EXIT_CODES);

const profile = (command: Argv) => {
  const all = running(command)
    .usage(
      "uktest profile [pattern…]\n\nRuns, and samples the stacks of the guests from outside: on QEMU, of any image with symbols. The exit\ncode is that of the run.",
    )
    .option("hz", {
      type: "number",
      requiresArg: true,
      default: 250,
      describe: "samples a second, from 1 to 1000",
    })
    .option("format", {
      type: "string",
      choices: PROFILE_FORMATS,
      requiresArg: true,
      default: "folded",
      describe: "folded text, a file of speedscope or of pprof, a flame graph as a page",
    })
    .option("output", {
      alias: "o",
      type: "string",
      requiresArg: true,
      defaultDescription: "printed, and the run's report on standard error",
      describe: "file for the profile",
    })
    .option("by-case", { type: "boolean", default: false, describe: "tell the cases apart" })
    .group(["hz", "format", "output", "by-case"], "Profile:");
  for (const name of NOT_PROFILED) all.hide(name);
  return all.epilogue(PROFILE_EXAMPLES + EXIT_CODES);
};
const grafana = (command: Argv) =>
  command
    .usage(
      "uktest grafana\n\nPrints a dashboard of Grafana, as JSON, for what uktest run --metrics serves and the reporter\nprometheus writes.",
    )
    .epilogue(GRAFANA_EXAMPLES + EXIT_CODES);

const store = (command: Argv) =>
  building(command)
    .usage(
      "uktest store [pattern…]\n\nPrints the values that libraries offer through ukstore: of the project's images, or of one image.",
    )
    .option("image", { type: "string", requiresArg: true, describe: "an ELF image, or its .dbg" })
    .option("symbols", SYMBOLS)
    .option("record", {
      type: "string",
      requiresArg: true,
      describe: "what the guests of a run had (run --store --record FOLDER): a record, or latest",
    })
    .option("json", { type: "boolean", default: false, describe: "one JSON document instead of a table" })
    .epilogue(STORE_EXAMPLES + EXIT_CODES);

/** Adds the options of each command. */
export const MORE = {
  build: buildOptions,
  ...{ list, machines, init, watch, debug, doctor, dap, trace, store, profile, completion, grafana },
} as const;
