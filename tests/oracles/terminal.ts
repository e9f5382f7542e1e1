/**
 * What a terminal would not print but obey, hide or reorder. Colours of our own are told apart by their exact form.
 */

const OBEYED = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Cs}]/u;

/** True when nothing in the text but LF and TAB controls a terminal. */
export const isPlain = (text: string): boolean => !OBEYED.test(text);

/** Removes select-graphic-rendition sequences, the only ones our colours consist of. */
export const withoutColours = (text: string): string => text.replace(/\x1b\[[0-9;]*m/g, "");

/**
 * The part of a terminal that a status line needs: text, CR, LF, colours, cursor up, erase below. It wraps at its width,
 * and what it does not know is an error.
 */
export class Terminal {
  #rows: (string | undefined)[][] = [[]];
  #row = 0;
  #column = 0;
  /** Everything that was ever on the screen after a write, one entry a write. */
  readonly seen: string[] = [];

  constructor(private readonly width: number) {}

  write(text: string): void {
    for (const [piece, up = ""] of text.matchAll(/\x1b\[(\d*)A|\x1b\[J|\x1b\[[\d;]*m|[^]/gu)) {
      if (piece === "\r") this.#column = 0;
      else if (piece === "\n") this.#down();
      else if (piece.endsWith("A") && piece.length > 1) this.#row = Math.max(0, this.#row - Number(up || 1));
      else if (piece === "\x1b[J") this.#eraseBelow();
      else if (piece === "\x1b") throw new Error(`unknown sequence in ${JSON.stringify(text)}`);
      else if (piece.length === 1 || !piece.startsWith("\x1b")) this.#put(piece);
    }
    this.seen.push(this.text());
  }

  /** The screen and what scrolled off it, rows without the blanks after them. */
  text(): string {
    return this.#rows
      .map((row) =>
        Array.from(row, (cell) => cell ?? " ")
          .join("")
          .trimEnd(),
      )
      .join("\n");
  }

  #down(): void {
    this.#row += 1;
    this.#column = 0;
    this.#rows[this.#row] ??= [];
  }

  #eraseBelow(): void {
    this.#rows.length = this.#row + 1;
    this.#rows[this.#row]?.splice(this.#column);
  }

  #put(character: string): void {
    if (this.#column >= this.width) this.#down();
    const row = this.#rows[this.#row];
    if (row !== undefined) row[this.#column] = character;
    this.#column += 1;
  }
}
