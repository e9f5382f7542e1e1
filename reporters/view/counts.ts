/**
 * Puts the counts of a run into words. It counts nothing itself.
 */
import { count, type Counts } from "../../src/core/model/counts.js";
import type { CaseStatus } from "../../src/core/events.js";
import type { FindingModel, RunModel } from "../../src/core/model.js";
import { knownRows } from "./comparison.js";
import { findingCount } from "./found.js";
import { plural } from "../../src/core/plural.js";

/** Statuses as people say them, the worst first. */
export const STATUS_WORDS: readonly (readonly [CaseStatus, string])[] = [
  ["crashed", "crashed"],
  ["timed-out", "timed out"],
  ["failed", "failed"],
  ["not-run", "not run"],
  ["skipped", "skipped"],
  ["passed", "passed"],
];

/** `cases=14 passed=11 failed=3 …`: every count, zero or not, in a fixed order. */
export function countsLine(model: RunModel): string {
  const counts = count(model);
  const { evaluations } = counts;
  const known = knownRows(model).length;
  return Object.entries({
    suites: counts.suites,
    cases: counts.cases,
    ...Object.fromEntries(STATUS_WORDS.map(([status]) => [status, counts[status]])),
    assertions: evaluations.passed + evaluations.failed,
    "assertions-failed": evaluations.failed,
    findings: counts.findings,
    faults: counts.faults,
    problems: counts.problems,
    ...(known > 0 && { known }),
  })
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}

/** What a summary says besides cases; only what there is. */
export function besideCases(
  counts: Counts,
  known = 0,
  findings: readonly FindingModel[] = [],
): readonly string[] {
  const { passed, failed } = counts.evaluations;
  const all = plural(passed + failed, "assertion");
  return [
    ...(known > 0 ? [`${known} known and not counted`] : []),
    failed > 0 ? `${failed} of ${all} failed` : all,
    ...(findings.length > 0 ? [findingCount(findings)] : []),
    ...(counts.faults > 0 ? [plural(counts.faults, "fault")] : []),
    ...(counts.problems > 0 ? [plural(counts.problems, "problem")] : []),
  ];
}
