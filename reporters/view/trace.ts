/**
 * Turns a call trace into rows of text: a function and a place each, machinery and recursion folded. It drops no frame
 * without saying how many, and takes time in proportion to their number.
 */
import type { FaultRecord, Frame, Machinery } from "../../src/core/fault.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { plural } from "../../src/core/plural.js";
import { at, oneLine } from "./line.js";

/** Frames that rows are made of; folding makes fewer rows of them. */
const FRAMES_MAX = 512;
const ROWS_MAX = 32;
/** The outer end of a trace says how the guest came there; most of the room is for the inner one. */
const OUTER_PART = 4;

export interface TraceRow {
  /** Position in the trace of the first frame that the row is about. */
  readonly depth: number;
  readonly text: string;
  /** The same without an address, where there is a name. */
  readonly brief: string;
  /** Stands for frames that are not shown. */
  readonly isFolded: boolean;
}

const WORDS: Readonly<Record<Exclude<Machinery, "library">, string>> = {
  crash: "the way to the crash screen",
  test: "the test machinery",
  boot: "the boot",
};

/** What a run of frames may be folded as; a function of the C library says too much for that. */
const foldable = ({ machinery }: Frame): keyof typeof WORDS | undefined =>
  machinery === "library" ? undefined : machinery;

/** A row for frames that are not shown. */
function folded(depth: number, text: string): TraceRow {
  return { depth, text, brief: text, isFolded: true };
}

/** One frame: as the image knows it, else as the guest said it. */
function rowOf(frame: Frame, depth: number, context: ReporterContext): TraceRow {
  if (frame.leftOut !== undefined) return folded(depth, `... ${plural(frame.leftOut, "more frame")}`);
  const address = oneLine(frame.address, 64);
  if (frame.function === undefined) {
    const symbol = frame.symbol ? oneLine(frame.symbol, 200) : undefined;
    const text = symbol === undefined ? address : `${address} ${symbol}`;
    return { depth, text, brief: symbol ?? address, isFolded: false };
  }
  const { file, line = 0 } = frame;
  const place = file === undefined ? undefined : at(context, { file, line });
  const remark = `${frame.isInlined === true ? "  (inlined)" : ""}${frame.isUnreliable === true ? "  (not certain)" : ""}`;
  // A guest that hides its addresses prints offsets instead.
  const name = oneLine(
    place === undefined && address === "" ? (frame.symbol ?? frame.function) : frame.function,
    200,
  );
  const text = `${[name, place ?? address].filter((part) => part !== "").join("  ")}${remark}`;
  return { depth, text, brief: text, isFolded: false };
}

const isAgain = (frame: Frame, before: Frame | undefined): boolean =>
  frame.function !== undefined && frame.function === before?.function && frame.line === before.line;

/** Length of the run from `start` on in which every frame satisfies `wanted`; it looks at no frame but those and the next. */
function runLength(
  frames: readonly Frame[],
  start: number,
  wanted: (frame: Frame, before: Frame | undefined) => boolean,
): number {
  let end = start;
  for (let frame = frames[end]; frame !== undefined && wanted(frame, frames[end - 1]); frame = frames[end])
    end += 1;
  return end - start;
}

/** The frames of a trace, at most `most` of them: one without an address stands for those in between. */
export function shownFrames(frames: readonly Frame[], most: number): readonly Frame[] {
  if (frames.length <= most) return frames;
  const outer = Math.floor(most / OUTER_PART);
  const inner = most - outer - 1;
  const between = frames.slice(inner, frames.length - outer);
  const leftOut = between.reduce((sum, frame) => sum + (frame.leftOut ?? 1), 0);
  return [...frames.slice(0, inner), { address: "", leftOut }, ...frames.slice(-outer)];
}

/** All rows of a trace, innermost first. A run of one is not worth folding. */
function allRows(
  { callTrace }: Pick<FaultRecord, "callTrace">,
  context: ReporterContext,
): readonly TraceRow[] {
  const frames = shownFrames(callTrace, FRAMES_MAX);
  const rows: TraceRow[] = [];
  // Frames that were not kept count too.
  let unkept = 0;
  for (let at = 0; at < frames.length;) {
    const machinery = runLength(frames, at, (frame) => foldable(frame) !== undefined);
    if (machinery > 1) {
      const kinds = frames.slice(at, at + machinery).map(foldable);
      const words = [...new Set(kinds)].flatMap((kind) => (kind === undefined ? [] : [WORDS[kind]]));
      rows.push(folded(at + unkept, `... ${plural(machinery, "frame")} of ${words.join(" and ")}`));
      at += machinery;
      continue;
    }
    const frame = frames[at];
    if (frame === undefined) break;
    rows.push(rowOf(frame, at + unkept, context));
    at += 1;
    if (frame.leftOut !== undefined) unkept += frame.leftOut - 1;
    const again = runLength(frames, at, isAgain);
    if (again < 2) continue;
    const name = oneLine(frame.function ?? "", 200);
    rows.push(folded(at + unkept, `... ${plural(again, "frame")} of ${name} again`));
    at += again;
  }
  return rows;
}

/** The rows of a trace, innermost first: at most ROWS_MAX, one of which says how many frames are not shown. */
export function traceRows(
  fault: Pick<FaultRecord, "callTrace">,
  context: ReporterContext,
): readonly TraceRow[] {
  const rows = allRows(fault, context);
  if (rows.length <= ROWS_MAX) return rows;
  const outer = Math.floor(ROWS_MAX / OUTER_PART);
  const inner = rows.slice(0, ROWS_MAX - outer - 1);
  const from = rows[inner.length]?.depth ?? 0;
  const to = rows[rows.length - outer]?.depth ?? from;
  return [...inner, folded(from, `... ${plural(to - from, "more frame")}`), ...rows.slice(-outer)];
}

/** What a frame is called: its function, else what the guest said, else its address. */
export const frameName = ({ function: name, symbol, address, leftOut }: Frame): string =>
  leftOut === undefined ? (name ?? symbol ?? address) : `... ${plural(leftOut, "more frame")}`;

/** The call trace as lines, innermost first. */
export function traceLines(
  fault: Pick<FaultRecord, "callTrace">,
  context: ReporterContext,
): readonly string[] {
  return traceRows(fault, context).map(({ depth, text, isFolded }) =>
    isFolded ? text : `#${depth} ${text}`,
  );
}

const TAB_COLUMNS = 4;
const SOURCE_COLUMNS = 200;

/** The source around the fault, the line that is meant marked. */
export function sourceLines({ source }: FaultRecord): readonly string[] {
  if (source === undefined) return [];
  const { firstLine, line: meant, texts } = source;
  const width = String(firstLine + texts.length - 1).length;
  return texts.map((text, index) => {
    const line = firstLine + index;
    const shown = oneLine(text.replaceAll("\t", " ".repeat(TAB_COLUMNS)), SOURCE_COLUMNS);
    return `${line === meant ? ">" : " "} ${String(line).padStart(width)} | ${shown}`.trimEnd();
  });
}
