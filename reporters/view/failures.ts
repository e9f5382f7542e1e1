/**
 * Says of a case what a report has to explain: where it broke, which assertions failed, which faults belong to it.
 * It refuses to format.
 */
import type { AssertionModel, CaseModel, FaultModel, RunModel } from "../../src/core/model.js";

export interface Where {
  readonly file?: string;
  readonly line?: number;
}

/** Failing assertions, in the order of execution. */
export const failuresOf = (one: CaseModel): readonly AssertionModel[] =>
  one.assertions.filter((assertion) => assertion.status === "failed");

/** File and line, the line only with a file. */
export const locationOf = (one: Where): Where => ({
  ...(one.file !== undefined && { file: one.file }),
  ...(one.file !== undefined && one.line !== undefined && { line: one.line }),
});

/** Where to look first: the first failing assertion with a file, else the fault, else the definition. */
export function whereOf(one: CaseModel, faults: readonly FaultModel[]): Where {
  const failure = failuresOf(one).find((assertion) => assertion.file !== undefined);
  const fault = faults.find(({ file }) => file !== undefined);
  const crashed = one.status === "crashed" || one.status === "timed-out";
  return locationOf((crashed ? (fault ?? failure) : (failure ?? fault)) ?? one);
}

/** Faults of a run by the case they were charged to. */
export function faultsByCase(model: RunModel): (one: CaseModel) => readonly FaultModel[] {
  const byCase = new Map<string, FaultModel[]>();
  for (const fault of model.faults) {
    if (fault.caseId === undefined) continue;
    const known = byCase.get(fault.caseId);
    if (known === undefined) byCase.set(fault.caseId, [fault]);
    else known.push(fault);
  }
  return (one) => byCase.get(one.id) ?? [];
}
