/**
 * The one event stream of a run: what the host has concluded, never what the guest merely claimed.
 * It holds types only; the promises after them are kept by assemble.ts and tested in tests/core.
 *
 * Promises to every consumer:
 *  1. each `*-started` has exactly one matching `*-finished`, in stack order;
 *  2. ids are explicit and unique within a run, never a name or a message;
 *  3. a case that did not earn a better status is finished as `crashed`;
 *  4. every event below a boot says where in that boot's raw log it was concluded;
 *  5. JSON.parse(JSON.stringify(event)) is the identity: no undefined, no NaN.
 */
import type { ChangesGiven, CoverageGiven } from "./model/coverage.js";
import type { Evidence } from "./evidence.js";
import type { ExcerptLine, FaultRecord, Frame } from "./fault.js";
import type { FindingKind } from "./finding-kinds.js";
import type { Policy } from "./policy.js";
import type { ProblemCode } from "./problem-codes.js";
import type { ValueRead } from "./model/value.js";
import type { Selection } from "./plan/selection.js";
import type { ShardFacts } from "./plan/shards.js";
import type { TraceSummary } from "./model/trace-summary.js";

export type { KnownFinding, KnownFindings, Policy, Quarantine, QuarantineEntry } from "./policy.js";
export type { ChangesGiven, CoverageGiven, ProblemCode, ValueRead };

/** Version of the stream below, in `run-started`; replay takes no other major number. */
export const EVENTS_SCHEMA = "uktest-events/1";

/** A place in a boot's raw log. */
export interface Origin {
  /** Line number in the raw log, from 1. */
  readonly line: number;
  /** Offset in bytes of that line's first byte, from 0. */
  readonly byteOffset: number;
}

/** Status of a case, from best to worst in statuses.ts. */
export type CaseStatus = "passed" | "skipped" | "not-run" | "failed" | "timed-out" | "crashed";

export type ProblemGrade = "error" | "warning" | "note";

export interface Tool {
  readonly name: "uktest";
  readonly version: string;
}

export interface RunStarted {
  readonly type: "run-started";
  readonly schema: typeof EVENTS_SCHEMA;
  readonly tool: Tool;
  /** The logs or machines of this run, in order. */
  readonly sources: readonly string[];
  /** Path of the image whose plan was used. */
  readonly image?: string;
  readonly policy: Policy;
  /** What its guests have of the host besides a serial line, in words: `network user`. */
  readonly openings?: readonly string[];
  /** Where the run was one part of several: which one. */
  readonly shard?: ShardFacts;
  /** Where cases were left out on purpose: which, and why. */
  readonly selection?: Selection;
}

/** Results of an earlier run to compare with; a large one comes in several of these, before the first boot. */
export interface BaselineGiven {
  readonly type: "baseline";
  /** As the user named it. */
  readonly name: string;
  readonly cases: readonly BaselineCase[];
  /** Sites of findings; see sites.ts. */
  readonly findings: readonly string[];
}

export interface BaselineCase {
  /** Log or machine, as in the sources of that run. */
  readonly source: string;
  /** `suite.case`. */
  readonly name: string;
  readonly status: CaseStatus;
  /** Where it was red; see sites.ts. */
  readonly sites: readonly string[];
  /** Of a benchmark whose rounds were counted. */
  readonly instructions?: number;
}

/** Results of earlier runs to show beside those of this one; a long list comes in several of these, before the first boot. */
export interface HistoryGiven {
  readonly type: "history";
  /** Names of the runs, the oldest first; the same in all of these. */
  readonly runs: readonly string[];
  readonly cases: readonly HistoryCase[];
}

export interface HistoryCase {
  /** Log or machine, as in the sources of those runs. */
  readonly source: string;
  /** `suite.case`. */
  readonly name: string;
  /** One for each of the runs. */
  readonly statuses: readonly PastStatus[];
}

/** What an earlier run says of a case. */
export type PastStatus = "passed" | "skipped" | "not-run" | "failed" | "timed-out" | "crashed" | "absent";

export interface BootStarted {
  readonly type: "boot-started";
  readonly boot: string;
  /** Path of the log, or name of the machine. */
  readonly source: string;
  /** Where it is one of several boots of one image on one machine: what they have in common. */
  readonly group?: string;
  /** Why the image was booted once more; absent for the first time. */
  readonly why?: BootReason;
  /** When its machine was started: milliseconds of the host's clock since the run, or its record, began. */
  readonly startMs?: number;
  readonly origin: Origin;
}

export type BootReason =
  | "rest" // what the boot before did not come to
  | "retry" // cases that were red, again
  | "repeat" // the same again, because the user wants to see it several times
  | "alone"; // one case without the others, to see whether it behaves alike

export interface SuiteStarted {
  readonly type: "suite-started";
  readonly boot: string;
  readonly suite: string;
  readonly name: string;
  readonly origin: Origin;
}

export interface CaseStarted {
  readonly type: "case-started";
  readonly suite: string;
  readonly case: string;
  readonly name: string;
  readonly description?: string;
  /** Where the case is defined, as the image or the guest says it. */
  readonly file?: string;
  readonly line?: number;
  readonly origin: Origin;
}

/** One evaluation of an assertion, in the order of execution. */
export interface AssertionEvaluated {
  readonly type: "assertion";
  readonly case: string;
  readonly status: "passed" | "failed";
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly origin: Origin;
}

/** A line of the console that belongs to a case and is no result. */
export interface ConsoleLine {
  readonly type: "console";
  readonly case: string;
  /** Without escape sequences. */
  readonly text: string;
  /** The same with the colours that the guest gave it (`ESC [ … m`, ECMA-48); absent where it gave none. */
  readonly painted?: string;
  readonly origin: Origin;
}

export interface FindingReported {
  readonly type: "finding";
  readonly boot: string;
  readonly case?: string;
  readonly kind: FindingKind;
  /** The compiler's name of the check: `signed-integer-overflow`, `bounds`, …; of other kinds, that of the report. */
  readonly check: string;
  readonly message: string;
  /** `<unknown file>` where no place in the source is known; line and column are 0 then. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where it happened, for reports that name functions. */
  readonly function?: string;
  /** See FaultRecord. */
  readonly system?: string;
  /** Innermost first; absent where there is none, and where the same was reported before. */
  readonly callTrace?: readonly Frame[];
  /** The lines of the report; absent likewise. */
  readonly excerpt?: readonly ExcerptLine[];
  readonly origin: Origin;
}

export interface FaultReported {
  readonly type: "fault";
  readonly boot: string;
  readonly suite?: string;
  readonly case?: string;
  readonly fault: FaultRecord;
  /** Concluded from lines that are missing, or not in the guest's own form; a `boot-proven` takes it back. */
  readonly isDoubtful?: boolean;
  readonly origin: Origin;
}

/** Faults of a boot that were the same as an earlier one and are not reported again. */
export interface FaultRepeated {
  readonly type: "fault-repeated";
  readonly boot: string;
  /** Which of the boot's reported faults, from 0. */
  readonly fault: number;
  /** How often it was met, the first time included. */
  readonly times: number;
}

export interface ProblemReported {
  readonly type: "problem";
  readonly code: ProblemCode;
  readonly grade: ProblemGrade;
  readonly message: string;
  readonly boot?: string;
  readonly case?: string;
  readonly origin?: Origin;
}

export interface CaseFinished {
  readonly type: "case-finished";
  readonly case: string;
  readonly status: CaseStatus;
  /** Why it is not `passed`, in words. */
  readonly reason?: string;
  /** Only of a case that crashed and came to its end nevertheless: the status it has without its faults. */
  readonly survived?: CaseStatus;
  readonly durationMs?: number;
  readonly evidence: Evidence;
  /** All evaluations, those that were only counted included. */
  readonly evaluations: { readonly passed: number; readonly failed: number };
  /** Console lines of the case that were not kept. */
  readonly droppedConsoleLines: number;
  readonly origin: Origin;
}

/** A number that was measured of a case. */
export interface Measurement {
  readonly type: "measurement";
  readonly boot: string;
  readonly case: string;
  /** A name with its unit at the end, as Prometheus wants it: `peak_bytes`. */
  readonly name: string;
  /** A gauge may go down; a counter never does. */
  readonly kind: "gauge" | "counter";
  readonly unit?: "bytes" | "seconds" | "instructions" | "nanoseconds";
  readonly value: number;
}

/** What the memory of the stopped guest says of a finished case: overrules the console, or agrees where it has no status. */
export interface EvidenceGiven {
  readonly type: "evidence";
  readonly case: string;
  readonly evidence: "memory";
  readonly status?: CaseStatus;
  readonly reason?: string;
}

/** The memory of the stopped guest proves the whole boot: doubts about its console are none about its results. */
export interface BootProven {
  readonly type: "boot-proven";
  readonly boot: string;
  /** Reports of the sanitizer in it, repetitions included. */
  readonly findings: number;
}

export interface SuiteFinished {
  readonly type: "suite-finished";
  readonly suite: string;
  readonly origin: Origin;
}

export interface BootFinished {
  readonly type: "boot-finished";
  readonly boot: string;
  /** How the boot ended: `normal` needs the guest's own word for it. */
  readonly end: "normal" | "fault" | "cut";
  /** What main() returned, where the guest said it. It judges nothing. */
  readonly mainReturned?: number;
  /** The kernel's version, from its banner or crash screen. */
  readonly kernel?: string;
  /** How long the machine ran, in milliseconds of the host's clock. */
  readonly wallMs?: number;
  readonly origin: Origin;
}

export interface RunFinished {
  readonly type: "run-finished";
}

/** Data of a boot, or of a case in it, that is too large for the stream, and lies in a file. */
export interface ArtifactKept {
  readonly type: "artifact";
  readonly boot: string;
  /** Id of the case that it is of, where it is not of the whole boot. */
  readonly case?: string;
  readonly kind: "trace";
  /** Relative to the folder of the record. */
  readonly path: string;
  readonly mediaType: string;
}

/** What a guest's tracepoints have noted, in brief. All of it lies in a file, where the run is recorded. */
export interface TraceSummed extends TraceSummary {
  readonly type: "trace";
  readonly boot: string;
}

/** A program that was made for this run, or found as an earlier one had made it. They come before the first boot. */
export interface ProgramBuilt {
  readonly type: "build";
  readonly name: string;
  readonly architecture: string;
  readonly outcome: "built" | "reused" | "failed";
  /** When it began: milliseconds of the host's clock before the zero of the boots (see BootStarted). */
  readonly beforeMs: number;
  readonly durationMs: number;
}

export type RunEvent =
  | RunStarted
  | BaselineGiven
  | HistoryGiven
  | BootStarted
  | SuiteStarted
  | CaseStarted
  | AssertionEvaluated
  | ConsoleLine
  | FindingReported
  | FaultReported
  | FaultRepeated
  | ProblemReported
  | CaseFinished
  | EvidenceGiven
  | Measurement
  | BootProven
  | SuiteFinished
  | BootFinished
  | ArtifactKept
  | ValueRead
  | TraceSummed
  | ProgramBuilt
  | CoverageGiven
  | ChangesGiven
  | RunFinished;
