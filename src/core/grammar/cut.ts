/** Which rows a line without its end may make: only those that a longer line would not make redder. */
import type { Row } from "./grammar.js";

const GREENER: ReadonlySet<Row["type"]> = new Set([
  "stream",
  "stream-end",
  "group",
  "group-end",
  "counts",
  "unnamed",
]);

/** True for a row that counts only where its line is whole. */
export function needsWholeLine(row: Row): boolean {
  if (row.isClosed === true) return false;
  if (row.type === "end" || row.type === "case") return row.status !== "failed";
  return GREENER.has(row.type);
}
