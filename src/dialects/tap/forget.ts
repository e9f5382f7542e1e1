/**
 * Keeps the memory of tap-parser bounded: it takes away what the parser would hold of every point until the end. Plan and
 * counts stay as they are.
 */
import type { Parser, Result } from "tap-parser";

/** What the parser would keep of every point until the end is not needed here and would grow with the stream. */
export function forget({ failures, skips, todos, pointsSeen }: Parser, result: Result): void {
  failures.length = 0;
  skips.length = 0;
  todos.length = 0;
  // That an id was seen is enough: the first point stands in for all.
  const [first] = pointsSeen.values();
  if (first !== undefined && pointsSeen.get(result.id) === result) pointsSeen.set(result.id, first);
}
