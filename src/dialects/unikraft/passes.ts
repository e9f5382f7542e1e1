/**
 * The fast way over long runs of passed results whose messages nobody will quote. It learns what such a line looks like
 * from one that was read with care, and counts further lines only if they are that, byte for byte where it matters.
 */
import type { Segment } from "../../core/segment.js";

const LF = 0x0a;
const WORD_BYTES = 4;

/** Four bytes at a place of the line that must equal `value` in the bits of `mask`. */
interface Word {
  readonly at: number;
  readonly mask: number;
  readonly value: number;
}

export interface PassedShape {
  /** A genuine passed result; further ones differ in line, offset and message only. */
  readonly segment: Segment;
  /** The lead up to and with the TAB, then the tail from the last dot to the line feed. */
  readonly words: readonly Word[];
  /** Of the whole line with its line feed: the guest pads every result to the same column. */
  readonly lineBytes: number;
}

/** The shape of a passed result, from its raw text; undefined when it has no place for a shape to be learned from. */
export function passedShape(raw: string, segment: Segment): PassedShape | undefined {
  if (!segment.first || !segment.last || segment.nulAt.length > 0) return undefined;
  const tab = raw.indexOf("\t");
  const dot = raw.lastIndexOf(". ", raw.lastIndexOf("PASSED"));
  if (tab < 0 || dot <= tab) return undefined;
  const line = `${raw}\n`;
  const masks = masksOf(line);
  const words = [...wordsOf(line, masks, 0, tab + 1), ...wordsOf(line, masks, dot, line.length)];
  return { segment, words, lineBytes: line.length };
}

/** The bits of each byte that must stay: all, except in the digits of the time and of the caller's addresses. */
function masksOf(line: string): Uint8Array {
  const masks = new Uint8Array(line.length).fill(0xff);
  const time = /\[ *\d+\.\d{6}\]/.exec(line);
  if (time !== null) {
    // 0x20 to 0x3f: blanks and digits, and nothing that is a letter, a control or an escape.
    for (let at = time.index + 1; line[at] !== "]"; at += 1) if (line[at] !== ".") masks[at] = 0xe0;
  }
  for (const match of line.matchAll(/(?<=[rf]:0x)[0-9a-f]+/g)) {
    // 0x20 to 0x3f and 0x60 to 0x7f: digits and small letters.
    for (let at = match.index; at < match.index + match[0].length; at += 1) masks[at] = 0xa0;
  }
  return masks;
}

/** Covers the bytes from `from` to `to` with words; the last one overlaps the one before it where need be. */
function wordsOf(line: string, masks: Uint8Array, from: number, to: number): readonly Word[] {
  const words: Word[] = [];
  for (let at = from; at < to; at += WORD_BYTES) {
    const start = Math.max(Math.min(at, to - WORD_BYTES), 0);
    let mask = 0;
    let value = 0;
    for (let index = WORD_BYTES - 1; index >= 0; index -= 1) {
      const bits = masks[start + index] ?? 0;
      mask = (mask << 8) | bits;
      value = (value << 8) | (line.charCodeAt(start + index) & bits);
    }
    words.push({ at: start, mask, value });
  }
  return words;
}

/** Counts whole lines of that shape from `from` on; `end` is behind the last of them. */
export function passedRun(
  bytes: Uint8Array,
  from: number,
  { words, lineBytes }: PassedShape,
): { readonly count: number; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ats = Int32Array.from(words, ({ at }) => at);
  const masks = Int32Array.from(words, ({ mask }) => mask);
  const values = Int32Array.from(words, ({ value }) => value);
  const limit = bytes.length - lineBytes;
  let at = from;
  // One line feed in the right place, and none before it, so that no other line hides in the message.
  while (at <= limit && bytes.indexOf(LF, at) === at + lineBytes - 1) {
    if (!hasWords(view, at, ats, masks, values)) break;
    at += lineBytes;
  }
  return { count: (at - from) / lineBytes, end: at };
}

function hasWords(
  view: DataView,
  at: number,
  ats: Int32Array,
  masks: Int32Array,
  values: Int32Array,
): boolean {
  for (let index = 0; index < ats.length; index += 1) {
    const word = view.getInt32(at + (ats[index] ?? 0), true);
    if ((word & (masks[index] ?? 0)) !== values[index]) return false;
  }
  return true;
}
