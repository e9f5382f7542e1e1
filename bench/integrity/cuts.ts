/**
 * Logs that stop early. A cut after the guest's last word takes nothing away; any other leaves a run without its end.
 */
import { type Log, offsetOf, textOf } from "./log.js";
import { type Mutant, lastByteThatCounts, traces } from "./mutant.js";
import type { Random } from "./random.js";

/** The truth of the first `end` bytes of a log; none for a cut that leaves the guest's words in doubt. */
function truthOfCut(log: Log, end: number): "green" | "red" | undefined {
  const enough = lastByteThatCounts(log);
  if (enough === undefined || end < enough) return "red";
  if (log.truth === "green") return "green";
  // A crash after the last word: in front of it the bytes are those of a run without one.
  const [first] = traces(log);
  if (log.flaw !== "crash-in-main" || first === undefined) return "red";
  const from = offsetOf(log.lines, first);
  if (end <= from) return "green";
  // Part of a time stamp may be anybody's; a whole field is the kernel's.
  const field = /\d{6}\] |CRIT: /.exec(log.lines[first]?.text ?? "");
  const whole = (field?.index ?? 0) + (field?.[0].length ?? 0);
  return end < from + whole ? undefined : "red";
}

function cutAt(log: Log, text: string, end: number, at: number): Mutant | undefined {
  const truth = truthOfCut(log, end);
  return truth && { text: text.slice(0, end), truth, what: `cut after byte ${String(end)}`, at };
}

/** A log cut after each of its lines. */
export function* cutAtLines(log: Log, step: number): Iterable<Mutant> {
  const text = textOf(log.lines);
  let end = 0;
  for (const [index, line] of log.lines.entries()) {
    end += line.text.length + 1;
    const made = (log.lines.length - index) % step === 0 ? cutAt(log, text, end, index) : undefined;
    if (made !== undefined) yield made;
  }
}

/** A log cut at a random byte; every other cut is in its last tenth, where ends are. */
export function cutAtByte(log: Log, random: Random): Mutant | undefined {
  const text = textOf(log.lines);
  const end = random.chance(0.5)
    ? random.int(text.length + 1)
    : text.length - random.int(Math.ceil(text.length / 10));
  return cutAt(log, text, end, text.slice(0, end).split("\n").length - 1);
}
