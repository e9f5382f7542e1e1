/**
 * What was typed after the commands that are typed now and then, and what it means. It runs nothing; more.ts does.
 */
import { UsageError } from "../core/errors.js";
import { EDITOR_FILES } from "../debug/launch.js";
import { STUBS } from "../debug/guest-stub.js";
import type { DebugArguments } from "../debug/arguments.js";
import { projectArguments, runArguments } from "./run-args.js";
import { isGiven, positive, single, strings, values, wholeNumber } from "./values.js";
import { type Shell, SHELLS } from "./completion/scripts.js";
import { asTyped } from "../delivery/invocation.js";
import { type CoverageArguments, coverageArguments } from "./coverage/arguments.js";
import { CI_HOSTS } from "./init/ci.js";
import { EDITORS } from "./init/editors.js";
import { type BuildArguments, buildArguments } from "./build/arguments.js";
import type { DapArguments } from "./dap/arguments.js";
import { type ProfileArguments, profileArguments } from "./profile/arguments.js";
import type { InitArguments } from "./init.js";
import type { DialectArguments } from "./dialect/command.js";
import type { StoreArguments } from "./store/command.js";
import type { TraceArguments } from "./trace/command.js";
import { TRACE_FORMATS } from "./trace/formats.js";
import { NOT_WATCHED } from "./more-grammar.js";
import type { WatchArguments } from "./watch/arguments.js";

export type MoreCommand =
  | { readonly name: "init"; readonly args: InitArguments }
  | { readonly name: "build"; readonly args: BuildArguments }
  | { readonly name: "watch"; readonly args: WatchArguments }
  | { readonly name: "debug"; readonly args: DebugArguments }
  | { readonly name: "dap"; readonly args: DapArguments }
  | { readonly name: "doctor"; readonly json: boolean }
  | { readonly name: "trace"; readonly args: TraceArguments }
  | { readonly name: "dialect"; readonly args: DialectArguments }
  | { readonly name: "store"; readonly args: StoreArguments }
  | { readonly name: "profile"; readonly args: ProfileArguments }
  | { readonly name: "coverage"; readonly args: CoverageArguments }
  | { readonly name: "grafana" }
  | { readonly name: "completion"; readonly shell: Shell }
  /** What may stand at the end of a line that is being typed: a shell, and the words after the command's name. */
  | { readonly name: "complete"; readonly words: readonly string[] };

type Parsed = Readonly<Record<string, unknown>>;

/**
 * Gives the words of one of these commands their meaning.
 * @param gdbWords what stands after `--` of `debug`
 * @throws UsageError for invalid arguments
 */
export function moreCommand(args: Parsed, gdbWords: readonly string[]): MoreCommand {
  switch (args["_"] instanceof Array ? args["_"][0] : undefined) {
    case "init":
      return { name: "init", args: initArguments(args) };
    case "build":
      return { name: "build", args: buildArguments(args) };
    case "watch":
      return { name: "watch", args: watchArguments(args) };
    case "debug":
      return { name: "debug", args: debugArguments(args, gdbWords) };
    case "dap": {
      const port = wholeNumber(args, "port");
      return { name: "dap", args: port === undefined ? {} : { port } };
    }
    case "doctor":
      return { name: "doctor", json: isGiven(args, "json") };
    case "trace":
      return { name: "trace", args: traceArguments(args) };
    case "dialect":
      return { name: "dialect", args: dialectArguments(args) };
    case "store":
      return { name: "store", args: storeArguments(args) };
    case "profile":
      return { name: "profile", args: profileArguments(args) };
    case "coverage":
      return { name: "coverage", args: coverageArguments(args) };
    case "grafana":
      return { name: "grafana" };
    default:
      return { name: "completion", shell: SHELLS.find((one) => one === args["shell"]) ?? "bash" };
  }
}

function dialectArguments(args: Parsed): DialectArguments {
  const config = single(args, "config");
  const given = config === undefined ? {} : { config };
  const log = single(args, "log");
  if (args["action"] === "list") {
    if (log === undefined) return { action: "list", ...given };
    throw new UsageError("dialect list takes no log", `uktest dialect try ${log} shows what its lines are`);
  }
  if (log === undefined || log === "")
    throw new UsageError("dialect try needs a log", "uktest dialect try serial.log");
  return { action: "try", log, dialect: single(args, "dialect") ?? "auto", ...given };
}

function storeArguments(args: Parsed): StoreArguments {
  const record = single(args, "record");
  if (record !== undefined && (strings(args["pattern"]).length > 0 || single(args, "image") !== undefined))
    throw new UsageError(
      "--record goes without an image or a pattern",
      "it shows what the guests of a run had",
    );
  return {
    ...projectArguments(args),
    json: isGiven(args, "json"),
    ...(record !== undefined && { record }),
  };
}

function traceArguments(args: Parsed): TraceArguments {
  const [record = ""] = strings(args["record"]);
  if (record === "")
    throw new UsageError("the name of the record is empty", "is a variable of your script not set?");
  const output = single(args, "output");
  return {
    record,
    format: TRACE_FORMATS.find((one) => one === single(args, "format")) ?? "text",
    ...(output !== undefined && { output }),
  };
}

function initArguments(args: Parsed): InitArguments {
  const [folder = "."] = strings(args["folder"]);
  if (folder === "")
    throw new UsageError("the name of the folder is empty", "is a variable of your script not set?");
  const name = single(args, "name");
  const ci = CI_HOSTS.find((host) => host === single(args, "ci"));
  const editor = EDITORS.find((one) => one === single(args, "editor"));
  return {
    folder,
    ...(name !== undefined && { name }),
    ...(ci !== undefined && { ci }),
    ...(editor !== undefined && { editor }),
  };
}

function watchArguments(args: Parsed): WatchArguments {
  for (const name of NOT_WATCHED)
    if (args[name] !== undefined && args[name] !== false)
      throw new UsageError(`--${name} makes no sense in a watch`, "see uktest watch --help");
  const { patterns, machine, config, profile, compiler } = runArguments(args);
  return {
    patterns,
    ...(machine !== undefined && { machine }),
    ...(config !== undefined && { config }),
    profile,
    compiler,
    words: wordsOf(args),
  };
}

/** What the options of `uktest debug` mean. @throws UsageError */
export function debugArguments(args: Parsed, gdbWords: readonly string[]): DebugArguments {
  const memory = positive(args, "memory");
  const ofCase = positive(args, "case-timeout");
  const server = single(args, "server");
  const print = EDITOR_FILES.find((one) => one === single(args, "print"));
  if (print !== undefined && !/^\d{1,5}$/.test(server ?? "0"))
    throw new UsageError("--print needs a port, since an editor connects to one", `it is ${server ?? ""}`);
  if (print !== undefined && strings(args["pattern"]).length === 0)
    throw new UsageError(
      "--print needs the name of what is debugged",
      "uktest debug SUITE.CASE --print launch",
    );
  if (server !== undefined && print === undefined && values(args, "break").length > 0)
    throw new UsageError("--break goes without --server", "breakpoints are those of your own debugger");
  const core = single(args, "core");
  const stub = STUBS.find((one) => one === single(args, "stub"));
  const recordReplay = isGiven(args, "record-replay");
  for (const other of ["server", "break", "machine", "case-timeout", "memory", "stub", "record-replay"])
    if (core !== undefined && (other === "record-replay" ? recordReplay : values(args, other).length > 0))
      throw new UsageError(`--${other} makes no sense with --core`, "a core does not run");
  if (server !== undefined && gdbWords.length > 0)
    throw new UsageError("--server starts no gdb", "leave out what stands after --");
  return {
    ...projectArguments(args),
    ...(memory !== undefined && { memoryMiB: Math.ceil(memory) }),
    ...(ofCase !== undefined && { caseMs: ofCase * 1000 }),
    breaks: values(args, "break"),
    recordReplay,
    ...(server !== undefined && { server }),
    ...(core !== undefined && { core }),
    ...(stub !== undefined && { stub }),
    gdbWords,
    ...(print !== undefined && { print }),
    // The editor starts it from its own folder, as the user did, and has the breakpoints in its other file.
    command: [
      ...asTyped("uktest debug", process.env).split(" "),
      ...strings(args["pattern"]),
      ...wordsOf(args, ["print", "server", "break", ...(single(args, "cc") === "gcc" ? ["cc"] : [])]),
    ],
  };
}

const NO_OPTIONS = new Set(["_", "$0", "pattern", "help", "version"]);

/** The options of a run as words again, one spelling each. */
const wordsOf = (args: Parsed, without: readonly string[] = []): readonly string[] =>
  Object.entries(args).flatMap(([name, value]) => {
    if (NO_OPTIONS.has(name) || without.includes(name) || name.length === 1) return [];
    if (value === undefined || value === false) return [];
    return strings(value).map((one) => `--${name}=${one}`);
  });
