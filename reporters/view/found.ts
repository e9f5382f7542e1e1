/**
 * What reports say of a finding besides its message: its kind, its place in the source or the function it happened in, and
 * its call trace. It does not format.
 */
import { findingWords, isPlaced } from "../../src/core/model/finding.js";
import { labelOf } from "../../src/core/finding-kinds.js";
import type { FindingModel } from "../../src/core/model.js";
import type { ReporterContext } from "../../src/core/reporter.js";
import { at, oneLine } from "./line.js";
import { traceLines } from "./trace.js";

/** `UBSAN`, `KASAN`, `WARNING`: the word in front of a finding. */
export const kindOf = ({ kind }: FindingModel): string => labelOf(kind);

/** `path:line:column`, or the function where no place is known; undefined where neither is. */
export function foundAt(context: ReporterContext, finding: FindingModel): string | undefined {
  if (isPlaced(finding)) return at(context, finding);
  return finding.function === undefined ? undefined : oneLine(finding.function, 200);
}

/** The place in the source; empty where none is known. */
export const placeOfFinding = ({
  file,
  line,
  column,
}: FindingModel): { readonly file?: string; readonly line?: number; readonly column?: number } =>
  isPlaced({ file }) ? { file, line, column } : {};

/** The call trace as lines, innermost first; empty where the report has none. */
export const findingTrace = ({ callTrace = [] }: FindingModel, context: ReporterContext): readonly string[] =>
  traceLines({ callTrace }, context);

/** `3 UBSAN findings`, and `2 findings (1 KASAN, 1 WARNING)` where they differ. */
export const findingCount = (findings: readonly FindingModel[], noun?: string): string =>
  findingWords(
    findings.map(({ kind }) => kind),
    noun,
  );
