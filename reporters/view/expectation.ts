/**
 * Takes an assertion's message apart into expression, expectation and value, where it has the wording of uktest.
 * It does not guess: any other message stays whole.
 */

export interface Expectation {
  readonly expression: string;
  /** `to be 5`, `to equal "abd" at 0x15a605`. */
  readonly expected: string;
  /** The value seen, where the message says it. */
  readonly actual?: string;
}

// Wording of lib/uktest since its first release: "expected `EXPR` to be V but was W"; the earliest quotes with '.
const OPENING = /^expected ([`'])/;

/** The parts of a message. C expressions hold no backtick, so the next one closes the first. */
export function parseExpectation(message: string): Expectation | undefined {
  const quote = OPENING.exec(message)?.[1];
  if (quote === undefined) return undefined;
  const start = "expected `".length;
  const end = quote === "`" ? message.indexOf("`", start) : message.indexOf("' to ", start);
  if (end < 0) return undefined;
  const expression = message.slice(start, end);
  const rest = message.slice(end + 1);
  const to = rest.search(/\bto (?:not )?(?:be|equal)\b/);
  if (to < 0) return undefined;
  const words = [" but was ", " and was "].find((one) => rest.includes(one, to));
  if (words === undefined) return { expression, expected: rest.slice(to).trim() };
  const value = rest.lastIndexOf(words);
  return { expression, expected: rest.slice(to, value).trim(), actual: rest.slice(value + words.length) };
}
