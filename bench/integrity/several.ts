/**
 * Several damages in one log, none of which takes a flaw's lines away.
 */
import { forgedFront, forgedLines } from "./forgeries.js";
import { garbles } from "./garble.js";
import { type Log, lineOf } from "./log.js";
import type { Mutate } from "./mutant.js";
import { doubled, swapped } from "./order.js";

const CHANGES: readonly Mutate[] = [
  doubled,
  swapped,
  forgedLines,
  forgedFront,
  garbles.printable,
  garbles.added,
];

/** A mutant as a log again. Its flaw is no longer told from its other lines: what follows hits any line. */
const reread = (log: Log, text: string): Log => ({
  ...log,
  lines: text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => lineOf(line, log.form === "transcript")),
});

/** Two to four changes, one after the other. */
export const several: Mutate = (log, random, all) => {
  const words: string[] = [];
  let now = log;
  let at = log.lines.length;
  for (let nth = random.between(2, 4); nth > 0; nth -= 1) {
    const made = random.pick(CHANGES)(now, random, all);
    if (made === undefined) continue;
    words.push(made.what);
    at = Math.min(at, made.at);
    now = reread(log, made.text);
  }
  if (words.length === 0) return undefined;
  return { text: `${now.lines.map(({ text }) => text).join("\n")}\n`, what: words.join("; then "), at };
};
