/**
 * The fast way over long runs of passed results whose messages nobody will quote. It learns what such a line looks like
 * from one that was read with care, and counts further lines only if they are that, byte for byte where it matters.
 */
import type { Segment } from "../../core/segment.js";

const DIGIT_OR_BLANK = 256;
const HEX_DIGIT = 257;
const LF = 0x0a;

export interface PassedShape {
  /** A genuine passed result; further ones differ in line, offset and message only. */
  readonly segment: Segment;
  /** Bytes up to and with the TAB; values above 255 are classes of bytes. */
  readonly lead: Uint16Array;
  /** Bytes from the last dot to the line feed. */
  readonly tail: Uint8Array;
  /** Of the whole line with its line feed: the guest pads every result to the same column. */
  readonly lineBytes: number;
}

/** The shape of a passed result, from its raw text; undefined when the line has parts that vary in length. */
export function passedShape(raw: string, segment: Segment): PassedShape | undefined {
  if (!segment.first || !segment.last || segment.nulAt.length > 0) return undefined;
  const tab = raw.indexOf("\t");
  const dot = raw.lastIndexOf(". ", raw.lastIndexOf("PASSED"));
  if (tab < 0 || dot <= tab) return undefined;
  const lead = Uint16Array.from(raw.slice(0, tab + 1), (char, at) => classAt(raw, at, char));
  const tail = Uint8Array.from(`${raw.slice(dot)}\n`, (char) => char.charCodeAt(0));
  return { segment, lead, tail, lineBytes: raw.length + 1 };
}

/** Digits of the time and of the caller's addresses vary; everything else is fixed. */
function classAt(raw: string, at: number, char: string): number {
  const time = /\[ *\d+\.\d{6}\]/.exec(raw);
  if (time !== null && at > time.index && at < time.index + time[0].length - 1 && char !== ".")
    return DIGIT_OR_BLANK;
  const caller = /\{r:0x([0-9a-f]+),f:0x([0-9a-f]+)\}/.exec(raw);
  const inCaller = caller !== null && at > caller.index && at < caller.index + caller[0].length;
  return inCaller && /[0-9a-f]/.test(char) && raw[at + 1] !== "x" && raw[at + 1] !== ":"
    ? HEX_DIGIT
    : char.charCodeAt(0);
}

const isDigitOrBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x30 && byte <= 0x39);
const isHexDigit = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66);

/** Counts whole lines of that shape from `from` on; `end` is behind the last of them. */
export function passedRun(
  bytes: Uint8Array,
  from: number,
  { lead, tail, lineBytes }: PassedShape,
): { readonly count: number; readonly end: number } {
  let count = 0;
  let at = from;
  const limit = bytes.length - lineBytes;
  const tailFrom = lineBytes - tail.length;
  while (at <= limit && bytes.indexOf(LF, at) === at + lineBytes - 1) {
    if (!hasTail(bytes, at + tailFrom, tail) || !hasLead(bytes, at, lead)) break;
    count += 1;
    at += lineBytes;
  }
  return { count, end: at };
}

function hasTail(bytes: Uint8Array, at: number, tail: Uint8Array): boolean {
  for (let index = 0; index < tail.length; index += 1) if (bytes[at + index] !== tail[index]) return false;
  return true;
}

function hasLead(bytes: Uint8Array, at: number, lead: Uint16Array): boolean {
  for (let index = 0; index < lead.length; index += 1) {
    const byte = bytes[at + index] ?? 0;
    const wanted = lead[index] ?? 0;
    if (byte === wanted) continue;
    if (wanted < DIGIT_OR_BLANK) return false;
    if (wanted === DIGIT_OR_BLANK ? !isDigitOrBlank(byte) : !isHexDigit(byte)) return false;
  }
  return true;
}
