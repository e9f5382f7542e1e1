/**
 * Makes guest text harmless for whoever looks at it: escape sequences go, everything else invisible is spelled out.
 * It does not know a format; each format's own escaper comes after it.
 */

// ECMA-48: CSI (ESC [ or U+009B) with its parameters; OSC, DCS, SOS, PM, APC up to their terminator on the same
// line; any other ESC with intermediates and a final byte. No class holds a character that can begin a sequence,
// so a failed match never looks at the same text twice.
const SEQUENCE = new RegExp(
  [
    "(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]",
    "(?:\\x1b[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^\\x07\\n\\r\\x1b\\x90\\x98\\x9b-\\x9f]*(?:\\x07|\\x1b\\\\|\\x9c)",
    "\\x1b[ -/]*[0-~]",
  ].join("|"),
  "g",
);

// Controls, format characters (bidi among them), surrogates without a partner, private and non-characters, line and
// paragraph separators, and what fonts draw as nothing. The two emoji selectors stay: they only choose a glyph.
const INVISIBLE =
  /(?![\n\t\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/gu;

const PLAIN = /^[\t\n\x20-\x7e]*$/;

/** Spells one character: `\x1b`, `\u202e`, `\u{e0041}`. */
function spell(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}

/**
 * Text of several lines for a terminal, a log or a page: only LF, TAB and visible characters remain. Escape sequences
 * (ECMA-48) are removed, CRLF and lone CR become LF, everything else without a shape is spelled (`\x00`, `\u202e`).
 */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(/\r\n?/g, "\n").replace(SEQUENCE, "").replace(INVISIBLE, spell);
}

/** The same on one line: a line break shows as `\n`, a tab as a space. */
export function visibleLine(text: string): string {
  return visible(text).replace(/[\n\t]/g, (character) => (character === "\n" ? "\\n" : " "));
}

/** Spells everything beyond ASCII, for a destination that does not show UTF-8. */
export const ascii = (text: string): string => text.replace(/[^\t\n\x20-\x7e]/gu, spell);
