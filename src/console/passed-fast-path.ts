/**
 * The short way over passed results: once one of a boot was read with care, further lines of exactly its shape need no
 * parsing. Those that a report will quote are read one by one, those that only count are counted in runs.
 */
import type { Writable } from "../core/writable.js";
import type { Claim } from "../core/claims.js";
import { decodeText } from "../core/decode.js";
import type { KernelPrefix, Segment } from "../core/segment.js";
import {
  lastTimeUs,
  passedRun,
  passedText,
  type PassedShape,
  passedShape,
} from "../dialects/unikraft/passes.js";
import type { LineSplitter, RawLine } from "../serial/lines.js";

/** Shapes learned for one boot: a guest whose lines keep changing theirs is read the long way. */
const MOST_LESSONS = 64;

const NOT_QUOTED = { message: "", body: "" };

export class PassedFastPath {
  #shape: PassedShape | undefined;
  #lessons = 0;

  /** Learns from a passed result that was read with care. */
  learn(raw: RawLine, claim: Claim): void {
    if (claim.type !== "result" || claim.status !== "passed" || this.#lessons >= MOST_LESSONS) return;
    this.#lessons += 1;
    this.#shape = passedShape(raw.text, claim.at) ?? this.#shape;
  }

  /** Takes the next line, or with `countOnly` the next run of lines, if it is of the known shape. */
  take(lines: LineSplitter, countOnly: boolean): Claim | undefined {
    const shape = this.#shape;
    const unread = shape === undefined ? undefined : lines.unread();
    if (shape === undefined || unread === undefined) return undefined;
    const { bytes, from } = unread;
    const run = passedRun(bytes, from, shape, countOnly ? Number.POSITIVE_INFINITY : 1);
    if (run.count === 0) return undefined;
    const text = countOnly ? NOT_QUOTED : passedText(bytes, from, shape);
    if (text === undefined) return undefined;
    const { line, byteOffset } = lines.skip(run.count, run.end);
    const at = segmentAt(shape.segment, line, byteOffset, text.body, lastTimeUs(bytes, run.end, shape));
    if (countOnly) return { type: "passes", count: run.count, at };
    return { type: "result", status: "passed", message: decodeText(text.message), at };
  }
}

// Set one by one: spreads make the engine a new hidden class for every line.
/** The known segment at another place. */
function segmentAt(
  known: Segment,
  line: number,
  byteOffset: number,
  body: string,
  timeUs: number | undefined,
): Segment {
  const segment: Writable<Segment> = {
    line,
    byteOffset,
    body,
    first: true,
    last: true,
    nulAt: known.nulAt,
    terminated: true,
    droppedBytes: 0,
  };
  if (known.prefix !== undefined)
    segment.prefix = timeUs === undefined ? known.prefix : timed(known.prefix, timeUs);
  return segment;
}

function timed({ level, thread, caller }: KernelPrefix, timeUs: number): KernelPrefix {
  const prefix: Writable<KernelPrefix> = { timeUs };
  if (level !== undefined) prefix.level = level;
  if (thread !== undefined) prefix.thread = thread;
  if (caller !== undefined) prefix.caller = caller;
  return prefix;
}
