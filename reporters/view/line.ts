/**
 * Puts what a guest said on one harmless line of bounded length. It does not escape for a format.
 */
import type { ReporterContext } from "../../src/core/reporter.js";
import { shorten } from "../../src/text/shorten.js";
import { visibleLine } from "../../src/text/visible.js";

/** Longest name, message and line of the console that a report shows. */
export const NAME_MAX = 200;
export const MESSAGE_MAX = 1000;

/** One line; cut first, so that a megabyte costs nothing. */
export const oneLine = (text: string, max = MESSAGE_MAX): string => visibleLine(shorten(text, max));

export const nameOf = (text: string): string => oneLine(text, NAME_MAX).trim() || "(no name)";

/** `path:line:column` as the user knows it; undefined without a file. */
export function at(
  context: ReporterContext,
  where: { readonly file?: string; readonly line?: number; readonly column?: number },
): string | undefined {
  if (where.file === undefined) return undefined;
  const path = nameOf(context.place(where.file).path);
  const { line = 0, column = 0 } = where;
  if (line <= 0) return path;
  return column > 0 ? `${path}:${line}:${column}` : `${path}:${line}`;
}
