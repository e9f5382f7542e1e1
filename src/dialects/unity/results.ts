/**
 * The lines of results of Unity, read one by one: those of plain programs, those of the fixture, and the dots that the
 * fixture prints where it is not verbose. It knows no line in front of the one it reads.
 */
import type { Row } from "../../core/grammar/grammar.js";

/** A name may hold colons, so that nothing may follow a PASS but its time. */
const PLAIN =
  /^((?:[A-Za-z]:)?(?=[^:]{0,400}[A-Za-z])[^:]{1,400}):(\d{1,9}):(\S.{0,400}?):(?:(PASS)(?: \((\d{1,9}) ms\))?|(FAIL|IGNORE)(?:: ?(.*))?)$/;
const FIXTURE = /^(IGNORE_)?TEST\(([^,()\s]{1,200}), ([^()]{1,200})\)/;
const PASS = /^ PASS(?: \((\d{1,9}) ms\))?$/;
const OTHER = /^ ?((?:[A-Za-z]:)?[^:]{1,400}):(\d{1,9})::(FAIL|IGNORE)(?:: ?(.*))?$/;
const DOTS = /^[.!]+(?=TEST\(|$)/;
const DOTTED_CASE = /^[.!]+TEST\(/;

/** What a result says, without a name. */
type Ending = Pick<
  Extract<Row, { readonly type: "case" }>,
  "status" | "reason" | "durationMs" | "failure" | "isClosed"
>;

const passed = (ms: string | undefined): Ending =>
  ms === undefined
    ? { status: "passed" }
    : { status: "passed", durationMs: Number(ms), isClosed: true as const };

function other(word: string | undefined, message: string | undefined, file: string, line: string): Ending {
  if (word === "IGNORE")
    return { status: "skipped", ...(message !== undefined && message !== "" && { reason: message }) };
  return { status: "failed", failure: { message: message ?? "", file, line: Number(line) } };
}

/** A result of a plain program: the name of its case, and what it says of it. */
export function plain(text: string): { readonly name: string; readonly ending: Ending } | undefined {
  const match = PLAIN.exec(text);
  if (match === null) return undefined;
  const [, file = "", line = "", name = "", good, ms, bad, message] = match;
  return { name, ending: good === undefined ? other(bad, message, file, line) : passed(ms) };
}

/** The result of a case of the fixture, which follows its name or on a line of its own. */
export function ending(text: string): Ending | undefined {
  const pass = PASS.exec(text);
  if (pass !== null) return passed(pass[1]);
  const [, file, line = "", word, message] = OTHER.exec(text) ?? [];
  return file === undefined ? undefined : other(word, message, file, line);
}

export interface OfFixture {
  readonly suite: string;
  readonly name: string;
  /** Undefined where the line says none. */
  readonly ending: Ending | undefined;
  /** Where its name ends in the line. */
  readonly front: number;
}

/** A case of the fixture at the start of a line. */
export function fixture(text: string): OfFixture | undefined {
  const [front, ignored, suite = "", name = ""] = FIXTURE.exec(text) ?? [];
  if (front === undefined) return undefined;
  const rest = text.slice(front.length);
  const skipped: Ending | undefined =
    ignored !== undefined && rest === "" ? { status: "skipped", isClosed: true } : undefined;
  return { suite, name, ending: skipped ?? ending(rest), front: front.length };
}

/** True where dots stand in front of a case in its own line: a fixture that is not verbose. */
export const isDotted = (text: string): boolean => DOTTED_CASE.test(text);

/** The dots at the start of a line, one for each case that begins and `!` for one that is ignored; nothing else is in it. */
export const dots = (text: string): string => DOTS.exec(text)?.[0] ?? "";
