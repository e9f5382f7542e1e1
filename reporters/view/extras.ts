/**
 * Lists what a run must show besides its cases: findings, faults outside red cases, problems and boots that broke off.
 * Together with the red cases it explains every red verdict; it does not format.
 */
import type { ProblemGrade } from "../../src/core/events.js";
import { isMeasured } from "../../src/core/finding-kinds.js";
import type { FaultModel, FindingModel, ProblemModel, RunModel } from "../../src/core/model.js";
import { casesOf } from "../../src/core/model/counts.js";
import { isJudged } from "../../src/core/model/finding.js";
import { knownCase, knownFinding } from "../../src/core/model/known.js";
import { isRed } from "../../src/core/statuses.js";
import { isStoppedEarly, judge } from "../../src/core/verdict.js";
import type { Where } from "./failures.js";
import { flakyCases } from "./flaky.js";

export type Extra =
  | {
      readonly kind: "finding";
      readonly grade: "error" | "warning";
      readonly finding: FindingModel;
      /** Why it does not count, where it is known. */
      readonly known?: string;
    }
  | { readonly kind: "fault"; readonly grade: "error"; readonly fault: FaultModel }
  | {
      readonly kind: "problem";
      readonly grade: ProblemGrade;
      readonly problem: ProblemModel;
      /** In the sources, where it is about a place there. */
      readonly where?: Where;
    }
  | { readonly kind: "run"; readonly grade: "error"; readonly title: string };

/**
 * Findings under the policy of the run: `off` hides those of sanitizers, `warn` keeps them from being red. What somebody has
 * set a limit for counts whatever the policy says of sanitizers.
 */
export function findingsOf(model: RunModel): readonly (Extra & { kind: "finding" })[] {
  const { ubsan } = model.policy;
  const counted = ubsan === "off" ? model.findings.filter(({ kind }) => isMeasured(kind)) : model.findings;
  return counted.map((finding) => {
    const known = knownFinding(model, finding);
    const grade = isJudged(model.policy, finding.kind) && known === undefined ? "error" : "warning";
    return { kind: "finding", grade, finding, ...(known !== undefined && { known }) };
  });
}

/** Faults that no red case speaks for. */
export function faultsOutsideCases(model: RunModel): readonly (Extra & { kind: "fault" })[] {
  const red = new Set(
    casesOf(model)
      .filter((one) => isRed(one.status))
      .map((one) => one.id),
  );
  return model.faults
    .filter((fault) => fault.caseId === undefined || !red.has(fault.caseId))
    .map((fault) => ({ kind: "fault", grade: "error", fault }));
}

/** Boots that broke off although no fault and no problem of theirs says so, an unfinished stream, an empty run. */
function silentReasons(model: RunModel): readonly (Extra & { kind: "run" })[] {
  const spoken = new Set([
    ...model.faults.map((fault) => fault.boot),
    ...model.problems.filter((problem) => problem.grade === "error").map((problem) => problem.boot),
  ]);
  const isExplained = isStoppedEarly(model);
  const titles = model.boots
    .filter(() => !isExplained)
    .filter((boot) => boot.end !== "normal" && !spoken.has(boot.id))
    .map((boot) => `boot of ${boot.source} did not end normally`);
  if (!model.complete) titles.push("the run is incomplete");
  return titles.map((title) => ({ kind: "run", grade: "error", title }));
}

/** Faults outside cases that one boot may put in front of failed cases: the first says why it died. */
const FAULTS_IN_FRONT = 1;

/**
 * Faults outside cases that many others of their boot precede: a guest that goes on dying says no more with each, and must
 * not push failed cases out of a report that has room for only so many entries.
 */
export function laterFaults(model: RunModel): ReadonlySet<FaultModel> {
  const met = new Map<string, number>();
  return new Set(
    faultsOutsideCases(model).flatMap(({ fault }) => {
      const before = met.get(fault.boot) ?? 0;
      met.set(fault.boot, before + 1);
      return before < FAULTS_IN_FRONT ? [] : [fault];
    }),
  );
}

/** All of them, findings first, then faults, problems and the rest. */
export function extrasOf(model: RunModel): readonly Extra[] {
  const extras: Extra[] = [
    ...findingsOf(model),
    ...faultsOutsideCases(model),
    ...model.problems.map((problem) => ({ kind: "problem", grade: problem.grade, problem }) as const),
    ...flakyCases(model).map(
      ({ grade, problem, where }) => ({ kind: "problem", grade, problem, where }) as const,
    ),
    ...silentReasons(model),
  ];
  const explained =
    extras.some((extra) => extra.grade === "error") ||
    casesOf(model).some((one) => isRed(one.status) && knownCase(model, one) === undefined);
  if (explained) return extras;
  // Whatever else the verdict may know: no report may look green while it is red.
  const reasons = judge(model).reasons.map((title) => ({ kind: "run", grade: "error", title }) as const);
  return [...extras, ...reasons];
}
