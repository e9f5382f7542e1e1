/**
 * Tells a damaged test line from output that merely looks like one. A damaged line may have been a failure, so it must
 * turn a run red; application output must not.
 */
import { RESET_MARK } from "../../core/segment.js";

const RESULT_COLUMNS = 92; // message, dots and status after the TAB
const STATUS_LIKE = /[[\] .A-Z]{0,3}(?:PAS|ASSE|SSED|FAI|AILE|ILED|OMIT|TTED)[A-Z]{0,4}.{0,3}$/;

/** True when text after the TAB of a genuine test line was probably a result or location. */
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
  const given = shapeOf(text);
  let best = 0;
  for (let shift = -3; shift <= 3; shift += 1) {
    const shifted = shift < 0 ? given.slice(-shift) : " ".repeat(shift) + given;
    let same = 0;
    for (let at = 0; at < wanted.length; at += 1) if (wanted[at] === shifted[at]) same += 1;
    best = Math.max(best, same);
  }
  return best;
}

const mostlyAlike = (text: string, sample: string): boolean =>
  alike(text, sample) * 2 >= shapeOf(sample).length;

/** Clocks, dates, seconds since 1970, addresses of IPv4, percentages: what other programs put in front of a line. */
const OTHER_STAMP = /\d:\d\d|\d{9}\.\d|\d\.\d{1,3}\.\d|\d%|\d-\d\d-\d/;
/** A whole time in brackets whose fraction has another number of digits than the kernel's six. */
const OTHER_FRACTION = /^\[ *\d{1,8}\.(?:\d{1,5}|\d{7,12})\] /;
/** What the kernel has after its time. */
const AFTER_TIME = /^(?:(?:dbg|ERR|Kern|EInf|Info|Warn|CRIT): |\t|test:)/;

/**
 * A time stamp with up to a third of its places damaged. One of its brackets has to stand where it belongs: columns of
 * digits, and the time stamps of other loggers, are none.
 */
function looksLikeTime(body: string): boolean {
  const text = body.slice(0, TIME_CHARS);
  const open = text.slice(0, 4).includes("[");
  if (!open && !/\d{3}\] /.test(text)) return false;
  const dot = text.indexOf(".");
  if (dot < 0 || OTHER_STAMP.test(body.slice(0, STAMP_CHARS))) return false;
  const fraction = OTHER_FRACTION.exec(body);
  if (fraction !== null && !AFTER_TIME.test(body.slice(fraction[0].length))) return false;
  const close = text.indexOf("]");
  // A number in brackets, and a fraction after it.
  if (close >= 0 && close < dot && !/\d{5}\] /.test(text)) return false;
  return alike(text, TIME_SAMPLE) * 3 >= TIME_SAMPLE.length * 2;
}

const TIME_CHARS = 18;
const STAMP_CHARS = 30;
const TIME_SAMPLE = "[ 0.000000] ";
const LEVEL_SAMPLE = "Info: ";
const MARKED_SAMPLE = `    :${RESET_MARK}`;

/** What the kernel of this boot puts in front of its lines. */
export interface KernelHabits {
  readonly printsTime: boolean;
  readonly printsLevel: boolean;
  /** Test lines carry the mark of libc printf, not the kernel prefix. */
  readonly marksTestLines: boolean;
}

/** The status of a whole result: one blank and a dot at least stand in front of it. */
const WHOLE_STATUS = /\. (?:\[ | )(?:PASSED|FAILED)(?: \]| )$/;

const DOTS_AND_STATUS = /\.{3}.{0,10}(?:PAS|ASSE|SSED|FAI|AILE|ILED|OMIT|TTED).{0,8}$/;

/** Message, blank and dots. */
const PADDED_COLUMNS = 81;
/** Dots, whatever damage lies between, and the status. */
const END_CHARS = 40;

/** No imitation is as wide as a result and has no TAB. */
const NARROWEST = 84;

/** A result of the guest's own width after something that is neither nothing nor an imitation of its lead. */
function hasDamagedLead(body: string): boolean {
  // Asked of every line of the application: only its end is looked at.
  const end = body.slice(-END_CHARS);
  const status = WHOLE_STATUS.exec(end);
  const leadChars = status === null ? -1 : body.length - end.length + status.index + 1 - PADDED_COLUMNS;
  if (leadChars < 0) return DOTS_AND_STATUS.test(end) && isWideWithoutTab(body);
  const lead = body.slice(0, leadChars).replaceAll(RESET_MARK, "").trim();
  return (lead !== "" && lead !== ":") || isWideWithoutTab(body);
}

const isWideWithoutTab = (body: string): boolean => body.length >= NARROWEST && !body.includes("\t");

/** True when text beside the unmarked lines of a transcript was probably one of them. */
export const looksLikeTranscript = (body: string): boolean =>
  body.startsWith(": ") ||
  /^.{0,3}(?:expected|xpected|expecte) ?['`]/.test(body) ||
  / \.{3,} \S{1,8}$/.test(body);

/** A tail that has about the width of a result, and its dots or status. */
const isNearlyResult = (tail: string): boolean =>
  Math.abs(tail.length - RESULT_COLUMNS) <= 2 * MOST_DAMAGE && (/\.{3}/.test(tail) || STATUS_LIKE.test(tail));

/** Bytes that one disturbance hits. */
const MOST_DAMAGE = 8;

const LEVELS = ["CRIT: [", "ERR:  [", "Info: [", "Warn: ["] as const;

/** A short word, a colon, and what is left of a library in brackets. */
const FIELDS = /^([^:]{1,6}): {0,2}.{0,2}[\w-]{3,20}\] /;

/** A level in front of a library, with one or two of its characters damaged, or more where both fields still show. */
function looksLikeLevel(front: string): boolean {
  if (LEVELS.some((level) => Array.from(level).filter((char, at) => front[at] === char).length >= 5))
    return true;
  const word = FIELDS.exec(front)?.[1];
  return word !== undefined && LEVEL_NAMES.some((level) => commonLetters(word, level) >= 2);
}

const LEVEL_NAMES = ["CRIT", "ERR", "Info", "Warn"] as const;

/** Letters of a level that a word still has, in their order. */
function commonLetters(word: string, level: string): number {
  let from = 0;
  let count = 0;
  for (const letter of level) {
    const at = word.indexOf(letter, from);
    if (at < 0) continue;
    count += 1;
    from = at + 1;
  }
  return count;
}

/** True when text without a prefix was probably a line of the kernel or of uktest whose front is damaged. */
export function looksLikeDamagedFront(body: string, habits: KernelHabits): boolean {
  if (habits.printsTime && looksLikeTime(body)) return true;
  if (habits.printsLevel && !habits.printsTime && looksLikeLevel(body)) return true;
  if (!habits.printsLevel && !habits.printsTime && !habits.marksTestLines) return false;
  if (hasDamagedLead(body)) return true;
  const tab = body.indexOf("\t");
  const front = tab < 0 ? "" : body.slice(Math.max(tab - 8, 0), tab);
  // A bare TAB, or the lead without its mark, is what applications print when they imitate a result.
  if (front.trim() === "" || front === "    :") return false;
  const tail = body.slice(tab + 1);
  if (isNearlyResult(tail)) return !front.endsWith(MARKED_SAMPLE);
  if (!looksLikeResult(tail)) return false;
  if (habits.marksTestLines) return mostlyAlike(front, MARKED_SAMPLE);
  return habits.printsLevel && mostlyAlike(front, LEVEL_SAMPLE);
}

/** True when text after a time was probably a message whose level is damaged or lost. */
export const looksLikeLostLevel = (body: string): boolean =>
  looksLikeHeader(body) ||
  looksLikeDamagedTestLine(body) ||
  LEVEL_REST.test(body.slice(0, REST_CHARS)) ||
  looksLikeLevelWord(body);

/** What is left of a level, or what stands after it: a library in brackets, a file with its line. */
const LEVEL_REST =
  /^\S{0,3}(?:nfo|Inf|Ifo|Ino|arn|War|Wrn|Wan|RIT|CRI|CRT|CIT|ERR|RR|dbg|bg)(?::? | ?.{0,2}\[)|^.{0,8}\[.?(?:l?ib|li|ap?p|pp)|^.{0,12}<\S{1,12} ?@/;
const REST_CHARS = 28;

const LEVEL_WORDS = ["CRIT:", "ERR: ", "Info:", "Warn:", "dbg: ", "Kern:", "EInf:"] as const;
/** How far bytes that were lost or added move a level word. */
const MOST_SHIFT = 2;

/** A level word with at most one of its characters damaged, at most two places from where it belongs. */
function looksLikeLevelWord(body: string): boolean {
  const front = " ".repeat(MOST_SHIFT) + body.slice(0, LEVEL_SAMPLE.length + MOST_SHIFT);
  return LEVEL_WORDS.some((word) => {
    for (let from = 0; from <= 2 * MOST_SHIFT; from += 1) {
      let same = 0;
      for (let at = 0; at < word.length; at += 1) if (front[from + at] === word[at]) same += 1;
      if (same >= word.length - 1) return true;
    }
    return false;
  });
}

/** True when text after the time or level of a test line, and no more, was probably a result or its place. */
export function looksLikeDamagedTestLine(body: string): boolean {
  const tab = body.indexOf("\t");
  const tail = body.slice(tab + 1);
  if (tab >= 0 && (looksLikeResult(tail) || isNearlyResult(tail))) return true;
  return hasDamagedLead(body) || /^.{0,8}(?:expected|xpected|expecte) [`']/.test(body);
}
