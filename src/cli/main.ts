#!/usr/bin/env node
/**
 * The program: reads the command line, runs the command, tells the user what went wrong, sets the exit code.
 */
import "./memory.js";
import { EXIT, type ExitCode, RigError, UsageError } from "../core/errors.js";
import { readPlan } from "../image/plan.js";
import { visible, visibleLine } from "../text/visible.js";
import { readCommand } from "./args.js";
import { listJson, listTable } from "./list.js";
import { report } from "./report.js";
import { streamSink } from "./sink.js";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Asks a running command to finish early; a second signal ends the process at once. */
function listenForSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(signal === "SIGINT" ? EXIT.interrupted : EXIT.terminated);
      controller.abort(signal);
      process.stdin.destroy();
    });
  }
  return controller.signal;
}

/** One line for the error and one for the hint. */
function complain(error: Error): string {
  const isKnown = error instanceof UsageError || error instanceof RigError;
  const hint = isKnown && error.hint !== undefined ? `        ${error.hint}\n` : "";
  const kind = isKnown ? "error" : "bug";
  const trace = isKnown
    ? ""
    : `${error.stack ?? ""}\n        please report this with the log that caused it\n`;
  return `uktest: ${kind}: ${visibleLine(error.message)}\n${visible(hint)}${visible(trace)}`;
}

async function run(argv: readonly string[]): Promise<ExitCode> {
  const stderr = streamSink(process.stderr, "stderr");
  const stdout = streamSink(process.stdout, "stdout");
  try {
    const command = await readCommand(argv);
    switch (command.name) {
      case "text":
        await stdout.write(command.text);
        return EXIT.passed;
      case "list": {
        const plan = readPlan(command.image);
        await stdout.write(command.json ? listJson(plan) : listTable(plan));
        return EXIT.passed;
      }
      case "report": {
        const { exitCode, failures } = await report(command.args, listenForSignals());
        for (const failure of failures) await stderr.write(complain(failure));
        return exitCode;
      }
    }
  } catch (error) {
    const known = error instanceof Error ? error : new Error(String(error));
    await stderr.write(complain(known));
    return error instanceof UsageError ? EXIT.usage : error instanceof RigError ? EXIT.rig : EXIT.bug;
  }
}

process.exitCode = await run(process.argv.slice(2));
