/**
 * Writes every event as it comes, one a line, for `uktest report` to read again. It does not add or to leave out.
 */
import type { Reporter } from "../src/core/reporter.js";
import { jsonLine } from "../src/text/json.js";

/** NDJSON, one RunEvent a line; the schema is named in the first. */
export const reporter: Reporter = {
  name: "events",
  summary: "the event stream, one JSON object a line (can be replayed)",
  async *render(events) {
    for await (const event of events) yield `${jsonLine(event)}\n`;
  },
};
