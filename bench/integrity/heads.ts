/**
 * Logs that lost something in front: their first lines, or every escape sequence on the way. What a log without its
 * head still shows may be all passed; the tests that are gone make it red.
 */
import { type Log, textOf } from "./log.js";
import { type Mutant, firstHeader } from "./mutant.js";
import type { Random } from "./random.js";

/** A log without its first lines, the header of its first test among them. */
export function headCut(log: Log, random: Random): Mutant | undefined {
  const least = firstHeader(log) + 1;
  if (least >= log.lines.length) return undefined;
  const at = random.between(least, log.lines.length - 1);
  return {
    text: textOf(log.lines.slice(at)),
    truth: "red",
    what: `the first ${String(at)} lines are gone`,
    at: 0,
  };
}

/** A log that began in the middle of a line of its boot. */
export function headCutAtByte(log: Log, random: Random): Mutant | undefined {
  const text = textOf(log.lines);
  const least = textOf(log.lines.slice(0, firstHeader(log) + 1)).length;
  if (least >= text.length) return undefined;
  const at = random.between(least, text.length - 1);
  return { text: text.slice(at), truth: "red", what: `the first ${String(at)} bytes are gone`, at: 0 };
}

const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|[ -/]*[0-~])/g;

const STRIPPED: readonly (readonly [string, (text: string) => string])[] = [
  ["all escape sequences taken out", (text) => text.replace(ESCAPES, "")],
  ["the colours alone taken out", (text) => text.replace(/\x1b\[[0-9;]*m/g, "")],
  ["the escapes alone lost", (text) => text.replaceAll("\x1b[", "[")],
  ["the escapes made visible", (text) => text.replaceAll("\x1b", "^[")],
];

/** Without its marks a line of printf() is what any application prints: such a log cannot be read, and is not green. */
const UNREADABLE = new Set(["printf", "transcript"]);

export function escapesStripped(log: Log, random: Random): Mutant | undefined {
  const [what, change] = random.pick(STRIPPED);
  if (log.truth === "green" && UNREADABLE.has(log.form)) return undefined;
  return { text: change(textOf(log.lines)), what, at: 0 };
}
