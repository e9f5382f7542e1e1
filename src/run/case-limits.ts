/**
 * Limits of time that a project has written down for its cases: which of them counts for a case. It knows no clock and
 * stops nothing.
 */
import type { Plan } from "../core/plan.js";
import { matching } from "./select.js";
import { nearest } from "../text/suggest.js";

/** The limit of a case, named `suite.case`, in milliseconds; undefined where nothing is written about it. */
export type CaseLimits = (name: string) => number | undefined;

/** A pattern that can mean one case only. */
const isName = (pattern: string): boolean => /^\w+\.\w+$/.test(pattern);

/**
 * Limits by pattern, as they stand in the configuration. A name counts before every other pattern, and of several other
 * ones the first: so a file reads from the exception to the rule.
 * @param limits milliseconds by pattern; patterns mean what they mean for `uktest run`
 */
export function caseLimits(limits: Readonly<Record<string, number>>): CaseLimits {
  const all = Object.entries(limits).map(([pattern, ms]) => ({
    exact: isName(pattern),
    means: matching(pattern),
    ms,
  }));
  const ordered = [...all.filter(({ exact }) => exact), ...all.filter(({ exact }) => !exact)];
  return (name) => {
    const dot = name.indexOf(".");
    const [suite, ofCase] = [name.slice(0, Math.max(dot, 0)), name.slice(dot + 1)];
    return ordered.find(({ means }) => means(suite, ofCase))?.ms;
  };
}

/**
 * What to tell the user about patterns that mean no case of a run, a line for each.
 * @param plans of everything that the project has
 */
export function unusedLimits(
  limits: Readonly<Record<string, number>>,
  plans: readonly Plan[],
): readonly string[] {
  const suites = plans.flatMap((plan) => plan.suites);
  return Object.keys(limits).flatMap((pattern) => {
    const means = matching(pattern);
    if (suites.some(({ name, cases }) => cases.some((one) => means(name, one.name)))) return [];
    // A name is held against names of its own kind.
    const names = pattern.includes(".")
      ? suites.flatMap(({ name, cases }) => cases.map((one) => `${name}.${one.name}`))
      : suites.map(({ name }) => name);
    const near = nearest(pattern, names);
    const hint = near === undefined ? "uktest list shows all cases" : `did you mean "${near}"?`;
    return [`caseTimeouts: ${JSON.stringify(pattern)} means no case of this project; ${hint}`];
  });
}
