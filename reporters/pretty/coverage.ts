/** The table of what ran, for a terminal: sources that lack most first, and which of their lines did not run. */
import type { RunModel } from "../../src/core/model.js";
import { plural } from "../../src/core/plural.js";
import { clip, displayWidth, pad } from "../../src/text/width.js";
import {
  changedMissed,
  changedWords,
  type CoverageRow,
  coverageTable,
  excludedWords,
} from "../view/coverage.js";
import { labelled, type Page, paragraph, rule } from "./page.js";

const NAME_COLUMNS = 44;
const COLUMNS: readonly (readonly [title: string, of: (row: CoverageRow) => string, columns: number])[] = [
  ["lines", ({ lines }) => lines, 8],
  ["functions", ({ functions }) => functions, 10],
  ["branches", ({ branches }) => branches, 9],
];

/** The lines of the table, below a rule; nothing where coverage was not measured. */
export function* coverage(page: Page, run: RunModel): Generator<string> {
  const { coverage: model } = run;
  if (model === undefined) return;
  const { theme, context } = page;
  const { total, files, more } = coverageTable(model, context);
  const names = [...files, total].map(({ path }) => displayWidth(theme.safe(path)));
  const width = Math.min(NAME_COLUMNS, Math.max(...names, 6));
  yield `\n${rule(page, `coverage (${model.kinds.join(", ")})`)}`;
  const head = COLUMNS.map(([title, , columns]) => title.padStart(columns)).join(" ");
  yield theme.paint("faint", `${pad("", width)} ${head}  did not run`);
  const numbers = (row: CoverageRow): string =>
    COLUMNS.map(([, of, columns]) => of(row).padStart(columns)).join(" ");
  const room = theme.width - width - displayWidth(head) - 3;
  for (const row of files) {
    const name = pad(clip(theme.safe(row.path), width, theme.ellipsis), width);
    const missed = room < 8 ? "" : `  ${clip(row.missed, room, theme.ellipsis)}`;
    yield theme.paint(row.missed === "" ? "plain" : "odd", `${name} ${numbers(row)}`) + missed;
  }
  if (more > 0) yield theme.paint("faint", `and ${plural(more, "more source")}`);
  yield `${pad(total.path, width)} ${numbers(total)}`;
  const excluded = excludedWords(model);
  if (excluded !== undefined) yield theme.paint("faint", excluded);
  const changed = changedWords(run);
  if (changed === undefined) return;
  yield "";
  yield* paragraph(page, 0, changed, "strong");
  for (const { path, missed } of changedMissed(run, context))
    yield* labelled(page, 2, `${theme.safe(path)} did not run:`, missed, "odd");
}
