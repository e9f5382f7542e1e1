/** What an editor may ask of a guest that stands or runs, each with what answers it. How a session begins and ends is in adapter.ts. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import {
  setBreakpoints,
  setDataBreakpoints,
  setExceptionBreakpoints,
  setFunctionBreakpoints,
  setInstructionBreakpoints,
} from "./breakpoints.js";
import { reverseContinue, stepBack } from "./backwards.js";
import { completions, dataBreakpointInfo, evaluate, setExpression } from "./evaluate.js";
import type { Live } from "./live.js";
import { disassemble, readMemory, writeMemory } from "./memory.js";
import { goOn, next, pause, stepIn, stepOut } from "./run-control.js";
import { stackTrace, threads } from "./stack.js";
import { scopes, setVariable, variables } from "./variables.js";

/** Answers one request: the body of its response, or nothing, or a promise of either. */
type Answer = (live: Live, args: never) => unknown;

function exceptionInfo({ running: { wrong } }: Live): DebugProtocol.ExceptionInfoResponse["body"] {
  const { kind, text } = wrong ?? { kind: "none", text: "" };
  return { exceptionId: kind, description: text, breakMode: "always" };
}

export const REQUESTS: Readonly<Record<string, Answer | undefined>> = {
  ...{ setBreakpoints, setFunctionBreakpoints, setInstructionBreakpoints },
  ...{ setDataBreakpoints, setExceptionBreakpoints, dataBreakpointInfo },
  ...{ threads, stackTrace, scopes, variables, setVariable, exceptionInfo },
  ...{ evaluate, setExpression, completions, readMemory, writeMemory, disassemble },
  ...{ next, stepIn, stepOut, pause, stepBack, reverseContinue },
  continue: async (live) => {
    await goOn(live);
    return { allThreadsContinued: true };
  },
};
