/**
 * The coverage of a run for its page: sources with the lines that have code, their text as far as there is room, and which
 * case ran which line. Bounded: a page has to open.
 */
import type { CoverageModel } from "../../src/core/model/coverage.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { visibleLine } from "../../src/text/visible.js";
import { nameOf } from "../view/line.js";
import type { CoverageData, SourceData } from "./data.js";

/** Sources on the page: those with the most code. */
const SOURCES_MAX = 500;
/** Characters of all texts together, and of one line. */
const TEXT_MAX = 4_000_000;
const LINE_MAX = 400;
/** Lines of cases, of all together. */
const HITS_MAX = 400_000;

/** The data; undefined where nothing is known of it. */
export function coverageDataOf(
  coverage: CoverageModel | undefined,
  context: ReporterContext,
): CoverageData | undefined {
  if (coverage === undefined) return undefined;
  const kept = [...coverage.files].sort((a, b) => b.lines.size - a.lines.size).slice(0, SOURCES_MAX);
  const files = coverage.files.filter((file) => kept.includes(file));
  let room = TEXT_MAX;
  const sources = files.map((file): SourceData => {
    const text = textOf(context.source?.(file.path));
    const length = text?.reduce((sum, line) => sum + line.length + 3, 0) ?? 0;
    const fits = text !== undefined && length <= room;
    if (fits) room -= length;
    return {
      path: nameOf(context.place(file.path).path),
      lines: [...file.lines].flat(),
      ...(fits && { text }),
    };
  });
  return {
    kind: coverage.kinds.join(", "),
    counts: coverage.kinds.some((kind) => kind !== "object"),
    sources,
    cases: casesOf(coverage, new Map(files.map(({ path }, index) => [path, index]))),
  };
}

/** Columns of a tab. */
const TAB = 8;

/** Lines as the page shows them; what follows the last line feed is none. */
function textOf(lines: readonly string[] | undefined): readonly string[] | undefined {
  const whole = lines?.at(-1) === "" ? lines.slice(0, -1) : lines;
  return whole?.map((line) => visibleLine(untabbed(line.slice(0, LINE_MAX))));
}

function untabbed(line: string): string {
  let column = 0;
  return line.replaceAll(/[^\t]+|\t/g, (piece) => {
    const text = piece === "\t" ? " ".repeat(TAB - (column % TAB)) : piece;
    column += text.length;
    return text;
  });
}

function casesOf({ cases }: CoverageModel, indexes: ReadonlyMap<string, number>): CoverageData["cases"] {
  let room = HITS_MAX;
  return cases.flatMap(({ suite, case: name, files }): CoverageData["cases"] => {
    const ran = files.flatMap(({ path, lines }) => {
      const index = indexes.get(path);
      const hit = lines.filter((_, at) => at % 2 === 0);
      if (index === undefined || hit.length > room) return [];
      room -= hit.length;
      return [[index, hit] as const];
    });
    return ran.length === 0 ? [] : [[nameOf(`${suite}.${name}`), ran]];
  });
}
