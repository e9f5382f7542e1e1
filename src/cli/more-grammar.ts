/**
 * What can be typed after the commands that are typed now and then: their options, their help. It gives nothing a
 * meaning; more-args.ts does.
 */
import type { Argv } from "yargs";
import { running } from "./run-options.js";
import { building, EXIT_CODES, examples } from "./options.js";
import { CI_HOSTS } from "./init/ci.js";
import { SHELLS } from "./completion/scripts.js";

const LIST_EXAMPLES = examples([
  ["uktest list vfscore", "the cases of the project's suites"],
  ["uktest list --image build/app.dbg", "what has to run"],
  ["uktest list --image build/app --json", "the same for programs"],
]);

const MACHINES_EXAMPLES = examples([["uktest machines", "what can boot here"]]);

const INIT_EXAMPLES = examples([
  ["uktest init demo && cd demo && uktest run", "a new library with its suite, green"],
  ["uktest init lib/ring", "a first suite beside a library of Unikraft"],
  ["uktest init demo --ci gitlab", "with the file that runs it in CI"],
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

const COMPLETION_EXAMPLES = examples([
  ["uktest completion bash >> ~/.bashrc", ""],
  ['uktest completion zsh > "${fpath[1]}/_uktest"', "in a folder of fpath; or >> ~/.zshrc, after compinit"],
  ["uktest completion fish > ~/.config/fish/completions/uktest.fish", ""],
]);

/** Options of `run` that say what cannot be repeated at every change. */
export const NOT_WATCHED = ["image", "symbols", "no-build", "shard", "last-failed", "until-fail"] as const;

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
    .option("json", { type: "boolean", default: false, describe: "one JSON document instead of a table" })
    .epilogue(LIST_EXAMPLES + EXIT_CODES);

const init = (command: Argv) =>
  command
    .usage(
      "uktest init [folder]\n\nWrites a library with its first suite and a configuration into an empty folder, or a suite and a\nconfiguration beside an existing library. No file that is there is changed.",
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
    .epilogue(INIT_EXAMPLES + EXIT_CODES);

const watch = (command: Argv) => {
  const all = running(command).usage(
    "uktest watch [pattern…]\n\nRuns, and runs again what a changed file affects. Keys: Enter all, f only what failed, q quit.",
  );
  for (const name of NOT_WATCHED) all.hide(name);
  return all.epilogue(WATCH_EXAMPLES + EXIT_CODES);
};

const doctor = (command: Argv) =>
  command
    .usage(
      "uktest doctor\n\nLooks at what a run needs, and builds and boots a suite of one case on each machine.",
    )
    .option("json", { type: "boolean", default: false, describe: "one JSON document instead of a table" })
    .epilogue(
      `${DOCTOR_EXAMPLES}Exit codes:\n  0  the machine that is taken by default works    3  it does not    2  usage error`,
    );

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

/** Adds the options of each command. */
export const MORE = { list, machines, init, watch, doctor, completion } as const;
