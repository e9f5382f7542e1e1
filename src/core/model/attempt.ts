/**
 * Which of two results of one case counts, when boots ran it twice. The other one is kept among its attempts; nothing is
 * judged here.
 */
import type { AssertionModel, AttemptModel, CaseModel } from "../model.js";
import { worseStatus } from "../statuses.js";

const failureOf = ({ message, file, line }: AssertionModel): NonNullable<AttemptModel["failure"]> => ({
  message,
  ...(file !== undefined && { file }),
  ...(line !== undefined && { line }),
});

/** The result that counts of two of one case, with the other one among its attempts: the later one, or the worse. */
export function replaces(old: CaseModel, fresh: CaseModel, isRetry: boolean): CaseModel {
  const isFresh = isRetry || worseStatus(old.status, fresh.status) !== old.status;
  const [winner, other] = isFresh ? [fresh, old] : [old, fresh];
  const { id, boot, status, reason, durationMs, origin } = other;
  const failed = other.assertions.find((assertion) => assertion.status === "failed");
  const attempt: AttemptModel = {
    id,
    boot,
    status,
    line: origin.line,
    ...(reason !== undefined && { reason }),
    ...(failed !== undefined && { failure: failureOf(failed) }),
    ...(durationMs !== undefined && { durationMs }),
  };
  return { ...winner, attempts: [...(old.attempts ?? []), attempt] };
}
