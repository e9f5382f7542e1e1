/** The matrix of a run for a terminal: a line for each machine and profile, then the cases that differ between them. */
import type { RunModel } from "../../src/core/model.js";
import { plural } from "../../src/core/plural.js";
import { firstOf } from "../../src/text/shorten.js";
import { clip, displayWidth, pad } from "../../src/text/width.js";
import { matrixWords } from "../view/matrix.js";
import { labelled, type Page, rule } from "./page.js";

const NAME_COLUMNS = 44;
const MOST_DIFFERING = 20;

/** The lines, below a rule; nothing for a run on one machine with one profile. */
export function* matrix(page: Page, run: RunModel): Generator<string> {
  const { theme } = page;
  const found = matrixWords(run);
  if (found === undefined) return;
  yield `\n${rule(page, "side by side")}`;
  const width = Math.min(NAME_COLUMNS, Math.max(...found.columns.map(displayWidth)));
  for (const [at, name] of found.columns.entries()) {
    const { text = "", tone = "faint" } = found.totals[at] ?? {};
    yield `${pad(clip(theme.safe(name), width, theme.ellipsis), width)}  ${theme.paint(tone, text)}`;
  }
  const { shown, more } = firstOf(found.differing, MOST_DIFFERING);
  for (const { name, line } of shown) yield* labelled(page, 0, `${theme.safe(name)}:`, line, "odd");
  if (more > 0) yield theme.paint("faint", `and ${plural(more, "more case")} that differ`);
}
