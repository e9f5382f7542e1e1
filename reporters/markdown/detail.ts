/**
 * How much a summary says, in steps: each leaves out more than the one before, and always the least telling first.
 * It does not measure; markdown.ts does.
 */

export interface Detail {
  /** Lines of console around a failure, and in front of a crash. */
  readonly consoleRows: number;
  /** Registers and the whole stack, or only where it happened. */
  readonly isWholeFault: boolean;
  /** Entries of each section that can be opened. */
  readonly opened: number;
  /** Entries of each section that are named at all. */
  readonly named: number;
  /** Failed assertions of a case. */
  readonly assertions: number;
}

const step = (
  consoleRows: number,
  isWholeFault: boolean,
  opened: number,
  named: number,
  assertions: number,
): Detail => ({ consoleRows, isWholeFault, opened, named, assertions });

/** From everything to the mere counts. */
export const DETAILS: readonly Detail[] = [
  step(24, true, Infinity, Infinity, 20),
  step(4, true, Infinity, Infinity, 10),
  step(4, true, 500, 5000, 5),
  step(4, false, 200, 2000, 5),
  step(4, false, 100, 1000, 3),
  step(0, false, 20, 500, 3),
  step(0, false, 5, 100, 2),
  step(0, false, 3, 20, 1),
  step(0, false, 0, 5, 1),
  step(0, false, 0, 1, 0),
  step(0, false, 0, 0, 0),
];
