/**
 * Texts of MI in quotes, as C has them: read and written. What is in them is UTF-8, of which gdb writes each byte that is no
 * ASCII as three octal digits.
 * Source: GDB manual, "GDB/MI Output Syntax" (`c-string`); gdb, `utils.c`, `print_one_escaped_char`.
 */

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ n: "\n", t: "\t", r: "\r", a: "\x07", b: "\b", f: "\f", v: "\v", e: "\x1b" },
};

/** One piece: plain characters, an octal byte, an escaped character. */
const PIECE = /([^"\\]+)|\\([0-7]{1,3})|\\([^])/y;

/**
 * The text that begins with the quote at `at`.
 * @returns its value and where it ends, after the closing quote; undefined where it does not end
 */
export function textIn(
  line: string,
  at: number,
): { readonly value: string; readonly end: number } | undefined {
  let bytes: number[] = [];
  let text = "";
  const settle = (): void => {
    if (bytes.length > 0) text += Buffer.from(bytes).toString("utf8");
    bytes = [];
  };
  PIECE.lastIndex = at + 1;
  let end = at + 1;
  for (let piece = PIECE.exec(line); piece !== null; piece = PIECE.exec(line)) {
    const [all, plain, octal, escaped] = piece;
    end += all.length;
    if (octal !== undefined) {
      bytes.push(parseInt(octal, 8) & 0xff);
      continue;
    }
    settle();
    text += plain ?? ESCAPES[escaped ?? ""] ?? escaped ?? "";
  }
  settle();
  return line[at] === '"' && line[end] === '"' ? { value: text, end: end + 1 } : undefined;
}

/** A text as a word of a command: in quotes, on one line. */
export const quoted = (text: string): string =>
  `"${text.replaceAll(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")}"`;
