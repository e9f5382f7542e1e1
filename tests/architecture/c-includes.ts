/**
 * The rows of the table that are C: a suite sees the kit's public headers and its own folder, a library of the kit the
 * same, and nobody but arch/ and plat/ themselves sees into arch/ and plat/.
 */
import { posix } from "node:path";
import type { Tree } from "./rules.js";

const SOURCE = /\.(?:c|h|S|s|inc)$/;

/** Headers that a compiler brings along even where there is no C library. */
const FREESTANDING = new Set(
  ["float", "iso646", "limits", "stdalign", "stdarg", "stdbool", "stddef", "stdint", "stdnoreturn"].map(
    (name) => `${name}.h`,
  ),
);

const INCLUDE = "guest/include";

/** The folder that a file may see besides the public headers; undefined where the table has no rule. */
function homeOf(path: string): string | undefined {
  return (
    /^(?:guest\/lib|suites)\/[^/]+(?=\/)/.exec(path)?.[0] ?? /^(?:guest\/lib|suites)(?=\/)/.exec(path)?.[0]
  );
}

/** The directives of a file, with their lines; comments and continued lines do not hide one. */
function* includesOf(text: string): Generator<{ readonly line: number; readonly what: string }> {
  const plain = text
    .replace(/\\\r?\n/g, "")
    .replace(/("(?:[^"\\\n]|\\.)*")|\/\*[^]*?\*\/|\/\/.*/g, (whole, quoted: string | undefined) =>
      quoted !== undefined ? whole : whole.replace(/[^\n]/g, " "),
    );
  for (const match of plain.matchAll(
    /^[ \t]*(?:#|%:|\?\?=)[ \t]*(?:include|include_next|import|embed)\b(.*)$/gm,
  ))
    yield { line: plain.slice(0, match.index).split("\n").length, what: (match[1] ?? "").trim() };
}

function breach(path: string, home: string, what: string, tree: Tree): string | undefined {
  const named = /^(?:<([^>]+)>|"([^"]+)")$/.exec(what);
  if (named === null) return `includes ${what}: name the header`;
  const [, angled, quoted] = named;
  if (quoted !== undefined) {
    const target = posix.join(posix.dirname(path), quoted);
    if (tree.has(target) && (target.startsWith(`${home}/`) || target.startsWith(`${INCLUDE}/`)))
      return undefined;
    if (tree.has(target)) return `may not include ${target}`;
  }
  const header = angled ?? quoted ?? "";
  const target = posix.join(INCLUDE, header);
  if (!target.startsWith(`${INCLUDE}/`)) return `may not include ${target}`;
  if (tree.has(target) || FREESTANDING.has(header)) return undefined;
  return `includes ${header}, which ${INCLUDE} does not have`;
}

/** Breaches of the C rows. */
export const includeBreachesOf = (tree: Tree): readonly string[] =>
  [...tree].flatMap(([path, text]) => {
    const home = homeOf(path);
    if (home === undefined || !SOURCE.test(path)) return [];
    return [...includesOf(text)].flatMap(({ line, what }) => {
      const found = breach(path, home, what, tree);
      return found === undefined ? [] : [`${path}:${String(line)}: ${found}`];
    });
  });
