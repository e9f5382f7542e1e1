/**
 * Stacks as folded text, `a;b;c COUNT`, outermost first: what flamegraph.pl, inferno, speedscope and others read.
 * Source of the format: Brendan Gregg, FlameGraph, stackcollapse.pl.
 */
import { OUTSIDE, rootFirst, type Stack } from "./profile.js";

/** A name in a line in which `;` and line ends have a meaning. */
const nameIn = (name: string): string => name.replace(/[\p{Cc};]/gu, "_");

/**
 * One line for each stack of names, sorted.
 * @param isByCase begins each with its case
 */
export function foldedOf(stacks: readonly Stack[], isByCase: boolean): string {
  const counts = new Map<string, number>();
  for (const stack of stacks) {
    const root = isByCase ? [nameIn(stack.name ?? OUTSIDE)] : [];
    const line = [...root, ...rootFirst(stack).map((frame) => nameIn(frame.function))].join(";");
    counts.set(line, (counts.get(line) ?? 0) + stack.count);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([line, count]) => `${line} ${String(count)}\n`)
    .join("");
}
