/**
 * Cuts off the start of a case whose result is still to come: another writer has the rest of the line. Which start that is
 * the dialects say.
 */
import type { DialectReader } from "../core/dialect.js";
import type { Segment } from "../core/segment.js";

/**
 * The segments of a line in one piece, or in several where a reader knows the front of one: what stands in front is read
 * before what follows.
 */
export function piecesOf(
  segments: readonly Segment[],
  readers: readonly DialectReader[],
): readonly (readonly Segment[])[] {
  const pieces: (readonly Segment[])[] = [];
  let piece: Segment[] = [];
  for (const segment of segments) {
    const { body } = segment;
    const front = readers.reduce((most, reader) => Math.max(most, reader.frontOf?.(segment) ?? 0), 0);
    if (front === 0 || front === body.length) {
      piece.push(segment);
      continue;
    }
    pieces.push([...piece, { ...segment, body: body.slice(0, front), last: false }]);
    piece = [{ ...segment, body: body.slice(front), first: false }];
  }
  return [...pieces, piece];
}
