/**
 * Runs the commands that are typed now and then, each loaded when it is. What they do is in files of their own.
 */
import { EXIT, type ExitCode } from "../core/errors.js";
import type { MoreCommand } from "./more-args.js";
import type { Say } from "../core/say.js";
import type { Sink } from "../delivery/sink.js";

export interface Surroundings {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly say: Say;
  readonly listenForSignals: () => AbortSignal;
}

export interface Ended {
  readonly exitCode: ExitCode;
  readonly failures: readonly Error[];
}

const passed: Ended = { exitCode: EXIT.passed, failures: [] };

/** Runs one of them. @throws UsageError, RigError */
export async function runMore(
  command: MoreCommand,
  { stdout, say, listenForSignals }: Surroundings,
): Promise<Ended> {
  switch (command.name) {
    case "init": {
      const { init } = await import("./init.js");
      await stdout.write(init(command.args));
      return passed;
    }
    case "completion": {
      const { scriptFor } = await import("./completion/scripts.js");
      await stdout.write(scriptFor(command.shell));
      return passed;
    }
    case "complete": {
      const { complete } = await import("./completion/complete.js");
      await stdout.write(await complete(command.words));
      return passed;
    }
    case "doctor": {
      const { doctor } = await import("./doctor.js");
      const { text, exitCode } = await doctor(command.json, listenForSignals(), say);
      await stdout.write(text);
      return { exitCode, failures: [] };
    }
    case "watch": {
      const { watch } = await import("./watch.js");
      return { exitCode: await watch(command.args, listenForSignals(), say), failures: [] };
    }
  }
}
