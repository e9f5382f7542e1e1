/** The case that runs, as far as an account of a boot knows it. */
import type { Claim } from "../claims.js";
import type { Segment } from "../segment.js";
import type { Row } from "./grammar.js";
import type { Named } from "./names.js";

export interface Running extends Named {
  /** Its name as the guest prints it. */
  readonly raw: string;
  hasFailed: boolean;
  readonly passesByGoingOn?: boolean;
  /** Its header, where output may look like it. */
  readonly doubtful?: Claim;
  /** It is a program in which no case began. */
  readonly isProgram?: true;
}

const LEAVE_ALONE: ReadonlySet<Row["type"]> = new Set([
  "end",
  "check",
  "failure",
  "place",
  "note",
  "remark",
  "about",
  "flaw",
]);

/** True for a row that says nothing against a case which has begun in doubt. */
export const leavesAlone = ({ type }: Row): boolean => LEAVE_ALONE.has(type);

/** The claim that a case begins. */
export const header = ({ suite, name }: Named, at: Segment): Claim => ({ type: "header", suite, name, at });
