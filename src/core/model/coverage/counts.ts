/** How much of what has code ran, of one source or of all of them. It judges nothing. */
import type { CoverageModel, FileCoverage } from "../coverage.js";

export interface Share {
  readonly hit: number;
  readonly all: number;
}

export interface CoverageCounts {
  readonly lines: Share;
  readonly functions: Share;
  readonly branches: Share;
}

const share = (counts: Iterable<number>): Share => {
  let [hit, all] = [0, 0];
  for (const count of counts) {
    all += 1;
    if (count > 0) hit += 1;
  }
  return { hit, all };
};

/** Lines and counts, which stand by turns in `FileHits`. */
export function* linePairs(lines: readonly number[]): Generator<readonly [line: number, count: number]> {
  for (let at = 0; at + 1 < lines.length; at += 2) yield [lines[at] ?? 0, lines[at + 1] ?? 0];
}

/** Counts of one source. */
export const fileCounts = ({ lines, functions, branches }: FileCoverage): CoverageCounts => ({
  lines: share(lines.values()),
  functions: share(functions.map(([, , count]) => count)),
  branches: share(branches.filter((_, at) => at % 3 === 2)),
});

/** Counts of all sources together. */
export const totalCounts = ({ files }: Pick<CoverageModel, "files">): CoverageCounts =>
  files.map(fileCounts).reduce(added, {
    lines: { hit: 0, all: 0 },
    functions: { hit: 0, all: 0 },
    branches: { hit: 0, all: 0 },
  });

/** Lines that comments of sources take out. */
export const excludedCount = ({ files }: Pick<CoverageModel, "files">): number =>
  files.reduce((sum, { excluded }) => sum + excluded.length, 0);

const plus = (a: Share, b: Share): Share => ({ hit: a.hit + b.hit, all: a.all + b.all });

const added = (a: CoverageCounts, b: CoverageCounts): CoverageCounts => ({
  lines: plus(a.lines, b.lines),
  functions: plus(a.functions, b.functions),
  branches: plus(a.branches, b.branches),
});

/** From 0 to 1; 1 where there is nothing that could run. */
export const rateOf = ({ hit, all }: Share): number => (all === 0 ? 1 : hit / all);

/** In percent with one digit, rounded down: 100 is said of nothing less. */
export const percentOf = (share: Share): string => (Math.floor(rateOf(share) * 1000) / 10).toFixed(1);

/**
 * Lines that have code and did not run, as pairs of the first and the last of a row: one that ran ends a row, and lines
 * without code in between do not. @param lines in their order, with their counts
 */
export function missedRows(
  lines: Iterable<readonly [line: number, count: number]>,
): readonly (readonly [first: number, last: number])[] {
  const rows: [number, number][] = [];
  let isOpen = false;
  for (const [line, count] of lines) {
    const last = rows.at(-1);
    if (count === 0 && isOpen && last !== undefined) last[1] = line;
    else if (count === 0) rows.push([line, line]);
    isOpen = count === 0;
  }
  return rows;
}
