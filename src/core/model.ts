/**
 * A whole run as one value: what reduce.ts makes of the events and what every reporter that waits for the end reads.
 * Nothing in it is a count that could be derived; counts.ts derives them.
 */
import type { ChangesGiven, CoverageModel } from "./model/coverage.js";
import type {
  BaselineCase,
  BootReason,
  CaseStatus,
  HistoryCase,
  Measurement,
  Origin,
  Policy,
  ProblemCode,
  ProblemGrade,
  ProgramBuilt,
  Tool,
  ValueRead,
} from "./events.js";
import type { Evidence } from "./evidence.js";
import type { ExcerptLine, FaultRecord, Frame } from "./fault.js";
import type { FindingKind } from "./finding-kinds.js";
import type { Selection } from "./plan/selection.js";
import type { ShardFacts } from "./plan/shards.js";
import type { TraceSummary } from "./model/trace-summary.js";

export interface AssertionModel {
  readonly status: "passed" | "failed";
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly origin: Origin;
}

export interface OutputLine {
  /** Line number in the raw log. */
  readonly line: number;
  readonly text: string;
  /** See ConsoleLine. */
  readonly painted?: string;
}

export interface CaseModel {
  readonly id: string;
  readonly suite: string;
  readonly name: string;
  readonly description?: string;
  readonly file?: string;
  readonly line?: number;
  readonly status: CaseStatus;
  readonly reason?: string;
  /** See CaseFinished. */
  readonly survived?: CaseStatus;
  readonly durationMs?: number;
  readonly evidence: Evidence;
  /** The evaluations that were kept, in order; `evaluations` counts all. */
  readonly assertions: readonly AssertionModel[];
  readonly evaluations: { readonly passed: number; readonly failed: number };
  /** Kept console lines of the case, in order, results not included. */
  readonly output: readonly OutputLine[];
  readonly droppedConsoleLines: number;
  readonly origin: Origin;
  /** Boot in which this result came. */
  readonly boot: string;
  /** In the order in which they came; absent where nothing was measured. */
  readonly measurements?: readonly MeasurementModel[];
  /** Earlier results of the same case in further boots, oldest first; absent where there is none. */
  readonly attempts?: readonly AttemptModel[];
}

/** See Measurement. */
export interface MeasurementModel {
  readonly name: string;
  readonly kind: "gauge" | "counter";
  readonly unit?: Measurement["unit"];
  readonly value: number;
}

/** A result of a case that another one has replaced. */
export interface AttemptModel {
  readonly id: string;
  readonly boot: string;
  readonly status: CaseStatus;
  /** Line number in the raw log of its boot. */
  readonly line?: number;
  readonly reason?: string;
  /** The first assertion that failed in it; absent where none did. */
  readonly failure?: { readonly message: string; readonly file?: string; readonly line?: number };
  readonly durationMs?: number;
}

export interface SuiteModel {
  readonly boot: string;
  readonly name: string;
  readonly cases: readonly CaseModel[];
}

/** One finding per site, whatever number of times it was reported. Its fields are those of FindingReported. */
export interface FindingModel {
  readonly kind: FindingKind;
  readonly check: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function?: string;
  readonly system?: string;
  readonly callTrace?: readonly Frame[];
  readonly excerpt?: readonly ExcerptLine[];
  readonly occurrences: number;
  /** The suites that it occurred in; an empty name for occurrences outside any. Absent in models made by hand. */
  readonly suites?: readonly string[];
  /** The boots that it occurred in. Absent in models made by hand. */
  readonly boots?: readonly string[];
  /** `suite.case` of the first occurrence, where it was in a case. */
  readonly case?: string;
  readonly caseId?: string;
  readonly boot: string;
  readonly origin: Origin;
}

export interface FaultModel extends FaultRecord {
  readonly boot: string;
  readonly suite?: string;
  /** `suite.case` that was running. */
  readonly case?: string;
  readonly caseId?: string;
  /** How often it was met in a row of equal ones, where that was more than once; the title says it too. */
  readonly times?: number;
  readonly origin: Origin;
}

export interface ProblemModel {
  readonly code: ProblemCode;
  readonly grade: ProblemGrade;
  readonly message: string;
  readonly boot?: string;
  readonly case?: string;
  readonly origin?: Origin;
}

export interface BootModel {
  readonly id: string;
  readonly source: string;
  /** Absent while, or if never, finished. */
  readonly end?: "normal" | "fault" | "cut";
  readonly mainReturned?: number;
  readonly kernel?: string;
  /** See BootStarted. */
  readonly group?: string;
  readonly why?: BootReason;
  /** See BootStarted; boots of other records than this one's have another zero. */
  readonly startMs?: number;
  readonly wallMs?: number;
  /** What its tracepoints have noted, in brief; absent where none were read. */
  readonly trace?: TraceSummary;
  /** Values of ukstore that were read when it had stopped; absent where none was. */
  readonly values?: readonly ValueModel[];
}

/** See ValueRead. */
export type ValueModel = Omit<ValueRead, "type" | "boot">;

export type BuildModel = Omit<ProgramBuilt, "type">;

export interface HistoryModel {
  readonly runs: readonly string[];
  readonly cases: readonly HistoryCase[];
}

export interface BaselineModel {
  readonly name: string;
  readonly cases: readonly BaselineCase[];
  readonly findings: readonly string[];
}

export interface RunModel {
  readonly tool: Tool;
  readonly sources: readonly string[];
  readonly image?: string;
  readonly policy: Policy;
  /** See RunStarted. */
  readonly openings?: readonly string[];
  /** See RunStarted. */
  readonly shard?: ShardFacts;
  /** See RunStarted. */
  readonly selection?: Selection;
  /** Results of an earlier run to compare with. */
  readonly baseline?: BaselineModel;
  /** Results of earlier runs to show beside these. */
  readonly history?: HistoryModel;
  /** In their order; absent where nothing was built or looked for. */
  readonly builds?: readonly BuildModel[];
  readonly boots: readonly BootModel[];
  readonly suites: readonly SuiteModel[];
  readonly findings: readonly FindingModel[];
  readonly faults: readonly FaultModel[];
  readonly problems: readonly ProblemModel[];
  /** Which lines ran; absent where that was not looked at. */
  readonly coverage?: CoverageModel;
  /** What has changed since a commit, where the run is compared with one. */
  readonly changes?: Omit<ChangesGiven, "type">;
  /** False when the stream stopped before `run-finished`. */
  readonly complete: boolean;
}
