/**
 * Lines in the wrong number or order: doubled, swapped, and two logs on one console.
 * Nothing is lost in any of these, so what was red has to stay red.
 */
import { type Line, type Log, textOf } from "./log.js";
import { type Mutate, mutant, traces } from "./mutant.js";
import type { Random } from "./random.js";

/** A line to work on: one of those that matter, or any. */
export const target = (log: Log, random: Random): number => {
  const own = traces(log);
  return own.length > 0 && random.chance(0.6) ? random.pick(own) : random.int(log.lines.length);
};

export const doubled: Mutate = (log, random) => {
  const at = target(log, random);
  const after = Math.min(at + (random.chance(0.5) ? 1 : random.between(2, 12)), log.lines.length);
  const block = log.lines.slice(at, after);
  const lines = [...log.lines.slice(0, after), ...block, ...log.lines.slice(after)];
  return mutant(lines, `${String(block.length)} lines doubled`, at);
};

export const swapped: Mutate = (log, random) => {
  const lines = [...log.lines];
  const at = Math.max(Math.min(target(log, random) - random.int(2), lines.length - 2), 0);
  const [first, second] = [lines[at], lines[at + 1]];
  if (first === undefined || second === undefined) return undefined;
  lines[at] = second;
  lines[at + 1] = first;
  return mutant(lines, "swapped with the next line", at);
};

/** Another log of the same generation and options. */
function partnerOf(log: Log, random: Random, all: readonly Log[]): Log | undefined {
  const alike = all.filter((one) => one.form === log.form && one.name !== log.name);
  if (alike.length === 0) return undefined;
  const partner = random.pick(alike);
  // A guest that falls silent leaves nothing but its missing end, and the other one has an end: only the two starts of
  // two full consoles give it away.
  const silent = log.flaw === "hang";
  return silent && !(log.info && partner.info) ? undefined : partner;
}

export const interleaved: Mutate = (log, random, all) => {
  const partner = partnerOf(log, random, all);
  if (partner === undefined) return undefined;
  const strict = random.chance(0.5);
  const lines: Line[] = [];
  let [own, other] = [0, 0];
  while (own < log.lines.length || other < partner.lines.length) {
    const mine = strict ? lines.length % 2 === 0 : random.chance(0.5);
    const line = mine ? log.lines[own++] : partner.lines[other++];
    if (line !== undefined) lines.push(line);
    else lines.push(...(mine ? partner.lines.slice(other) : log.lines.slice(own)));
    if (line === undefined) break;
  }
  return mutant(lines, `${strict ? "line by line" : "at random"} with ${partner.name}`, 0);
};

/** Two writers on one line: pieces of both logs, cut anywhere. */
export const mixed: Mutate = (log, random, all) => {
  const partner = partnerOf(log, random, all);
  if (partner === undefined) return undefined;
  const [mine, others] = [textOf(log.lines), textOf(partner.lines)];
  let text = "";
  let [own, other] = [0, 0];
  while (own < mine.length || other < others.length) {
    const size = random.between(40, 400);
    text += mine.slice(own, own + size);
    own += size;
    const more = random.between(40, 400);
    text += others.slice(other, other + more);
    other += more;
  }
  return { text, what: `in pieces with ${partner.name}`, at: 0 };
};
