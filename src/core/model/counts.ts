/**
 * Counts, derived from the leaves of a model each time they are asked for; nothing keeps one beside them.
 */
import type { CaseStatus } from "../events.js";
import type { CaseModel, RunModel } from "../model.js";

export interface Counts extends Readonly<Record<CaseStatus, number>> {
  readonly suites: number;
  readonly cases: number;
  readonly evaluations: { readonly passed: number; readonly failed: number };
  /** Distinct sites, not occurrences. */
  readonly findings: number;
  readonly faults: number;
  /** Problems of grade `error`. */
  readonly problems: number;
}

/** All cases of a run, in order. */
export const casesOf = (model: RunModel): readonly CaseModel[] =>
  model.suites.flatMap((suite) => suite.cases);

/** Counts over a whole run. */
export function count(model: RunModel): Counts {
  const counts = { passed: 0, skipped: 0, "not-run": 0, failed: 0, "timed-out": 0, crashed: 0 };
  const evaluations = { passed: 0, failed: 0 };
  let cases = 0;
  for (const suite of model.suites) {
    for (const one of suite.cases) {
      counts[one.status] += 1;
      cases += 1;
      evaluations.passed += one.evaluations.passed;
      evaluations.failed += one.evaluations.failed;
    }
  }
  return {
    ...counts,
    suites: model.suites.length,
    cases,
    evaluations,
    findings: model.findings.length,
    faults: model.faults.length,
    problems: model.problems.filter((problem) => problem.grade === "error").length,
  };
}
