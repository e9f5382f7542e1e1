/**
 * Reads a few lines of the user's sources for a report. It refuses whatever is not a plain file of bounded size below
 * the root, also where a link leads out of it; what cannot be read is simply not shown.
 */
import { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { place, type PlaceRules } from "../core/places.js";
import type { SourceExcerpt } from "../core/fault.js";

const MOST_BYTES = 4 << 20;
const MOST_CHARS = 200;
const LINES_AROUND = 1;

/** The text of a file of the user's tree; undefined when there is none to show. */
function textOf(file: string, rules: PlaceRules): string | undefined {
  const { path, inTree } = place(file, rules);
  if (!inTree) return undefined;
  try {
    const root = realpathSync(rules.root);
    const real = realpathSync(join(rules.root, path));
    if (!real.startsWith(root.endsWith(sep) ? root : root + sep) || !statSync(real).isFile())
      return undefined;
    const descriptor = openSync(real, "r");
    try {
      const { size } = fstatSync(descriptor);
      if (size > MOST_BYTES) return undefined;
      const bytes = Buffer.alloc(size);
      return bytes.toString("utf8", 0, readSync(descriptor, bytes, 0, size, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // No such file, or none for us.
    return undefined;
  }
}

/** The lines around a line of a file as the image names it; undefined when the file, or the line in it, is not there. */
export function sourceAround(file: string, line: number, rules: PlaceRules): SourceExcerpt | undefined {
  const lines = textOf(file, rules)?.split(/\r?\n/);
  if (lines === undefined || line > lines.length) return undefined;
  const firstLine = Math.max(1, line - LINES_AROUND);
  const around = lines.slice(firstLine - 1, line + LINES_AROUND);
  // What follows the last line feed is no line.
  if (line + LINES_AROUND >= lines.length && around.at(-1) === "") around.pop();
  const texts = around.map((text) => text.slice(0, MOST_CHARS));
  return texts.length <= line - firstLine ? undefined : { file, line, firstLine, texts };
}
