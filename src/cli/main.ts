/**
 * The program: reads the command line, runs the command, tells the user what went wrong, sets the exit code.
 */
import { EXIT, type ExitCode, RigError, UsageError } from "../core/errors.js";
import { visible, visibleLine } from "../text/visible.js";
import { dropBoot } from "../run/boots/head-start.js";
import { beginEarly, type Early } from "../run/boots/speculative-start.js";
import type { LiveScreen } from "../delivery/live-screen.js";
import type { Say } from "../core/say.js";
import type { Command } from "./args.js";
import { stage } from "../../runner/host/stages.js";
import { TOOL } from "../delivery/tool.js";
import { listJson, listTable } from "./list.js";
import type { Outcome } from "../delivery/outcome.js";
import { asKnown } from "../core/reason.js";
import { type Sink, streamSink } from "../delivery/sink.js";
import type { ColorChoice } from "../delivery/terminal.js";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const isDebugging = process.env["UKTEST_DEBUG"] === "1" || process.argv.some((word) => word === "--debug");

const controller = new AbortController();

/** Asks a running command to finish early; a second signal ends the process at once. */
function listenForSignals(isOurs: (signal: string) => boolean = () => true): AbortSignal {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (!isOurs(signal)) return;
      if (controller.signal.aborted) process.exit(signal === "SIGINT" ? EXIT.interrupted : EXIT.terminated);
      controller.abort(signal);
      process.stdin.destroy();
    });
  }
  return controller.signal;
}

/** One line for the error and one for the hint; what is a bug, and everything in `--debug`, has its stack. */
async function complain(error: Error): Promise<string> {
  const isKnown = error instanceof UsageError || error instanceof RigError;
  const hint = isKnown && error.hint !== undefined ? `        ${error.hint}\n` : "";
  const kind = isKnown ? "error" : "bug";
  const stack = isKnown && !isDebugging ? "" : `${(await import("./diagnostics.js")).stackOf(error)}\n`;
  const trace = isKnown ? stack : `${stack}        please report this with the log that caused it\n`;
  return `uktest: ${kind}: ${visibleLine(error.message)}\n${visible(hint)}${visible(trace)}`;
}

async function finish(
  { exitCode, failures }: Pick<Outcome, "exitCode" | "failures">,
  stderr: Sink,
): Promise<ExitCode> {
  for (const failure of failures) await stderr.write(await complain(failure));
  return exitCode;
}

/** The status line, where anything is a terminal; elsewhere it is not even loaded. */
async function liveScreen(color: ColorChoice): Promise<LiveScreen | undefined> {
  if (!process.stdout.isTTY && !process.stderr.isTTY) return undefined;
  const { openLiveScreen } = await import("../delivery/destinations.js");
  return openLiveScreen(color);
}

/** What every command writes to. */
interface Streams {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly say: Say;
}

/** Does what a command says. Each loads what it needs: a report needs no compiler, and a run reads no TAP. */
async function doCommand(command: Command, early: Early | undefined, streams: Streams): Promise<ExitCode> {
  const { stdout, stderr, say } = streams;
  const printed = async (text: string): Promise<ExitCode> => {
    await stdout.write(text);
    return EXIT.passed;
  };
  switch (command.name) {
    case "text":
      return printed(command.text);
    case "list": {
      const { plansOf } = await import("../run/list-plans.js");
      const plans = await plansOf(command.args);
      return printed(plans.map((plan) => (command.json ? listJson(plan) : listTable(plan))).join("\n"));
    }
    case "compile-commands": {
      const { compileCommandsOf } = await import("../run/compile-commands.js");
      return printed(`${JSON.stringify(await compileCommandsOf(command.args), null, 2)}\n`);
    }
    case "machines":
      return printed(await (await import("./machines.js")).machinesTable());
    case "more": {
      const { runMore } = await import("./more.js");
      const raw = { input: process.stdin, output: process.stdout };
      return finish(await runMore(command.more, { ...streams, streams: raw, listenForSignals }), stderr);
    }
    case "report": {
      const { report } = await import("./report.js");
      const live = await liveScreen(command.args.color);
      return finish(await report(command.args, listenForSignals(), say, live), stderr);
    }
    case "ubsan":
      return printed(await (await import("./ubsan.js")).ubsan(command.args));
    case "merge": {
      const { merge } = await import("./merge.js");
      const live = await liveScreen(command.args.color);
      return finish(await merge(command.args, listenForSignals(), live), stderr);
    }
    case "run": {
      const { run: runProject } = await import("./run.js");
      const live = await liveScreen(command.args.color);
      const words = process.stderr.isTTY && live !== undefined ? live.over(stderr) : stderr;
      const outcome = await runProject(command.args, listenForSignals(), saying(words), live, early?.begun);
      return finish(outcome, stderr);
    }
  }
}

const saying =
  (sink: Sink): Say =>
  (line) =>
    void sink.write(`uktest: ${visibleLine(line)}\n`);

async function obey(argv: readonly string[], early: Early | undefined): Promise<ExitCode> {
  const stderr = streamSink(process.stderr, "stderr");
  const stdout = streamSink(process.stdout, "stdout");
  try {
    const { readCommand } = await import("./args.js");
    const command = await readCommand(argv);
    stage(() => "the command line is read");
    return await doCommand(command, early, { stdout, stderr, say: saying(stderr) });
  } catch (error) {
    const known = asKnown(error);
    await stderr.write(await complain(known));
    // What a signal has cut short may well be the reason why something else failed.
    if (controller.signal.aborted)
      return controller.signal.reason === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
    return known instanceof UsageError ? EXIT.usage : known instanceof RigError ? EXIT.rig : EXIT.bug;
  }
}

async function run(argv: readonly string[]): Promise<ExitCode> {
  // A file that grows beyond the limit of the shell is a write that fails, and is reported as one.
  process.on("SIGXFSZ", () => undefined);
  if (isDebugging) {
    const { showStages } = await import("./diagnostics.js");
    const stderr = streamSink(process.stderr, "stderr");
    showStages((line) => void stderr.write(visible(line)));
    stage(() => `node ${process.version}, uktest ${TOOL.version}: ${argv.join(" ")}`);
  }
  const early = await beginEarly(argv);
  try {
    return await obey(argv, early);
  } finally {
    // A command that was wrong has taken nothing of it.
    if (early?.begun !== undefined) dropBoot(early.begun);
    early?.machine.cool?.();
  }
}

/** Set by an error in code of the user's own that no caller waits for: the run goes on, and is not green. */
let stray: ExitCode | undefined;

/** What is thrown in a timer, or is an unhandled rejection. Ours is a bug, and ends the process. */
async function onStray(error: unknown): Promise<void> {
  const { ownFrameOf } = await import("../config/own-module.js");
  const known = asKnown(error);
  const place = ownFrameOf(known);
  const shown =
    place === undefined
      ? known
      : new RigError(`${place} failed outside of what it was called for: ${known.message}`);
  await streamSink(process.stderr, "stderr").write(await complain(shown));
  if (place === undefined) process.exit(EXIT.bug);
  stray = EXIT.rig;
}
for (const event of ["uncaughtException", "unhandledRejection"] as const)
  process.on(event, (error: unknown) => void onStray(error));

// Until the command has ended nothing is known to be good: a reporter that waits for ever leaves nothing to wait for.
process.exitCode = EXIT.rig;
const unended = (): void => {
  const words = "a reporter never ended, so its report and those after it are missing";
  void streamSink(process.stderr, "stderr").write(`uktest: error: ${words}\n`);
};
process.once("beforeExit", unended);
/** A module of the user's own that ends the process has not made anything green. */
const leftEarly = (code: number): void => {
  if (code !== EXIT.passed) return;
  process.exitCode = EXIT.rig;
  const words = "something ended the process before the command was done: a module of yours?";
  void streamSink(process.stderr, "stderr").write(`uktest: error: ${words}\n`);
};
process.once("exit", leftEarly);
void run(process.argv.slice(2)).then((code) => {
  process.off("beforeExit", unended);
  process.off("exit", leftEarly);
  process.exitCode = stray ?? code;
});
