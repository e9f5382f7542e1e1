/** What the guests of a run had of the host besides their serial line, as a sentence; none where they had nothing. */
import type { RunModel } from "../../src/core/model.js";

export const openingLines = ({ openings = [] }: RunModel): readonly string[] =>
  openings.length === 0 ? [] : [`the guests had: ${openings.join("; ")}`];
