/** The benchmarks of a run for a terminal: what each takes, and what became of that since the baseline. */
import type { RunModel } from "../../src/core/model.js";
import { clip, displayWidth, pad } from "../../src/text/width.js";
import { benchmarkTable } from "../view/benchmarks.js";
import { type Page, rule } from "./page.js";

const NAME_COLUMNS = 44;

/** A line for each, below a rule; nothing where none was counted. */
export function* benchmarks(page: Page, run: RunModel): Generator<string> {
  const { theme } = page;
  const table = benchmarkTable(run);
  if (table === undefined) return;
  yield `\n${rule(page, "benchmarks")}`;
  const names = [...table.rows.map(({ name }) => name), ...table.gone].map((name) => theme.safe(name));
  const width = Math.min(NAME_COLUMNS, Math.max(...names.map(displayWidth)));
  const columns = Math.max(0, ...table.rows.map(({ words }) => words.length));
  const shown = (name: string): string => pad(clip(theme.safe(name), width, theme.ellipsis), width);
  for (const { name, words, change, tone } of table.rows)
    yield `${shown(name)}  ${words.padStart(columns)}${change === "" ? "" : `  ${theme.paint(tone, change)}`}`;
  for (const name of table.gone) yield `${shown(name)}  ${theme.paint("odd", "gone")}`;
}
