/**
 * The tables of problems and faults that are conclusions from what a console lacks. A boot that its memory proves has none
 * of them as an error. What a guest says in so many words (a failure, a crash, a finding) is in no table: it stands.
 */
import type { ProblemCode } from "../events.js";
import type { FaultKind } from "../fault.js";

/** Doubts about a console that the memory of its guest settles. */
export const CONSOLE_DOUBTS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "no-end",
  "no-head",
  "no-tests",
  "plan-short",
  "unplanned-case",
  "no-evidence",
  "garbled-line",
  "form-conflict",
  "result-outside-case",
  "orphan-location",
  "no-case-end",
  // The very table of the image is in the memory.
  "wrong-image",
  "wrong-plan",
  "statistics-mismatch",
  "reboot",
  "tap-invalid",
  "stream-invalid",
]);

/** Deaths that are concluded from lines that did not come, or from a banner that came twice. */
export const INFERRED_DEATHS: ReadonlySet<FaultKind> = new Set<FaultKind>([
  "silence",
  "halt",
  "reset",
  "exit",
]);
