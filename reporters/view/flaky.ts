/**
 * Cases that were red and passed when they ran again, as problems: which case, and what its first failure was. Whether that
 * is red is the policy's; nothing is judged here.
 */
import { casesOf } from "../../src/core/model/counts.js";
import { isQuarantined, titleOf } from "../../src/core/model/known.js";
import type { CaseModel, ProblemModel, RunModel } from "../../src/core/model.js";
import { isFlaky } from "../../src/core/verdict.js";
import { locationOf, type Where } from "./failures.js";

export interface FlakyCase {
  readonly one: CaseModel;
  readonly grade: "error" | "warning";
  readonly problem: ProblemModel;
  /** Of the first failure, else of the case. */
  readonly where: Where;
}

const WORDS: Readonly<Partial<Record<CaseModel["status"], string>>> = {
  crashed: "crashed",
  "timed-out": "timed out",
  failed: "failed",
};

/** How a case ran before it passed: `failed, crashed, then passed`. */
export const attemptWords = ({ attempts = [], status }: CaseModel): string =>
  [...attempts.map((attempt) => WORDS[attempt.status] ?? attempt.status), `then ${status}`].join(", ");

/** Why it was red at first, with the values of the first failed assertion. */
export const firstFailure = ({ attempts = [] }: CaseModel): string | undefined =>
  attempts[0]?.failure?.message ?? attempts[0]?.reason;

/** The flaky cases of a run, in its order. */
export const flakyCases = (model: RunModel): readonly FlakyCase[] =>
  casesOf(model)
    .filter(isFlaky)
    .map((one) => {
      const why = firstFailure(one);
      const grade = model.policy.flaky === "pass" || isQuarantined(model, one) ? "warning" : "error";
      const message = `${titleOf(one)} is flaky (${attemptWords(one)})${why === undefined ? "" : `: ${why}`}`;
      const failure = one.attempts?.[0]?.failure;
      return {
        one,
        grade,
        problem: { code: "flaky-case", grade, message, boot: one.boot, case: one.id },
        where: locationOf(failure?.file === undefined ? one : failure),
      };
    });
