/**
 * Tells a damaged report of the kernel from other messages: a sanitizer's finding, a failed init function, a crash.
 * It only says that a line was probably one; the exact readers of src/faults and kernel.ts have passed it over before.
 */
import type { Segment } from "../../core/segment.js";

interface Report {
  /** The words that do not vary; runs of digits stand as one 0. */
  readonly text: string;
  /** The only library that prints it. */
  readonly library?: string;
}

const REPORTS: readonly Report[] = [
  { text: "Undefined behavior at ", library: "libubsan" },
  { text: "Could not initialize test suite: ", library: "libuktest" },
  { text: "Init function at 0x0 returned error -0", library: "libukboot" },
  { text: "Assertion failure: " },
  { text: "Unhandled Trap 0 (" },
  { text: "sync trap caught" },
  { text: "Page fault at linear address " },
  { text: "Unikraft crash - " },
  { text: "Crashing on first failure!" },
];

/** Lines of a crash screen: without the one that begins it they belong to nobody. */
const SCREEN =
  /^\s*(?:R(?:[A-D]X|[SD]I|[SBI]P|\d\d): ?(?:[0-9a-f]{4}:)?[0-9a-f]{16}|(?:SP|ESR_EL1|ELR_EL1|FAR_EL1|PSTATE) *: 0x|x\d\d ~ x\d\d:|Crashing$|Call Trace:$)/;

const GRAM = 4;
/** The share of a report's grams that a damaged one still has. */
const ENOUGH = 0.45;
/** The share of a report's characters that are left where bytes were only replaced. */
const RIGHT_PLACES = 0.6;

const shapeOf = (text: string): string => text.replace(/0x[0-9a-f]+|\d+/g, "0");

function gramsOf(text: string): readonly string[] {
  return Array.from({ length: Math.max(text.length - GRAM + 1, 0) }, (_, at) => text.slice(at, at + GRAM));
}

interface Sample extends Report {
  readonly grams: readonly string[];
}

const SAMPLES = REPORTS.map((report): Sample => {
  const text = shapeOf(report.text);
  return { ...report, text, grams: gramsOf(text) };
});

/** A report stands in the first part of a line: after it are paths and values. */
const FRONT_CHARS = 400;

/** Places in which the text agrees with a report that begins at `from`. */
function agreement(text: string, report: string, from: number): number {
  let same = 0;
  for (let at = 0; at < report.length; at += 1) if (text[from + at] === report[at]) same += 1;
  return same;
}

/** True when the text holds what is left of this report: most of its grams, or one of them in the right surroundings. */
function resembles(shape: string, { text, grams }: Sample): boolean {
  let found = 0;
  for (const [at, gram] of grams.entries()) {
    const place = shape.indexOf(gram);
    if (place < 0) continue;
    found += 1;
    if (agreement(shape, text, place - at) >= text.length * RIGHT_PLACES) return true;
  }
  return found >= grams.length * ENOUGH;
}

/** Length of the longest text that both hold in their order, with gaps. */
function common(a: string, b: string): number {
  const row = new Uint8Array(b.length + 1);
  for (let line = 0; line < a.length; line += 1) {
    let diagonal = 0;
    for (let at = 1; at <= b.length; at += 1) {
      const above = row[at] ?? 0;
      const left = row[at - 1] ?? 0;
      row[at] = a.charCodeAt(line) === b.charCodeAt(at - 1) ? diagonal + 1 : Math.max(above, left);
      diagonal = above;
    }
  }
  return row[b.length] ?? 0;
}

/** Characters of a library's name that may be damaged. */
const DAMAGED_NAME = 2;

const isNearly = (name: string, library: string): boolean =>
  name.length <= library.length + DAMAGED_NAME && common(name, library) >= library.length - DAMAGED_NAME;

/** The first letters that tell a report from another message of the same kind ("Connection failure: "). */
const FIRST = 5;
const FIRST_ALIKE = 3;

const beginsLike = (text: string, report: string): boolean =>
  common(text.slice(0, FIRST + 3), report.slice(0, FIRST)) >= FIRST_ALIKE;

/** The share of a report's characters that the front of a text still has; a cut text is measured by its own length. */
function shareOf(text: string, report: string, mayBeCut: boolean): number {
  const length = mayBeCut ? Math.min(report.length, Math.max(text.length, LEAST_CUT)) : report.length;
  return common(text.slice(0, report.length + FIRST), report) / length;
}

/** A cut report shorter than this could be anything. */
const LEAST_CUT = 8;

/** Pieces of every report, several of each: what holds none of them is not worth a closer look. */
const HINT =
  /Unde|fine|beha|avio|Coul|ould|not i|itial|aliz|test s|suit|Init|func|retu|erro|Ass|Ase|ert|rtio|fail|lure|Unha|dled|Trap|sync|trap|caug|fault|line|addr|Unik|craft|rash|first/;

/** True when text whose beginning is known, after a prefix with its library, was probably a report. */
function wasReport(text: string, from: string): boolean {
  if (!HINT.test(text)) return false;
  const shape = shapeOf(text.slice(0, FRONT_CHARS));
  return SAMPLES.some(({ text: report, library }) => {
    const own = library === undefined || isNearly(from, library);
    if (library === undefined && !beginsLike(shape, report)) return false;
    return shareOf(shape, report, own) >= (own ? OWN : FOREIGN);
  });
}

/** Shares that are enough after the name of the library that prints the report, and after another. */
const OWN = 0.6;
const FOREIGN = 0.87;

/** Words of a damaged prefix in front of which a message is looked for. */
const MOST_WORDS = 16;

/** The text from each word on that could be the first of the message. */
function messagesIn(text: string): readonly string[] {
  const words = [...text.slice(0, FIELD_CHARS).matchAll(/(?<![A-Za-z])[A-Za-z]/g)].slice(0, MOST_WORDS);
  return [text, ...words.map(({ index }) => text.slice(index))];
}

/** True when text holds what is left of a report, wherever it may begin. */
function holdsReport(text: string): boolean {
  if (!HINT.test(text)) return false;
  const shape = shapeOf(text.slice(0, FRONT_CHARS));
  if (SAMPLES.some((sample) => sample.library !== undefined && resembles(shape, sample))) return true;
  return messagesIn(shape).some((rest) =>
    SAMPLES.some(({ text: report }) => beginsLike(rest, report) && shareOf(rest, report, true) >= FOREIGN),
  );
}

/** The sanitizer and the test library speak with a whole prefix or not at all. */
const SPEAKER = /\[lib(?:ubsan|uktest)\] /;

/** A field of the kernel's prefix: a library or a source file, or what is left of one. */
const FIELD = /\S\] |\S> |\[\w{3}|@ +\d/;
const FIELD_CHARS = 120;

/**
 * True when a line was probably a report. A message that the kernel printed at a harmless level with all of its fields
 * is none, whatever it says, and neither is text of the application without any field in front.
 */
export function looksLikeDamagedReport({ prefix, body }: Segment): boolean {
  if (prefix?.library === undefined && SPEAKER.test(body)) return true;
  if (prefix === undefined) return FIELD.test(body.slice(0, FIELD_CHARS)) && holdsReport(body);
  const { level, library } = prefix;
  if (level === undefined || library === undefined) return holdsReport(body) || SCREEN.test(body);
  if (level !== "err" && level !== "crit") return false;
  // The test library has no other error than the one its exact reader knows, the platform nothing critical but crashes.
  if (library === "libuktest" || (level === "crit" && isNearly(library, "libkvmplat"))) return true;
  // A critical message without a word has lost them.
  if (level === "crit" && (body.trim() === "" || SCREEN.test(body))) return true;
  // What is left of the source file stands in front of the message.
  return /^<|@ +\d/.test(body) ? holdsReport(body) : wasReport(body, library);
}
