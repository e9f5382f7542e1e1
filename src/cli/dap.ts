/**
 * `uktest dap`: a debug adapter for an editor, on standard input and output, or on a port of the loopback interface. What it
 * answers is in src/dap; here are its streams, its folder, and what the words of a launch request mean.
 */
import { resolve } from "node:path";
import { existsSync } from "node:fs";
import { listenOn } from "../../runner/debug/listening.js";
import { EXIT, type ExitCode, UsageError } from "../core/errors.js";
import type { Say } from "../core/say.js";
import { serveEditor, type Streams } from "../dap/adapter.js";
import type { OpenOrder } from "../dap/open.js";
import { TOOL } from "../delivery/tool.js";
import type { DapArguments } from "./dap/arguments.js";
import { launchArguments } from "./dap/launch-arguments.js";

/** Goes to the folder of a launch request, which every path of it is relative to. */
function enter(base: string, cwd: string | undefined): void {
  const folder = resolve(base, cwd ?? ".");
  if (!existsSync(folder))
    throw new UsageError(`there is no folder ${folder}`, `"cwd" names the folder of the project`);
  process.chdir(folder);
}

/** The order of a launch request. */
const orderIn =
  (base: string) =>
  (launch: Readonly<Record<string, unknown>>): OpenOrder => {
    const { cwd, stopOnEntry, args } = launchArguments(launch);
    enter(base, cwd);
    return { args, stopOnEntry };
  };

/** Serves one editor after the other; one that comes meanwhile is turned away. */
async function onPort(
  port: number,
  serve: (streams: Streams) => Promise<void>,
  stop: AbortSignal,
  say: Say,
): Promise<void> {
  let isBusy = false;
  const { address, close } = await listenOn(String(port), (socket) => {
    socket.on("error", () => undefined);
    if (isBusy) return void socket.destroy();
    isBusy = true;
    void serve({ input: socket, output: socket }).finally(() => {
      isBusy = false;
      socket.destroy();
    });
  });
  say(`waiting for an editor on ${address}`);
  await new Promise<void>((done) => {
    stop.addEventListener("abort", () => {
      done();
    });
  });
  close();
}

/**
 * Runs the command.
 * @param streams of the process
 * @throws UsageError, RigError
 */
export async function dap(
  { port }: DapArguments,
  streams: Streams,
  stop: AbortSignal,
  say: Say,
): Promise<ExitCode> {
  const options = { tool: TOOL, stop, orderOf: orderIn(resolve(".")) };
  const serve = (ends: Streams): Promise<void> => serveEditor(ends, options);
  if (port === undefined) await serve(streams);
  else await onPort(port, serve, stop, say);
  if (!stop.aborted) return EXIT.passed;
  return stop.reason === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
}
