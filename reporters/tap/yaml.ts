/**
 * Writes a diagnostic block as the smallest YAML that every TAP reader takes: maps, lists of maps, quoted strings.
 * It refuses lists of strings: the reader in Perl's TAP::Parser takes `- "a: b"` for a map and gives up.
 */
import { tapYaml } from "../../src/text/tap.js";

export type Diagnostic = { readonly [key: string]: DiagnosticValue };
type DiagnosticValue = string | number | Diagnostic | readonly Diagnostic[] | undefined;

const isList = (value: DiagnosticValue): value is readonly Diagnostic[] => Array.isArray(value);

function* entry(key: string, value: DiagnosticValue, indent: string): Generator<string> {
  if (value === undefined) return;
  if (typeof value === "string") yield `${indent}${key}: ${tapYaml(value)}`;
  else if (typeof value === "number") yield `${indent}${key}: ${value}`;
  else {
    const below = isList(value)
      ? value.flatMap((item) => [...listItem(item, `${indent}  `)])
      : [...entries(value, `${indent}  `)];
    if (below.length > 0) yield `${indent}${key}:`;
    yield* below;
  }
}

function* entries(map: Diagnostic, indent: string): Generator<string> {
  for (const [key, value] of Object.entries(map)) yield* entry(key, value, indent);
}

/** The first entry stands after the dash, the others below it. */
function* listItem(item: Diagnostic, indent: string): Generator<string> {
  let first = true;
  for (const line of entries(item, `${indent}  `)) {
    yield first ? `${indent}- ${line.slice(indent.length + 2)}` : line;
    first = false;
  }
}

/** The lines of a block, indented below its test point; none for an empty diagnostic. */
export function yamlBlock(diagnostic: Diagnostic, indent: string): readonly string[] {
  const lines = [...entries(diagnostic, `${indent}  `)];
  return lines.length === 0 ? [] : [`${indent}  ---`, ...lines, `${indent}  ...`];
}
