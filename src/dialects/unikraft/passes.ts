/**
 * The fast way over long runs of passed results whose messages nobody will quote. It learns what such a line looks like
 * from one that was read with care, and counts further lines only if lead, column and status are the same byte for byte.
 * The message is not looked at: that it may be damaged in a result that certainly passed is the price.
 */
import type { Segment } from "../../core/segment.js";

const LF = 0x0a;
const WORD_BYTES = 4;
const LONG_BYTES = 8;

/** Four bytes at a place of the line that must equal `value` in the bits of `mask`. */
interface Word {
  readonly at: number;
  readonly mask: number;
  readonly value: number;
}

/** Eight bytes at a place of the line that must be exactly these, compared as one number. */
interface Long {
  readonly at: number;
  readonly value: number;
}

export interface PassedShape {
  /** A genuine passed result; further ones differ in line, offset and message only. */
  readonly segment: Segment;
  /** The lead up to and with the TAB, then the tail from the last dot to the line feed. */
  readonly words: readonly Word[];
  readonly longs: readonly Long[];
  /** Up to and with the TAB. */
  readonly leadBytes: number;
  /** Of the whole line with its line feed: the guest pads every result to the same column. */
  readonly lineBytes: number;
  /** Where the digits of the time stand: seconds up to the dot, microseconds after it. */
  readonly time: { readonly from: number; readonly dot: number; readonly to: number } | undefined;
}

/** The shape of a passed result, from its raw text; undefined when it has no place for a shape to be learned from. */
export function passedShape(raw: string, segment: Segment): PassedShape | undefined {
  if (!segment.first || !segment.last || segment.nulAt.length > 0) return undefined;
  const tab = raw.indexOf("\t");
  const dot = raw.lastIndexOf(". ", raw.lastIndexOf("PASSED"));
  // Lines of another width were not padded by this guest's library.
  if (tab < 0 || dot !== tab + MESSAGE_BYTES) return undefined;
  const line = `${raw}\n`;
  const masks = masksOf(line);
  const lead = cover(line, masks, 0, tab + 1);
  const tail = cover(line, masks, dot, line.length);
  return {
    segment,
    words: [...lead.words, ...tail.words],
    longs: [...lead.longs, ...tail.longs],
    leadBytes: tab + 1,
    lineBytes: line.length,
    time: timePlace(line),
  };
}

function timePlace(line: string): PassedShape["time"] {
  const match = TIME.exec(line);
  if (match === null) return undefined;
  return {
    from: match.index + 1,
    dot: line.indexOf(".", match.index),
    to: match.index + match[0].length - 1,
  };
}

const TIME = /\[ *\d+\.\d{6}\]/;

/** The guest's time of the last line of a run that ends in front of `end`. */
export function lastTimeUs(
  bytes: Uint8Array,
  end: number,
  { time, lineBytes }: PassedShape,
): number | undefined {
  if (time === undefined) return undefined;
  const start = end - lineBytes;
  let digits = 0;
  for (let at = time.from; at < time.to; at += 1) {
    const byte = bytes[start + at] ?? 0;
    // Seconds and microseconds are one number of microseconds once the dot is left out.
    if (at !== time.dot && byte !== 0x20) digits = digits * 10 + (byte & 0x0f);
  }
  return digits;
}

/** The bits of each byte that must stay: all, except in the digits of the time and of the caller's addresses. */
function masksOf(line: string): Uint8Array {
  const masks = new Uint8Array(line.length).fill(0xff);
  const time = TIME.exec(line);
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

/** Covers the bytes from `from` to `to`: eight at a time where all must stay, else four; the last may overlap. */
function cover(
  line: string,
  masks: Uint8Array,
  from: number,
  to: number,
): { readonly words: readonly Word[]; readonly longs: readonly Long[] } {
  const bytes = Uint8Array.from(line, (char) => char.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const isExact = (at: number): boolean =>
    at >= from && at + LONG_BYTES <= to && masks.subarray(at, at + LONG_BYTES).every((mask) => mask === 0xff);
  const words: Word[] = [];
  const longs: Long[] = [];
  const long = (at: number): void => void longs.push({ at, value: view.getFloat64(at, true) });
  for (let at = from; at < to;) {
    if (isExact(at)) {
      long(at);
      at += LONG_BYTES;
    } else if (isExact(to - LONG_BYTES) && to - at < LONG_BYTES) {
      long(to - LONG_BYTES);
      at = to;
    } else {
      const word = wordAt(view, masks, Math.max(Math.min(at, to - WORD_BYTES), 0));
      // Four digits of a time have nothing that must stay.
      if (word.hasExact) words.push(word);
      at += WORD_BYTES;
    }
  }
  return { words, longs };
}

function wordAt(view: DataView, masks: Uint8Array, at: number): Word & { readonly hasExact: boolean } {
  const mask = new DataView(masks.buffer).getInt32(at, true);
  const hasExact = masks.subarray(at, at + WORD_BYTES).includes(0xff);
  return { at, mask, value: view.getInt32(at, true) & mask, hasExact };
}

/** Columns of message, blank and dots. */
const MESSAGE_BYTES = 81;

export interface PassedText {
  readonly message: string;
  /** The line as it would be read with care: TAB, message, dots, status. */
  readonly body: string;
}

/**
 * What the line at `from` says, which has that shape; one character per byte. Undefined when it holds anything but plain
 * text, or no dots: then the line has to be read with care.
 */
export function passedText(
  bytes: Uint8Array,
  from: number,
  { leadBytes, segment }: PassedShape,
): PassedText | undefined {
  const start = from + leadBytes;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, MESSAGE_BYTES).toString("latin1");
  let end = MESSAGE_BYTES - 1;
  while (end >= 0 && text.charCodeAt(end) === DOT) end -= 1;
  if (end < 0 || end === MESSAGE_BYTES - 1 || text.charCodeAt(end) !== BLANK || !PLAIN.test(text))
    return undefined;
  return { message: text.slice(0, end), body: `\t${text}${segment.body.slice(1 + MESSAGE_BYTES)}` };
}

const DOT = 0x2e;
const BLANK = 0x20;
const PLAIN = /^[ -\x7e\x80-\xff]*$/;

/** Counts whole lines of that shape from `from` on, `most` at the most; `end` is after the last of them. */
export function passedRun(
  bytes: Uint8Array,
  from: number,
  { words, longs, lineBytes }: PassedShape,
  most: number,
): { readonly count: number; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The first three of each are kept in variables: this loop runs once for every line of a long log.
  const [long0 = NO_LONG, long1 = long0, long2 = long0, ...moreLongs] = longs;
  const [word0 = NO_WORD, word1 = word0, word2 = word0, ...moreWords] = words;
  if (long0 === NO_LONG || word0 === NO_WORD) return { count: 0, end: from };
  const { at: longAt0, value: longValue0 } = long0;
  const { at: longAt1, value: longValue1 } = long1;
  const { at: longAt2, value: longValue2 } = long2;
  const { at: wordAt0, mask: mask0, value: value0 } = word0;
  const { at: wordAt1, mask: mask1, value: value1 } = word1;
  const { at: wordAt2, mask: mask2, value: value2 } = word2;
  const hasMore = moreLongs.length > 0 || moreWords.length > 0;
  const last = lineBytes - 1;
  // Whole numbers throughout: an infinite `most` would make this a loop over doubles.
  const limit = Math.min(bytes.length, from + Math.min(most, bytes.length) * lineBytes) - lineBytes;
  let at = from;
  while (
    at <= limit &&
    // One line feed in the right place, and none before it, so that no other line hides in the message.
    bytes.indexOf(LF, at) === at + last &&
    view.getFloat64(at + longAt0, true) === longValue0 &&
    view.getFloat64(at + longAt1, true) === longValue1 &&
    view.getFloat64(at + longAt2, true) === longValue2 &&
    (view.getInt32(at + wordAt0, true) & mask0) === value0 &&
    (view.getInt32(at + wordAt1, true) & mask1) === value1 &&
    (view.getInt32(at + wordAt2, true) & mask2) === value2 &&
    (!hasMore || (hasLongs(view, at, moreLongs) && hasWords(view, at, moreWords)))
  )
    at += lineBytes;
  return { count: (at - from) / lineBytes, end: at };
}

const NO_LONG: Long = { at: 0, value: 0 };
const NO_WORD: Word = { at: 0, mask: 0, value: 0 };

const hasLongs = (view: DataView, at: number, longs: readonly Long[]): boolean =>
  longs.every((long) => view.getFloat64(at + long.at, true) === long.value);

const hasWords = (view: DataView, at: number, words: readonly Word[]): boolean =>
  words.every((word) => (view.getInt32(at + word.at, true) & word.mask) === word.value);
