/**
 * Tells a damaged test line from output that merely looks like one. A damaged line may have been a failure, so it must
 * turn a run red; application output must not.
 */
import { RESET_MARK, type Segment } from "../../core/segment.js";

const RESULT_COLUMNS = 92; // message, dots and status behind the TAB
const STATUS_LIKE = /[[\] .A-Z]{0,3}(?:PAS|ASSE|SSED|FAI|AILE|ILED|OMIT|TTED)[A-Z]{0,4}.{0,3}$/;

/** True when text behind the TAB of a genuine test line was probably a result or location. */
export function looksLikeResult(tail: string): boolean {
  if (Math.abs(tail.length - RESULT_COLUMNS) <= 2) return true;
  if (/\.{5}/.test(tail) || STATUS_LIKE.test(tail)) return true;
  if (/^ {1,3}i?n? .{1,80}:\d+\]?.?$/.test(tail) || /^ {2}in /.test(tail)) return true;
  return /^.{0,2}(?:expected|xpected|expecte) ?.?[`']/.test(tail);
}

/** True when the body of a genuine kernel message was probably a header. */
export const looksLikeHeader = (body: string): boolean =>
  body.includes(RESET_MARK) || /^.{0,2}t?es?t?:/.test(body) || /^.{0,12}[\w$]{3}-?>[\w$]{3}/.test(body);

const shapeOf = (text: string): string => text.replace(/[0-9]/g, "0").replace(/ +/g, " ");

/** In how many places two texts agree, give or take a few bytes that were lost or added. */
function alike(text: string, sample: string): number {
  const wanted = shapeOf(sample);
  let best = 0;
  for (let shift = -3; shift <= 3; shift += 1) {
    const shifted = shapeOf(shift < 0 ? text.slice(-shift) : " ".repeat(shift) + text);
    let same = 0;
    for (let at = 0; at < wanted.length; at += 1) if (wanted[at] === shifted[at]) same += 1;
    best = Math.max(best, same);
  }
  return best;
}

const mostlyAlike = (text: string, sample: string): boolean =>
  alike(text, sample) * 2 >= shapeOf(sample).length;

/** A time stamp with up to a third of its places damaged; columns of digits alone are no time stamp. */
const looksLikeTime = (text: string): boolean =>
  [...new Set("[.]")].filter((mark) => text.includes(mark)).length >= 2 &&
  alike(text, TIME_SAMPLE) * 3 >= TIME_SAMPLE.length * 2;

const TIME_SAMPLE = "[ 0.000000] ";
const LEVEL_SAMPLE = "Info: ";
const MARKED_SAMPLE = `    :${RESET_MARK}`;
const UBSAN_SAMPLE = "Undefined behavior at";

/** What the kernel of this boot puts in front of its lines. */
export interface KernelHabits {
  readonly printsTime: boolean;
  readonly printsLevel: boolean;
  /** Test lines carry the mark of libc printf, not the kernel prefix. */
  readonly marksTestLines: boolean;
}

/** True when unprefixed text was probably a line of the kernel or of uktest whose front is damaged. */
export function looksLikeDamagedFront(body: string, habits: KernelHabits): boolean {
  if (habits.printsTime && looksLikeTime(body.slice(0, 18))) return true;
  const tab = body.indexOf("\t");
  const front = tab < 0 ? "" : body.slice(Math.max(tab - 8, 0), tab);
  // A bare TAB, or the lead without its mark, is what applications print when they imitate a result.
  if (front.trim() === "" || front.trimStart() === ":") return false;
  if (!looksLikeResult(body.slice(tab + 1))) return false;
  if (habits.marksTestLines) return mostlyAlike(front, MARKED_SAMPLE);
  return habits.printsLevel && mostlyAlike(front, LEVEL_SAMPLE);
}

/** True when an error message of the kernel was probably a report of its sanitizer. */
export const looksLikeDamagedReport = (segment: Segment): boolean =>
  (segment.prefix?.level === "err" || segment.prefix?.level === "crit") &&
  mostlyAlike(segment.body.slice(0, UBSAN_SAMPLE.length + 3), UBSAN_SAMPLE);
