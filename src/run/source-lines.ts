/**
 * A few lines of the user's sources for a report; what cannot be read is simply not shown.
 */
import { sourceText } from "../../runner/files/source-text.js";
import type { PlaceRules } from "../core/places.js";
import type { SourceExcerpt } from "../core/fault.js";

const MOST_CHARS = 200;
const LINES_AROUND = 1;

/** The lines around a line of a file as the image names it; undefined when the file, or the line in it, is not there. */
export function sourceAround(file: string, line: number, rules: PlaceRules): SourceExcerpt | undefined {
  const lines = sourceText(file, rules)?.split(/\r?\n/);
  if (lines === undefined || line > lines.length) return undefined;
  const firstLine = Math.max(1, line - LINES_AROUND);
  const around = lines.slice(firstLine - 1, line + LINES_AROUND);
  // What follows the last line feed is no line.
  if (line + LINES_AROUND >= lines.length && around.at(-1) === "") around.pop();
  const texts = around.map((text) => text.slice(0, MOST_CHARS));
  return texts.length <= line - firstLine ? undefined : { file, line, firstLine, texts };
}
