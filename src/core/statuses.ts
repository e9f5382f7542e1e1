/**
 * The tables that rank: statuses of a case and grades of evidence. Nothing else in the house may order them.
 */
import type { CaseStatus } from "./events.js";
import type { Evidence } from "./evidence.js";

/** From best to worst. `not-run` is red only where something planned did not run; see verdict.ts. */
export const STATUSES: readonly CaseStatus[] = [
  "passed",
  "skipped",
  "not-run",
  "failed",
  "timed-out",
  "crashed",
];

const EVIDENCE: readonly Evidence[] = ["console", "plan", "memory"];

/** The worse of two statuses. */
export const worseStatus = (a: CaseStatus, b: CaseStatus): CaseStatus =>
  STATUSES.indexOf(a) >= STATUSES.indexOf(b) ? a : b;

/** The weaker of two grades of evidence: a run is as good as its weakest case. */
export const weakerEvidence = (a: Evidence, b: Evidence): Evidence =>
  EVIDENCE.indexOf(a) <= EVIDENCE.indexOf(b) ? a : b;

/** True for a status that makes a run red. */
export const isRed = (status: CaseStatus): boolean => status !== "passed" && status !== "skipped";
