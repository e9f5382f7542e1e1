/**
 * Damaged bytes: replaced, lost, added, one bit flipped, a failed result without its end.
 * The line breaks may be hit too; what was red has to stay red as long as most of its lines is there.
 */
import { type Line, type Log, shown } from "./log.js";
import { type Mutate, mutant, rewritten, traces, without } from "./mutant.js";
import type { Random } from "./random.js";

type Damage = (text: string, random: Random) => string;

const printable = (random: Random): string => String.fromCharCode(random.between(0x20, 0x7e));
const anyByte = (random: Random): string => String.fromCharCode(random.int(256));
const DAMAGED_BYTES = 8;

const replacing =
  (byte: (random: Random) => string): Damage =>
  (text, random) => {
    const bytes = Array.from(text);
    const count = random.between(1, DAMAGED_BYTES);
    const from = random.int(bytes.length);
    const burst = random.chance(0.5);
    for (let nth = 0; nth < count; nth += 1) {
      const at = burst ? from + nth : random.int(bytes.length);
      if (at < bytes.length) bytes[at] = byte(random);
    }
    return bytes.join("");
  };

const losing: Damage = (text, random) => {
  const count = random.between(1, DAMAGED_BYTES);
  if (random.chance(0.5)) {
    const from = random.int(text.length);
    return text.slice(0, from) + text.slice(from + count);
  }
  let left = text;
  for (let nth = 0; nth < count; nth += 1) {
    const at = random.int(left.length);
    left = left.slice(0, at) + left.slice(at + 1);
  }
  return left;
};

const adding: Damage = (text, random) => {
  const from = random.int(text.length + 1);
  let more = "";
  for (let nth = random.between(1, DAMAGED_BYTES); nth > 0; nth -= 1)
    more += random.chance(0.5) ? printable(random) : anyByte(random);
  return text.slice(0, from) + more + text.slice(from);
};

const flipping: Damage = (text, random) => {
  const at = random.int(text.length);
  const flipped = text.charCodeAt(at) ^ (1 << random.int(8));
  return text.slice(0, at) + String.fromCharCode(flipped) + text.slice(at + 1);
};

/** The lines to hit: any one, one of the flaw's, or all of the flaw's. */
function targets(log: Log, random: Random): readonly number[] {
  const own = traces(log);
  const kind = own.length === 0 ? 0 : random.int(4);
  if (kind === 0) return [random.int(log.lines.length)];
  return kind === 1 ? [random.pick(own)] : own;
}

const damaging =
  (damage: Damage): Mutate =>
  (log, random) => {
    const hit = targets(log, random);
    const lines = hit.reduce<readonly Line[]>(
      (all, at) => rewritten(all, at, (text) => (text === "" ? text : damage(text, random))),
      log.lines,
    );
    const words = hit.map((at) => JSON.stringify(shown(lines[at]?.text ?? "")));
    return mutant(lines, `damaged to ${words.slice(0, 3).join(" and ")}`, hit[0] ?? 0);
  };

export const garbles = {
  printable: damaging(replacing(printable)),
  any: damaging(replacing(anyByte)),
  lost: damaging(losing),
  added: damaging(adding),
  flipped: damaging(flipping),
} as const;

/** Bytes after the lead that are left at least of a result without its end. */
const LEAST_LEFT = 12;

/** The failed result loses its end, its line feed, its place, or gets an end that the application prints. */
export const shortened: Mutate = (log, random) => {
  const at = log.lines.findIndex(({ part, trace }) => part === "failed" && trace === true);
  const text = log.lines[at]?.text ?? "";
  if (at < 0 || log.form === "transcript") return undefined;
  const least = text.indexOf("\t") + 1 + LEAST_LEFT;
  const status = text.lastIndexOf(". ") + 2;
  // Free text without its dots is what a test prints for itself: only its place would still tell.
  const free = !/\texpected /.test(text);
  const kind = free ? random.pick([0, 2, 3]) : random.int(4);
  const cut = kind === 3 ? status : random.between(least, text.length - 2);
  const front = text.slice(0, cut);
  const whole = log.lines;
  const short = rewritten(whole, at, () => (kind === 3 ? `${front}[ PASSED ]\r` : `${front}\r`));
  if (kind === 0) return mutant(short, `cut to ${String(cut)} bytes`, at);
  if (kind === 1)
    return mutant(without(short, new Set([at + 1])), `cut to ${String(cut)} bytes, its place lost`, at);
  if (kind === 3) return mutant(short, "the application prints another end", at);
  const glued = rewritten(without(whole, new Set([at])), at, (next) => front + next);
  return mutant(glued, `cut to ${String(cut)} bytes, line feed lost`, at);
};
