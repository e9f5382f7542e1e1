/**
 * The table of problems that are about the console alone. A boot that its memory proves has none of them as an error.
 */
import type { ProblemCode } from "./events.js";

/** Doubts about a console that the memory of its guest settles. */
export const CONSOLE_DOUBTS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "no-end",
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
]);
