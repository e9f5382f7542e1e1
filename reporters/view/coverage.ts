/** Which lines ran, in a few rows of text: what is missing first. It reads no source. */
import type { CoverageModel, FileCoverage } from "../../src/core/model/coverage.js";
import {
  type CoverageCounts,
  excludedCount,
  fileCounts,
  missedRows,
  percentOf,
  type Share,
  totalCounts,
} from "../../src/core/model/coverage/counts.js";
import { changedCoverage } from "../../src/core/model/coverage/changed.js";
import type { RunModel } from "../../src/core/model.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { plural } from "../../src/core/plural.js";
import { shorten } from "../../src/text/shorten.js";

/** Sources that are shown, those with the most lines that did not run. */
const FILES_MAX = 30;
/** Characters of the lines that did not run. */
const MISSED_MAX = 60;

export interface CoverageRow {
  readonly path: string;
  readonly lines: string;
  readonly functions: string;
  readonly branches: string;
  /** Lines that did not run, such as `8, 12-14`. */
  readonly missed: string;
}

export interface CoverageTable {
  /** Of all sources together; its path says how many there are. */
  readonly total: CoverageRow;
  readonly files: readonly CoverageRow[];
  /** Sources that are not shown: some of them ran whole. */
  readonly more: number;
}

const cell = ({ hit, all }: Share): string => (all === 0 ? "" : `${percentOf({ hit, all })} %`);

const cells = ({ lines, functions, branches }: CoverageCounts): Omit<CoverageRow, "path" | "missed"> => ({
  lines: cell(lines),
  functions: cell(functions),
  branches: cell(branches),
});

/** Lines that did not run, as a text for a row. */
export const missedText = (file: FileCoverage): string => rowsText(missedRows(file.lines));

/** The rows of a table. */
export function coverageTable(coverage: CoverageModel, context: ReporterContext): CoverageTable {
  const rated = coverage.files.map((file) => ({ file, counts: fileCounts(file) }));
  const worst = [...rated].sort(
    (a, b) => b.counts.lines.all - b.counts.lines.hit - (a.counts.lines.all - a.counts.lines.hit),
  );
  const shown = worst.slice(0, FILES_MAX).map(({ file, counts }) => ({
    ...cells(counts),
    path: context.place(file.path).path,
    missed: shorten(missedText(file), MISSED_MAX),
  }));
  return {
    total: { ...cells(totalCounts(coverage)), path: plural(rated.length, "source"), missed: "" },
    files: shown,
    more: rated.length - shown.length,
  };
}

/** What of it ran, in one line. */
export function coverageWords(coverage: CoverageModel): string {
  const { lines, functions, branches } = totalCounts(coverage);
  const excluded = excludedCount(coverage);
  const part = (name: string, { hit, all }: Share): string =>
    `${name}=${percentOf({ hit, all })}% (${String(hit)}/${String(all)})`;
  return [
    part("lines", lines),
    ...(functions.all > 0 ? [part("functions", functions)] : []),
    ...(branches.all > 0 ? [part("branches", branches)] : []),
    ...(excluded > 0 ? [`excluded=${String(excluded)}`] : []),
    coverage.kinds.join(","),
  ].join(" ");
}

/** How much comments of the sources take out; undefined where that is nothing. */
export function excludedWords(coverage: CoverageModel): string | undefined {
  const excluded = excludedCount(coverage);
  return excluded === 0 ? undefined : `${plural(excluded, "line")} excluded by comments`;
}

/** What of the changes ran, in one line; undefined where the run is compared with no commit. */
export function changedWords(model: RunModel): string | undefined {
  const changed = changedCoverage(model);
  if (changed === undefined) return undefined;
  const { base, lines } = changed;
  return lines.all === 0
    ? `no line with code has changed since ${base}`
    : `${percentOf(lines)} % (${String(lines.hit)} of ${String(lines.all)}) of the lines that have changed since ${base}`;
}

/** Rows of lines, such as `8, 12-14`. */
const rowsText = (rows: readonly (readonly [first: number, last: number])[]): string =>
  rows
    .map(([first, last]) => (first === last ? String(first) : `${String(first)}-${String(last)}`))
    .join(", ");

/** Changed lines that did not run: sources, and their lines. */
export const changedMissed = (
  model: RunModel,
  context: ReporterContext,
): readonly { readonly path: string; readonly missed: string }[] =>
  (changedCoverage(model)?.missed ?? []).map(({ path, rows }) => ({
    path: context.place(path).path,
    missed: shorten(rowsText(rows), MISSED_MAX),
  }));
