/** What a run has left out on purpose, and why not more, in lines for people. It names no case. */
import type { RunModel } from "../../src/core/model.js";
import { becauseWords, selectionWords } from "../../src/core/plan/selection.js";

/** Nothing where all was to run. */
export function selectionLines({ selection }: RunModel): readonly string[] {
  if (selection === undefined) return [];
  const because = becauseWords(selection);
  return [selectionWords(selection), ...(because === undefined ? [] : [because])];
}
