/** The bytes of a record as its lines: what they say is for src/record to find out. */
import type { RecordLine } from "../record/replay.js";
import { LineSplitter } from "../serial/lines.js";
import type { Source } from "./sources.js";

/** The lines of a record. A record's lines have no cap of their own: what we wrote is bounded. */
export async function* recordLines(source: Source): AsyncGenerator<RecordLine> {
  const splitter = new LineSplitter(RECORD_LINE_CAP_BYTES);
  const utf8 = (text: string): string => Buffer.from(text, "latin1").toString("utf8");
  for await (const chunk of source.chunks()) {
    splitter.feed(chunk);
    for (let line = splitter.next(); line !== undefined; line = splitter.next())
      yield { text: utf8(line.text), number: line.number, terminated: true };
  }
  const rest = splitter.rest();
  if (rest !== undefined) yield { text: utf8(rest.text), number: rest.number, terminated: false };
}

const RECORD_LINE_CAP_BYTES = 4 * 1024 * 1024;
