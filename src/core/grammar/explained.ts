/**
 * A failure whose explanation stands on the lines after it, and cases that end before theirs is printed. It keeps lines
 * within bounds; what belongs to which failure is for account.ts to say.
 */
import type { Claim } from "../claims.js";
import { decodeText } from "../decode.js";
import type { Segment } from "../segment.js";
import type { RowFailure } from "./grammar.js";

const MOST_LINES = 16;
const LINE_CHARS = 300;

/** A failure while its explanation comes in. */
export interface Explained {
  message: string;
  file: string | undefined;
  line: number | undefined;
  readonly lines: string[];
}

export const explained = ({ message, file, line }: RowFailure): Explained => ({
  message,
  file,
  line,
  lines: [],
});

/** Adds a line of the console. */
export function explain(failure: Explained, text: string): void {
  const words = text.trim();
  if (words !== "" && failure.lines.length < MOST_LINES) failure.lines.push(words.slice(0, LINE_CHARS));
}

/** The claims of a failure, at the line that announced it. */
export function failureClaims({ message, file, line, lines }: Explained, at: Segment): readonly Claim[] {
  const words = [message, ...lines].filter((text) => text !== "").join("\n");
  const claims: Claim[] = [{ type: "result", status: "failed", message: decodeText(words), at }];
  if (file !== undefined) claims.push({ type: "location", file: decodeText(file), line: line ?? 0, at });
  return claims;
}
