/** Claims of a line grammar's dialect as short lines of text, for tests of single lines and whole streams. */
import type { Claim } from "../../src/core/claims.js";
import type { Dialect } from "../../src/core/dialect.js";
import { segmentsOf } from "../faults/segments.js";
import { inWords } from "./tap-claims.js";

/** All claims that a dialect makes of a text which it recognises by itself. */
export function claimsOf(dialect: Dialect, text: string): readonly Claim[] {
  const reader = dialect.open();
  const claims = segmentsOf(text).flatMap((segment) => reader.line([segment]));
  return [...claims, ...reader.end()];
}

/** The same in words, without lines of output. */
export const read = (dialect: Dialect, text: string): readonly string[] =>
  claimsOf(dialect, text)
    .filter(({ type }) => type !== "output")
    .map(inWords);

/** What contradicts, in words. */
export const flaws = (dialect: Dialect, text: string): readonly string[] =>
  claimsOf(dialect, text).flatMap((claim) =>
    claim.type === "suspect" && claim.code === "stream-invalid" ? [claim.text] : [],
  );

/** True where a dialect takes a boot of these lines for its own. */
export function owns(dialect: Dialect, text: string): boolean {
  const reader = dialect.open();
  for (const segment of segmentsOf(text)) reader.line([segment]);
  return reader.owns || reader.adopts?.() === true;
}
