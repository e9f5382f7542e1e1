/**
 * Which innermost frames of a stop are machinery: the way from a failed assertion, a fault or a finding to the function that
 * gdb stops in. Pure; an editor shows the frames from there on.
 */
import { markMachinery } from "../core/fault/machinery.js";
import type { CaseFunction } from "../debug/stops.js";

export interface FoldedFrame {
  readonly function: string;
  /** File as the compiler has it. */
  readonly file: string;
  readonly address: number;
}

/** The libraries that judge and report, of the kit and of Unikraft. */
const MACHINERY = /(?:^|\/)lib\/(?:uktest|ukdebug|ukgdb|ukprint|ubsan)\//;

/** What gdb calls the frame between an exception and its handler. */
export const HANDLER = "<signal handler called>";

const isIn = ({ address }: FoldedFrame, cases: readonly CaseFunction[]): boolean =>
  cases.some(({ start, end }) => address >= start && address <= end);

/** How many they are; none where no case is further out, since then nothing of the trace is known. */
export function foldedOf(frames: readonly FoldedFrame[], cases: readonly CaseFunction[]): number {
  const ofCase = frames.findIndex((frame) => isIn(frame, cases));
  if (ofCase < 0) return 0;
  const inner = frames.slice(0, ofCase);
  const handler = inner.findLastIndex((frame) => frame.function === HANDLER);
  const rest = inner.slice(handler + 1);
  const marked = markMachinery(rest.map(({ function: name }) => ({ address: "", function: name })));
  const own = rest.findIndex(({ file }, at) => !MACHINERY.test(file) && marked[at]?.machinery !== "crash");
  return handler + 1 + (own < 0 ? rest.length : own);
}
