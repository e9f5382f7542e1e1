/**
 * Which lines of a source, as it was when its coverage was recorded, a case must have run for a change to matter to it. What
 * cannot be known is said to matter to all. It reads no file, and knows no case.
 */
import type { CFunction, CText } from "./c-text.js";
import { type Hunk, hunksOf } from "./line-diff.js";

/** A source as its coverage was recorded. */
export interface CoveredText {
  readonly text: CText;
  /** Lines that have code, ascending. */
  readonly code: readonly number[];
  /** Those of which nothing is known, since comments take them out. */
  readonly excluded?: readonly number[];
  /** Lines say which statement ran, and not only which function: false of optimised code. */
  readonly isExact: boolean;
}

/** What a change matters to. */
export interface Affected {
  /** Lines as they were recorded: to whatever ran one of these. */
  readonly lines: ReadonlySet<number>;
  /** Why it matters to all, in words that follow the name of the source; absent where it does not. */
  readonly all?: string;
}

/** A change: lines that differ, in the text that was recorded, and what they say before and after. */
interface Change {
  /** First and last line, counted from 1; an insertion has its last in front of its first. */
  readonly first: number;
  readonly last: number;
  readonly old: readonly string[];
  readonly now: readonly string[];
  /** The lines of `now` lie in the body of one function. */
  readonly isInside: boolean;
}

const isBlank = (line: string): boolean => line.trim() === "";

/** What the text of now has changed since it was recorded. */
export const affectedSince = (known: CoveredText, now: CText): Affected =>
  joinedOf(known, changesOf(known.text, now));

/**
 * What has changed between some text and now, in lines as they were recorded. What has changed since then is not in it: see
 * `affectedSince`.
 */
export function affectedFrom(known: CoveredText, base: CText, now: CText): Affected {
  const toRecorded = mapOf(hunksOf(known.text.lines, now.lines));
  const changes = hunksOf(base.lines, now.lines).flatMap((hunk): readonly Change[] => {
    const lines = range(hunk.newFrom, hunk.newTo).flatMap((line) => toRecorded(line) ?? []);
    const [first, last] = [lines[0], lines.at(-1)];
    // Lines that are gone since: what stands after them was recorded, or has changed since.
    const next = hunk.newFrom === hunk.newTo ? toRecorded(hunk.newFrom) : undefined;
    const isThere = first !== undefined && last !== undefined;
    const place = isThere ? { first, last } : next === undefined ? undefined : gap(next);
    return place === undefined ? [] : [changeOf(hunk, base, now, place)];
  });
  return joinedOf(known, changes);
}

const gap = (before: number): { readonly first: number; readonly last: number } => ({
  first: before,
  last: before - 1,
});

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, at) => from + at);

/** Finds the recorded line, from 1, of a line of now, from 0; undefined for one that was not there. */
function mapOf(hunks: readonly Hunk[]): (line: number) => number | undefined {
  return (line) => {
    let shift = 0;
    for (const { to, newFrom, newTo } of hunks) {
      if (line < newFrom) break;
      if (line < newTo) return undefined;
      shift = to - newTo;
    }
    return line + shift + 1;
  };
}

function changesOf(old: CText, now: CText): readonly Change[] {
  return hunksOf(old.lines, now.lines).map((hunk) =>
    changeOf(hunk, old, now, { first: hunk.from + 1, last: hunk.to }),
  );
}

const changeOf = (
  hunk: Hunk,
  old: CText,
  now: CText,
  place: { readonly first: number; readonly last: number },
): Change => ({
  ...place,
  old: old.lines.slice(hunk.from, hunk.to),
  now: now.lines.slice(hunk.newFrom, hunk.newTo),
  isInside: functionAround(now, hunk.newFrom + 1, hunk.newTo) !== undefined,
});

/** The function whose body has all of these lines, its braces not included; of no line, the one that they would be in. */
function functionAround({ functions }: CText, first: number, last: number): CFunction | undefined {
  return functions?.find((one) => first > one.first && last < one.last && first <= one.last);
}

function joinedOf(known: CoveredText, changes: readonly Change[]): Affected {
  const lines = new Set<number>();
  let all: string | undefined;
  for (const change of changes) {
    if ([...change.old, ...change.now].every(isBlank)) continue;
    const found = linesOf(known, change);
    if (typeof found === "string") all ??= found;
    else for (const line of found) lines.add(line);
  }
  return { lines, ...(all !== undefined && { all }) };
}

/** The lines that a case must have run, or why that is not known. */
function linesOf(
  { text, code, excluded = [], isExact }: CoveredText,
  change: Change,
): readonly number[] | string {
  const { first, last, old, now, isInside } = change;
  if (text.functions === undefined) return "has braces that cannot be followed";
  const around = functionAround(text, first, last);
  if (around === undefined || !isInside) return "has changed outside of its functions";
  if ([...old, ...now].some(reachesBeyond)) return "has a directive or a static variable that has changed";
  const own = code.filter((line) => line >= around.first && line <= around.last);
  const hidden = excluded.find((line) => line >= around.first && line <= around.last);
  if (hidden !== undefined)
    return `has a function with a line that comments take out of coverage (line ${String(hidden)})`;
  if (own.length === 0) return `has a function of which no coverage is known (line ${String(around.first)})`;
  if (!isExact) return own;
  const changed = range(first, last + 1);
  const hasCode = (line: number): boolean => own.includes(line) || isBlank(text.lines[line - 1] ?? "");
  if (!changed.every(hasCode) || [...old, ...now].some(isStructure)) return own;
  if (isInPlace(old, now)) return changed;
  return [...changed, own.findLast((line) => line < first), own.find((line) => line > last)].filter(
    (line) => line !== undefined,
  );
}

/** It may matter to code that stands elsewhere. */
const reachesBeyond = (line: string): boolean => /^\s*#|\bstatic\b|\\$/.test(line);

/** It may decide whether other lines run: a brace, a label, what a condition is followed by. */
const isStructure = (line: string): boolean =>
  /[{}]|\b(?:case|default|else|do|goto|asm|__asm__)\b|^\s*\w+\s*:/.test(line);

/** As many lines as before, each of as many statements, that end alike: what stands around them runs as it did. */
const isInPlace = (old: readonly string[], now: readonly string[]): boolean =>
  old.length === now.length && old.every((line, at) => formOf(line) === formOf(now[at] ?? ""));

const formOf = (line: string): string => `${String(line.split(";").length)} ${line.trim().slice(-1)}`;
