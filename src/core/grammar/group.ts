/**
 * What was reported of one group of cases, and whether that is what the guest planned and counted. It says what is wrong
 * in words and decides nothing.
 */
import { plural } from "../plural.js";
import type { Counts, RowStatus } from "./grammar.js";

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Group extends Tally {
  readonly name: string | undefined;
  readonly planned: number | undefined;
  readonly endsByPlan: boolean;
  /** Something failed in it outside of its cases. */
  failedOutside: boolean;
}

export const freshTally = (): Tally => ({ passed: 0, failed: 0, skipped: 0 });

export const freshGroup = (name?: string, planned?: number, endsByPlan = false): Group => ({
  ...freshTally(),
  name,
  planned,
  endsByPlan,
  failedOutside: false,
});

export const reported = ({ passed, failed, skipped }: Tally): number => passed + failed + skipped;

export const add = (tally: Tally, status: RowStatus): void => {
  tally[status] += 1;
};

/** What contradicts between a plan and the cases that were reported; `of` names what they belong to. */
export function offPlan(tally: Tally, planned: number | undefined, of: string): string | undefined {
  const seen = reported(tally);
  if (planned === undefined || planned === seen) return undefined;
  return `${String(seen)} of ${plural(planned, "planned case")} ${seen === 1 ? "was" : "were"} reported${of}`;
}

const PARTS = ["cases", "passed", "failed", "skipped"] as const;

/** What contradicts between the guest's counts and the cases that were reported. */
export function contradiction(
  tally: Tally,
  counts: Counts,
  of: string,
  failedOutside = false,
): string | undefined {
  const seen = { ...tally, cases: reported(tally) };
  const wrong = PARTS.filter((part) => counts[part] !== undefined && counts[part] !== seen[part]);
  if (wrong.length > 0) {
    const said = wrong.map((part) => `${String(counts[part])} ${part}`).join(", ");
    return `the guest counted ${said}${of}; seen were ${wrong.map((part) => `${String(seen[part])} ${part}`).join(", ")}`;
  }
  if (counts.ok === true && tally.failed > 0)
    return `the guest reports success${of}, but ${plural(tally.failed, "case")} failed`;
  if (counts.ok === false && tally.failed === 0 && !failedOutside)
    return `the guest reports a failure${of}, but no case of it failed`;
  return undefined;
}
