/**
 * Where the bodies of functions are in a text of C, and its lines without comments. It is no parser: of a text whose braces
 * it cannot follow it says so, and what it takes for no function may be one.
 */

export interface CFunction {
  /** Lines of its braces, counted from 1. */
  readonly first: number;
  readonly last: number;
  /** What stands in front of it, on one line. */
  readonly head: string;
}

export interface CText {
  /** Without comments and blanks at their ends. */
  readonly lines: readonly string[];
  /** In their order; undefined where the braces cannot be followed. */
  readonly functions: readonly CFunction[] | undefined;
}

/** Reads a text. */
export function readC(text: string): CText {
  const lines = withoutComments(text)
    .split("\n")
    .map((line) => line.trimEnd());
  return { lines, functions: functionsIn(lines) };
}

const TOKEN =
  /\/\/(?:[^\\\n]|\\[\s\S])*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/g;

/** The same text with blanks for comments, and each line where it was. */
const withoutComments = (text: string): string =>
  text.replaceAll(TOKEN, (token) => (token.startsWith("/") ? token.replaceAll(/[^\n]+/g, " ") : token));

/** Braces in strings and characters are none. */
const LITERAL = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?/g;

/** What has been read of a text, up to some line. */
class Braces {
  readonly found: CFunction[] = [];
  #depth = 0;
  #head = "";
  #open: { readonly first: number; readonly head: string } | undefined;

  /** Takes a line; false where its braces cannot be those of whole functions. */
  take(line: string, number: number): boolean {
    for (const [at, letter] of line.split("").entries()) {
      if (letter === "{" && !this.#opens(number, at)) return false;
      if (letter === "}" && !this.#closes(number, at)) return false;
      if (letter === "{" || letter === "}" || this.#depth > 0) continue;
      this.#head = letter === ";" ? "" : this.#head + letter;
    }
    this.#head += " ";
    return true;
  }

  get isClosed(): boolean {
    return this.#depth === 0;
  }

  #opens(first: number, column: number): boolean {
    if (this.#depth > 0 && column === 0) return false;
    const head = this.#head.trim();
    if (this.#depth === 0 && head.endsWith(")") && !head.includes("=")) this.#open = { first, head };
    this.#depth += 1;
    return true;
  }

  #closes(last: number, column: number): boolean {
    this.#depth -= 1;
    if (this.#depth < 0 || (column === 0 && this.#depth > 0)) return false;
    if (this.#depth > 0) return true;
    if (this.#open !== undefined) {
      this.found.push({ ...this.#open, last });
      this.#head = "";
    }
    this.#open = undefined;
    return true;
  }
}

function functionsIn(lines: readonly string[]): readonly CFunction[] | undefined {
  const braces = new Braces();
  let isDirective = false;
  for (const [at, line] of lines.entries()) {
    isDirective = isDirective || line.trimStart().startsWith("#");
    const isSeen = !isDirective;
    isDirective = isDirective && line.endsWith("\\");
    if (isSeen && !braces.take(line.replaceAll(LITERAL, '""'), at + 1)) return undefined;
  }
  return braces.isClosed ? braces.found : undefined;
}
