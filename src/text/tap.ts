/**
 * Escapes guest text for TAP 13 and 14 (https://testanything.org/tap-version-14-specification.html).
 * It does not decide what is printed; it only keeps a description from becoming a directive, a subtest or a line.
 */
import { visibleLine } from "./visible.js";
import { defang } from "./workflow.js";

/**
 * A name as a comment shows it, unescaped: one line, never empty. A final `{` is spelled, because in a description it
 * would open a buffered subtest for some parsers and has no escape. The name in `# Subtest:` has to be this one: parsers
 * compare it with what the description of the subtest's own point reads as.
 */
export function tapComment(text: string): string {
  const line = defang(visibleLine(text)).trim();
  return (line.endsWith("{") ? `${line.slice(0, -1)}\\x7b` : line) || "(no name)";
}

/** A description, or the reason after a directive: `\` and `#` are escaped. */
export const tapDescription = (text: string): string =>
  tapComment(text).replace(/\\/g, "\\\\").replace(/#/g, "\\#");

/**
 * A YAML scalar, always in double quotes. JSON strings are YAML 1.2 double-quoted scalars; older YAML readers in TAP
 * harnesses know only some escapes, so nothing but `\n`, `\t`, `\"` and `\\` is left to escape.
 */
export const tapYaml = (text: string): string => JSON.stringify(defang(text));
