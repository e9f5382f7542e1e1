/**
 * What a mutation makes of a log, and the small changes of lines that several mutations share.
 * The truth of a mutant is known from how it was made, never from a verdict.
 */
import { LAST_WORD, type Line, type Log, lastWordAt, offsetOf, textOf } from "./log.js";
import type { Random } from "./random.js";

export interface Mutant {
  readonly text: string;
  /** Of the log it was made from, unless the mutation itself changed it. */
  readonly truth?: "green" | "red";
  /** The change, in words. */
  readonly what: string;
  /** Index of the line where the change is, or begins. */
  readonly at: number;
}

export type Mutate = (log: Log, random: Random, all: readonly Log[]) => Mutant | undefined;

export const mutant = (lines: readonly Line[], what: string, at: number): Mutant => ({
  text: textOf(lines),
  what,
  at,
});

/** Replaces line `at` by other text; the part stays what it was. */
export function rewritten(
  lines: readonly Line[],
  at: number,
  change: (text: string) => string,
): readonly Line[] {
  return lines.map((line, index) => (index === at ? { ...line, text: change(line.text) } : line));
}

export const inserted = (lines: readonly Line[], at: number, texts: readonly string[]): readonly Line[] => [
  ...lines.slice(0, at),
  ...texts.map((text): Line => ({ text, part: "plain" })),
  ...lines.slice(at),
];

export const without = (lines: readonly Line[], gone: ReadonlySet<number>): readonly Line[] =>
  lines.filter((_, index) => !gone.has(index));

/** Indexes of the lines that say what is wrong. */
export const traces = ({ lines }: Log): readonly number[] =>
  lines.flatMap((line, index) => (line.trace === true ? [index] : []));

/** Offset after which a cut takes away nothing that a verdict rests on; nothing for a log without its end. */
export function lastByteThatCounts({ lines, info }: Log): number | undefined {
  const at = lastWordAt(lines);
  if (at === undefined) return undefined;
  const from = offsetOf(lines, at);
  const text = lines[at]?.text ?? "";
  // The banner's line is only whole with its line feed; a halt needs no more than its words.
  const last = LAST_WORD.exec(text);
  if (last !== null) return from + last.index + last[0].length;
  return info ? undefined : from + text.length + 1;
}

/** Index of the first test header. */
export const firstHeader = ({ lines }: Log): number =>
  Math.max(
    lines.findIndex(({ part }) => part === "header"),
    0,
  );
