/** The matrix of a run at the top of the page: programs by machine and profile, and the cases that differ. It needs no script. */
import { htmlText } from "../../src/text/html.js";
import { firstOf } from "../../src/text/shorten.js";
import { type CellWords, matrixWords } from "../view/matrix.js";
import type { Scene } from "./scene.js";

const MOST_PROGRAMS = 100;
const MOST_DIFFERING = 100;

const row = (name: string, cells: readonly string[]): string =>
  `<tr><th scope="row">${htmlText(name)}</th>${cells.join("")}</tr>\n`;

const cell = ({ text, tone }: CellWords): string =>
  `<td class="${tone === "bad" ? "failed" : tone === "good" ? "passed" : "none"}">${htmlText(text)}</td>`;

/** The table; empty for a run on one machine with one profile. */
export function matrix({ model }: Scene): string {
  const found = matrixWords(model);
  if (found === undefined) return "";
  const columns = found.columns.map((name) => `<th scope="col">${htmlText(name)}</th>`).join("");
  const programs = firstOf(found.rows, MOST_PROGRAMS);
  const differing = firstOf(found.differing, MOST_DIFFERING);
  const rows = [
    ...programs.shown.map(({ program, cells }) => row(program, cells.map(cell))),
    ...(found.rows.length === 1 ? [] : [row("all", found.totals.map(cell))]),
    ...differing.shown.map(({ name, words }) =>
      row(
        name,
        words.map((word) => `<td class="${word === "passed" ? "passed" : "failed"}">${htmlText(word)}</td>`),
      ),
    ),
  ];
  const more = [
    ...(programs.more > 0 ? [`${programs.more} more programs`] : []),
    ...(differing.more > 0 ? [`${differing.more} more cases that differ`] : []),
  ];
  const rest = more.length === 0 ? "" : `<p class="quiet">and ${more.join(", ")}</p>\n`;
  const isOpen = found.totals.some(({ tone }) => tone === "bad") || found.differing.length > 0;
  const title = `Side by side: ${String(found.columns.length)} machines and profiles`;
  return `<details class="matrix"${isOpen ? " open" : ""}><summary>${title}</summary>\n<div class="scroll"><table>\n<thead><tr><td></td>${columns}</tr></thead>\n<tbody>\n${rows.join("")}</tbody>\n</table></div>\n${rest}</details>\n`;
}
