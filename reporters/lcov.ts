/**
 * Writes which lines ran in lcov's trace format, for genhtml, editors and services: a record for each case and source, so
 * that they show which case ran a line, and one for what ran outside of them. It reads no source.
 * Source of the format: geninfo(1) of lcov 1.16; lcov 2 reads it as well.
 */
import type { CaseCoverage, CoverageModel, FileCoverage, FileHits } from "../src/core/model/coverage.js";
import { fileCounts, linePairs } from "../src/core/model/coverage/counts.js";
import { atEnd, type Reporter, type ReporterContext } from "../src/core/reporter.js";
import { visibleLine } from "../src/text/visible.js";

const OUTSIDE = "outside_of_cases";

/** Names of tests have letters, digits and underscores. */
const testName = ({ suite, case: name }: CaseCoverage): string => `${suite}__${name}`.replaceAll(/\W/g, "_");

export const reporter: Reporter = {
  name: "lcov",
  summary: "which lines ran, with --coverage, in the format of lcov",
  render: atEnd((model, context) => (model.coverage === undefined ? [] : tracefile(model.coverage, context))),
};

function* tracefile(coverage: CoverageModel, context: ReporterContext): Generator<string> {
  const path = (of: string): string => visibleLine(context.place(of).path);
  const inCases = sumsOf(coverage.cases);
  for (const file of coverage.files) yield* wholeRecord(file, path(file.path), inCases.get(file.path));
  for (const one of coverage.cases)
    for (const hits of one.files) yield* caseRecord(testName(one), path(hits.path), hits);
}

/** How often the cases together ran the lines of each source. */
function sumsOf(cases: readonly CaseCoverage[]): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const all = new Map<string, Map<number, number>>();
  for (const { files } of cases)
    for (const { path, lines } of files) {
      const sums = all.get(path) ?? new Map<number, number>();
      all.set(path, sums);
      for (const [line, count] of linePairs(lines)) sums.set(line, (sums.get(line) ?? 0) + count);
    }
  return all;
}

/** All lines of a source, with the counts that no case has: readers add up the records of a source. */
function* wholeRecord(
  file: FileCoverage,
  path: string,
  inCases: ReadonlyMap<number, number> | undefined,
): Generator<string> {
  const { lines, functions, branches } = fileCounts(file);
  yield `TN:${OUTSIDE}\nSF:${path}\n`;
  for (const [name, line] of file.functions) yield `FN:${String(line)},${visibleLine(name)}\n`;
  for (const [name, , count] of file.functions) yield `FNDA:${String(count)},${visibleLine(name)}\n`;
  yield `FNF:${String(functions.all)}\nFNH:${String(functions.hit)}\n`;
  for (let at = 0; at + 2 < file.branches.length; at += 3) {
    const [line = 0, nth = 0, count = -1] = file.branches.slice(at, at + 3);
    yield `BRDA:${String(line)},0,${String(nth)},${count < 0 ? "-" : String(count)}\n`;
  }
  yield `BRF:${String(branches.all)}\nBRH:${String(branches.hit)}\n`;
  for (const [line, count] of file.lines)
    yield `DA:${String(line)},${String(Math.max(0, count - (inCases?.get(line) ?? 0)))}\n`;
  yield `LF:${String(lines.all)}\nLH:${String(lines.hit)}\nend_of_record\n`;
}

function* caseRecord(test: string, path: string, { lines }: FileHits): Generator<string> {
  yield `TN:${test}\nSF:${path}\n`;
  for (const [line, count] of linePairs(lines)) yield `DA:${String(line)},${String(count)}\n`;
  const ran = String(lines.length / 2);
  yield `LF:${ran}\nLH:${ran}\nend_of_record\n`;
}
