/**
 * A piece of a console line that one writer printed. src/serial cuts lines into segments; dialects and fault families see
 * nothing else.
 */

export type KernelLevel = "dbg" | "info" | "warn" | "err" | "crit";

/** The fields that Unikraft's print library puts in front of a message; each is optional at build time. */
export interface KernelPrefix {
  /** Since boot. */
  readonly timeUs?: number;
  readonly level?: KernelLevel;
  readonly thread?: string;
  readonly caller?: string;
  readonly library?: string;
  readonly source?: { readonly file: string; readonly line: number };
}

/** A select-graphic-rendition sequence (ECMA-48, `ESC [ codes m`): from there on text has another look. */
export interface Colour {
  /** Index in the text. */
  readonly at: number;
  /** What stands between `ESC [` and `m`: `1;31`; empty for a reset. */
  readonly codes: string;
}

export interface Segment {
  /** Line number in the raw log, from 1. */
  readonly line: number;
  /** Offset of the line's first byte, from 0. */
  readonly byteOffset: number;
  /** Present when the kernel printed it. */
  readonly prefix?: KernelPrefix;
  /**
   * The text after the prefix without escape sequences, NULs and CRs: one character per byte, so that columns count
   * bytes. RESET_MARK stands where a test line resets its colour.
   */
  readonly body: string;
  /** The colours that the guest gave to `body`, in order; absent where there is none. */
  readonly colours?: readonly Colour[];
  /** First of its line. */
  readonly first: boolean;
  /** Last of its line. */
  readonly last: boolean;
  /** Where in `body` NULs were dropped, ascending: a message longer than the print buffer leaves one at its end. */
  readonly nulAt: readonly number[];
  /** False for the end of a log that stops in the middle of a line. */
  readonly terminated: boolean;
  /** Bytes of the line that the reader's cap dropped. */
  readonly droppedBytes: number;
}

/** Stands for the colour reset in `test:ESC[0m name` and `    :ESC[0m TAB`, which mark real test lines of a guest. */
export const RESET_MARK = "\x0e";
