/** How much of what has changed ran: lines of a diff that have code. It asks no version control. */
import type { RunModel } from "../../model.js";
import type { ChangedFile, FileCoverage } from "../coverage.js";
import { missedRows, type Share } from "./counts.js";

export interface ChangedCoverage {
  /** The commit that it is compared with, as the user named it. */
  readonly base: string;
  readonly lines: Share;
  /** Changed lines that did not run, in rows; sources without one are left out. */
  readonly missed: readonly {
    readonly path: string;
    readonly rows: readonly (readonly [first: number, last: number])[];
  }[];
}

/** What of the changes of a run ran; undefined where it is not compared with a commit, or has no coverage. */
export function changedCoverage({ coverage, changes }: RunModel): ChangedCoverage | undefined {
  if (coverage === undefined || changes === undefined) return undefined;
  const changed = new Map(changes.files.map((file) => [file.path, file]));
  let [hit, all] = [0, 0];
  const missed = coverage.files.flatMap((file) => {
    const own = changed.get(file.path);
    const lines = own === undefined ? [] : linesOf(file, own);
    hit += lines.filter(([, count]) => count > 0).length;
    all += lines.length;
    const rows = missedRows(lines);
    return rows.length === 0 ? [] : [{ path: file.path, rows }];
  });
  return { base: changes.base, lines: { hit, all }, missed };
}

function linesOf(
  { lines }: FileCoverage,
  { lines: ranges }: ChangedFile,
): readonly (readonly [number, number])[] {
  const isChanged = (line: number): boolean => {
    for (let at = 0; at + 1 < ranges.length; at += 2)
      if (line >= (ranges[at] ?? 0) && line <= (ranges[at + 1] ?? 0)) return true;
    return false;
  };
  return [...lines].filter(([line]) => isChanged(line));
}
