/**
 * The few elements of a job summary: tables, things that open, links. They are HTML in Markdown, because there no guest
 * text is ever read as Markdown; it refuses empty lines, which would end that.
 */
import type { ReporterContext } from "../../src/core/reporter.js";
import { htmlCode, htmlText } from "../../src/text/html.js";
import { visibleLine } from "../../src/text/visible.js";
import { nameOf } from "../view/line.js";

interface Where {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** A place as code, with a link where somebody shows that file; empty without a file. */
export function placeHtml(context: ReporterContext, { file, line }: Where): string {
  if (file === undefined) return "";
  const { path, inTree } = context.place(file);
  const number = line !== undefined && line > 0 ? line : undefined;
  const shown = htmlCode(number === undefined ? nameOf(path) : `${nameOf(path)}:${number}`);
  const { link } = context;
  return inTree && link !== undefined
    ? `<a href="${htmlText(link(visibleLine(path), number))}">${shown}</a>`
    : shown;
}

/** A table. Cells are HTML; a row that is one cell only spans what is left. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]): string => {
    const last = cells.length - 1;
    const span = head.length - last;
    const row = cells.map((cell, at) =>
      at === last && span > 1 ? `<td colspan="${span}">${cell}</td>` : `<td>${cell}</td>`,
    );
    return `<tr>${row.join("")}</tr>\n`;
  };
  const titles = head.map((title) => `<th align="left">${title}</th>`).join("");
  return `<table>\n<tr>${titles}</tr>\n${rows.map(line).join("")}</table>\n\n`;
}

/** Something that opens. The summary is HTML, the body Markdown. */
export const details = (summary: string, body: string, isOpen = false): string =>
  `<details${isOpen ? ' open=""' : ""}>\n<summary>${summary}</summary>\n\n${body}</details>\n\n`;
