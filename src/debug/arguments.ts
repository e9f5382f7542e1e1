/** What a debugging session is asked for and what it runs in, as types. A leaf; session.ts runs one. */
import type { Tool } from "../core/events.js";
import type { Say } from "../core/say.js";
import type { TargetArguments } from "./target.js";
import type { EditorFile } from "./launch.js";

export interface DebugArguments extends TargetArguments {
  readonly memoryMiB?: number;
  /** Longest time of a case that has not gone wrong yet, in milliseconds; then the guest is stopped where it is. */
  readonly caseMs?: number;
  /** Further places to stop at: `main`, `case`, or what gdb's `break` takes. */
  readonly breaks: readonly string[];
  /** Record of a run whose core is opened; nothing is booted then. */
  readonly core?: string;
  /** Port or path for a debugger that is not ours. */
  readonly server?: string;
  /** For gdb, after everything of ours. */
  readonly gdbWords: readonly string[];
  /** File of an editor that is printed; nothing is debugged then. */
  readonly print?: EditorFile;
  /** The command itself with all its words but the port, for such a file. */
  readonly command: readonly string[];
}

export interface Surroundings {
  readonly tool: Tool;
  /** Ends the session. */
  readonly stop: AbortSignal;
  readonly say: Say;
  /** From here on the terminal is the debugger's, and so is Ctrl-C. */
  readonly handOver: () => void;
}
