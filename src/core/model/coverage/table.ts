/**
 * Joins the coverage of boots and cases into one: what boots did is added up, what cases did is kept as it is. Time and
 * memory grow with the lines that are given, not with lines times cases. It judges nothing.
 */
import type {
  CaseCoverage,
  CoverageGiven,
  CoverageKind,
  CoverageModel,
  FileCoverage,
  FileHits,
  FunctionHits,
} from "../coverage.js";
import { linePairs } from "./counts.js";

interface OpenFile {
  readonly lines: Map<number, number>;
  /** By name and line. */
  readonly functions: Map<string, FunctionHits>;
  /** By line and number. */
  readonly branches: Map<string, readonly [line: number, nth: number, count: number]>;
  readonly outside: Set<number>;
  readonly excluded: Set<number>;
}

export class CoverageTable {
  readonly #kinds = new Set<CoverageKind>();
  readonly #files = new Map<string, OpenFile>();
  readonly #cases = new Map<string, Map<string, FileHits>>();
  readonly #names = new Map<string, { readonly suite: string; readonly case: string }>();

  /** Takes what a boot did as a whole. */
  addBoot({ kind, files }: CoverageGiven): void {
    this.#kinds.add(kind);
    for (const hits of files) {
      const open = this.#fileOf(hits.path);
      addTo(open, hits);
      // Where cases were not followed, nothing is known to have run in them alone.
      if (hits.outside === undefined)
        for (const [line, count] of linePairs(hits.lines)) if (count > 0) open.outside.add(line);
    }
  }

  /** Takes what a case did; of one that ran several times, each adds to the earlier ones. */
  addCase(suite: string, name: string, { files }: Pick<CoverageGiven, "files">): void {
    const key = `${suite}\n${name}`;
    this.#names.set(key, { suite, case: name });
    const own = this.#cases.get(key) ?? new Map<string, FileHits>();
    this.#cases.set(key, own);
    for (const hits of files) {
      const known = own.get(hits.path);
      own.set(hits.path, known === undefined ? hits : joined([known, hits]));
    }
  }

  /** What is known so far; undefined where no boot said anything. */
  model(): CoverageModel | undefined {
    if (this.#kinds.size === 0) return undefined;
    const cases = [...this.#cases].flatMap(([key, files]): readonly CaseCoverage[] => {
      const name = this.#names.get(key);
      return name === undefined ? [] : [{ ...name, files: [...files.values()] }];
    });
    return {
      kinds: [...this.#kinds],
      files: [...this.#files]
        .map(([path, open]) => closed(path, open))
        .sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path))),
      cases,
    };
  }

  #fileOf(path: string): OpenFile {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const made = emptyFile();
    this.#files.set(path, made);
    return made;
  }
}

const emptyFile = (): OpenFile => ({
  lines: new Map(),
  functions: new Map(),
  branches: new Map(),
  outside: new Set(),
  excluded: new Set(),
});

/** Adds counts. One that is -1 is of a branch that nothing reached: it adds nothing to one that was reached. */
function addTo({ lines, functions, branches, outside, excluded }: OpenFile, hits: FileHits): void {
  for (const line of hits.excluded ?? []) excluded.add(line);
  for (const line of hits.outside ?? []) outside.add(line);
  for (const [line, count] of linePairs(hits.lines)) lines.set(line, (lines.get(line) ?? 0) + count);
  for (const [name, line, count] of hits.functions ?? []) {
    const key = `${name}\n${String(line)}`;
    functions.set(key, [name, line, (functions.get(key)?.[2] ?? 0) + count]);
  }
  const given = hits.branches ?? [];
  for (let at = 0; at + 2 < given.length; at += 3) {
    const [line = 0, nth = 0, count = 0] = [given[at], given[at + 1], given[at + 2]];
    const key = `${String(line)}.${String(nth)}`;
    const known = branches.get(key)?.[2] ?? -1;
    branches.set(key, [line, nth, known < 0 ? count : known + Math.max(count, 0)]);
  }
}

const ascending = (lines: Iterable<number>): readonly number[] => [...lines].sort((a, b) => a - b);

function closed(path: string, open: OpenFile): FileCoverage {
  const { lines, functions, branches, outside, excluded } = open;
  return {
    path,
    lines: new Map([...lines].sort(([a], [b]) => a - b)),
    functions: [...functions.values()].sort((a, b) => a[1] - b[1]),
    branches: [...branches.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]).flat(),
    outside: ascending(outside),
    excluded: ascending(excluded),
  };
}

/** Several readings of one source, added up. */
export function joined(all: readonly FileHits[]): FileHits {
  const open = emptyFile();
  for (const hits of all) addTo(open, hits);
  const path = all[0]?.path ?? "";
  const { lines, functions, branches, outside, excluded } = closed(path, open);
  return {
    path,
    lines: [...lines].flat(),
    ...(functions.length > 0 && { functions }),
    ...(branches.length > 0 && { branches }),
    ...(all.some((hits) => hits.outside !== undefined) && { outside }),
    ...(excluded.length > 0 && { excluded }),
  };
}
