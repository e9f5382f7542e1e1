/** The failed assertion of a system that prints words, file and line in one line. It knows none of the forms itself. */

/** The part of a fault that such a line decides. */
export interface Asserted {
  readonly kind: "assertion";
  readonly title: string;
  readonly file: string;
  readonly line: number;
}

/**
 * Reads a line by a pattern with the named groups `file` and `line`, and `words` where the expression is printed.
 * @returns undefined where the pattern does not match
 */
export function assertedIn(pattern: RegExp, text: string): Asserted | undefined {
  const groups = pattern.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { words, file = "", line } = groups;
  const said = words === undefined ? "" : `: ${words.trim()}`;
  return { kind: "assertion", title: `assertion failed${said}`, file, line: Number(line) };
}
