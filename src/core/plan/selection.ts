/**
 * What a run has left out on purpose, since no change can matter to it: as facts of its stream, and in words. It selects
 * nothing.
 */
import { plural } from "../plural.js";

export interface Selection {
  readonly by: "changed";
  /** The commit that was compared with as well, as the user named it; absent where there is none. */
  readonly base?: string;
  /** Cases that were asked for, those that are left out included. */
  readonly all: number;
  /** `suite.case` of those that are left out. */
  readonly leftOut: readonly string[];
  /** Sources with changed lines. */
  readonly sources: readonly string[];
  /** Why cases run whose lines have not changed, in sentences; absent where none does. */
  readonly because?: readonly string[];
}

const MOST_NAMED = 3;

const listed = (names: readonly string[], more: string): string =>
  names.length <= MOST_NAMED
    ? names.join(", ")
    : `${names.slice(0, MOST_NAMED).join(", ")} and ${plural(names.length - MOST_NAMED, more)}`;

/** What was left out and what has changed, in one line. */
export function selectionWords({ all, leftOut, sources }: Selection): string {
  const share = all === 0 ? 0 : Math.floor((leftOut.length / all) * 100);
  const count =
    leftOut.length === 0
      ? `none of ${plural(all, "case")}`
      : `${String(leftOut.length)} of ${plural(all, "case")} (${String(share)} %)`;
  const of =
    sources.length === 0 ? "no line has changed" : `of lines changed in ${listed(sources, "more source")}`;
  return `left out by --changed: ${count}, ${of}`;
}

/** Why it is not fewer cases that run, in one line; undefined where each was selected by the lines that it runs. */
export const becauseWords = ({ because = [] }: Selection): string | undefined =>
  because.length === 0
    ? undefined
    : `--changed runs more: ${because.slice(0, MOST_NAMED).join("; ")}${
        because.length > MOST_NAMED ? `; and ${plural(because.length - MOST_NAMED, "more reason")}` : ""
      }`;

/** Those of several parts of one run together; undefined where none was left out of any. */
export function joinedSelection(parts: readonly (Selection | undefined)[]): Selection | undefined {
  const all = parts.filter((one) => one !== undefined);
  const [first] = all;
  if (first === undefined) return undefined;
  const because = [...new Set(all.flatMap((one) => one.because ?? []))];
  return {
    by: "changed",
    ...(first.base !== undefined && { base: first.base }),
    all: all.reduce((sum, one) => sum + one.all, 0),
    leftOut: all.flatMap(({ leftOut }) => leftOut),
    sources: [...new Set(all.flatMap(({ sources }) => sources))],
    ...(because.length > 0 && { because }),
  };
}
