/**
 * `uktest debug`: a case in gdb, where it went wrong. What a session is made of is in src/debug; here are its signals and
 * its exit code.
 */
import { EXIT, type ExitCode } from "../core/errors.js";
import type { Say } from "../core/say.js";
import { debugCore } from "../debug/core.js";
import type { DebugArguments } from "../debug/arguments.js";
import { editorFiles } from "../debug/editor-files.js";
import { debugSession } from "../debug/on-terminal.js";
import { TOOL } from "../delivery/tool.js";

/**
 * Runs the command.
 * @throws UsageError, RigError
 */
export async function debug(
  args: DebugArguments,
  listenForSignals: (isOurs: (signal: string) => boolean) => AbortSignal,
  say: Say,
  write: (text: string) => Promise<void>,
): Promise<ExitCode> {
  let isHandedOver = false;
  // Ctrl-C on the terminal of a debugger stops its guest, not us.
  const stop = listenForSignals((signal) => signal !== "SIGINT" || !isHandedOver);
  const handOver = (): void => {
    isHandedOver = true;
  };
  if (args.print !== undefined) {
    await write(await editorFiles(args, args.print, { stop, say }));
    return EXIT.passed;
  }
  const surroundings = { tool: TOOL, stop, say, handOver };
  const debuggerCode =
    args.core === undefined
      ? await debugSession(args, surroundings)
      : await debugCore(args.core, args, surroundings);
  if (stop.aborted) return stop.reason === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  return debuggerCode === 0 ? EXIT.passed : EXIT.failed;
}
