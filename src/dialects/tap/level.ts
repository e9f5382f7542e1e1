/**
 * One level of a stream while its points come in: its plan, its counts, and whether they agree with each other and with
 * what the guest counted itself. It emits nothing; stream.ts does.
 */
import type { Parser } from "tap-parser";
import type { Mark, Outcome } from "./points.js";
import type { Summary } from "./summary.js";

export interface HeldCase {
  /** Names of the subtests between this level and the case. */
  readonly path: readonly string[];
  readonly mark: Mark;
  readonly outcome: Outcome;
}

export interface Level {
  readonly parser: Parser;
  name: string | undefined;
  /** Its name is said inside of it, as KUnit does. */
  readonly namedInside: boolean;
  points: number;
  lastId: number;
  /** Every point had an id, and they came in order from 1. */
  inOrder: boolean;
  /** Every point stood for a subtest with a plan of its own. */
  onlySubtests: boolean;
  failedPoints: number;
  /** Cases in it and below. */
  leaves: number;
  failedLeaves: number;
  /** The last point opens a brace: its subtest follows, and the point itself only ends after it. */
  opens: boolean;
  readonly held: HeldCase[];
  /** The subtest that has just ended; the next point speaks for it. */
  ended: Level | undefined;
}

export const freshLevel = (
  parser: Parser,
  named: { readonly name: string; readonly inside: boolean } | undefined,
): Level => ({
  parser,
  name: named?.name,
  namedInside: named?.inside === true,
  points: 0,
  lastId: 0,
  inOrder: true,
  onlySubtests: true,
  failedPoints: 0,
  leaves: 0,
  failedLeaves: 0,
  opens: false,
  held: [],
  ended: undefined,
});

/** Points that a level's plan asks for. */
export const planned = ({ parser }: Level): number | undefined =>
  parser.planStart === -1 || parser.syntheticPlan
    ? undefined
    : Math.max(0, parser.planEnd - parser.planStart + 1);

/** The parameters of a KUnit case: it prints their results without a plan, and the result of the case after them. */
const isParameters = ({ namedInside, inOrder }: Level, number: number): boolean =>
  number >= 2 && namedInside && inOrder;

/** Why a level that is over proves less than it says, in words; undefined where nothing speaks against it. */
export function flawOf(level: Level, number: number, summary: Summary | undefined): string | undefined {
  const name = level.name ?? "without a name";
  if (summary !== undefined && summary.total !== level.points)
    return `the guest counted ${String(summary.total)} tests in ${name}, and ${String(level.points)} were reported`;
  if (summary !== undefined && summary.fail !== level.failedPoints)
    return `the guest counted ${String(summary.fail)} failures in ${name}, and ${String(level.failedPoints)} were reported`;
  if (planned(level) !== undefined || summary !== undefined || isParameters(level, number)) return undefined;
  return `no plan in subtest ${name}`;
}

/** The same of the total of all cases in a suite, which counts the parameters of a case one by one. */
export function flawOfTotals({ leaves, failedLeaves }: Level, totals: Summary): string | undefined {
  if (totals.fail > failedLeaves)
    return `the guest counted ${String(totals.fail)} failures in all, and ${String(failedLeaves)} were reported`;
  if (totals.total > leaves)
    return `the guest counted ${String(totals.total)} tests in all, and ${String(leaves)} were reported`;
  return undefined;
}
