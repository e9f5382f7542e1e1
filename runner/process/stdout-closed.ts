/**
 * Notices that nobody reads our standard output any more, without a word written to it: a pipe tells that to whoever polls it,
 * and Node polls no pipe that it only writes to. So `tail` of the GNU tools does, which ends by SIGPIPE then; without one,
 * or where the output is no pipe, nothing is ever noticed here.
 */
import { spawn } from "node:child_process";
import { fstatSync } from "node:fs";
import { withParentDeathSignal } from "./parent-death-signal.js";

const STDOUT = 1;

const isPipe = (): boolean => {
  try {
    return fstatSync(STDOUT).isFIFO();
  } catch {
    return false;
  }
};

/** Calls back once when the reader of our output has gone; the returned function forgets about it. */
export function onStdoutClosed(then: () => void): () => void {
  if (!isPipe()) return () => undefined;
  // --pid: it must not outlive us where there is nothing to leash it with.
  const words = ["-f", `--pid=${String(process.pid)}`, "/dev/null"];
  const [program, args] = withParentDeathSignal("KILL", "tail", words);
  const child = spawn(program, args, { stdio: ["ignore", STDOUT, "ignore"] });
  // No tail, or one that knows no --pid: that is no word about the reader.
  child.on("error", () => undefined);
  child.on("exit", (_, signal) => {
    if (signal === "SIGPIPE") then();
  });
  child.unref();
  return () => {
    child.removeAllListeners("exit");
    child.kill("SIGKILL");
  };
}
