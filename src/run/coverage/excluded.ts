/** Takes out of coverage what comments of the sources take out. Which those are is decided in src/coverage/exclusions.ts. */
import { sourceText } from "../../../runner/files/source-text.js";
import type { FileHits } from "../../core/model/coverage.js";
import { linePairs } from "../../core/model/coverage/counts.js";
import type { PlaceRules } from "../../core/places.js";
import { type Exclusions, exclusionsIn } from "../../coverage/exclusions.js";

export interface Excluding {
  /** Hits without what does not count; those of a boot say which lines that were. */
  readonly without: (files: readonly FileHits[], isBoot: boolean) => readonly FileHits[];
  /** What is wrong with the markers of a source, once. */
  readonly notes: () => readonly string[];
}

/** Reads each source once. Those outside of the user's tree are not read, and have nothing taken out. */
export function excluding(rules: PlaceRules): Excluding {
  const known = new Map<string, Exclusions | undefined>();
  const notes: string[] = [];
  const find = (path: string): Exclusions | undefined => {
    if (known.has(path)) return known.get(path);
    const text = sourceText(path, rules);
    const found = text === undefined ? undefined : exclusionsIn(text);
    known.set(path, found);
    for (const line of found?.unclosed ?? [])
      notes.push(
        `${path}:${String(line)}: an exclusion from coverage begins here and has no end: the rest of the file is left out`,
      );
    return found;
  };
  return {
    without: (files, isBoot) =>
      files.flatMap((hits) => {
        const found = find(hits.path);
        if (found === undefined) return [hits];
        const rest = restOf(hits, found, isBoot);
        return isBoot || rest.lines.length > 0 ? [rest] : [];
      }),
    notes: () => notes.splice(0),
  };
}

function restOf(
  { path, lines, functions, branches, outside }: FileHits,
  { lines: out, branches: noBranches }: Exclusions,
  isBoot: boolean,
): FileHits {
  const pairs = [...linePairs(lines)];
  const ways = (branches ?? []).flatMap((line, at, all) =>
    at % 3 === 0 && !out.has(line) && !noBranches.has(line) ? all.slice(at, at + 3) : [],
  );
  const kept = functions?.filter(([, line]) => !out.has(line)) ?? [];
  const excluded = pairs.flatMap(([line]) => (out.has(line) ? [line] : []));
  return {
    path,
    lines: pairs.filter(([line]) => !out.has(line)).flat(),
    ...(kept.length > 0 && { functions: kept }),
    ...(ways.length > 0 && { branches: ways }),
    ...(outside !== undefined && { outside: outside.filter((line) => !out.has(line)) }),
    ...(isBoot && excluded.length > 0 && { excluded }),
  };
}
