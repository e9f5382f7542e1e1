/**
 * What the page calls things. It does not decide anything.
 */
import type { Evidence } from "../../../src/core/evidence.js";
import type { BootReason, CaseStatus, PastStatus } from "../../../src/core/events.js";
import type { Turn } from "../../../src/core/model/earlier-runs.js";
import type { BootData } from "../data.js";

export const STATUS: Readonly<Record<CaseStatus, string>> = {
  crashed: "crashed",
  "timed-out": "timed out",
  failed: "failed",
  "not-run": "not run",
  skipped: "skipped",
  passed: "passed",
};

export const PAST_STATUS: Readonly<Record<PastStatus, string>> = { ...STATUS, absent: "not there" };

export const TURN: Readonly<Record<Turn, string>> = {
  broken: "newly broken",
  fixed: "fixed",
  added: "new",
};

export const WHY: Readonly<Record<BootReason, string>> = {
  rest: "the rest, after a boot that died",
  retry: "red cases, again",
  repeat: "the same, again",
  alone: "one case without the others",
};

export const WHY_BRIEF: Readonly<Record<BootReason, string>> = {
  rest: "rest",
  retry: "retry",
  repeat: "repeat",
  alone: "alone",
};

export const END: Readonly<Record<BootData["end"], string>> = {
  normal: "ended normally",
  fault: "died of a fault",
  cut: "was cut off",
  unfinished: "did not end",
};

export const EVIDENCE: Readonly<Record<Evidence, string>> = {
  memory: "read from the memory of the stopped guest",
  plan: "the console, checked against the image's own list",
  console: "the console's word alone",
};
