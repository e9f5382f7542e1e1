/**
 * Counts and clips text by the columns a terminal gives it. It refuses control characters: make them visible first.
 */

const NARROW_ONLY = /^[\t\n\x20-\x7e]*$/;
const NOTHING = /^[\p{M}\p{Default_Ignorable_Code_Point}]$/u;
// East Asian wide and fullwidth blocks (Unicode TR 11), coarse at the edges, and what is drawn as an emoji.
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u;

const columnsOf = (character: string): number => (NOTHING.test(character) ? 0 : WIDE.test(character) ? 2 : 1);

/** Columns a line takes. */
export function displayWidth(line: string): number {
  if (NARROW_ONLY.test(line)) return line.length;
  let columns = 0;
  for (const character of line) columns += columnsOf(character);
  return columns;
}

/** Rows as lines whose cells stand below each other, two blanks between them. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, displayWidth(cell))));
  return rows.map((row) =>
    row
      .map((cell, at) => pad(cell, widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** A line that takes at most `columns`; `mark` ends it where something was cut. */
export function clip(line: string, columns: number, mark: string): string {
  if (displayWidth(line) <= columns) return line;
  const room = Math.max(0, columns - displayWidth(mark));
  let used = 0;
  let end = 0;
  for (const character of line) {
    used += columnsOf(character);
    if (used > room) break;
    end += character.length;
  }
  return line.slice(0, end) + mark;
}

/** A line filled with spaces up to `columns`. */
export const pad = (line: string, columns: number): string =>
  line + " ".repeat(Math.max(0, columns - displayWidth(line)));

/** A line cut into pieces of at most `columns`, at spaces where there are any. */
export function wrap(line: string, columns: number): readonly string[] {
  const pieces: string[] = [];
  let rest = line;
  while (displayWidth(rest) > columns) {
    const piece = clip(rest, Math.max(2, columns), "");
    const space = piece.lastIndexOf(" ");
    // A break in the first half would waste more than it gives.
    const end = space > piece.length / 2 ? space + 1 : piece.length;
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}
