/** What is known of suites and cases while their boot is open: types of reduce.ts, which alone changes them. */
import type { CaseStarted } from "../events.js";
import type { AssertionModel, CaseModel, OutputLine } from "../model.js";

export interface RunningCase {
  readonly started: CaseStarted;
  readonly suite: MutableSuite;
  readonly assertions: AssertionModel[];
  readonly output: OutputLine[];
}

/** Where the result of a case stands; at -1 where an earlier boot's stands in its place. */
export interface FinishedPlace {
  readonly suite: MutableSuite;
  readonly name: string;
  readonly index: number;
}

export interface MutableSuite {
  readonly boot: string;
  readonly name: string;
  readonly cases: CaseModel[];
}
