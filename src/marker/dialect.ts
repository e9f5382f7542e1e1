/**
 * Makes a dialect of a marker: a project's own description of how its guests print results. What a marker must hold to
 * prove anything is checked here; what its lines prove is for src/core/grammar to say.
 */
import type { Marker } from "../config/markers.js";
import type { Dialect } from "../core/dialect.js";
import { UsageError } from "../core/errors.js";
import type { GrammarLines, Row, RowFailure, RowStatus } from "../core/grammar/grammar.js";
import { dialectOf } from "../core/grammar/reader.js";
import { type Groups, type Pattern, patternOf } from "./pattern.js";

const KEYS = [
  ...(["start", "plan", "case", "passed", "failed", "skipped"] as const),
  ...(["failure", "end", "endPassed", "endFailed", "fault"] as const),
];
type Key = (typeof KEYS)[number];

const GROUPS: Readonly<Record<Key, readonly string[]>> = {
  start: [],
  plan: ["cases"],
  case: ["name", "suite"],
  passed: ["name", "suite", "message", "file", "line", "ms"],
  failed: ["name", "suite", "message", "file", "line", "ms"],
  skipped: ["name", "suite", "message", "file", "line", "ms"],
  failure: ["message", "file", "line"],
  end: [],
  endPassed: [],
  endFailed: [],
  fault: ["message", "file", "line"],
};
const NEEDED: Partial<Readonly<Record<Key, string>>> = { plan: "cases", case: "name" };

type Patterns = Readonly<Record<Key, readonly Pattern[]>>;

/**
 * The dialect of one marker.
 * @param key where the marker stands in the configuration, for errors
 * @throws UsageError for an expression that is none, and for a marker that could prove nothing
 */
export function markerDialect(name: string, marker: Marker, key: string): Dialect {
  const patterns = Object.fromEntries(
    KEYS.map((one) => [one, compiled(one, marker[one], `${key}.${one}`)]),
  ) as Patterns;
  checkProof(patterns, marker, key);
  return dialectOf({
    name,
    summary: "described in the configuration",
    suite: marker.suite ?? name,
    precedence: 90,
    hint: /./,
    line: /^(?!)/,
    ...(marker.passesByNext === true && { passesByGoingOn: true }),
    isProof: ({ type }) => type !== "fault",
    open: () => linesOf(patterns),
  });
}

function compiled(
  key: Key,
  given: string | readonly string[] | undefined,
  place: string,
): readonly Pattern[] {
  const all = given === undefined ? [] : [given].flat();
  return all.map((source) => {
    const pattern = patternOf(source, place);
    const strange = pattern.groups.find((group) => !GROUPS[key].includes(group));
    if (strange !== undefined) {
      const known = GROUPS[key].length === 0 ? "it takes none" : `it takes ${GROUPS[key].join(", ")}`;
      throw new UsageError(`${place} has a group named ${strange}`, known);
    }
    const needed = NEEDED[key];
    if (needed !== undefined && !pattern.groups.includes(needed))
      throw new UsageError(`${place} has no group named ${needed}`, `write (?P<${needed}>…) around it`);
    return pattern;
  });
}

/** Green is a proof: without an end or a plan a log that was cut would be one. */
function checkProof(patterns: Patterns, marker: Marker, key: string): void {
  const { plan, case: begins, passed, end, endPassed } = patterns;
  if (plan.length + end.length + endPassed.length === 0)
    throw new UsageError(
      `${key} has neither a plan nor an end`,
      "without one a log that was cut would be green: give plan, end or endPassed",
    );
  if (passed.length === 0 && (marker.passesByNext !== true || begins.length === 0))
    throw new UsageError(`${key} says of no line that a case has passed`, "give passed, or passesByNext");
  const nameless = passed.some(({ groups }) => !groups.includes("name"));
  if (begins.length === 0 && nameless)
    throw new UsageError(`${key}.passed names no case`, "give it a group (?P<name>…), or give case as well");
}

function linesOf(patterns: Patterns): GrammarLines {
  const hasEnd = patterns.end.length + patterns.endPassed.length > 0;
  let isOpen = false;
  let hasStarted = patterns.start.length === 0;
  const find = (key: Key, text: string): Groups | undefined => {
    for (const pattern of patterns[key]) {
      const groups = pattern.match(text);
      if (groups !== undefined) return groups;
    }
    return undefined;
  };
  /** A marker with an end is a stream: nothing else is its end. */
  const opened = (row: Row): readonly Row[] => {
    const first: readonly Row[] = hasEnd && !isOpen ? [{ type: "stream", isClosed: true }] : [];
    isOpen = true;
    return [...first, row];
  };
  return {
    rows(text) {
      if (find("start", text) !== undefined) {
        hasStarted = true;
        return opened({ type: "note" });
      }
      if (!hasStarted) return [];
      const end = endOf(find, text);
      if (end !== undefined) {
        const rows = opened(end);
        isOpen = false;
        return rows;
      }
      const row = planOf(find, text, !hasEnd) ?? resultOf(find, text) ?? otherOf(find, text);
      return row === undefined ? [] : row.type === "fault" ? [row] : opened(row);
    },
  };
}

type Find = (key: Key, text: string) => Groups | undefined;

function endOf(find: Find, text: string): Row | undefined {
  if (find("endPassed", text) !== undefined) return { type: "stream-end", ok: true };
  if (find("endFailed", text) !== undefined) return { type: "stream-end", ok: false };
  return find("end", text) === undefined ? undefined : { type: "stream-end" };
}

function planOf(find: Find, text: string, endsByPlan: boolean): Row | undefined {
  const cases = Number(find("plan", text)?.["cases"]);
  if (!Number.isSafeInteger(cases)) return undefined;
  return { type: "group", cases, ...(endsByPlan && { endsByPlan: true }) };
}

const STATUSES: readonly RowStatus[] = ["failed", "skipped", "passed"];

function resultOf(find: Find, text: string): Row | undefined {
  for (const status of STATUSES) {
    const groups = find(status, text);
    if (groups === undefined) continue;
    const { name, suite, message, ms } = groups;
    const durationMs = Number(ms);
    const time = Number.isFinite(durationMs) ? { durationMs } : {};
    const reason = message === undefined || status === "failed" ? {} : { reason: message };
    const failure = status === "failed" ? failureOf(groups) : undefined;
    if (name === undefined)
      return { type: "end", status, ...reason, ...time, ...(failure !== undefined && { failure }) };
    return {
      ...{ type: "case", status, name, ...reason, ...time },
      ...(suite !== undefined && { suite }),
      ...(failure !== undefined && { failure }),
    };
  }
  return undefined;
}

function failureOf({ message, file, line }: Groups): RowFailure | undefined {
  if (message === undefined && file === undefined) return undefined;
  const number = Number(line);
  return {
    message: message ?? "",
    ...(file !== undefined && { file }),
    ...(file !== undefined && Number.isSafeInteger(number) && { line: number }),
  };
}

function otherOf(find: Find, text: string): Row | undefined {
  const begins = find("case", text);
  const { name, suite } = begins ?? {};
  if (name !== undefined) return { type: "begin", name, ...(suite !== undefined && { suite }) };
  const failed = find("failure", text);
  if (failed !== undefined)
    return { type: "failure", ...(failureOf(failed) ?? { message: text }), collects: true };
  const died = find("fault", text);
  return died === undefined ? undefined : { type: "fault", ...(failureOf(died) ?? { message: text }) };
}
