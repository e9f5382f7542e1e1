/** Which lines ran, as text for a terminal, and what one run has more than another. It reads no record. */
import type { CoverageModel, FileCoverage } from "../../core/model/coverage.js";
import {
  type CoverageCounts,
  excludedCount,
  fileCounts,
  missedRows,
  percentOf,
  type Share,
  totalCounts,
} from "../../core/model/coverage/counts.js";
import { plural } from "../../core/plural.js";
import { visibleLine } from "../../text/visible.js";

const cell = (share: Share): string => (share.all === 0 ? "" : `${percentOf(share)} %`);

const cells = ({ lines, functions, branches }: CoverageCounts): readonly string[] =>
  [lines, functions, branches].map(cell);

const rowsText = (rows: readonly (readonly [first: number, last: number])[]): string =>
  rows
    .map(([first, last]) => (first === last ? String(first) : `${String(first)}-${String(last)}`))
    .join(", ");

/** A row a source, in the order of their paths, and one of all. */
export function coverageText(coverage: CoverageModel): string {
  const rows: readonly (readonly string[])[] = [
    ["source", "lines", "functions", "branches", "did not run"],
    ...coverage.files.map((file) => [
      visibleLine(file.path),
      ...cells(fileCounts(file)),
      rowsText(missedRows(file.lines)),
    ]),
    [
      plural(coverage.files.length, "source"),
      ...cells(totalCounts(coverage)),
      `(${coverage.kinds.join(", ")})`,
    ],
  ];
  const excluded = excludedCount(coverage);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map((row) =>
      row
        .map((text, at) => (at === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[at] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .concat(excluded === 0 ? [] : [`${plural(excluded, "line")} excluded by comments`])
    .map((line) => `${line}\n`)
    .join("");
}

interface FileDiff {
  readonly path: string;
  readonly word: "" | "  (new)" | "  (gone)";
  readonly gained: readonly number[];
  readonly lost: readonly number[];
}

const ranIn = (file: FileCoverage | undefined): ReadonlySet<number> =>
  new Set([...(file?.lines ?? [])].flatMap(([line, count]) => (count > 0 ? [line] : [])));

function diffOf(path: string, before: FileCoverage | undefined, after: FileCoverage | undefined): FileDiff {
  const [then, now] = [ranIn(before), ranIn(after)];
  const word = before === undefined ? "  (new)" : after === undefined ? "  (gone)" : "";
  return {
    ...{ path, word },
    gained: [...now].filter((line) => !then.has(line)),
    lost: [...then].filter((line) => !now.has(line)),
  };
}

/** Neighbours as one row. */
const listed = (lines: readonly number[]): string => {
  const rows: [number, number][] = [];
  for (const line of lines) {
    const last = rows.at(-1);
    if (last?.[1] === line - 1) last[1] = line;
    else rows.push([line, line]);
  }
  return rowsText(rows);
};

/** Lines that ran in one run alone, by source, and their numbers. Lines are those of either run's sources. */
export function coverageDiff(before: CoverageModel, after: CoverageModel): string {
  const [then, now] = [before, after].map(({ files }) => new Map(files.map((file) => [file.path, file])));
  const paths = [...new Set([...(then?.keys() ?? []), ...(now?.keys() ?? [])])].sort();
  const diffs = paths.map((path) => diffOf(path, then?.get(path), now?.get(path)));
  const rows = diffs.flatMap(({ path, word, gained, lost }) => {
    const name = `${visibleLine(path)}${word}`;
    const both = [
      ...(gained.length > 0 ? [`+ ${name}  ${listed(gained)}\n`] : []),
      ...(lost.length > 0 ? [`- ${name}  ${listed(lost)}\n`] : []),
    ];
    if (both.length > 0 || word === "") return both;
    return [`${word === "  (new)" ? "+" : "-"} ${name}\n`];
  });
  const sum = (of: (one: FileDiff) => number): number => diffs.reduce((all, one) => all + of(one), 0);
  const [gained, lost] = [sum((one) => one.gained.length), sum((one) => one.lost.length)];
  const [old, fresh] = [before, after].map((one) => percentOf(totalCounts(one).lines));
  const files = (word: FileDiff["word"]): number => diffs.filter((one) => one.word === word).length;
  const sources = [
    ...(files("  (new)") > 0 ? [`+${plural(files("  (new)"), "source")}`] : []),
    ...(files("  (gone)") > 0 ? [`-${plural(files("  (gone)"), "source")}`] : []),
  ];
  const counts = [`+${plural(gained, "line")}`, `-${String(lost)}`, ...sources];
  return `${rows.join("")}${counts.join(", ")}  (${old ?? ""} % before, ${fresh ?? ""} % after)\n`;
}
