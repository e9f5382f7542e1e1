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
  /** The protocol line in front: after it the case began. */
  readonly anchor: Segment;
  /** Console lines between the two. */
  readonly before: readonly Segment[];
  /** Console lines after the point that belong to it: its diagnostics. */
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
  /** Marked TODO: why whatever fails in its subtest is not red. */
  readonly excuse?: string;
}

/** Directives of KTAP that tap-parser leaves in the name. */
const KTAP_DIRECTIVE = /(?:^|\s)# ?(XFAIL|XPASS|TIMEOUT|ERROR)\b:?\s*(.*)$/i;

/** What kselftest's runner adds to the name of a program that failed. Source: selftests/kselftest/runner.sh. */
const EXIT = /\s# exit=(\d{1,3})\s*$/;

/** By their numbers, which are the same on all architectures that kselftest runs on. */
const SIGNALS: Readonly<Record<number, string>> = {
  2: "SIGINT",
  3: "SIGQUIT",
  4: "SIGILL",
  5: "SIGTRAP",
  6: "SIGABRT",
  8: "SIGFPE",
  9: "SIGKILL",
  11: "SIGSEGV",
  13: "SIGPIPE",
  14: "SIGALRM",
  15: "SIGTERM",
};

/** The status that a shell gives a program: above 128 the signal that killed it. */
function exitReason(status: number): string {
  if (status <= 128) return `exit status ${String(status)}`;
  const name = SIGNALS[status - 128];
  return `killed by signal ${String(status - 128)}${name === undefined ? "" : ` (${name})`}`;
}

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
  const exit = EXIT.exec(description);
  const text = exit === null ? description : description.slice(0, exit.index);
  const directive = KTAP_DIRECTIVE.exec(text);
  const why = decodeText(directive?.[2] ?? "");
  const bare = directive === null ? text : text.slice(0, directive.index);
  const time = result.time ?? durationMs;
  const base = {
    name: decodeText(bare.trim()) || `test ${String(result.id)}`,
    ...(time !== undefined && Number.isFinite(time) && { durationMs: time }),
  };
  const said = (text: string | true): string | true => (text === true ? true : decodeText(text));
  if (result.skip !== false)
    return { ...base, status: "skipped", reason: because("skipped", said(result.skip)) };
  if (result.todo !== false) {
    const excuse = because("known to fail (TODO)", said(result.todo));
    const note = because("passed although it is marked TODO", said(result.todo));
    return result.ok
      ? { ...base, status: "passed", note, excuse }
      : { ...base, status: "skipped", reason: excuse, excuse };
  }
  const known = KTAP_STATUS.get((directive?.[1] ?? "").toUpperCase());
  if (known !== undefined) return { ...base, status: known.status, reason: because(known.reason, why) };
  if (result.ok) return { ...base, status: "passed" };
  return { ...base, status: "failed", ...(exit !== null && { reason: exitReason(Number(exit[1])) }) };
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
