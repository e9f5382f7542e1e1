/** Bugs of one line in a source of C: what a slip of the hand does to it. It compiles nothing; some do not compile. */

export interface Mutant {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  readonly kind: string;
  /** The line as it was, and as it becomes. */
  readonly old: string;
  readonly now: string;
}

type Change = readonly [kind: string, found: RegExp, put: string];

const CHANGES: readonly Change[] = [
  ["operator", / == /, " != "],
  ["operator", / != /, " == "],
  ["operator", / <= /, " < "],
  ["operator", / >= /, " > "],
  ["operator", / < /, " <= "],
  ["operator", / > /, " >= "],
  ["operator", / && /, " || "],
  ["operator", / \|\| /, " && "],
  ["operator", / \+= /, " -= "],
  ["operator", / & /, " | "],
  ["operator", /!(?=[a-z])/, ""],
  ["off by one", / \+ 1\b/, ""],
  ["off by one", / - 1\b/, " - 2"],
  ["off by one", / = 0;/, " = 1;"],
  ["off by one", /\+\+;/, "--;"],
  ["return value", /return 0;/, "return -1;"],
  ["return value", /return -(?:E\w+|rc|ret|error);/, "return 0;"],
  ["return value", /return (?!0|-)\w[^;]*;/, "return 0;"],
  ["no statement", /^(\t+)(?!return\b)[a-z_][\w>().[\]-]*(?:\(.*\)| [+-]?= .*|\+\+|--);$/, "$1;"],
  ["no statement", /^\t+(?!return\b)[a-z_][\w>().[\]-]*\(.*\);$/, ""],
];

/** Every such bug of a text, line by line; comments and directives have none. */
export function mutantsOf(path: string, text: string): readonly Mutant[] {
  return text.split("\n").flatMap((old, at) =>
    /^\t/.test(old) && !/^\s*(?:\/?\*|\/\/|#|for \()/.test(old)
      ? CHANGES.flatMap(([kind, found, put]): readonly Mutant[] => {
          const now = old.replace(found, put);
          return now === old ? [] : [{ path, line: at + 1, kind, old, now }];
        })
      : [],
  );
}

/** The text with the bug. */
export const mutated = (text: string, { line, now }: Mutant): string =>
  text
    .split("\n")
    .map((old, at) => (at + 1 === line ? now : old))
    .join("\n");

/** So many of a list, as far from each other as can be; the rest follows, for those that are of no use. */
export function spread<T>(list: readonly T[], count: number): readonly T[] {
  const step = Math.max(list.length / count, 1);
  const chosen = new Set(
    Array.from({ length: Math.min(count, list.length) }, (_, at) => Math.floor(at * step)),
  );
  const rest = list.map((_, at) => at).filter((at) => !chosen.has(at));
  return [...chosen, ...rest.sort((a, b) => ((a * 7919) % 1009) - ((b * 7919) % 1009))].flatMap(
    (at) => list[at] ?? [],
  );
}
