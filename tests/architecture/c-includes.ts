/**
 * The rows of the table that are C: a suite sees its own folder, the headers of the kernel and those of the libraries it
 * is linked with, a library of the kit those of what it needs, and only arch/ and plat/ see into arch/ and plat/.
 */
import { posix } from "node:path";
import type { Tree } from "./rules.js";

const SOURCE = /\.(?:c|h|S|s|inc)$/;

/** Headers that a compiler brings along even where there is no C library. */
const FREESTANDING = new Set(
  ["float", "limits", "stdalign", "stdarg", "stdbool", "stddef", "stdint", "stdnoreturn"].map(
    (name) => `${name}.h`,
  ),
);

/** Folders of headers that the files of a library or suite see, besides their own folder. */
export type Sees = (home: string) => readonly string[];

/** What takes the place of a file of the kit in a Unikraft tree sees headers that only that tree has. */
const IN_UNIKRAFT = /^guest\/lib\/[^/]+\/unikraft\//;

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

function breach(
  path: string,
  { home, folders }: { readonly home: string; readonly folders: readonly string[] },
  what: string,
  tree: Tree,
): string | undefined {
  const named = /^(?:<([^>]+)>|"([^"]+)")$/.exec(what);
  if (named === null) return `includes ${what}: name the header`;
  const [, angled, quoted] = named;
  if (quoted !== undefined) {
    const target = posix.join(posix.dirname(path), quoted);
    if (tree.has(target) && [home, ...folders].some((folder) => target.startsWith(`${folder}/`)))
      return undefined;
    if (tree.has(target)) return `may not include ${target}`;
  }
  const header = angled ?? quoted ?? "";
  const targets = folders.map((folder) => ({ folder, target: posix.join(folder, header) }));
  const outside = targets.find(({ folder, target }) => !target.startsWith(`${folder}/`));
  if (outside !== undefined) return `may not include ${outside.target}`;
  if (targets.some(({ target }) => tree.has(target)) || FREESTANDING.has(header)) return undefined;
  return `includes ${header}, which none of ${folders.join(", ")} has`;
}

/** Breaches of the C rows. */
export const includeBreachesOf = (tree: Tree, sees: Sees): readonly string[] =>
  [...tree].flatMap(([path, text]) => {
    const home = homeOf(path);
    if (home === undefined || !SOURCE.test(path) || IN_UNIKRAFT.test(path)) return [];
    const folders = sees(home);
    return [...includesOf(text)].flatMap(({ line, what }) => {
      const found = breach(path, { home, folders }, what, tree);
      return found === undefined ? [] : [`${path}:${String(line)}: ${found}`];
    });
  });
