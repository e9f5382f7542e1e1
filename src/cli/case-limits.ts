/**
 * Limits of time that a project has written down for its cases: which of them counts for a case. It knows no clock and
 * stops nothing.
 */
import { matching } from "./select.js";

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
