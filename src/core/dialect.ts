/** The contract of a dialect: a way of printing results. It sees segments and makes claims; it concludes nothing. */
import type { Claim } from "./claims.js";
import type { Segment } from "./segment.js";

/** Reads one boot's lines in one way of printing results. */
export interface DialectReader {
  /** Reads the segments of one line and claims in order; each segment is claimed at most once, `output` if need be. */
  line(segments: readonly Segment[]): readonly Claim[];
  /** The boot is over: claims for whatever was held back. */
  end(): readonly Claim[];
  /** True once this dialect has recognised its own lines: then the boot is its alone. */
  readonly owns: boolean;
  /** True while segments are held back; other claims have to wait for them. */
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
  /** No dialect has the boot, and it is over: true where what is held back proves enough to take it. */
  adopts?(): boolean;
  /** How many characters at the front of a line are the start of a case; what follows them is another writer's. */
  frontOf?(segment: Segment): number;
  /** True while a line without the dialect's `hint` means nothing to it, so that it need not be asked. */
  readonly isIdle?: boolean;
  /** True for a line of the tests: whatever report is open is over. Asked of the dialect that has the boot. */
  isTestLine?(segment: Segment): boolean;
  /** The guest has started again: nothing of what is open goes on. */
  restarted?(): void;
  /** Programs whose output stands between the results may print results of another form. */
  readonly wraps?: boolean;
  /** Decides at once and lets go of what is held back. */
  settle?(): readonly Claim[];
}

export interface Dialect {
  readonly name: string;
  readonly summary: string;
  /** Place among the dialects: lower ones, which are harder to imitate, are asked first; 50 where absent. */
  readonly precedence?: number;
  /** Every line of the tests matches it; tested on each line of a console, so it has to be quick. See `isIdle`. */
  readonly hint?: RegExp;
  open(): DialectReader;
  /** Reads more than `open` does, where the user has named the dialect; absent where both are one. */
  openNamed?(): DialectReader;
}
