/**
 * The contract of a line grammar: what the lines of one test library mean, line by line. A grammar keeps no counts and
 * judges nothing; reader.ts makes a dialect of it.
 */
export type RowStatus = "passed" | "failed" | "skipped";

export interface RowFailure {
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

/** What the guest itself counted. A number that it does not print is absent. */
export interface Counts {
  readonly cases?: number;
  readonly passed?: number;
  readonly failed?: number;
  readonly skipped?: number;
  /** The guest says in a word that all is well, or that it is not. */
  readonly ok?: boolean;
}

/** All texts are as on the console, one character per byte; the reader decodes them. */
export type RowBody =
  /** A stream begins that says itself when it is over; its groups prove nothing before that. `cases`: its plan. */
  | { readonly type: "stream"; readonly cases?: number }
  | ({ readonly type: "stream-end" } & Counts)
  /**
   * A group of cases begins: a suite, a program, a crate. `name` is the suite of cases that name none, `cases` its plan.
   * A group whose number of cases is its only end is over with the last of them: `endsByPlan`.
   */
  | {
      readonly type: "group";
      readonly name?: string;
      readonly cases?: number;
      readonly endsByPlan?: true;
    }
  | ({ readonly type: "group-end"; readonly name?: string } & Counts)
  /** Counts of the group `name`, of the open one, or else of the last one. */
  | ({ readonly type: "counts"; readonly name?: string } & Counts)
  /** A case begins; `number` is its place in the plan of its group, from 1. */
  | {
      readonly type: "begin";
      readonly name: string;
      readonly suite?: string;
      readonly number?: number;
      /** Output may look like this: it was none where the tests go on with anything else. */
      readonly isDoubtful?: true;
      /** See Grammar. */
      readonly passesByGoingOn?: true;
    }
  /** The running case ends; `name` is the one that the line names. */
  | {
      readonly type: "end";
      readonly status: RowStatus;
      readonly name?: string;
      readonly reason?: string;
      readonly durationMs?: number;
      readonly failure?: RowFailure;
      /** What failed in it may be printed later: see `about`. */
      readonly awaits?: true;
      /** How long it took may be in the next row: see `took`. */
      readonly awaitsTime?: true;
    }
  /** A case in one line; the end of the running one where that has its name. */
  | {
      readonly type: "case";
      readonly status: RowStatus;
      readonly name: string;
      readonly suite?: string;
      readonly reason?: string;
      readonly durationMs?: number;
      readonly failure?: RowFailure;
      /** What failed in it may be printed later: see `about`. */
      readonly awaits?: true;
      /** How long it took may be in the next row: see `took`. */
      readonly awaitsTime?: true;
    }
  /** Something held in the running case. */
  | { readonly type: "check"; readonly message: string }
  /** So many cases passed of which the library prints only the number: one case stands for all of them. */
  | { readonly type: "unnamed"; readonly passed: number }
  /**
   * A program begins that is one case of its own unless cases begin in it. What it is shows late, so its claims wait
   * until then.
   */
  | { readonly type: "alone"; readonly name: string; readonly suite?: string }
  /** Something failed in the running case; with `collects` the lines up to the next row explain it. */
  | ({ readonly type: "failure"; readonly collects?: true } & RowFailure)
  /** Where the failure in front of it stands. */
  | { readonly type: "place"; readonly file: string; readonly line: number }
  /** The lines up to the next row explain why that case failed, which has ended. */
  | { readonly type: "about"; readonly name: string; readonly suite?: string }
  /** How long the case took that has just ended. */
  | { readonly type: "took"; readonly durationMs: number }
  /** The guest dies. */
  | ({ readonly type: "fault" } & RowFailure)
  /** The guest starts again. */
  | { readonly type: "restarted" }
  /** A line of the library that says nothing to count. */
  | { readonly type: "note" }
  /** What a reader of the report wants to know and no verdict depends on, in words. */
  | { readonly type: "remark"; readonly words: string }
  /** The stream breaks its own rules here, in words. */
  | { readonly type: "flaw"; readonly words: string };

export type Row = RowBody & {
  /** No longer line begins like this one, so that it needs no line end to be whole. */
  readonly isClosed?: true;
  /** Other programs print such lines as well: it proves nothing of whose the boot is. */
  readonly isCommon?: true;
};

/** The lines of one boot. */
export interface GrammarLines {
  /**
   * What a line says, in order; nothing for a line that is not the library's.
   * @param text the line without its lead and without blanks at its end
   * @param whole the same with these blanks
   */
  rows(text: string, whole: string): readonly Row[];
  /** A line that another writer prints, or of which `whole` does not show all; asked for with `wantsAll`. */
  foreign?(): void;
  /** True while every line is wanted, whether the hint is in it or not. */
  readonly wantsAll?: boolean;
  /** True for a line that looks like a report of its own and here only says what a test did. Asked before `rows`. */
  quotes?(text: string): boolean;
  /** How many characters at the front of a line are the start of a case whose result is still to come. */
  frontOf?(text: string): number;
}

export interface Grammar {
  readonly name: string;
  readonly summary: string;
  /** Place among the dialects; 50 where absent. */
  readonly precedence?: number;
  /** Every row matches it; it is tested on each line and has to be quick. Without flags. */
  readonly hint: RegExp;
  /** The lines of the library, without their lead: a report that is open ends there. */
  readonly line: RegExp;
  /** Suite of cases whose group has no name. */
  readonly suite: string;
  /** Something stands in front of the cases of each group: where it does not, the start of the log is missing. */
  readonly plansGroups?: true;
  /** Each group has an end of its own, with its counts: where its stream ends first, that is missing. */
  readonly endsGroups?: true;
  /** A case without a result has passed once the next one begins, or its group ends well. */
  readonly passesByGoingOn?: true;
  /** True for a row that no other program prints by accident; absent: every row is one. */
  isProof?(row: Row): boolean;
  open(): GrammarLines;
}
