/** Expressions that an editor asks for, commands of gdb's console, and what of memory can be watched. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { UsageError } from "../core/errors.js";
import { quoted } from "../mi/text.js";
import { textsOf, wordOf } from "../mi/values.js";
import { inFrame, type Live } from "./live.js";
import { isBackwards } from "./run-control.js";
import { expressionOf, frameOf, objectFor, shownExpression } from "./variables.js";

/** In the console what was typed is a command of gdb; elsewhere it is an expression. */
export async function evaluate(
  live: Live,
  { expression, frameId, context }: DebugProtocol.EvaluateArguments,
): Promise<DebugProtocol.EvaluateResponse["body"]> {
  if (live.running.isRunning) throw new UsageError("the guest runs", "pause it first");
  const frame = frameOf(live, frameId);
  if (context === "repl") {
    // Before the guest has run there is no frame yet, and most commands need none.
    const words = frameId === undefined ? "" : inFrame(frame);
    live.running.isBackwards = isBackwards(expression);
    const printed = await live.mi.console(expression, words);
    return { result: printed.trimEnd(), variablesReference: 0 };
  }
  const { value, type, variablesReference, indexedVariables, memoryReference } = await shownExpression(
    live,
    frame,
    expression,
  );
  return {
    ...{ result: value, variablesReference },
    ...(type !== undefined && { type }),
    ...(indexedVariables !== undefined && { indexedVariables }),
    ...(memoryReference !== undefined && { memoryReference }),
  };
}

/** Gives what an expression stands for another value. */
export async function setExpression(
  live: Live,
  { expression, value, frameId }: DebugProtocol.SetExpressionArguments,
): Promise<DebugProtocol.SetExpressionResponse["body"]> {
  const words = quoted(`${expression} = ${value}`);
  const answer = await live.mi.run(`-data-evaluate-expression ${inFrame(frameOf(live, frameId))} ${words}`);
  return { value: wordOf(answer, "value") };
}

/** What gdb's console would complete. */
export async function completions(
  live: Live,
  { text, column }: DebugProtocol.CompletionsArguments,
): Promise<DebugProtocol.CompletionsResponse["body"]> {
  const typed = text.slice(0, column - 1 - live.client.lineOffset());
  const matches = textsOf(await live.mi.run(`-complete ${quoted(typed)}`), "matches");
  // The editor replaces the word that is being typed.
  const before = typed.search(/[\w.-]*$/);
  return { targets: matches.map((match) => ({ label: match.slice(before) })) };
}

/** Whether something can be watched: what has an address, by which it is known in every function. */
export async function dataBreakpointInfo(
  live: Live,
  { variablesReference, name, frameId }: DebugProtocol.DataBreakpointInfoArguments,
): Promise<DebugProtocol.DataBreakpointInfoResponse["body"]> {
  const path = await expressionOf(live, variablesReference, name);
  const frame = frameOf(live, frameId);
  const ask = async (expression: string): Promise<string> =>
    wordOf(await live.mi.run(`-data-evaluate-expression ${inFrame(frame)} ${quoted(expression)}`), "value");
  try {
    // Beside an address stands the name of what is there.
    const address = (await ask(`(void *)&(${path})`)).replace(/^.*?(0x[0-9a-f]+).*$/s, "$1");
    const type = wordOf(await objectFor(live, frame, path), "type");
    const bytes = await ask(`sizeof(${path})`);
    // A type without a name of its own cannot be written again: its bytes can.
    const asType = /^[\w ]+\**$/.test(type) ? `${type} *` : `char (*)[${bytes}]`;
    return {
      dataId: `*(${asType})${address}`,
      description: `${path} at ${address}, ${bytes} bytes`,
      accessTypes: ["read", "write", "readWrite"],
      canPersist: false,
    };
  } catch {
    return { dataId: null, description: `${path} has no address that could be watched` };
  }
}
