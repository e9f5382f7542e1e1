/**
 * Recorded events, one JSON document a line, as the events reporter writes them. A record comes from a file, so every
 * line is checked against the shape of events.ts before anything believes it.
 */
import * as v from "valibot";
import { RigError } from "../core/errors.js";
import { EVENTS_SCHEMA, type RunEvent } from "../core/events.js";
import { FINDING_KINDS } from "../core/finding-kinds.js";
import { VALUE_TYPES } from "../core/model/value.js";
import { count, excerpt, fault, fileHits, frame, optional, origin, selection, text } from "./shapes.js";

const problemCode = v.picklist([
  "no-end",
  "no-tests",
  "plan-short",
  "unplanned-case",
  "orphan-case",
  "no-evidence",
  "unreached-assertions",
  "unknown-site",
  "garbled-line",
  "ambiguous-line",
  "lookalike",
  "form-conflict",
  "result-outside-case",
  "orphan-location",
  "duplicate-case",
  "no-case-end",
  "wrong-image",
  "wrong-plan",
  "machine-crash",
  "memory-broken",
  "isolation-differs",
  "unmeasured-case",
  "no-coverage",
  "unclosed-exclusion",
  "memory-disagrees",
  "statistics-mismatch",
  "reboot",
  "line-too-long",
  "details-capped",
  "cases-capped",
  "tap-invalid",
  "stream-invalid",
  "flaky-case",
  "unplanned-stream",
  "unread-stream",
  "no-head",
  "known-expired",
  "known-unused",
  "missing-record",
  "doubled-record",
  "unfitting-record",
  "stopped-early",
  "hook-failed",
  "incomplete-run",
]);

const evidence = v.picklist(["console", "plan", "memory"]);
const status = v.picklist(["passed", "skipped", "not-run", "failed", "timed-out", "crashed"]);
const pastStatus = v.picklist([...status.options, "absent"]);
const milliseconds = v.pipe(v.number(), v.finite(), v.minValue(0));

const event = v.variant("type", [
  v.strictObject({
    type: v.literal("run-started"),
    schema: v.literal(EVENTS_SCHEMA),
    tool: v.strictObject({ name: v.literal("uktest"), version: text }),
    sources: v.array(text),
    image: optional(text),
    openings: optional(v.array(text)),
    policy: v.strictObject({
      ubsan: v.picklist(["fail", "warn", "off"]),
      maxLeak: optional(count),
      coverageMinimum: optional(
        v.strictObject({
          lines: optional(v.number()),
          file: optional(v.number()),
          changed: optional(v.number()),
        }),
      ),
      memoryLimits: optional(
        v.array(
          v.strictObject({
            case: text,
            max: v.strictObject({
              leaked_bytes: optional(count),
              leaked_blocks: optional(count),
              peak_bytes: optional(count),
            }),
          }),
        ),
      ),
      bench: optional(v.strictObject({ maxGrowth: optional(milliseconds) })),
      benchLimits: optional(
        v.array(v.strictObject({ case: text, max: v.strictObject({ instructions: count }) })),
      ),
      flaky: optional(v.picklist(["pass", "fail"])),
      require: optional(evidence),
      onlyNew: optional(v.boolean()),
      quarantine: optional(
        v.strictObject({
          today: text,
          entries: v.array(
            v.strictObject({
              case: text,
              reason: text,
              owner: optional(text),
              until: optional(text),
              machine: optional(text),
            }),
          ),
        }),
      ),
      knownFindings: optional(
        v.strictObject({
          today: text,
          entries: v.array(
            v.strictObject({
              kind: optional(v.picklist([...FINDING_KINDS, "fault"])),
              suite: optional(text),
              check: optional(text),
              file: optional(text),
              function: optional(text),
              message: optional(text),
              reason: text,
              until: optional(text),
            }),
          ),
        }),
      ),
    }),
    shard: optional(v.strictObject({ index: count, total: count, of: text, cases: count, all: count })),
    selection: optional(selection),
  }),
  v.strictObject({
    type: v.literal("baseline"),
    name: text,
    cases: v.array(
      v.strictObject({
        source: text,
        name: text,
        status,
        sites: v.array(text),
        instructions: optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
      }),
    ),
    findings: v.array(text),
  }),
  v.strictObject({
    type: v.literal("history"),
    runs: v.array(text),
    cases: v.array(v.strictObject({ source: text, name: text, statuses: v.array(pastStatus) })),
  }),
  v.strictObject({
    type: v.literal("boot-started"),
    boot: text,
    source: text,
    group: optional(text),
    why: optional(v.picklist(["rest", "retry", "repeat", "alone"])),
    startMs: optional(milliseconds),
    origin,
  }),
  v.strictObject({ type: v.literal("suite-started"), boot: text, suite: text, name: text, origin }),
  v.strictObject({
    type: v.literal("case-started"),
    suite: text,
    case: text,
    name: text,
    description: optional(text),
    file: optional(text),
    line: optional(count),
    origin,
  }),
  v.strictObject({
    type: v.literal("assertion"),
    case: text,
    status: v.picklist(["passed", "failed"]),
    message: text,
    file: optional(text),
    line: optional(count),
    origin,
  }),
  v.strictObject({ type: v.literal("console"), case: text, text, painted: optional(text), origin }),
  v.strictObject({
    type: v.literal("finding"),
    boot: text,
    case: optional(text),
    kind: v.picklist(FINDING_KINDS),
    check: text,
    message: text,
    file: text,
    line: count,
    column: count,
    function: optional(text),
    system: optional(text),
    callTrace: optional(v.array(frame)),
    excerpt: optional(excerpt),
    origin,
  }),
  v.strictObject({
    type: v.literal("fault"),
    boot: text,
    suite: optional(text),
    case: optional(text),
    fault,
    isDoubtful: optional(v.boolean()),
    origin,
  }),
  v.strictObject({ type: v.literal("fault-repeated"), boot: text, fault: count, times: count }),
  v.strictObject({
    type: v.literal("problem"),
    code: problemCode,
    grade: v.picklist(["error", "warning", "note"]),
    message: text,
    boot: optional(text),
    case: optional(text),
    origin: optional(origin),
  }),
  v.strictObject({
    type: v.literal("case-finished"),
    case: text,
    status,
    reason: optional(text),
    survived: optional(status),
    durationMs: optional(milliseconds),
    evidence,
    evaluations: v.strictObject({ passed: count, failed: count }),
    droppedConsoleLines: count,
    origin,
  }),
  v.strictObject({
    type: v.literal("measurement"),
    boot: text,
    case: text,
    name: text,
    kind: v.picklist(["gauge", "counter"]),
    unit: optional(v.picklist(["bytes", "seconds", "instructions", "nanoseconds"])),
    value: v.pipe(v.number(), v.finite()),
  }),
  v.strictObject({
    type: v.literal("evidence"),
    case: text,
    evidence: v.literal("memory"),
    status: optional(status),
    reason: optional(text),
  }),
  v.strictObject({
    type: v.literal("boot-proven"),
    boot: text,
    findings: count,
    // Written by uktest 0.1.0; nothing depends on it any more.
    failedSuites: optional(v.array(text)),
  }),
  v.strictObject({ type: v.literal("suite-finished"), suite: text, origin }),
  v.strictObject({
    type: v.literal("boot-finished"),
    boot: text,
    end: v.picklist(["normal", "fault", "cut"]),
    mainReturned: optional(v.pipe(v.number(), v.safeInteger())),
    kernel: optional(text),
    wallMs: optional(milliseconds),
    origin,
  }),
  v.strictObject({
    type: v.literal("artifact"),
    boot: text,
    case: optional(text),
    kind: v.literal("trace"),
    path: text,
    mediaType: text,
  }),
  v.strictObject({
    type: v.literal("value"),
    boot: text,
    library: text,
    object: optional(text),
    name: text,
    valueType: v.picklist(VALUE_TYPES),
    value: text,
    isCalled: v.optional(v.literal(true)),
  }),
  v.strictObject({
    type: v.literal("trace"),
    boot: text,
    events: count,
    lost: count,
    cases: v.array(v.strictObject({ name: text, fromUs: milliseconds, toUs: optional(milliseconds) })),
    marks: v.array(v.strictObject({ fromUs: milliseconds, toUs: milliseconds, events: count, text })),
    held: optional(v.array(v.tuple([milliseconds, count]))),
  }),
  v.strictObject({
    type: v.literal("build"),
    name: text,
    architecture: text,
    outcome: v.picklist(["built", "reused", "failed"]),
    beforeMs: milliseconds,
    durationMs: milliseconds,
  }),
  v.strictObject({
    type: v.literal("coverage"),
    boot: text,
    case: optional(text),
    kind: v.picklist(["gcc", "clang", "object"]),
    files: v.array(fileHits),
  }),
  v.strictObject({
    type: v.literal("changes"),
    base: text,
    files: v.array(v.strictObject({ path: text, lines: v.array(count) })),
  }),
  v.strictObject({ type: v.literal("run-finished") }),
]);

/** How the first line of a record begins; a serial log never does. */
export const RECORD_START = '{"type":"run-started"';

/**
 * Reads one line of a record.
 * @throws RigError when it is no event of this schema; `where` names the place in the message
 */
export function decodeEvent(line: string, where: string): RunEvent {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new RigError(
      `${where}: not a line of JSON`,
      "is this record whole? record it again, or give the raw log",
    );
  }
  const parsed = v.safeParse(event, value);
  // The very value, not the checked copy: its keys keep their order, and a record of a replay is the same record.
  if (parsed.success) return value as RunEvent;
  const issue = parsed.issues[0];
  throw new RigError(
    `${where}: ${v.getDotPath(issue) ?? "event"}: ${issue.message}`,
    `this version reads records of schema ${EVENTS_SCHEMA}`,
  );
}
