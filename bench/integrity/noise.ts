/**
 * Bytes without meaning, as a driver or a wrong baud rate puts them on a console.
 */
import type { Random } from "./random.js";

/** Random bytes on one line. */
export function randomBytes(random: Random, count: number): string {
  let bytes = "";
  for (let nth = 0; nth < count; nth += 1) {
    const byte = random.int(256);
    bytes += byte === 0x0a ? "." : String.fromCharCode(byte);
  }
  return bytes;
}
