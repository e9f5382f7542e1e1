/**
 * A failure whose explanation stands on the lines after it, and cases that end before theirs is printed. It keeps lines
 * within bounds; what belongs to which failure is for account.ts to say.
 */
import type { Claim } from "../claims.js";
import { decodeText } from "../decode.js";
import type { Segment } from "../segment.js";
import type { RowFailure } from "./grammar.js";

const MOST_LINES = 16;
const LINE_CHARS = 300;

/** A failure while its explanation comes in. */
export interface Explained {
  message: string;
  file: string | undefined;
  line: number | undefined;
  readonly lines: string[];
}

export const explained = ({ message, file, line }: RowFailure): Explained => ({
  message,
  file,
  line,
  lines: [],
});

/** Adds a line of the console. */
export function explain(failure: Explained, text: string): void {
  const words = text.trim();
  if (words !== "" && failure.lines.length < MOST_LINES) failure.lines.push(words.slice(0, LINE_CHARS));
}

/** Adds what else failed in the same case. */
export function foundIn(failure: Explained, { message, file, line }: RowFailure): void {
  // What it printed before explains nothing.
  if (failure.message === "" && failure.file === undefined) failure.lines.length = 0;
  if (failure.message === "") failure.message = message;
  else explain(failure, message);
  failure.file ??= file;
  failure.line ??= line;
}

/** The claims of a failure, at the line that announced it. */
export function failureClaims({ message, file, line, lines }: Explained, at: Segment): readonly Claim[] {
  const words = [message, ...lines].filter((text) => text !== "").join("\n");
  const claims: Claim[] = [{ type: "result", status: "failed", message: decodeText(words), at }];
  if (file !== undefined) claims.push({ type: "location", file: decodeText(file), line: line ?? 0, at });
  return claims;
}

/** The failure that the next lines explain, and the console lines since. */
export class OpenFailure {
  #open: { readonly failure: Explained; readonly at: Segment; readonly console: Claim[] } | undefined;

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** A failure; one that has its place and `collects` nothing is whole at once, and its claims are returned. */
  begin(row: RowFailure & { readonly collects?: true }, at: Segment): readonly Claim[] {
    this.#open = { failure: explained(row), at, console: [] };
    return row.collects !== true && row.file !== undefined ? this.take() : [];
  }

  /** A line that is no row; false where nothing is open. */
  line(text: string, at: Segment): boolean {
    if (this.#open === undefined) return false;
    explain(this.#open.failure, text);
    this.#open.console.push({ type: "output", at });
    return true;
  }

  /** Where it stands, by a line of its own. */
  placed(file: string, line: number, at: Segment): readonly Claim[] {
    if (this.#open === undefined) return [];
    this.#open.failure.file ??= file;
    this.#open.failure.line ??= line;
    this.#open.console.push({ type: "output", at });
    return this.take();
  }

  /** The claims of the open failure, which is whole. */
  take(): readonly Claim[] {
    const open = this.#open;
    this.#open = undefined;
    return open === undefined ? [] : [...failureClaims(open.failure, open.at), ...open.console];
  }
}
