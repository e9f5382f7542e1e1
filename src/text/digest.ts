/**
 * Makes a short name of a text, the same in every run. It does not be a secret: whoever wants to find two texts with
 * one digest will.
 */

const WORDS = 4;

/** One 32-bit word of a digest, by multiply and shift over all UTF-16 units. */
function word(text: string, seed: number): number {
  let hash = Math.imul(seed + 1, 0x9e3779b1) ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** 32 hexadecimal digits. */
export const digest = (text: string): string =>
  Array.from({ length: WORDS }, (_, seed) => word(text, seed).toString(16).padStart(8, "0")).join("");
