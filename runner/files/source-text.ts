/**
 * Reads a source of the user's tree for a report. It does not read what is no plain file, is large, or lies outside of the
 * root, also by a link; what cannot be read is simply not shown.
 */
import { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { place, type PlaceRules } from "../../src/core/places.js";

const MOST_BYTES = 4 << 20;

/** The text of a file, by the name that an image has for it; undefined when there is none to show. */
export function sourceText(file: string, rules: PlaceRules): string | undefined {
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
