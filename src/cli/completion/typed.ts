/**
 * What a shell says was typed, as the words that it will become, and the way back: a name as the text that this shell
 * puts in place of the last word. It knows how each shell cuts and quotes, and no grammar.
 */

export interface Typed {
  /** Words that are complete. */
  readonly before: readonly string[];
  /** What there is of the word at the cursor. */
  readonly current: string;
  /** How the shell gets a name that begins with `current`; undefined where it could not be typed that way. */
  readonly wordFor: (name: string) => string | undefined;
}

/** A part of a word that bash cuts off: its word breaks stand alone. */
const isBreak = (word: string): boolean => /^[=:]+$/.test(word);

/** Joins what bash has cut at `=` and `:`; nobody types these with blanks around them. */
function joined(words: readonly string[]): readonly string[] {
  const whole: string[] = [];
  words.forEach((word, index) => {
    const before = words[index - 1];
    const belongs = index > 0 && (isBreak(word) || (before !== undefined && isBreak(before)));
    if (belongs) whole.push(`${whole.pop() ?? ""}${word}`);
    else whole.push(word);
  });
  return whole;
}

const PLAIN = /^[\w@%+=:,./-]*$/;

/** A word as bash would see it when it is complete. */
const unquoted = (word: string): string =>
  /^['"]/.test(word) ? word.slice(1).replace(/['"]$/, "") : word.replaceAll(/\\(.)/gs, "$1");

function typedInBash(words: readonly string[]): Typed {
  const whole = joined(words);
  const last = words.at(-1) ?? "";
  const current = whole.at(-1) ?? "";
  // bash replaces what is after its last break.
  const kept = current.length - (isBreak(last) ? 0 : last.length);
  const isQuoted = /^['"]/.test(last);
  return {
    before: whole.slice(0, -1).map(unquoted),
    current: unquoted(current),
    wordFor: (name) => {
      const word = name.slice(kept);
      if (PLAIN.test(word)) return word;
      // Inside of quotes each shell has rules of its own; outside, a backslash takes any meaning away.
      return isQuoted ? undefined : word.replaceAll(/[^\w@%+=:,./-]/gu, "\\$&");
    },
  };
}

/** Reads the words that a shell handed over, the one at the cursor last. */
export const typedIn = (shell: string, words: readonly string[]): Typed =>
  shell === "bash"
    ? typedInBash(words)
    : { before: words.slice(0, -1), current: words.at(-1) ?? "", wordFor: (name) => name };
