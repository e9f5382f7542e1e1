/** The claim of a guest that says in its stream of results that it dies. */
import type { Claim } from "../claims.js";
import { decodeText } from "../decode.js";
import type { Segment } from "../segment.js";
import type { RowFailure } from "./grammar.js";

export function deathClaim({ message, file, line }: RowFailure, at: Segment): Claim {
  const title = decodeText(message);
  const place = file === undefined ? {} : { file: decodeText(file), ...(line !== undefined && { line }) };
  const excerpt = [{ line: at.line, text: decodeText(at.body) }];
  const fault = { kind: "crash" as const, title, ...place, registers: [], callTrace: [], excerpt };
  return { type: "fault", outlook: "ends", fault, at };
}
