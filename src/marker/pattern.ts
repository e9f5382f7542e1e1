/**
 * Regular expressions of a project, matched in linear time: a line of a guest must not be able to stop a run. It knows
 * no results.
 *
 * Source: the syntax is that of RE2 (github.com/google/re2/wiki/Syntax); backreferences and lookaround are not part of it.
 */
import { RE2JS } from "re2js";
import { UsageError } from "../core/errors.js";

/** Longer lines match nothing. */
const MOST_CHARS = 4096;

export type Groups = Readonly<Record<string, string | undefined>>;

export interface Pattern {
  /** What the named groups hold of a line; undefined where it does not match. */
  match(text: string): Groups | undefined;
  readonly groups: readonly string[];
}

/**
 * Compiles an expression.
 * @param key where it stands in the configuration, for errors
 * @throws UsageError for one that RE2 does not have
 */
export function patternOf(source: string, key: string): Pattern {
  const compiled = compile(source, key);
  const groups = Object.keys(compiled.namedGroups());
  const front = literalFront(source);
  return {
    groups,
    match(text) {
      if (text.length > MOST_CHARS || !text.startsWith(front)) return undefined;
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return undefined;
      return Object.fromEntries(groups.map((name) => [name, matcher.group(name) ?? undefined]));
    },
  };
}

function compile(source: string, key: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `${key} is no regular expression of RE2: ${words.replace(/^error parsing regexp: /, "")}`,
      "lookaround and backreferences are not part of it: no line can make it slow",
    );
  }
}

/**
 * The characters that every match begins with: those after `^`, up to the first that is not plain. Comparing them first
 * makes most lines free.
 */
function literalFront(source: string): string {
  if (source.includes("|")) return "";
  const [, front = "", next = ""] = /^\^([\w :=#<>"'/@%&~,;!-]*)(.?)/.exec(source) ?? [];
  // A quantifier takes the last character back.
  return "*?{".includes(next) && next !== "" ? front.slice(0, -1) : front;
}
