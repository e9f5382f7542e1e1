/**
 * What `llvm-cov export -format=lcov` prints, as hits of its sources. It runs nothing; a line that it does not know is passed
 * over, and one that is no record of numbers is an error.
 * Source of the format: geninfo(1) of lcov 1.16; LLVM's tools/llvm-cov/CoverageExporterLcov.cpp, LLVM 14 and later.
 */
import { RigError } from "../core/errors.js";
import type { FileHits, FunctionHits } from "../core/model/coverage.js";

interface OpenFile {
  readonly path: string;
  readonly lines: number[];
  /** Line of each function, and how often it was called. */
  readonly functions: Map<string, { line: number; calls: number }>;
  /** Counts of each line's branches, in their order. */
  readonly branches: Map<number, number[]>;
}

/**
 * Reads what was printed of one profile.
 * @returns each source once, in the order in which they stand there
 * @throws RigError for text that is none of that form
 */
export function readLlvmReport(text: string): readonly FileHits[] {
  const files: FileHits[] = [];
  let open: OpenFile | undefined;
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    const [key, value] = colon < 0 ? [line, ""] : [line.slice(0, colon), line.slice(colon + 1)];
    if (key === "SF") open = { path: value, lines: [], functions: new Map(), branches: new Map() };
    else if (open !== undefined) {
      take(open, key, value);
      if (key === "end_of_record") {
        files.push(closed(open));
        open = undefined;
      }
    }
  }
  if (open !== undefined) throw new RigError("llvm-cov prints a report that is cut off");
  return files;
}

function take(file: OpenFile, key: string, value: string): void {
  if (key === "DA") file.lines.push(...numbers(value, 2));
  else if (key === "FN") {
    const [line = 0] = numbers(value.slice(0, value.indexOf(",")), 1);
    file.functions.set(nameIn(value), { line, calls: 0 });
  } else if (key === "FNDA") {
    const [calls = 0] = numbers(value.slice(0, value.indexOf(",")), 1);
    const known = file.functions.get(nameIn(value));
    if (known !== undefined) known.calls = calls;
  } else if (key === "BRDA") {
    const [line = 0, , , count = -1] = numbers(value.replace(/-$/, "-1"), 4);
    const known = file.branches.get(line);
    if (known === undefined) file.branches.set(line, [count]);
    else known.push(count);
  }
}

/** One that is static has its file in front. */
const nameIn = (value: string): string => value.slice(value.indexOf(",") + 1).replace(/^.*[:;]/, "");

function numbers(value: string, count: number): readonly number[] {
  const all = value.split(",").map(Number);
  if (all.length < count || all.some((one) => !Number.isInteger(one)))
    throw new RigError(`llvm-cov prints "${value}", which is not known`);
  return all.slice(0, count).map((one) => Math.min(one, Number.MAX_SAFE_INTEGER));
}

const closed = ({ path, lines, functions, branches }: OpenFile): FileHits => ({
  path,
  lines,
  functions: [...functions].map(([name, { line, calls }]): FunctionHits => [name, line, calls]),
  branches: [...branches]
    .sort(([a], [b]) => a - b)
    .flatMap(([line, counts]) => counts.flatMap((count, nth) => [line, nth, count])),
});
