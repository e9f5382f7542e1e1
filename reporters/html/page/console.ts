/**
 * Lines of a console, of source and of a log: numbers, text with its colours, marks. It does not read an escape sequence;
 * ansi.ts has done that.
 */
import type { LineData, Span } from "../data.js";
import { el, type Child } from "./dom.js";

function spanOf(span: Span): Child {
  if (typeof span === "string") return span;
  const [text, styles] = span;
  return el(
    `span.${styles
      .split(" ")
      .map((name) => `a-${name}`)
      .join(".")}`,
    {},
    text,
  );
}

export interface Line {
  readonly line: number;
  readonly content: readonly Child[];
  /** The line that everything is about. */
  readonly marked?: boolean;
}

export const consoleLine = ({ line, spans }: LineData): Line => ({ line, content: spans.map(spanOf) });

/** Lines with their numbers in front, in a box that scrolls sideways. */
export function lines(what: string, label: string, all: readonly Line[]): HTMLElement {
  const digits = String(all.reduce((most, { line }) => Math.max(most, line), 0)).length;
  const body = all.map(({ line, content, marked = false }) =>
    el(
      marked ? "div.l.marked" : "div.l",
      {},
      el("span.n", { "aria-hidden": "true" }, String(line).padStart(digits)),
      el("span.t", {}, ...content),
    ),
  );
  const inner = el("div.lines-in", {}, ...body);
  return el(`div.lines.${what}`, { tabindex: "0", role: "group", "aria-label": label }, inner);
}
