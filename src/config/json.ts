/**
 * Reads JSON that people write: where it is none, it says in which line and column, and what is not allowed there. A byte
 * order mark in front is no error. Source: RFC 8259, sections 2, 7 and 8.1.
 */

/** Why a text is no JSON: a sentence that begins with the place. */
export class NoJson extends Error {
  override readonly name = "NoJson";
}

/**
 * The value of a JSON text.
 * @throws NoJson, as `line 3, column 5: a comma in front of the closing bracket`
 */
export function parseJson(content: string): unknown {
  const text = content.startsWith("\uFEFF") ? content.slice(1) : content;
  try {
    return JSON.parse(text);
  } catch (error) {
    const fault = faultIn(text);
    if (fault === undefined) throw error;
    throw new NoJson(`${placeOf(text, fault.at)}: ${fault.what}`);
  }
}

function placeOf(text: string, at: number): string {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  return `line ${String(lines.length)}, column ${String((lines.at(-1) ?? "").length + 1)}`;
}

interface Fault {
  readonly at: number;
  readonly what: string;
}

type Kind = "text" | "literal" | "{" | "}" | "[" | "]" | ":" | ",";
type Wanted = "value" | "value or end" | "key" | "key or end" | "colon" | "next";

const KEYS = "texts and keys have double quotes";

const SPACE = /[ \t\r\n]*/y;
const TEXT = /"(?:[^"\\\p{Cc}]|\x7f|[\x80-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const WORD = /[^\s,:{}[\]"]{1,20}|./y;

/** Where a match that begins at `at` ends; -1 where there is none. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** The first thing in a text that JSON does not have. Without recursion: brackets may be nested at will. */
function faultIn(text: string): Fault | undefined {
  const open: ("{" | "[")[] = [];
  let wants: Wanted = "value";
  let at = endOf(SPACE, text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    if ("what" in token)
      return { at, what: wants.startsWith("key") && !token.what.includes("comments") ? KEYS : token.what };
    const next = after(wants, token.kind, open);
    if (typeof next !== "string")
      return { at, what: `${next.what} ${text.slice(at, token.end).slice(0, 20)}` };
    wants = next;
    at = endOf(SPACE, text, token.end);
  }
  const inner = open.at(-1);
  if (inner !== undefined) return { at, what: `"${inner}" is never closed` };
  return wants === "next" ? undefined : { at, what: "a value is missing" };
}

function tokenAt(
  text: string,
  at: number,
): { readonly kind: Kind; readonly end: number } | { readonly what: string } {
  const first = text[at] ?? "";
  if (first === "/" || first === "#") return { what: "JSON has no comments" };
  if (first === '"') {
    const end = endOf(TEXT, text, at);
    return end < 0
      ? { what: "a text that is never closed, or holds what has to be escaped" }
      : { kind: "text", end };
  }
  if (first === "{" || first === "}" || first === "[" || first === "]" || first === ":" || first === ",")
    return { kind: first, end: at + 1 };
  const end = endOf(LITERAL, text, at);
  if (end >= 0) return { kind: "literal", end };
  const word = text.slice(at, endOf(WORD, text, at));
  return { what: first === "'" ? KEYS : `JSON has no ${word}` };
}

/** What is wanted after a token, or what is wrong with it; the token itself follows those words. */
function after(wants: Wanted, kind: Kind, open: ("{" | "[")[]): Wanted | { readonly what: string } {
  const closing = open.at(-1) === "{" ? "}" : open.at(-1) === "[" ? "]" : undefined;
  if (kind === closing) {
    if (wants === "key" || (wants === "value" && closing === "]")) return { what: "a comma in front of" };
    if (wants !== "value" && wants !== "colon") {
      open.pop();
      return "next";
    }
  }
  switch (wants) {
    case "colon":
      return kind === ":" ? "value" : { what: "a colon is missing in front of" };
    case "next":
      if (closing === undefined) return { what: "nothing may come after the value, as" };
      if (kind === ",") return closing === "}" ? "key" : "value";
      return { what: `a comma or ${closing} is missing in front of` };
    case "key":
    case "key or end":
      return kind === "text" ? "colon" : { what: "a key is missing in front of" };
    case "value":
    case "value or end":
      if (kind === "text" || kind === "literal") return "next";
      if (kind !== "{" && kind !== "[") return { what: "a value is missing in front of" };
      open.push(kind);
      return kind === "{" ? "key or end" : "value or end";
  }
}
