/**
 * Planned cases that the console has no line of: each gets a result of its own, so that none is missing from a report. Why
 * they never began is worked out in missing.ts.
 */
import type { CaseStatus } from "../events.js";
import type { Evidence, Measured, Rounds } from "../evidence.js";
import type { PlannedCase } from "../plan.js";
import { countRounds } from "./benchmarks.js";
import { measure } from "./measures.js";
import { closeSuite, openSuite, remember } from "./cases.js";
import { problem, type Work } from "./work.js";

/** A planned case without a result, and the words for that. */
export interface Unrun {
  readonly suite: string;
  readonly planned: PlannedCase;
  readonly reason: string;
  readonly status: CaseStatus;
  readonly unexplained?: boolean;
  readonly evidence?: Evidence;
  /** What it did with memory, where that is known. */
  readonly measured?: Measured | undefined;
  /** Its rounds, where it is a benchmark and they are known. */
  readonly rounds?: Rounds | undefined;
}

/** Adds the planned cases that never began. */
export function addMissing(work: Work, missing: readonly Unrun[]): void {
  const { boot } = work;
  for (const one of missing) {
    if (boot.suite?.name !== one.suite) {
      closeSuite(work, boot.spoken.last);
      openSuite(work, one.suite, boot.spoken.last);
    }
    addUnseen(work, one);
  }
  closeSuite(work, boot.spoken.last);
}

/** A case of which the console has no line. */
function addUnseen(work: Work, one: Unrun): void {
  const { suite, planned, reason, status, unexplained, evidence } = one;
  const { boot, emit } = work;
  const id = `${boot.suite?.id ?? boot.id}.n${String(boot.tally.cases)}`;
  boot.tally.cases += 1;
  emit({
    type: "case-started",
    suite: boot.suite?.id ?? boot.id,
    case: id,
    name: planned.name,
    ...(planned.description !== undefined && { description: planned.description }),
    file: planned.file,
    ...(planned.line !== undefined && { line: planned.line }),
    origin: boot.spoken.last,
  });
  if (unexplained === true)
    problem(
      work,
      "plan-short",
      "error",
      `${suite}.${planned.name} is planned and left no result: ${reason}`,
      boot.spoken.last,
    );
  emit({
    type: "case-finished",
    case: id,
    status,
    ...(reason !== "" && { reason }),
    evidence: evidence ?? "plan",
    evaluations: { passed: 0, failed: 0 },
    droppedConsoleLines: 0,
    origin: boot.spoken.last,
  });
  const finished = { id, suite, name: planned.name, status, failedLines: 0, isSaidRed: false };
  remember(work, finished);
  measure(work, { suite, ...planned }, finished, status, one.measured);
  countRounds(work, { suite, ...planned }, finished, status, one.rounds);
}
