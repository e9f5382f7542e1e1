/**
 * Programs that are one case of their own unless cases begin in them, and cases of which only the number is printed. It
 * says what they are on the report; when is for account.ts to say.
 */
import type { Claim } from "../claims.js";
import { plural } from "../plural.js";
import type { Segment } from "../segment.js";
import type { Row, RowBody } from "./grammar.js";
import type { Named } from "./names.js";

/** A program of which it is not known yet whether it is one case. */
export interface Alone {
  readonly row: Extract<RowBody, { readonly type: "alone" }>;
  /** Its line among the claims, which are kept back from there on. */
  readonly mark: Claim;
}

/** Claims that wait for it. */
export const MOST_WAITING = 1000;

const OF_ITS_OWN: ReadonlySet<Row["type"]> = new Set(["group", "begin", "case", "unnamed"]);
const SAY_NOTHING: ReadonlySet<Row["type"]> = new Set(["note", "remark", "flaw", "counts", "place", "took"]);

/** What a row says of the program in which it stands: that it has cases, that it is one itself, or nothing. */
export function saysOf({ type }: Row): "has cases" | "is one" | "nothing" {
  if (OF_ITS_OWN.has(type)) return "has cases";
  return SAY_NOTHING.has(type) ? "nothing" : "is one";
}

/** Stands for all cases of a group whose names are not printed. */
export const UNNAMED = "cases without a name";

/** The case that stands for `passed` cases, as far as its end. */
export const unnamedClaims = ({ suite, name }: Named, passed: number, at: Segment): readonly Claim[] => [
  { type: "header", suite, name, at },
  {
    type: "result",
    status: "passed",
    message: `${plural(passed, "case")} passed whose names are not printed`,
    at,
  },
];
