/**
 * What was reported of one group of cases, and whether that is what the guest planned and counted. It says what is wrong
 * in words and decides nothing.
 */
import { decodeText } from "../decode.js";
import { plural } from "../plural.js";
import type { Counts, Row, RowStatus } from "./grammar.js";

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

/** The group in words, after what is said of it. */
export const of = (name: string | undefined): string => (name === undefined ? "" : ` in ${decodeText(name)}`);

const GOES_ON: ReadonlySet<Row["type"]> = new Set(["stream", "group", "begin", "case", "alone", "unnamed"]);

/** True for a row after which a stream that was over is not. */
export const goesOn = ({ type }: Row): boolean => GOES_ON.has(type);

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

/** What contradicts between the number of a case that begins and those before it. */
export function outOfOrder(group: Group, number: number | undefined): string | undefined {
  if (number === undefined || number === reported(group) + 1) return undefined;
  return `case ${String(number)} begins after ${String(reported(group))} others${of(group.name)}`;
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

/** The same of later counts; `name` is the group that they name. */
export function miscounted(
  group: Group | undefined,
  counts: Counts,
  name: string | undefined,
): string | undefined {
  if (group === undefined) return `the guest counted cases of a group that was not seen${of(name)}`;
  return contradiction(group, counts, of(name ?? group.name), group.failedOutside);
}

/** What contradicts between a group, its plan and its end. */
export function endsWrong(group: Group, end: Counts & { readonly name?: string }): string | undefined {
  const words = of(group.name ?? end.name);
  return contradiction(group, end, words, group.failedOutside) ?? offPlan(group, group.planned, words);
}

/** What is wrong with a group after which another one begins. */
export function unended(group: Group): string | undefined {
  if (group.planned === undefined && reported(group) === 0) return undefined;
  return `the end is missing${of(group.name) === "" ? " of a group of cases" : of(group.name)}`;
}

/** What is wrong with a group in which the boot ends. */
export function tooFew(group: Group | undefined): string | undefined {
  if (group?.planned === undefined || group.planned <= reported(group)) return undefined;
  return offPlan(group, group.planned, of(group.name));
}
