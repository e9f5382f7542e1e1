/**
 * Gives evaluations the lines of their assertion sites, from the plan. The console prints a line only for failures.
 * It assigns nothing that it would have to guess: an evaluation without a certain site keeps no line.
 */
import type { AssertionEvaluated } from "../events.js";

/** The expression an evaluation quotes: the same site always quotes the same. */
const keyOf = (message: string): string => /^expected `(.*?)` (?:to|at) /.exec(message)?.[1] ?? message;

/** Runs of evaluations that one site in a loop would give: first and last index. */
function collapse(evaluations: readonly AssertionEvaluated[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  evaluations.forEach((one, index) => {
    const last = runs.at(-1);
    const before = last === undefined ? undefined : evaluations[last[0]];
    const sameSite = before !== undefined && keyOf(before.message) === keyOf(one.message);
    if (last !== undefined && sameSite && agree(before, one)) last[1] = index;
    else runs.push([index, index]);
  });
  return runs;
}

const agree = (a: AssertionEvaluated, b: AssertionEvaluated): boolean =>
  a.line === undefined || b.line === undefined || a.line === b.line;

/** Lines of the runs if the sites can only be meant one after the other; undefined when that does not fit. */
function linesInOrder(
  groups: readonly (readonly [number, number])[],
  evaluations: readonly AssertionEvaluated[],
  sites: readonly number[],
): readonly number[] | undefined {
  if (groups.length !== sites.length) return undefined;
  const fits = groups.every(([from, to], index) =>
    evaluations.slice(from, to + 1).every((one) => one.line === undefined || one.line === sites[index]),
  );
  return fits ? sites : undefined;
}

export interface SiteReport {
  readonly evaluations: readonly AssertionEvaluated[];
  /** Sites that were certainly never evaluated; fewer lines than `unreached` when it is not certain which. */
  readonly unreachedLines: readonly number[];
  readonly unreached: number;
  /** Lines of failures that the plan does not have. */
  readonly unknownLines: readonly number[];
}

/**
 * Matches a case's evaluations with its planned sites.
 * @param evaluations all of them, in order of execution
 * @param sites lines of the sites, ascending
 * @param file the source file of the case, given to every evaluation that gets a line
 */
export function matchSites(
  evaluations: readonly AssertionEvaluated[],
  sites: readonly number[],
  file: string,
): SiteReport {
  const single = evaluations.map((_, index): readonly [number, number] => [index, index]);
  const runs = collapse(evaluations);
  const groups = linesInOrder(single, evaluations, sites) === undefined ? runs : single;
  const lines = linesInOrder(groups, evaluations, sites);
  const unknownLines = evaluations.flatMap((one) =>
    one.line !== undefined && !sites.includes(one.line) ? [one.line] : [],
  );
  if (lines !== undefined) {
    const placed = [...evaluations];
    groups.forEach(([from, to], index) => {
      for (let at = from; at <= to; at += 1) {
        const one = evaluations[at];
        const line = lines[index];
        if (one !== undefined && line !== undefined) placed[at] = { ...one, file: one.file ?? file, line };
      }
    });
    return { evaluations: placed, unreachedLines: [], unreached: 0, unknownLines };
  }
  // Each site gives at least one evaluation when it is reached, so fewer evaluations than sites leaves some out.
  const unreached = Math.max(sites.length - evaluations.length, 0);
  return { evaluations, unreachedLines: evaluations.length === 0 ? sites : [], unreached, unknownLines };
}
