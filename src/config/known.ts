/**
 * The files in which a project writes down what is known to be red: quarantined cases, and findings. It checks what people
 * wrote and names the entry that is wrong; what the entries mean is decided in core/known.ts.
 */
import { messageOf } from "../core/reason.js";
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { UsageError } from "../core/errors.js";
import { FINDING_KINDS } from "../core/finding-kinds.js";
import { isDay } from "./day.js";
import { parseJson } from "./json.js";
import type { KnownFinding, QuarantineEntry } from "../core/events.js";

const text = v.pipe(v.string(), v.nonEmpty("must not be empty"));
const day = v.pipe(v.string(), v.check(isDay, "has to be a day, as 2026-12-31"));

const quarantined = v.strictObject({
  case: v.pipe(text, v.regex(/^[^.\s]+\.\S+$/, "has to be suite.case; * stands for any characters")),
  reason: text,
  owner: v.exactOptional(text),
  until: v.exactOptional(day),
  machine: v.exactOptional(text),
});

const named = v.strictObject({
  kind: v.exactOptional(v.picklist([...FINDING_KINDS, "fault"])),
  suite: v.exactOptional(text),
  check: v.exactOptional(text),
  file: v.exactOptional(text),
  function: v.exactOptional(text),
  message: v.exactOptional(text),
  reason: text,
  until: v.exactOptional(day),
});

/** An entry without a suite means one thing; a fault can only be wanted by the suite that provokes it. */
const finding = v.pipe(
  named,
  v.forward(
    v.check(
      ({ kind = "ubsan", suite, check, file, message }) =>
        kind !== "ubsan" ||
        suite !== undefined ||
        check === undefined ||
        file === undefined ||
        message !== undefined,
      "is missing",
    ),
    ["message"],
  ),
  v.check(
    ({ kind, suite }) => kind !== "fault" || suite !== undefined,
    "suite is missing: a fault is wanted by the suite that provokes it",
  ),
  v.check(
    ({ kind, suite, check, file, message, function: where }) =>
      suite !== undefined ||
      (check !== undefined && file !== undefined && message !== undefined) ||
      (kind !== undefined && check !== undefined && where !== undefined) ||
      (kind !== undefined && kind !== "ubsan" && check !== undefined && message !== undefined),
    "does not say which finding it means: check, file and message; kind, check and function; or a suite",
  ),
);

/** Reads a quarantine file: a JSON list of entries. `content` is its text, where that has been read already. */
export const readQuarantine = (path: string, content?: string): readonly QuarantineEntry[] =>
  entriesIn(path, content ?? textOf(path), quarantined, "case");

/** Reads the file of known findings: a JSON list of entries. `content` as above. */
export const readKnownFindings = (path: string, content?: string): readonly KnownFinding[] =>
  entriesIn(path, content ?? textOf(path), finding, "message");

/**
 * The entries of a file.
 * @throws UsageError that names the file, the entry and the key
 */
function entriesIn<T>(
  path: string,
  content: string,
  schema: v.GenericSchema<unknown, T>,
  title: string,
): readonly T[] {
  const value = jsonIn(path, content);
  if (!Array.isArray(value)) throw new UsageError(`${path} has to be a JSON list of entries`, EXAMPLE);
  return value.map((entry: unknown, at) => {
    const parsed = v.safeParse(schema, entry, { abortEarly: true });
    if (parsed.success) return parsed.output;
    const [issue] = parsed.issues;
    throw new UsageError(`${path}: ${nameOf(entry, title, at)}: ${complaintOf(issue)}`, EXAMPLE);
  });
}

const EXAMPLE = "docs/known.md shows an entry of each kind";

const nameOf = (entry: unknown, title: string, at: number): string => {
  const name =
    typeof entry === "object" && entry !== null ? (entry as Record<string, unknown>)[title] : undefined;
  return `entry ${String(at + 1)}${typeof name === "string" ? ` (${name})` : ""}`;
};

function complaintOf(issue: v.BaseIssue<unknown>): string {
  const key = v.getDotPath(issue) ?? "the entry";
  if (issue.expected === "never") return `${key} is not a known key`;
  if (issue.received === "undefined") return `${key} is missing`;
  if (issue.kind === "validation") return `${key} ${issue.message}`;
  return `${key} has to be ${issue.expected ?? "something else"}, and is ${issue.received}`;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${messageOf(error)}`);
  }
}

function jsonIn(path: string, content: string): unknown {
  try {
    return parseJson(content);
  } catch (error) {
    throw new UsageError(`${path}: no JSON: ${messageOf(error)}`, EXAMPLE);
  }
}
