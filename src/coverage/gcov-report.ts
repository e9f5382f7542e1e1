/**
 * What `gcov --json-format` says of one object, as hits of its sources. It runs nothing, and takes no field on trust.
 * Source of the format: GCC manual, "Invoking gcov", format version 1 (gcc 9 and later).
 */
import * as v from "valibot";
import { RigError } from "../core/errors.js";
import type { FileHits, FunctionHits } from "../core/model/coverage.js";

const count = v.pipe(v.number(), v.minValue(0));

const report = v.object({
  data_file: v.string(),
  files: v.array(
    v.object({
      file: v.string(),
      functions: v.array(v.object({ name: v.string(), start_line: count, execution_count: count })),
      lines: v.array(
        v.object({
          line_number: count,
          count: v.number(),
          branches: v.optional(v.array(v.object({ count: v.number() }))),
        }),
      ),
    }),
  ),
});

export interface ObjectReport {
  /** The name of the data file, as it was handed over. */
  readonly dataFile: string;
  readonly files: readonly FileHits[];
}

/**
 * Reads one document.
 * @throws RigError for one that is not of that form
 */
export function readGcovReport(document: string): ObjectReport {
  const result = v.safeParse(report, parsed(document));
  if (!result.success)
    throw new RigError(
      `gcov prints what is not known: ${v.getDotPath(result.issues[0]) ?? "the whole document"}`,
    );
  const { data_file: dataFile, files } = result.output;
  return { dataFile, files: files.map(hitsOf) };
}

function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    throw new RigError("gcov prints no JSON", "it has to be of gcc 9 or later");
  }
}

type FileReport = v.InferOutput<typeof report>["files"][number];

/** A line may stand there several times, once for each copy of its function: the greatest count is that of the line. */
function hitsOf({ file, functions, lines }: FileReport): FileHits {
  const counts = new Map<number, number>();
  const branches = new Map<number, readonly number[]>();
  for (const { line_number: line, count: hits, branches: own = [] } of lines) {
    const whole = atLeastZero(hits);
    counts.set(line, Math.max(counts.get(line) ?? 0, whole));
    if (own.length > 0) branches.set(line, branchesOf(own, whole, branches.get(line)));
  }
  return {
    path: file,
    lines: [...counts].sort(([a], [b]) => a - b).flat(),
    functions: functions.map(({ name, start_line: line, execution_count: calls }): FunctionHits => [
      name,
      line,
      atLeastZero(calls),
    ]),
    branches: [...branches]
      .sort(([a], [b]) => a - b)
      .flatMap(([line, own]) => own.flatMap((hits, nth) => [line, nth, hits])),
  };
}

/** Counters of a guest that was interrupted while it counted may come out below zero. */
const atLeastZero = (value: number): number =>
  Math.min(Math.max(Math.trunc(value), 0), Number.MAX_SAFE_INTEGER);

const branchesOf = (
  own: readonly { readonly count: number }[],
  reached: number,
  known: readonly number[] | undefined,
): readonly number[] =>
  own.map(({ count: hits }, nth) => Math.max(reached === 0 ? -1 : atLeastZero(hits), known?.[nth] ?? -1));
