/**
 * Which lines of a source its comments take out of coverage. It reads no file.
 * Source of the markers: geninfo(1) of lcov, "Exclusion markers"; gcovr, "Exclusion Markers".
 */

export interface Exclusions {
  /** Lines, counted from 1, that neither ran nor did not. */
  readonly lines: ReadonlySet<number>;
  /** Lines whose branches do not count. */
  readonly branches: ReadonlySet<number>;
  /** Lines of markers that begin what never ends: it ends with the file. */
  readonly unclosed: readonly number[];
}

const MARKER = /\b(?:LCOV|GCOVR?)_EXCL_(BR_)?(LINE|START|STOP)\b/g;
const ANY = /\b(?:LCOV|GCOVR?)_EXCL_/;

/** Finds the markers of a text; undefined where it has none. The line of a start is left out, that of its stop is not. */
export function exclusionsIn(text: string): Exclusions | undefined {
  if (!ANY.test(text)) return undefined;
  const found = { lines: new Set<number>(), branches: new Set<number>() };
  const open: { lines: number | undefined; branches: number | undefined } = {
    lines: undefined,
    branches: undefined,
  };
  for (const [at, row] of text.split("\n").entries()) {
    const line = at + 1;
    for (const [, branch, word] of row.matchAll(MARKER)) {
      const what = branch === undefined ? "lines" : "branches";
      if (word === "LINE") found[what].add(line);
      else if (word === "START") open[what] ??= line;
      else open[what] = undefined;
    }
    for (const what of ["lines", "branches"] as const) if (open[what] !== undefined) found[what].add(line);
  }
  return {
    ...found,
    unclosed: Object.values(open)
      .filter((line) => line !== undefined)
      .sort((a, b) => a - b),
  };
}
