/** The lines of a log as a person reads them: without escape sequences, NULs and carriage returns. */
import { decodeText } from "../core/decode.js";
import { LineEnds } from "../serial/line-ends.js";
import { LineSplitter } from "../serial/lines.js";
import { strip } from "../serial/strip.js";

/** By line number, from 1 at index 0. */
export function shownLines(chunks: Iterable<Uint8Array>): readonly string[] {
  const ends = new LineEnds();
  const lines = new LineSplitter();
  const shown: string[] = [];
  const drain = (): void => {
    for (let raw = lines.next(); raw !== undefined; raw = lines.next())
      shown.push(decodeText(strip(raw.text).text));
  };
  for (const chunk of chunks) {
    lines.feed(ends.feed(chunk));
    drain();
  }
  lines.feed(ends.rest());
  drain();
  const rest = lines.rest();
  if (rest !== undefined) shown.push(decodeText(strip(rest.text).text));
  return shown;
}
