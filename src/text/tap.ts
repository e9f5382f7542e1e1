/**
 * Escapes guest text for TAP 13 and 14 (https://testanything.org/tap-version-14-specification.html).
 * It refuses to decide what is printed; it only keeps a description from becoming a directive, a subtest or a line.
 */
import { visible, visibleLine } from "./visible.js";

/**
 * A description or the reason behind a directive: one line, `\` and `#` escaped. A final `{` is spelled, because it
 * would open a buffered subtest for some parsers and has no escape.
 */
export function tapDescription(text: string): string {
  const line = visibleLine(text).trim().replace(/\\/g, "\\\\").replace(/#/g, "\\#");
  return (line.endsWith("{") ? `${line.slice(0, -1)}\\\\x7b` : line) || "(no name)";
}

/**
 * A YAML scalar, always in double quotes. JSON strings are YAML 1.2 double-quoted scalars; older YAML readers in TAP
 * harnesses know only some escapes, so nothing but `\n`, `\t`, `\"` and `\\` is left to escape.
 */
export const tapYaml = (text: string): string => JSON.stringify(visible(text));
