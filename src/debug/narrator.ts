/**
 * What a guest that is debugged has come to, in a line: what went wrong since it was let run, and how its cases ended. It
 * follows the events of the boot, and judges nothing itself.
 */
import type { CaseStatus, RunEvent } from "../core/events.js";
import type { FaultRecord } from "../core/fault.js";
import { ownFrames } from "../core/fault/machinery.js";
import { isRed } from "../core/statuses.js";

export interface Narrator {
  readonly follow: (events: readonly RunEvent[]) => void;
  /** What went wrong since the last time that this was asked; undefined where nothing did. */
  readonly news: () => string | undefined;
  /** `suite.case` of the case that runs. */
  readonly running: () => string | undefined;
  /** The cases that have ended, by name, and the worst that each came to. */
  readonly statuses: () => ReadonlyMap<string, CaseStatus>;
  /** Why each case that is red is it, as far as that was said; by name. */
  readonly reasons: () => ReadonlyMap<string, string>;
  /** Whether anything of the boot is red. */
  readonly isRed: () => boolean;
}

/** A place as an editor opens it. */
const placeOf = (file: string | undefined, line: number | undefined): string =>
  file === undefined ? "" : ` (${file}${line === undefined ? "" : `:${String(line)}`})`;

/** What is remembered of the events so far. */
interface Memory {
  readonly suites: Map<string, string>;
  readonly cases: Map<string, string>;
  readonly statuses: Map<string, CaseStatus>;
  readonly reasons: Map<string, string>;
  current: string | undefined;
  news: string | undefined;
  isRed: boolean;
}

function red(memory: Memory, id: string | undefined, what: string): void {
  const name = id === undefined ? memory.current : memory.cases.get(id);
  memory.isRed = true;
  memory.news = `${name === undefined ? "" : `${name}: `}${what}`;
}

/** Where a fault shows: its innermost frame of the project, or the place that its message names. */
function placeOfFault({ callTrace, file, line }: FaultRecord): string {
  const own = ownFrames(callTrace).find((frame) => frame.line !== undefined);
  return own === undefined ? placeOf(file, line) : placeOf(own.file, own.line);
}

function caseFinished(event: Extract<RunEvent, { type: "case-finished" }>, memory: Memory): void {
  const name = memory.cases.get(event.case) ?? "";
  if (name === memory.current) memory.current = undefined;
  if (isRed(event.status)) {
    memory.isRed = true;
    memory.reasons.set(name, `${event.status}${event.reason === undefined ? "" : ` (${event.reason})`}`);
  }
  if (!isRed(memory.statuses.get(name) ?? "passed")) memory.statuses.set(name, event.status);
}

function take(event: RunEvent, memory: Memory): void {
  if (event.type === "suite-started") memory.suites.set(event.suite, event.name);
  else if (event.type === "case-started") {
    memory.current = `${memory.suites.get(event.suite) ?? ""}.${event.name}`;
    memory.cases.set(event.case, memory.current);
  } else if (event.type === "case-finished") caseFinished(event, memory);
  else if (event.type === "assertion") {
    if (event.status === "failed")
      red(memory, event.case, `${event.message}${placeOf(event.file, event.line)}`);
  } else if (event.type === "finding")
    red(memory, event.case, `undefined behavior: ${event.message}${placeOf(event.file, event.line)}`);
  else if (event.type === "fault")
    red(memory, event.case, `${event.fault.title}${placeOfFault(event.fault)}`);
  else if (event.type === "problem" && event.grade === "error") memory.isRed = true;
}

export function narrator(): Narrator {
  const memory: Memory = {
    suites: new Map(),
    cases: new Map(),
    statuses: new Map(),
    reasons: new Map(),
    current: undefined,
    news: undefined,
    isRed: false,
  };
  return {
    follow: (events) => {
      for (const event of events) take(event, memory);
    },
    news: () => {
      const last = memory.news;
      memory.news = undefined;
      return last;
    },
    running: () => memory.current,
    statuses: () => memory.statuses,
    reasons: () => memory.reasons,
    isRed: () => memory.isRed,
  };
}
