/**
 * Writes DWARF by hand: numbers, texts and units of known length, and an empty image around them.
 */
import type { DebugSections } from "../../src/image/dwarf/sections.js";

type Bytes = Buffer<ArrayBuffer>;

export const u8 = (...values: readonly number[]): Bytes => Buffer.from(values);

export const uint = (value: number, width: number): Bytes => {
  const bytes = Buffer.alloc(width);
  let rest = value;
  for (let at = 0; at < width; at += 1) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
};

export function uleb(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(bytes);
}

export function sleb(value: number): Bytes {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const low = rest & 0x7f;
    const isLast = rest >> 6 === 0 || rest >> 6 === -1;
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return Buffer.from(bytes);
  }
}

export const text = (value: string): Bytes => Buffer.from(`${value}\0`);

export const all = (...parts: readonly Buffer[]): Bytes => Buffer.concat(parts);

/** A unit with its length in front, in the 32-bit or the 64-bit form. */
export const sized = (content: Buffer, offsetBytes: 4 | 8 = 4): Bytes =>
  offsetBytes === 4
    ? all(uint(content.length, 4), content)
    : all(u8(0xff, 0xff, 0xff, 0xff), uint(content.length, 8), content);

const NOTHING = Buffer.alloc(0);

/** Sections of an image whose code is everything from 0x1000 on. */
export const sectionsWith = (some: Partial<DebugSections>): DebugSections => ({
  info: NOTHING,
  abbreviations: NOTHING,
  lines: NOTHING,
  lineTexts: NOTHING,
  texts: NOTHING,
  textOffsets: NOTHING,
  addresses: NOTHING,
  unitRanges: NOTHING,
  ranges: NOTHING,
  rangeLists: NOTHING,
  isCode: (address) => address >= 0x1000,
  ...some,
});
