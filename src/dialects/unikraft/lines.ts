/**
 * The test lines of every uktest generation: what one segment could mean, and in which forms.
 * It does not decide which form a boot speaks; forms.ts does.
 *
 * Source of the wording: Unikraft's lib/uktest, 0.6 to 0.21, and the tutorial transcripts of 2021.
 */
import { decodeText } from "../../core/decode.js";
import { type KernelPrefix, RESET_MARK, type Segment } from "../../core/segment.js";

/**
 * How a boot prints its test lines. `printk:…` names the fields of the kernel prefix (0.11 and later), `printf` has the
 * marked lead (0.6 to 0.10), `bare` neither time nor level (0.21 with all fields off), `early` an unmarked header over
 * marked results (2021), `transcript` no marks at all (2021, as shown on slides).
 */
export type TestForm = `printk:${string}` | "printf" | "bare" | "early" | "transcript";

export type TestLine =
  | {
      readonly type: "header";
      readonly suite: string;
      readonly name: string;
      readonly description?: string;
      /** Without the mark that every guest prints: escapes were taken out of the log, or the line is damaged. */
      readonly unmarked?: boolean;
    }
  | {
      readonly type: "result";
      readonly status: "passed" | "failed" | "omitted";
      readonly message: string;
      /** True when dots fill it to the column of the guest's library; consoles typed or written by others may not. */
      readonly padded: boolean;
      /** True when its message fills the column and more: a guest that never cuts one prints a single dot after it. */
      readonly wide: boolean;
    }
  | { readonly type: "location"; readonly file: string; readonly line: number }
  /** Free text in the stream of results: uk_test_printf(), or a result that is not whole. */
  | { readonly type: "note"; readonly text: string };

export interface Reading {
  readonly line: TestLine;
  /** The forms in which this segment would be a test line. */
  readonly forms: readonly TestForm[];
  /** Output without a line end that stands in front of it in the same segment. */
  readonly front?: string;
}

/** Message, blank, dots: the guest pads every message to this many columns. */
const MESSAGE_COLUMNS = 81;

/** The longest tail that can be a result: columns, two blanks, the longest status in its brackets. */
const RESULT_LIMIT = 128;

const NAME = String.raw`[A-Za-z_$][\w$]*`;
const CASE = String.raw`([A-Za-z_$][\w$]*)->(${NAME}(?:\[[^\]\s]{1,80}\]|\/[\w.+-]{1,79})?)(?:: (.*))?`;
const MARKED_HEADER = new RegExp(`test:${RESET_MARK} ${CASE}$`);
const PLAIN_HEADER = new RegExp(`^test: ${CASE}$`);
const MARKED_LEAD = `    :${RESET_MARK}\t`;

const RESULT = /^(.*) (\.+) (?:\[ | )(PASSED|FAILED|OMITTED(?:\/(?:PASSED|FAILED))?)(?: \]| )$/s;
const LONG_RESULT = / \. \[ (PASSED|FAILED|OMITTED(?:\/(?:PASSED|FAILED))?) \]$/;
// The file may hold colons itself: `C:\app\main.c`, `/job:42/main.c`.
const LOCATION = /^ {2}in (.{1,1024}?)\]?:(\d{1,7})\]?$/;
const PLAIN_RESULT = /^: (.*) (\.+) (PASSED|FAILED)$/s;
const PLAIN_LOCATION = /^: in (\S{1,1024}?):(\d{1,7})$/;

const statusOf = (word: string): "passed" | "failed" | "omitted" =>
  word === "PASSED" ? "passed" : word === "FAILED" ? "failed" : "omitted";

/** Reads what stands after the TAB of a test line. */
function readTail(tail: string): TestLine {
  const endsLikeResult = tail.endsWith(" ]") || tail.endsWith("ED ");
  const result = endsLikeResult && tail.length <= RESULT_LIMIT ? RESULT.exec(tail) : null;
  if (result !== null) {
    const [, message = "", dots = "", word = ""] = result;
    const padded = message.length + 1 + dots.length === MESSAGE_COLUMNS;
    const wide = dots.length === 1 && message.length >= MESSAGE_COLUMNS - 1;
    return { type: "result", status: statusOf(word), message: decodeText(message), padded, wide };
  }
  const long =
    endsLikeResult && tail.length > RESULT_LIMIT ? LONG_RESULT.exec(tail.slice(-RESULT_LIMIT)) : null;
  if (long !== null) {
    const [end, word = ""] = long;
    const message = decodeText(tail.slice(0, -end.length));
    return { type: "result", status: statusOf(word), message, padded: false, wide: true };
  }
  const location = LOCATION.exec(tail);
  if (location !== null)
    return { type: "location", file: decodeText(location[1] ?? ""), line: Number(location[2]) };
  return { type: "note", text: tail };
}

/** Reads a header out of a match of one of the two header expressions. */
function headerOf(match: RegExpExecArray): TestLine & { readonly type: "header" } {
  const [, suite = "", name = "", description] = match;
  if (description === undefined) return { type: "header", suite, name };
  return { type: "header", suite, name, description: decodeText(description) };
}

/** The `printk:` form that a prefix belongs to, or nothing if test lines never carry such a prefix. */
export function printkForm(prefix: KernelPrefix): TestForm | undefined {
  if (prefix.library !== undefined || prefix.source !== undefined) return undefined;
  if (prefix.level !== undefined && prefix.level !== "info") return undefined;
  const fields = [
    prefix.timeUs !== undefined && "time",
    prefix.level !== undefined && "level",
    prefix.thread !== undefined && "thread",
    prefix.caller !== undefined && "caller",
  ];
  return `printk:${fields.filter((field) => field !== false).join("+")}`;
}

/** What a segment would be as a test line, if anything. */
export function readTestLine(segment: Segment): Reading | undefined {
  return segment.prefix === undefined
    ? readUnprefixed(segment.body)
    : readPrefixed(segment.prefix, segment.body);
}

function readPrefixed(prefix: KernelPrefix, body: string): Reading | undefined {
  const form = printkForm(prefix);
  if (form === undefined) return undefined;
  const first = body.charCodeAt(0);
  if (first === 0x09) return { line: readTail(body.slice(1)), forms: [form] };
  const header = body.includes(RESET_MARK) ? MARKED_HEADER.exec(body) : null;
  // A time alone may also be a time stamp that something else put in front of a printf line.
  if (header?.index === 0)
    return { line: headerOf(header), forms: prefix.level === undefined ? [form, "printf"] : [form] };
  const plain = header === null && body.startsWith("test: ") ? PLAIN_HEADER.exec(body) : null;
  if (plain !== null) return { line: { ...headerOf(plain), unmarked: true }, forms: [form] };
  return readMarked(body);
}

function readUnprefixed(body: string): Reading | undefined {
  const marked = readMarked(body);
  if (marked !== undefined) return marked;
  if (body.charCodeAt(0) === 0x09)
    return { line: onlyPadded(readTail(body.slice(1)), body.slice(1)), forms: ["bare"] };
  const header = PLAIN_HEADER.exec(body);
  if (header !== null) return { line: headerOf(header), forms: ["early", "transcript"] };
  return readTranscript(body);
}

/** Where nothing else marks a result, its column has to. */
const onlyPadded = (line: TestLine, tail: string): TestLine =>
  line.type === "result" && !line.padded ? { type: "note", text: tail } : line;

/** Lines with the colour reset of libc printf: they may stand after output without a line end. */
function readMarked(body: string): Reading | undefined {
  if (!body.includes(RESET_MARK)) return undefined;
  const lead = body.lastIndexOf(MARKED_LEAD);
  if (lead >= 0)
    return {
      line: readTail(body.slice(lead + MARKED_LEAD.length)),
      forms: ["printf", "early"],
      ...frontOf(body, lead),
    };
  const header = MARKED_HEADER.exec(body);
  if (header === null) return undefined;
  return {
    line: headerOf(header),
    forms: header.index === 0 ? ["printf", "bare"] : ["printf"],
    ...frontOf(body, header.index),
  };
}

const frontOf = (body: string, end: number): { readonly front?: string } =>
  end > 0 ? { front: body.slice(0, end) } : {};

function readTranscript(body: string): Reading | undefined {
  if (!body.startsWith(": ")) return undefined;
  const result = PLAIN_RESULT.exec(body);
  if (result !== null) {
    const [, message = "", , word = ""] = result;
    return {
      line: {
        type: "result",
        status: statusOf(word),
        message: decodeText(message),
        padded: false,
        wide: false,
      },
      forms: ["transcript"],
    };
  }
  const location = PLAIN_LOCATION.exec(body);
  if (location === null) return undefined;
  return {
    line: { type: "location", file: decodeText(location[1] ?? ""), line: Number(location[2]) },
    forms: ["transcript"],
  };
}
