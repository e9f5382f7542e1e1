/**
 * `uktest debug` as a user has it: on a terminal, with a gdb that asks for commands. The terminal is script(1)'s.
 */
import type { ExecutionContext } from "ava";
import { MAIN, type Running, scratch, startProgram } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";
import { below, childrenOf, isRunning, until } from "../runner/processes.js";
import { shellWord } from "../../src/text/shell-word.js";

export interface DebugTerminal extends Running {
  /** Whether this was printed within a minute. */
  readonly shows: (pattern: RegExp) => Promise<boolean>;
  /** Types a line. */
  readonly type: (line: string) => void;
  /** Types Ctrl-C. */
  readonly interrupt: () => void;
  /** `uktest` itself, and all programs that it has started. */
  readonly processes: () => { readonly uktest: number; readonly others: readonly number[] };
}

/** So much of what was printed is shown where something is missing. */
const LAST_CHARS = 2000;

/** Starts a session with these words and ends it with its test. */
export function debugTerminal(t: ExecutionContext, words: readonly string[]): DebugTerminal {
  const command = [process.execPath, MAIN, "debug", ...words].map(shellWord).join(" ");
  const env = { TERM: "dumb", COLUMNS: "200", HOME: scratch(t).path };
  const running = startProgram("script", ["-qec", `exec ${command}`, "/dev/null"], {
    cwd: ROOT,
    input: null,
    env,
  });
  const { child } = running;
  t.teardown(() => child.kill("SIGKILL"));
  let printed = "";
  child.stdout?.on("data", (chunk: Buffer) => (printed += String(chunk)));
  const say = (text: string): void => {
    child.stdin?.write(text);
  };
  return {
    ...running,
    shows: async (pattern) => {
      const isShown = await until(() => pattern.test(printed));
      if (!isShown) t.log(printed.slice(-LAST_CHARS));
      return isShown;
    },
    type: (line) => {
      say(`${line}\n`);
    },
    interrupt: () => {
      say("\x03");
    },
    processes: () => {
      const [uktest = -1] = childrenOf(child.pid ?? -1);
      return { uktest, others: below(uktest) };
    },
  };
}

/** Whether none of these programs runs any more, now or within a minute. */
export const allGone = (pids: readonly number[]): Promise<boolean> => until(() => !pids.some(isRunning));
