/**
 * Guest bytes to text. A body keeps one character per byte so that columns count bytes; what a report shows is UTF-8.
 */
import { RESET_MARK, type Segment } from "./segment.js";

const UTF8 = new TextDecoder("utf-8");
const HIGH = /[\x80-\xff]/;

/** UTF-8 text of a string that holds one byte per character; invalid bytes become U+FFFD. */
export function decodeText(bytes: string): string {
  const text = bytes.includes(RESET_MARK) ? bytes.replaceAll(RESET_MARK, "") : bytes;
  if (!HIGH.test(text)) return text;
  return UTF8.decode(Uint8Array.from(text, (char) => char.charCodeAt(0)));
}

/** The text of a segment with its colours in it; undefined where it has none, or where both are longer than `max`. */
export function paintedText(
  { body, colours = [] }: Pick<Segment, "body" | "colours">,
  max: number,
): string | undefined {
  if (colours.length === 0) return undefined;
  let painted = "";
  let from = 0;
  for (const { at, codes } of colours) {
    painted += `${body.slice(from, at)}\x1b[${codes}m`;
    from = at;
  }
  const text = decodeText(painted + body.slice(from));
  // Half a sequence would be worse than none.
  return text.length > max ? undefined : text;
}
