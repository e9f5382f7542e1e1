/**
 * Boolean expressions over what is known of a case: its name, its tags, its file. It reads an expression once and knows no
 * image.
 *
 *     expression = and { ("|" | "or") and }
 *     and        = not { ("&" | "and") not }
 *     not        = ("!" | "not") not | "(" expression ")" | term
 *     term       = [ key ":" ] glob        key: tag (absent), name, suite, case, file
 */
import { UsageError } from "../errors.js";

export interface FilteredCase {
  readonly suite: string;
  readonly name: string;
  readonly file: string;
  readonly tags: readonly string[];
}

export type Filter = (one: FilteredCase) => boolean;

const KEYS = ["tag", "name", "suite", "case", "file"] as const;
type Key = (typeof KEYS)[number];

/** Operators, and words that may hold anything but blanks and operators. */
const TOKEN = /\s*(?:(&&?|\|\|?|!|\(|\))|([^\s&|!()]+))/y;
const WORDS: Readonly<Record<string, string>> = { and: "&", or: "|", not: "!" };
/** Deeper expressions are no longer read by a person either. */
const MOST_DEPTH = 100;

interface Token {
  readonly kind: "operator" | "word";
  readonly text: string;
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== ""; at = TOKEN.lastIndex) {
    const match = TOKEN.exec(text);
    if (match === null) throw wrong(text, `"${text.slice(at).trim()}" means nothing`);
    const [, operator, word = ""] = match;
    const meant = operator?.slice(0, 1) ?? WORDS[word];
    tokens.push(meant === undefined ? { kind: "word", text: word } : { kind: "operator", text: meant });
  }
  return tokens;
}

const wrong = (text: string, what: string): UsageError =>
  new UsageError(
    `the filter ${JSON.stringify(text)} is no expression: ${what}`,
    "as in --filter 'net & !slow', or 'file:lib/vfs* | name:ring.*'; see uktest run --help",
  );

/** Any characters for `*`, one for `?`. Backtracks to the last star alone, so that it takes the product of both lengths at most. */
export function matchesGlob(glob: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let from = 0;
  let nth = 0;
  while (nth < text.length) {
    if (at < glob.length && (glob[at] === "?" || (glob[at] !== "*" && glob[at] === text[nth]))) {
      at += 1;
      nth += 1;
    } else if (glob[at] === "*") {
      star = at;
      from = nth;
      at += 1;
    } else if (star >= 0) {
      at = star + 1;
      from += 1;
      nth = from;
    } else return false;
  }
  while (glob[at] === "*") at += 1;
  return at === glob.length;
}

function term(word: string, text: string): Filter {
  const colon = word.indexOf(":");
  const key = colon < 0 ? "tag" : KEYS.find((one) => one === word.slice(0, colon));
  const glob = word.slice(colon + 1);
  if (key === undefined) throw wrong(text, `"${word.slice(0, colon)}" is none of ${KEYS.join(", ")}`);
  if (glob === "") throw wrong(text, `${key}: names nothing`);
  return (one) => textsOf(key, one).some((value) => matchesGlob(glob, value));
}

function textsOf(key: Key, { suite, name, file, tags }: FilteredCase): readonly string[] {
  switch (key) {
    case "tag":
      return tags;
    case "name":
      return [`${suite}.${name}`];
    case "suite":
      return [suite];
    case "case":
      return [name];
    case "file":
      return [file];
  }
}

/**
 * Reads an expression.
 * @throws UsageError that says what is wrong with it
 */
export function filterOf(text: string): Filter {
  const tokens = tokensOf(text);
  let next = 0;
  const is = (operator: string): boolean => {
    const token = tokens[next];
    if (token?.kind !== "operator" || token.text !== operator) return false;
    next += 1;
    return true;
  };
  const any = (depth: number): Filter => {
    const all = [every(depth)];
    while (is("|")) all.push(every(depth));
    return (one) => all.some((filter) => filter(one));
  };
  const every = (depth: number): Filter => {
    const all = [single(depth)];
    while (is("&")) all.push(single(depth));
    return (one) => all.every((filter) => filter(one));
  };
  const single = (depth: number): Filter => {
    if (depth > MOST_DEPTH) throw wrong(text, "it is nested too deep");
    if (is("!")) {
      const inner = single(depth + 1);
      return (one) => !inner(one);
    }
    if (is("(")) {
      const inner = any(depth + 1);
      if (!is(")")) throw wrong(text, "a parenthesis is not closed");
      return inner;
    }
    const token = tokens[next];
    if (token?.kind !== "word")
      throw wrong(
        text,
        token === undefined ? "something is missing at its end" : `"${token.text}" stands for nothing`,
      );
    next += 1;
    return term(token.text, text);
  };
  const filter = any(0);
  if (next < tokens.length) throw wrong(text, `"${tokens[next]?.text ?? ""}" is too much`);
  return filter;
}
