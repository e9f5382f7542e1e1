/**
 * A piece of a console line that one writer printed, and the contracts of those who read it.
 * src/serial cuts lines into segments; dialects and fault families only ever see segments.
 */
import type { Claim } from "./claims.js";
import type { FaultRecord } from "./fault.js";
import type { Outlook } from "./report.js";

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
   * The text behind the prefix without escape sequences, NULs and CRs: one character per byte, so that columns count
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

/** Reads one boot's lines in one way of printing results. */
export interface DialectReader {
  /** Reads the segments of one line and claims in order; each segment is claimed at most once, `output` if need be. */
  line(segments: readonly Segment[]): readonly Claim[];
  /** The boot is over: claims for whatever was held back. */
  end(): readonly Claim[];
  /** True once this dialect has recognised its own lines: then the boot is its alone. */
  readonly owns: boolean;
  /** True while segments are held back; whoever claims something meanwhile has to wait for its turn. */
  readonly holds?: boolean;
  /** True while the front of a cut line waits for its rest: every line has to be shown to the dialect. */
  readonly awaitsRest?: boolean;
  /** The guest has said that it never cuts a message: results may be wider than their column. */
  expectWide?(): void;
  /** The test library prints its next line: the rest of a cut one cannot come any more. */
  nextLine?(): readonly Claim[];
  /** The kernel whose results this dialect reads has said a word that only it says. */
  kernelSpoke?(): void;
  /** Results that the dialect could not read because their form says too little; asked where no dialect owns the boot. */
  readonly unread?: Claim | undefined;
  /** Decides at once and lets go of what is held back. */
  settle?(): readonly Claim[];
}

export interface Dialect {
  readonly name: string;
  readonly summary: string;
  open(): DialectReader;
}

/** A fault while its lines still come in. */
export interface FaultDraft {
  /** Takes the segment if it belongs to this fault. */
  take(segment: Segment): boolean;
  /** What the lines so far say. */
  finish(): FaultDescription;
}

/** A fault record before the console around it is known. */
export type FaultDescription = Omit<FaultRecord, "excerpt"> & {
  /**
   * The word at the top of the stack, in hexadecimal without 0x, where the screen shows the stack: a function that keeps
   * no frame returns there, and the call trace leaves its caller out.
   */
  readonly stackTop?: string;
  /** Absent: it ends the boot. */
  readonly outlook?: Outlook;
};

/** One kind of crash screen. */
export interface FaultFamily {
  readonly name: string;
  /**
   * A draft when this segment begins such a fault.
   * @param before the segment in front of it, which may say why
   * @param why lines of other libraries in front of it that explain a fault
   */
  begin(segment: Segment, before?: Segment, why?: readonly Segment[]): FaultDraft | undefined;
}
