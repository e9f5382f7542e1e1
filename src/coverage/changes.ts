/**
 * The lines that a diff adds or changes, by file. It asks no version control.
 * Source of the format: GNU diffutils, "Detailed Description of Unified Format", as git writes it with `--unified=0`.
 */
import type { ChangedFile } from "../core/model/coverage.js";

/** A whole file, as the last line of a range. */
const LAST_LINE = 0x7fff_ffff;

/** Reads a diff whose paths begin with `b/`; files that are gone have no lines. */
export function changedLines(diff: string, untracked: readonly string[]): readonly ChangedFile[] {
  const files: { readonly path: string; readonly lines: number[] }[] = [];
  let left = 0;
  for (const line of diff.split("\n")) {
    // Text of a hunk may look like a head.
    if (left > 0 && /^[-+]/.test(line)) {
      left -= 1;
      continue;
    }
    const path = /^\+\+\+ (?:b\/(.*?)|"b\/(.*)")\t?$/.exec(line);
    if (path !== null) files.push({ path: path[1] ?? unquoted(path[2] ?? ""), lines: [] });
    else if (line.startsWith("+++ ")) files.push({ path: "", lines: [] });
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk === null) continue;
    const [gone, first, count] = [Number(hunk[1] ?? 1), Number(hunk[2]), Number(hunk[3] ?? 1)];
    left = gone + count;
    if (count > 0) files.at(-1)?.lines.push(first, first + count - 1);
  }
  return [
    ...files.filter(({ path, lines }) => path !== "" && lines.length > 0),
    ...untracked.map((path) => ({ path, lines: [1, LAST_LINE] })),
  ];
}

/** A path with characters that C escapes, as git quotes it. */
const unquoted = (text: string): string =>
  text.replaceAll(/\\(["\\abfnrtv])/g, (_, one: string) => ESCAPES[one] ?? one);

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
