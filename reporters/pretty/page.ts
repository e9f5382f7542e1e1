/**
 * What every part of the terminal report shares: the destination's look and lines that fit its width.
 * It does not know what is reported.
 */
import type { ReporterContext } from "../../src/core/reporter.js";
import { clip, displayWidth, pad, wrap } from "../../src/text/width.js";
import { defang } from "../../src/text/workflow.js";
import { type Theme, themeFor, type Tone } from "../view/theme.js";

export interface Page {
  readonly context: ReporterContext;
  readonly theme: Theme;
}

export const pageFor = (context: ReporterContext): Page => ({ context, theme: themeFor(context) });

/** Text on one line, clipped to what is left after `indent`. */
export const fit = ({ theme }: Page, indent: number, text: string): string =>
  clip(text, Math.max(8, theme.width - indent), theme.ellipsis);

/** Fewer columns than this are not worth breaking a text for. */
const NARROW = 20;

/** Text broken into lines. What was harmless inside a line may not be at the start of one. */
const broken = (text: string, columns: number): readonly string[] =>
  wrap(text, Math.max(NARROW - 1, columns - 1)).map(defang);

/** Text after a label on as many lines as it needs, each below the first. */
export function labelled(
  page: Page,
  indent: number,
  label: string,
  text: string,
  tone: Tone,
): readonly string[] {
  const { theme } = page;
  const column = indent + displayWidth(label) + 1;
  if (theme.width - column < NARROW)
    return [...paragraph(page, indent, label, "faint"), ...paragraph(page, indent + 2, text, tone)];
  const pieces = broken(text, theme.width - column);
  return pieces.map((piece, at) => {
    const head = at === 0 ? `${" ".repeat(indent)}${theme.paint("faint", label)} ` : " ".repeat(column);
    return `${head}${theme.paint(tone, piece)}`;
  });
}

/** Text on as many lines as it needs after `indent`. */
export const paragraph = (
  page: Page,
  indent: number,
  text: string,
  tone: Tone = "plain",
): readonly string[] =>
  broken(text, page.theme.width - indent).map(
    (piece) => `${" ".repeat(indent)}${page.theme.paint(tone, piece)}`,
  );

/** A title: a badge, what it is about, and a place at the right edge where there is room. */
export function heading(
  page: Page,
  tone: "good" | "bad" | "odd",
  word: string,
  name: string,
  place: string | undefined,
): string {
  const { theme } = page;
  const badge = theme.badge(tone, word);
  const used = displayWidth(word) + 3;
  const right = place === undefined ? "" : `  ${place}`;
  const room = theme.width - used - displayWidth(right);
  const fits = room >= 16;
  const shown = clip(name, fits ? room : theme.width - used, theme.ellipsis);
  const first = `${badge} ${theme.paint("strong", fits && right !== "" ? pad(shown, room) : shown)}`;
  if (right === "") return first;
  return fits
    ? `${first}${theme.paint("strong", right)}`
    : [first, ...paragraph(page, 2, right.trimStart(), "strong")].join("\n");
}

/** A line across, with a word in it. */
export function rule({ theme }: Page, word: string): string {
  const head = `${theme.rule.repeat(2)} ${word} `;
  return theme.paint("faint", head + theme.rule.repeat(Math.max(2, theme.width - displayWidth(head))));
}
