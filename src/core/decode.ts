/**
 * Guest bytes to text. A body keeps one character per byte so that columns count bytes; what a report shows is UTF-8.
 */
import { RESET_MARK } from "./segment.js";

const UTF8 = new TextDecoder("utf-8");
const HIGH = /[\x80-\xff]/;

/** UTF-8 text of a string that holds one byte per character; invalid bytes become U+FFFD. */
export function decodeText(bytes: string): string {
  const text = bytes.includes(RESET_MARK) ? bytes.replaceAll(RESET_MARK, "") : bytes;
  if (!HIGH.test(text)) return text;
  return UTF8.decode(Uint8Array.from(text, (char) => char.charCodeAt(0)));
}
