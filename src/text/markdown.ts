/**
 * Writes guest text into GitHub-flavoured Markdown (https://github.github.com/gfm/) as text, code span or code block.
 * It does not trust any punctuation.
 */
import { visible, visibleLine } from "./visible.js";

/** Plain text inside a paragraph, heading or table cell: a numeric reference is never structure (section 6.2). */
export const markdownText = (text: string): string =>
  visibleLine(text)
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`);

const longestRun = (text: string): number =>
  Math.max(0, ...Array.from(text.matchAll(/`+/g), (match) => match[0].length));

/** A code block, fenced by more backticks than the text holds. */
export function markdownBlock(text: string, language = ""): string {
  const body = visible(text);
  const fence = "`".repeat(Math.max(3, longestRun(body) + 1));
  return `${fence}${language}\n${body}${body.endsWith("\n") ? "" : "\n"}${fence}\n`;
}
