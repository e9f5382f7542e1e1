/**
 * Picks the lines of a case's console around what went wrong in it. It does not keep more than a few.
 */
import type { CaseModel } from "../../src/core/model.js";
import { oneLine } from "./line.js";

export interface ConsoleRow {
  readonly line: number;
  readonly text: string;
  /** True for the assertion itself, false for what the guest printed around it. */
  readonly marked: boolean;
}

export interface ConsoleView {
  readonly rows: readonly ConsoleRow[];
  /** Lines of the case that are not shown, those included that were never kept. */
  readonly hidden: number;
}

const BEFORE = 4;
// The place of the assertion, and the rows that show where two blocks of memory differ.
const AFTER = 4;
const ROWS_MAX = 16;
const MARKS_MAX = 8;

/** Lines near a failing assertion, in a log's sense of near; without one, the last lines of the case. */
export function consoleView(one: CaseModel): ConsoleView {
  const marks = one.assertions.filter((assertion) => assertion.status === "failed").slice(0, MARKS_MAX);
  const total = one.output.length + one.droppedConsoleLines;
  const near =
    marks.length === 0
      ? one.output.slice(-ROWS_MAX)
      : one.output
          .filter(({ line }) =>
            marks.some(({ origin }) => line >= origin.line - BEFORE && line <= origin.line + AFTER),
          )
          .slice(0, ROWS_MAX);
  if (near.length === 0) return { rows: [], hidden: total };
  const rows = [
    ...near.map(({ line, text }) => ({ line, text: oneLine(text, 400), marked: false })),
    ...marks.map(({ origin, message }) => ({ line: origin.line, text: oneLine(message, 400), marked: true })),
  ].sort((a, b) => a.line - b.line);
  return { rows, hidden: total - near.length };
}
