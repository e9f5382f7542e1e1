/** Which sources a coverage report is about. It reads no file. */
import picomatch from "picomatch";
import type { Place } from "../core/reporter.js";

export interface SourceRules {
  /** Globs of the sources that count; absent: all. */
  readonly include?: readonly string[] | undefined;
  /** Globs of those that do not. */
  readonly exclude?: readonly string[] | undefined;
  /** Files that hold cases: they run their own lines, which says nothing. They count only where `include` names them. */
  readonly suites: ReadonlySet<string>;
  /** Those outside of the project count, as those of an image that was built elsewhere. */
  readonly isAnywhere: boolean;
}

/** Whether a source counts. */
export function sourceFilter({
  include,
  exclude = [],
  suites,
  isAnywhere,
}: SourceRules): (place: Place) => boolean {
  const isExcluded = exclude.length === 0 ? () => false : picomatch([...exclude]);
  const isIncluded = include === undefined ? undefined : picomatch([...include]);
  return ({ path, inTree }) => {
    if (isExcluded(path)) return false;
    return isIncluded?.(path) ?? ((inTree || isAnywhere) && !suites.has(path));
  };
}
