/**
 * Says of a case what a report has to explain: where it broke, which assertions failed, which faults belong to it.
 * It does not format.
 */
import type { AssertionModel, CaseModel, FaultModel, RunModel } from "../../src/core/model.js";

export interface Where {
  readonly file?: string;
  readonly line?: number;
}

/** Failing assertions, in the order of execution. */
export const failuresOf = (one: CaseModel): readonly AssertionModel[] =>
  one.assertions.filter((assertion) => assertion.status === "failed");

/** Why a passed case was expected to fail, where it was and did: `expected failure: not written yet`. */
export const expectedFailure = ({ status, reason }: CaseModel): string | undefined =>
  status === "passed" && reason?.startsWith("expected failure: ") === true ? reason : undefined;

/** Rows of the kit after a failed comparison of memory: the first difference, and both sides around it. */
const DIFFERENCE = /^\t {2}(first difference at |is {5}|wanted )/;
const MOST_ROWS = 3;

/** What the guest printed below one failed comparison of memory; empty for any other assertion. */
export function differenceOf(one: CaseModel, { origin }: AssertionModel): readonly string[] {
  const after = one.output.findIndex(({ line }) => line > origin.line);
  if (after < 0) return [];
  const rows = one.output.slice(after, after + MOST_ROWS);
  const end = rows.findIndex(({ text }) => !DIFFERENCE.test(text));
  return rows.slice(0, end < 0 ? rows.length : end).map(({ text }) => text.trim());
}

/** The message of a failed assertion with the rows of its difference, for reports that show no console. */
export function messageOf(one: CaseModel, failure: AssertionModel): string {
  const rows = differenceOf(one, failure);
  return rows.length === 0 ? failure.message : `${failure.message} (${rows.join("; ")})`;
}

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
