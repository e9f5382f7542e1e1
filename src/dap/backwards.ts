/**
 * Back in the recording of a guest: what an editor asks for. A step from a stop in the machinery of tests and crashes leaves that
 * first, as forwards: back to the call that the user sees the guest stand at. How a guest goes back is the stub's affair.
 */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { UsageError } from "../core/errors.js";
import type { MiTuple } from "../mi/records.js";
import { textOf, tupleAt, tupleOf, wordOf } from "../mi/values.js";
import { HANDLER } from "./fold.js";
import type { Live } from "./live.js";
import { callBefore } from "./memory.js";
import { INSTRUCTION, resume, REVERSE } from "./run-control.js";

const NEXT = `-exec-next ${REVERSE}`;

/** A guest that was recorded. @throws UsageError for any other one */
function needRecording({ what }: Live): void {
  if (what !== "guest") return;
  throw new UsageError("nothing of this guest was recorded", 'launch it with "recordReplay": true');
}

export async function reverseContinue(live: Live): Promise<void> {
  needRecording(live);
  await resume(live, `-exec-continue ${REVERSE}`);
}

/** Address of the instruction of a frame by which it has come to the frame inside of it. */
async function wayIn(live: Live, level: number): Promise<string> {
  const answer = await live.mi.run(`-stack-list-frames ${String(level - 1)} ${String(level)}`);
  const address = wordOf(tupleAt(answer, "stack", 1), "addr");
  // One that has raised an exception would be tried again, one that calls is followed by the address of the frame.
  return wordOf(tupleAt(answer, "stack", 0), "func") === HANDLER ? address : callBefore(live, address);
}

/** Back out of the machinery, and to where the line in front of the one that the user sees begins. */
async function outOf(live: Live, folded: number, command: string): Promise<void> {
  const { line } = live.running;
  const place = await wayIn(live, folded);
  const answer = await live.mi.run(`-break-insert -t *${place}`);
  const at = wordOf(tupleOf(answer, "bkpt"), "number");
  const isOther = (frame: MiTuple): boolean => textOf(frame, "line") !== line;
  const again = { at: "end-stepping-range", command, isDone: isOther };
  // The first step leads to the beginning of the line itself.
  await resume(live, `-exec-continue ${REVERSE}`, [
    { at, command, isDone: () => command !== NEXT },
    ...(command === NEXT ? [again] : []),
  ]);
}

export async function stepBack(live: Live, { granularity }: DebugProtocol.StepBackArguments): Promise<void> {
  needRecording(live);
  const command = granularity === INSTRUCTION ? `-exec-next-instruction ${REVERSE}` : NEXT;
  const { folded, isRunning } = live.running;
  if (folded === 0 || isRunning) await resume(live, command);
  else await outOf(live, folded, command);
}
