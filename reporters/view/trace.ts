/**
 * Turns a call trace into rows of text: a function and a place each, machinery and recursion folded. It refuses to drop a
 * frame without a word.
 */
import type { FaultRecord, Frame, Machinery } from "../../src/core/fault.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { plural } from "../../src/text/duration.js";
import { firstOf } from "../../src/text/shorten.js";
import { at, oneLine } from "./line.js";

const FRAMES_MAX = 32;

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

/** One frame: as the image knows it, else as the guest said it. */
function rowOf(frame: Frame, depth: number, context: ReporterContext): TraceRow {
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

/** Length of the run from `start` on in which every frame satisfies `wanted`. */
function runLength(
  frames: readonly Frame[],
  start: number,
  wanted: (frame: Frame, before: Frame | undefined) => boolean,
): number {
  const end = frames.findIndex((frame, index) => index >= start && !wanted(frame, frames[index - 1]));
  return (end < 0 ? frames.length : end) - start;
}

/** The rows of a trace, innermost first. A run of one is not worth folding. */
export function traceRows(
  { callTrace }: Pick<FaultRecord, "callTrace">,
  context: ReporterContext,
): readonly TraceRow[] {
  const rows: TraceRow[] = [];
  const fold = (depth: number, count: number, what: string): void => {
    const text = `... ${plural(count, "frame")} of ${what}`;
    rows.push({ depth, text, brief: text, isFolded: true });
  };
  for (let depth = 0; depth < callTrace.length;) {
    const machinery = runLength(callTrace, depth, (frame) => foldable(frame) !== undefined);
    if (machinery > 1) {
      const kinds = callTrace.slice(depth, depth + machinery).map(foldable);
      const words = [...new Set(kinds)].flatMap((kind) => (kind === undefined ? [] : [WORDS[kind]]));
      fold(depth, machinery, words.join(" and "));
      depth += machinery;
      continue;
    }
    const frame = callTrace[depth];
    if (frame === undefined) break;
    rows.push(rowOf(frame, depth, context));
    depth += 1;
    const again = runLength(callTrace, depth, isAgain);
    if (again < 2) continue;
    fold(depth, again, `${oneLine(frame.function ?? "", 200)} again`);
    depth += again;
  }
  return rows;
}

/** The call trace as lines, innermost first. */
export function traceLines(
  fault: Pick<FaultRecord, "callTrace">,
  context: ReporterContext,
): readonly string[] {
  const { shown, more } = firstOf(traceRows(fault, context), FRAMES_MAX);
  const lines = shown.map(({ depth, text, isFolded }) => (isFolded ? text : `#${depth} ${text}`));
  return more > 0 ? [...lines, `... ${more} more frames`] : lines;
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
