/**
 * Claims of the TAP dialect as short lines of text, for tests that compare whole streams.
 * It reads text the way a boot does: line by line, then the end.
 */
import type { Claim } from "../../src/core/claims.js";
import { dialect as tap } from "../../src/dialects/tap.js";
import { segmentsOf } from "../faults/segments.js";

/** One claim in words; the line it was read from is left out. */
export function inWords(claim: Claim): string {
  switch (claim.type) {
    case "header":
      return `${claim.suite}: ${claim.name}`;
    case "result":
      return `  ${claim.status} ${claim.message}`;
    case "location":
      return `  at ${claim.file}:${String(claim.line)}`;
    case "case-end": {
      const time = claim.durationMs === undefined ? "" : ` in ${String(claim.durationMs)} ms`;
      return `  ${claim.status}${time}${claim.reason === undefined ? "" : ` (${claim.reason})`}`;
    }
    case "suspect":
      return `! ${claim.code}: ${claim.text}`;
    case "output":
      return `> ${claim.at.body}`;
    case "tests-begin":
    case "tests-ended":
    case "case-again":
    case "restarted":
      return claim.type;
    case "last-words":
    case "passes":
    case "statistics":
    case "finding":
    case "fault":
    case "suite-init-failed":
    case "boot-init-failed":
    case "milestone":
    case "tests-planned":
    case "suite-begins":
    case "suite-skipped":
    case "suite-exits":
    case "suite-done":
    case "case-limit":
    case "parameters":
      return `unexpected ${claim.type}`;
  }
}

/** All claims of a text. */
export function claimsOf(text: string): readonly Claim[] {
  const reader = tap.open();
  const claims = segmentsOf(text).flatMap((segment) => reader.line([segment]));
  return [...claims, ...reader.end()];
}

/** All claims of a text in words, console lines left out. */
export const read = (text: string): readonly string[] =>
  claimsOf(text)
    .filter((claim) => claim.type !== "output")
    .map(inWords);

/** The same with console lines. */
export const readAll = (text: string): readonly string[] => claimsOf(text).map(inWords);

/** True when the stream proves that all its tests ran and none failed. */
export const isGreen = (text: string): boolean => {
  const claims = claimsOf(text);
  return (
    claims.some((claim) => claim.type === "tests-ended") &&
    claims.some((claim) => claim.type === "case-end" && claim.status === "passed") &&
    !claims.some(
      (claim) =>
        (claim.type === "suspect" && (claim.code === "tap-invalid" || claim.code === "garbled-line")) ||
        (claim.type === "case-end" && claim.status === "failed") ||
        claim.type === "restarted",
    )
  );
};
