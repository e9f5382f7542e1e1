/** Claims that a single row makes: that the guest dies, lines that cannot be believed, and output. */
import type { Claim } from "../claims.js";
import { decodeText } from "../decode.js";
import type { Segment } from "../segment.js";
import type { RowFailure } from "./grammar.js";

/** The guest says in its stream of results that it dies. */
export function deathClaim({ message, file, line }: RowFailure, at: Segment): Claim {
  const title = decodeText(message);
  const place = file === undefined ? {} : { file: decodeText(file), ...(line !== undefined && { line }) };
  const excerpt = [{ line: at.line, text: decodeText(at.body) }];
  const fault = { kind: "crash" as const, title, ...place, registers: [], callTrace: [], excerpt };
  return { type: "fault", outlook: "ends", fault, at };
}

type Suspect = Extract<Claim, { readonly type: "suspect" }>;

/** @param text one character per byte */
export const suspect = (code: Suspect["code"], text: string, at: Segment): Claim => ({
  type: "suspect",
  code,
  text: decodeText(text),
  at,
});

/** A line of output; `means` says what a person may want to know of it. */
export const output = (means: string | undefined, at: Segment): Claim => ({
  type: "output",
  ...(means !== undefined && { means }),
  at,
});
