/** What is known of which lines ran: types of the stream and the model. A leaf: it computes nothing. */

/** Where it comes from: counters of a compiler in the guest's memory, or the code that the emulator ran. */
export type CoverageKind = "gcc" | "clang" | "object";

/** How often a function was called. */
export type FunctionHits = readonly [name: string, line: number, count: number];

/**
 * How often lines of one source ran. Of a boot: all lines that have code, those with a count of 0 too; of a case: those that
 * ran. Counts of kind `object` are 0 or 1.
 */
export interface FileHits {
  /** As in findings: relative to the root of the project, or as the compiler was given it. */
  readonly path: string;
  /** Line and count by turns, in the order of the lines. */
  readonly lines: readonly number[];
  readonly functions?: readonly FunctionHits[];
  /** Line, number of the branch at that line, and count by turns; -1 for one whose condition was never evaluated. */
  readonly branches?: readonly number[];
  /** Of a boot whose cases were followed: lines that ran outside of them as well, in their order. */
  readonly outside?: readonly number[];
  /** Of a boot: lines with code that comments of the source take out, in their order; they are nowhere else. */
  readonly excluded?: readonly number[];
}

/** Which lines a boot ran, or one case of it. */
export interface CoverageGiven {
  readonly type: "coverage";
  readonly boot: string;
  /** Id of the case; absent for the whole boot. */
  readonly case?: string;
  readonly kind: CoverageKind;
  readonly files: readonly FileHits[];
}

/** Lines of a file that have changed. */
export interface ChangedFile {
  /** As in findings: relative to the root of the project. */
  readonly path: string;
  /** First and last line of each range by turns. */
  readonly lines: readonly number[];
}

/** What has changed since a commit; it comes before the first boot. */
export interface ChangesGiven {
  readonly type: "changes";
  /** As the user named it. */
  readonly base: string;
  readonly files: readonly ChangedFile[];
}

/** One source in all boots of a run together. */
export interface FileCoverage {
  readonly path: string;
  /** Count of each line that has code, in the order of the lines. */
  readonly lines: ReadonlyMap<number, number>;
  readonly functions: readonly FunctionHits[];
  /** As in `FileHits`. */
  readonly branches: readonly number[];
  /** Lines that ran outside of cases, or of which that is not known, in their order. */
  readonly outside: readonly number[];
  /** Lines that comments of the source take out, in their order. */
  readonly excluded: readonly number[];
}

export interface CaseCoverage {
  readonly suite: string;
  readonly case: string;
  readonly files: readonly FileHits[];
}

export interface CoverageModel {
  /** Of all boots; of several kinds the numbers are those of each together. */
  readonly kinds: readonly CoverageKind[];
  /** In the order of their paths. */
  readonly files: readonly FileCoverage[];
  /** Empty where no case was looked at by itself. */
  readonly cases: readonly CaseCoverage[];
}
