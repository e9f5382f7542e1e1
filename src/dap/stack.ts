/** Threads and frames as an editor shows them. What gdb counts from the innermost frame begins here with the first of the user's. */
import { existsSync } from "node:fs";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { MiTuple } from "../mi/records.js";
import { numberOf, textOf, tuplesOf, wordOf } from "../mi/values.js";
import { foldedOf } from "./fold.js";
import type { Live } from "./live.js";

/** A trace that has no end is one of a damaged stack. */
const MOST_FRAMES = 1000;

/** The frames of a thread, the innermost first. */
export async function framesOf(live: Live, thread: number): Promise<readonly MiTuple[]> {
  const words = `--thread ${String(thread)} 0 ${String(MOST_FRAMES - 1)}`;
  return tuplesOf(await live.mi.run(`-stack-list-frames ${words}`), "stack");
}

/** Folds the machinery of a stop, and selects the frame that is shown first: commands of gdb's console see that too. */
export async function fold(live: Live, thread: number): Promise<void> {
  const all = await framesOf(live, thread);
  const frames = all.map((frame) => ({
    function: wordOf(frame, "func"),
    file: wordOf(frame, "file"),
    address: Number(wordOf(frame, "addr")),
  }));
  const folded = foldedOf(frames, live.cases);
  Object.assign(live.running, { folded, line: textOf(all[folded] ?? {}, "line") });
  if (folded > 0) await live.mi.run(`-stack-select-frame ${String(folded)}`);
}

/** The threads; while the guest runs there is one. */
export async function threads({ mi, running }: Live): Promise<DebugProtocol.ThreadsResponse["body"]> {
  const all = running.isRunning ? [] : tuplesOf(await mi.run("-thread-info"), "threads");
  const named = all.flatMap((one) => {
    const id = numberOf(one, "id");
    return id === undefined ? [] : [{ id, name: textOf(one, "name") ?? wordOf(one, "target-id") }];
  });
  return { threads: named.length > 0 ? named : [{ id: 1, name: "guest" }] };
}

/** A file, where it is on this host; else its name alone, which nothing can open. */
function sourceOf(frame: MiTuple): DebugProtocol.Source | undefined {
  const file = textOf(frame, "file");
  const path = textOf(frame, "fullname");
  if (file === undefined) return undefined;
  const name = file.slice(file.lastIndexOf("/") + 1);
  return path !== undefined && existsSync(path) ? { name, path } : { name, presentationHint: "deemphasize" };
}

/** The frames of a thread from the first that is the user's. */
export async function stackTrace(
  live: Live,
  { threadId, startFrame = 0, levels = 0 }: DebugProtocol.StackTraceArguments,
): Promise<DebugProtocol.StackTraceResponse["body"]> {
  const { folded } = live.running;
  const all = (await framesOf(live, threadId)).slice(folded);
  const shown = all.slice(startFrame, levels > 0 ? startFrame + levels : undefined);
  const stackFrames = shown.map((frame, at) => {
    const source = sourceOf(frame);
    const line = numberOf(frame, "line");
    const address = textOf(frame, "addr");
    return {
      id: live.frames.create({ thread: threadId, level: folded + startFrame + at }),
      name: textOf(frame, "func") ?? address ?? "?",
      line: line === undefined ? 0 : line + live.client.lineOffset(),
      column: line === undefined ? 0 : 1 + live.client.lineOffset(),
      ...(source !== undefined && { source }),
      ...(address !== undefined && { instructionPointerReference: address }),
    };
  });
  return { stackFrames, totalFrames: all.length };
}
