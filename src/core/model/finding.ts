/**
 * What sanitizers and other watchers of a guest report without ending it: the kinds of findings, and the words for them.
 * It recognises none; src/faults does.
 */
import { FINDING_KINDS, type FindingKind, isMeasured, labelOf } from "../finding-kinds.js";
import type { Policy } from "../policy.js";
import type { FindingModel } from "../model.js";

/** Stands for the file of a finding that has no place of the source. */
export const NO_FILE = "<unknown file>";

/** Whether findings of a kind are to be red, unless they are known: what was measured is, whatever is said of sanitizers. */
export const isJudged = ({ ubsan }: Pick<Policy, "ubsan">, kind: FindingKind): boolean =>
  ubsan === "fail" || isMeasured(kind);

/** True for a finding whose place in the source is known. */
export const isPlaced = ({ file }: Pick<FindingModel, "file">): boolean => file !== NO_FILE;

/**
 * `3 UBSAN findings`, `1 KASAN finding`, and `4 findings (3 UBSAN, 1 KASAN)` where there are several kinds.
 * @param noun `finding` or `report`
 */
export function findingWords(kinds: Iterable<FindingKind>, noun = "finding"): string {
  const counts = new Map<FindingKind, number>();
  let total = 0;
  for (const kind of kinds) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    total += 1;
  }
  const many = `${noun}${total === 1 ? "" : "s"}`;
  const [only] = counts.keys();
  if (counts.size === 1 && only !== undefined) return `${String(total)} ${labelOf(only)} ${many}`;
  const each = FINDING_KINDS.flatMap((kind) => {
    const count = counts.get(kind);
    return count === undefined ? [] : [`${String(count)} ${labelOf(kind)}`];
  });
  return each.length === 0 ? `${String(total)} ${many}` : `${String(total)} ${many} (${each.join(", ")})`;
}
