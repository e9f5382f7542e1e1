/**
 * One case while it runs: its evaluations, its console and what is too much of either.
 * It keeps what a report needs and counts the rest; it does not decide the status of any other case.
 */
import type { AssertionEvaluated, CaseStatus, Origin } from "../events.js";
import type { PlannedCase } from "../plan.js";

/** What one log may keep; the rest is counted and the report says so. */
export interface Caps {
  /** Evaluations kept for one case; failed ones have as many places again. */
  readonly evaluationsPerCase: number;
  readonly consoleLinesPerCase: number;
  /** Characters kept of all messages and console lines of a log; failed evaluations have as many again. */
  readonly charsPerLog: number;
  readonly casesPerLog: number;
  /** Characters of one message or console line. */
  readonly textChars: number;
}

export const DEFAULT_CAPS: Caps = {
  evaluationsPerCase: 1000,
  consoleLinesPerCase: 200,
  charsPerLog: 2_000_000,
  casesPerLog: 20_000,
  textChars: 2000,
};

/** What a kept text costs besides its characters, so that many short ones are bounded too. */
export const TEXT_OVERHEAD_CHARS = 200;

/** A case that has begun and has not finished. */
export interface OpenCase {
  readonly id: string;
  readonly suite: string;
  readonly name: string;
  readonly plan: PlannedCase | undefined;
  readonly startUs: number | undefined;
  passed: number;
  failed: number;
  omitted: number;
  /** The place of an omitted failure may follow. */
  omittedPlace: boolean;
  /** Evaluations held back until the case is over, because the plan will tell their lines. */
  readonly held: AssertionEvaluated[];
  /** A fault of the guest ended it. */
  hasFault: boolean;
  keptEvaluations: number;
  keptFailures: number;
  keptConsole: number;
  droppedConsole: number;
  /** Set by a guest that says the status itself. */
  said: { readonly status: CaseStatus; readonly reason?: string; readonly durationMs?: number } | undefined;
  /** The first fault that it may have survived, in words. */
  wound: string | undefined;
  /** It has passed and runs once more, for what it does with memory. */
  runsAgain: boolean;
  /** The time limit that the case itself has. */
  limitMs: number | undefined;
  last: Origin;
  lastUs: number | undefined;
}

/** The status a case has earned when the guest went on after it. */
function earnedStatus(one: OpenCase): { readonly status: CaseStatus; readonly reason?: string } {
  if (one.failed > 0 || one.said?.status === "failed") {
    const reason =
      one.said?.reason ?? `${String(one.failed)} of ${String(one.passed + one.failed)} assertions failed`;
    return { status: "failed", reason };
  }
  if (one.said !== undefined)
    return { status: one.said.status, ...(one.said.reason !== undefined && { reason: one.said.reason }) };
  if (one.passed === 0 && one.omitted > 0)
    return { status: "skipped", reason: "all its assertions are omitted" };
  return { status: "passed" };
}

/** The same of a case in which a fault happened that the guest survived. */
export function standingStatus(
  one: OpenCase,
  isCertain: boolean,
): {
  readonly status: CaseStatus;
  readonly reason?: string;
  readonly survived?: CaseStatus;
} {
  const earned = earnedStatus(one);
  if (one.wound === undefined) return earned;
  return { status: "crashed", reason: one.wound, ...(isCertain && { survived: earned.status }) };
}

/** Milliseconds between two times of the guest's clock, to the microsecond. */
export const durationMs = (fromUs: number | undefined, toUs: number | undefined): number | undefined =>
  fromUs === undefined || toUs === undefined || toUs < fromUs ? undefined : (toUs - fromUs) / 1000;
