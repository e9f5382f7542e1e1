/**
 * Runs the commands that are typed now and then, each loaded when it is. What they do is in files of their own.
 */
import { EXIT, type ExitCode } from "../core/errors.js";
import type { MoreCommand } from "./more-args.js";
import type { Say } from "../core/say.js";
import type { Streams } from "../dap/adapter.js";
import type { Sink } from "../delivery/sink.js";

export interface Surroundings {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly say: Say;
  /** The process's own, for what speaks a protocol on them. */
  readonly streams: Streams;
  /** @param isOurs false for a signal that is for somebody else just now */
  readonly listenForSignals: (isOurs?: (signal: string) => boolean) => AbortSignal;
}

export interface Ended {
  readonly exitCode: ExitCode;
  readonly failures: readonly Error[];
}

const passed: Ended = { exitCode: EXIT.passed, failures: [] };

/** Runs one of them. @throws UsageError, RigError */
export async function runMore(
  command: MoreCommand,
  { stdout, say, streams, listenForSignals }: Surroundings,
): Promise<Ended> {
  const write = async (text: string): Promise<void> => {
    await stdout.write(text);
  };
  const printed = async (text: string): Promise<Ended> => {
    await write(text);
    return passed;
  };
  switch (command.name) {
    case "init": {
      const { init } = await import("./init.js");
      return printed(await init(command.args));
    }
    case "completion": {
      const { scriptFor } = await import("./completion/scripts.js");
      return printed(scriptFor(command.shell));
    }
    case "dialect":
      return printed(await (await import("./dialect/command.js")).dialect(command.args));
    case "store":
      return printed(await (await import("./store/command.js")).store(command.args));
    case "grafana":
      return printed((await import("../delivery/dashboard.js")).dashboard());
    case "complete": {
      const { complete } = await import("./completion/complete.js");
      return printed(await complete(command.words));
    }
    case "doctor": {
      const { doctor } = await import("./doctor.js");
      const { text, exitCode } = await doctor(command.json, listenForSignals(), say);
      await stdout.write(text);
      return { exitCode, failures: [] };
    }
    case "debug": {
      const { debug } = await import("./debug.js");
      return { exitCode: await debug(command.args, listenForSignals, say, write), failures: [] };
    }
    case "dap": {
      const { dap } = await import("./dap.js");
      return { exitCode: await dap(command.args, streams, listenForSignals(), say), failures: [] };
    }
    case "trace": {
      const { trace } = await import("./trace/command.js");
      return printed(await trace(command.args));
    }
    case "profile":
      return (await import("./profile/command.js")).profile(command.args, listenForSignals(), say, write);
    case "build":
      return (await import("./build/command.js")).build(command.args, listenForSignals(), say, write);
    case "coverage":
      return (await import("./coverage/command.js")).coverage(command.args, listenForSignals(), write);
    case "watch": {
      const { watch } = await import("./watch.js");
      return { exitCode: await watch(command.args, listenForSignals(), say), failures: [] };
    }
  }
}
