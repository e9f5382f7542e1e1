/**
 * What one test point says: its status, the reason for it, and the claims of the case it stands for.
 * It knows neither plans nor nesting; stream.ts tells it the suite.
 */
import type { Result } from "tap-parser";
import type { Claim } from "../../core/claims.js";
import { decodeText } from "../../core/decode.js";
import type { Segment } from "../../core/segment.js";
import type { Diagnostics } from "./diagnostics.js";

/** The lines around a test point, which its parsed form no longer knows. */
export interface Mark {
  readonly at: Segment;
  /** The protocol line in front: behind it the case began. */
  readonly anchor: Segment;
  /** Console lines between the two. */
  readonly before: readonly Segment[];
  /** Console lines behind the point that belong to it: its diagnostics. */
  readonly after: Segment[];
  /** Failures that were announced in front of the point. */
  readonly noted: readonly Failure[];
  diagnostics: Diagnostics;
}

export interface Failure {
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

export interface Outcome {
  readonly name: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly reason?: string;
  /** Worth saying about a case that passed. */
  readonly note?: string;
  readonly durationMs?: number;
}

/** Directives of KTAP that tap-parser leaves in the name. */
const KTAP_DIRECTIVE = /(?:^|\s)# ?(XFAIL|XPASS|TIMEOUT|ERROR)\b:?\s*(.*)$/i;

const KTAP_STATUS: ReadonlyMap<string, { readonly status: "failed" | "skipped"; readonly reason: string }> =
  new Map([
    ["XFAIL", { status: "skipped", reason: "failed as expected" }],
    ["XPASS", { status: "failed", reason: "passed although it is expected to fail" }],
    ["TIMEOUT", { status: "failed", reason: "timed out" }],
    ["ERROR", { status: "failed", reason: "error" }],
  ]);

const because = (what: string, why: string | true): string =>
  why === true || why === "" ? what : `${what}: ${why}`;

/**
 * The status of a point. A failure that is expected (TODO, XFAIL) counts as skipped: it is not red, and it proves
 * nothing. A TODO that passes is passed, with a note.
 */
export function outcomeOf(result: Result, description: string, { durationMs }: Diagnostics): Outcome {
  const directive = KTAP_DIRECTIVE.exec(description);
  const why = decodeText(directive?.[2] ?? "");
  const bare = directive === null ? description : description.slice(0, directive.index);
  const time = result.time ?? durationMs;
  const base = {
    name: decodeText(bare.trim()) || `test ${String(result.id)}`,
    ...(time !== undefined && Number.isFinite(time) && { durationMs: time }),
  };
  const said = (text: string | true): string | true => (text === true ? true : decodeText(text));
  if (result.skip !== false)
    return { ...base, status: "skipped", reason: because("skipped", said(result.skip)) };
  if (result.todo !== false)
    return result.ok
      ? { ...base, status: "passed", note: because("passed although it is marked TODO", said(result.todo)) }
      : { ...base, status: "skipped", reason: because("known to fail (TODO)", said(result.todo)) };
  const known = KTAP_STATUS.get((directive?.[1] ?? "").toUpperCase());
  if (known !== undefined) return { ...base, status: known.status, reason: because(known.reason, why) };
  return result.ok ? { ...base, status: "passed" } : { ...base, status: "failed" };
}

/** The failures of a case: those announced, or what the diagnostics say. */
function failuresOf({ noted, diagnostics }: Mark, { name, reason }: Outcome): readonly Failure[] {
  if (noted.length > 0) return noted;
  const { message, expected, actual, file, line } = diagnostics;
  const values =
    expected === undefined && actual === undefined
      ? ""
      : `expected ${expected ?? "something else"}, got ${actual ?? "nothing"}`;
  const text = [message ?? reason, values].filter((part) => part !== undefined && part !== "").join(": ");
  return [
    {
      message: text === "" ? `not ok: ${name}` : text,
      ...(file !== undefined && line !== undefined && { file, line }),
    },
  ];
}

/** The claims of a case, from the line in front of it to its point. */
export function claimsOf(suite: string, mark: Mark, outcome: Outcome): readonly Claim[] {
  const { at } = mark;
  const output = (segments: readonly Segment[]): readonly Claim[] =>
    segments.map((segment) => ({ type: "output", at: segment }));
  const failures = outcome.status === "failed" ? failuresOf(mark, outcome) : [];
  const results = failures.flatMap(({ message, file, line }): readonly Claim[] => [
    { type: "result", status: "failed", message, at },
    ...(file !== undefined && line !== undefined ? [{ type: "location", file, line, at } as const] : []),
  ]);
  const reason = outcome.reason ?? failures[0]?.message;
  return [
    { type: "header", suite, name: outcome.name, at: mark.anchor },
    ...output(mark.before),
    ...results,
    ...(outcome.note === undefined
      ? []
      : [{ type: "result", status: "passed", message: outcome.note, at } as const]),
    ...output(mark.after),
    {
      type: "case-end",
      status: outcome.status,
      ...(reason !== undefined && { reason }),
      ...(outcome.durationMs !== undefined && { durationMs: outcome.durationMs }),
      at,
    },
  ];
}
