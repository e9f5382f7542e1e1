/** The matrix of a run in a job summary: programs by machine and profile, and the cases that differ below their program. */
import type { RunModel } from "../../src/core/model.js";
import { htmlCode, htmlText } from "../../src/text/html.js";
import { firstOf } from "../../src/text/shorten.js";
import { type CellWords, matrixWords } from "../view/matrix.js";
import { table } from "./html.js";

const MOST_PROGRAMS = 30;
const MOST_DIFFERING = 20;

const SIGN = new Map([
  ["good", "✅ "],
  ["bad", "❌ "],
]);

const cell = ({ text, tone }: CellWords): string => (text === "" ? "" : `${SIGN.get(tone) ?? ""}${text}`);

/** The table; empty for a run on one machine with one profile. */
export function matrix(model: RunModel): string {
  const found = matrixWords(model);
  if (found === undefined) return "";
  const head = ["", ...found.columns.map(htmlText)];
  const programs = firstOf(found.rows, MOST_PROGRAMS);
  const rows = programs.shown.map(({ program, cells }) => [htmlCode(program), ...cells.map(cell)]);
  const total = found.rows.length === 1 ? [] : [["<b>all</b>", ...found.totals.map(cell)]];
  const differing = firstOf(found.differing, MOST_DIFFERING);
  const cases = differing.shown.map(({ name, words }) => [htmlCode(name), ...words.map(htmlText)]);
  const more = [
    ...(programs.more > 0 ? [`${programs.more} more programs are not shown.`] : []),
    ...(differing.more > 0 ? [`${differing.more} more cases differ.`] : []),
  ];
  return `${table(head, [...rows, ...total, ...cases])}${more.length === 0 ? "" : `<p>${more.join(" ")}</p>\n\n`}`;
}
