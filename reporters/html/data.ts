/**
 * What the page is given: plain data whose every string is one visible line of bounded length, so that the page only has to
 * put it on the screen. It holds types, the letters of one of them, and does not know either side: model.ts fills them, page/ shows them.
 */
import type { BootReason, CaseStatus, PastStatus, ProblemGrade } from "../../src/core/events.js";
import type { Evidence } from "../../src/core/evidence.js";
import type { Turn } from "../../src/core/model/earlier-runs.js";

/** A piece of a console line: plain text, or text with the names of the styles that it has. */
export type Span = string | readonly [text: string, styles: string];

export interface LineData {
  /** Line number in the raw log. */
  readonly line: number;
  readonly spans: readonly Span[];
}

export interface AssertionData {
  readonly failed?: true;
  readonly text: string;
  /** The parts of `text`, where it has the wording of uktest and failed. */
  readonly expression?: string;
  readonly expected?: string;
  readonly actual?: string;
  /** `file:line`. */
  readonly at?: string;
  /** Line number in the raw log. */
  readonly log: number;
}

export interface AttemptData {
  readonly status: CaseStatus;
  readonly boot: number;
  /** Line number in the raw log. */
  readonly log?: number;
  readonly reason?: string;
  readonly ms?: number;
  /** Indexes of its faults. */
  readonly faults?: readonly number[];
}

/** What is absent is empty, zero or unknown: most cases passed and have little to say. */
export interface CaseData {
  readonly name: string;
  readonly status: CaseStatus;
  readonly evidence: Evidence;
  /** Index of the boot with this result. */
  readonly boot: number;
  /** Line number in the raw log. */
  readonly log: number;
  readonly description?: string;
  readonly reason?: string;
  readonly at?: string;
  readonly ms?: number;
  /** Numbers of evaluations that passed and that failed. */
  readonly counts?: readonly [passed: number, failed: number];
  readonly assertions?: readonly AssertionData[];
  readonly output?: readonly LineData[];
  /** Console lines that are not in `output`. */
  readonly hiddenLines?: number;
  /** Earlier results, oldest first. */
  readonly attempts?: readonly AttemptData[];
  readonly flaky?: true;
  /** What was measured of it. */
  readonly measured?: readonly (readonly [name: string, title: string, text: string, value: number])[];
  /** Indexes of its faults and findings. */
  readonly faults?: readonly number[];
  readonly findings?: readonly number[];
  /** What to type to run just this case. */
  readonly again?: string;
  /** What earlier runs said of it, a letter of PAST for each, the oldest first. */
  readonly past?: string;
  readonly turn?: Turn;
}

/** A letter for each thing that an earlier run may say: there are many of them. */
export const PAST: Readonly<Record<string, PastStatus>> = {
  p: "passed",
  s: "skipped",
  n: "not-run",
  f: "failed",
  t: "timed-out",
  c: "crashed",
  "-": "absent",
};

export interface SuiteData {
  readonly name: string;
  /** Index in `machines`; absent where there is one. */
  readonly machine?: number;
  readonly cases: readonly CaseData[];
}

export interface FrameData {
  /** Function, symbol or address. */
  readonly name: string;
  readonly at?: string;
  readonly address: string;
  readonly inlined?: true;
  /** What the frame is part of, where that is not the program: such frames are folded. */
  readonly fold?: string;
}

export interface FaultData {
  readonly kind: string;
  readonly title: string;
  readonly boot: number;
  /** `suite.case`, or the suite. */
  readonly scene?: string;
  /** True where no case, and no earlier result of one, shows it. */
  readonly alone?: true;
  readonly at?: string;
  readonly fingerprint?: string;
  readonly source?: {
    readonly at: string;
    readonly first: number;
    readonly meant: number;
    readonly texts: readonly string[];
  };
  readonly frames: readonly FrameData[];
  readonly registers: readonly (readonly [name: string, value: string])[];
  readonly console: readonly LineData[];
}

export interface FindingData {
  /** `UBSAN`, `KASAN`, … */
  readonly kind: string;
  readonly check: string;
  readonly message: string;
  readonly at: string;
  /** Its call trace, innermost first. */
  readonly frames: readonly string[];
  readonly times: number;
  readonly scene?: string;
  readonly boot: number;
  readonly grade: "error" | "warning";
}

export interface ProblemData {
  readonly grade: ProblemGrade;
  readonly code?: string;
  readonly message: string;
  readonly boot?: number;
  readonly log?: number;
}

export interface BootData {
  readonly name: string;
  /** Boots with the same number are of one image on one machine, in order. */
  readonly lane: number;
  readonly why?: BootReason;
  readonly end: "normal" | "fault" | "cut" | "unfinished";
  /** When it began, in milliseconds since its run did. */
  readonly from?: number;
  readonly ms?: number;
  readonly kernel?: string;
  readonly trace?: BootTraceData;
}

/** What the tracepoints of a boot have noted; times are microseconds of its guest's clock. */
export interface BootTraceData {
  readonly events: number;
  readonly lost: number;
  /** Names are `suite.case`, or `suite.case/label`. */
  readonly cases: readonly (readonly [name: string, from: number, to?: number])[];
  readonly marks: readonly (readonly [from: number, to: number, events: number, text: string])[];
  readonly held?: readonly (readonly [from: number, bytes: number])[];
}

/** Which lines of a source ran. */
export interface SourceData {
  readonly path: string;
  /** Line and count by turns, of all lines that have code. */
  readonly lines: readonly number[];
  /** Its text, from its first line; absent where it is not there, or no room is left. */
  readonly text?: readonly string[];
}

export interface CoverageData {
  /** How it is known, and whether counts are more than 0 and 1. */
  readonly kind: string;
  readonly counts: boolean;
  readonly sources: readonly SourceData[];
  /** What cases ran: `suite.case`, and lines of sources by their index. */
  readonly cases: readonly (readonly [
    name: string,
    ran: readonly (readonly [source: number, lines: readonly number[]])[],
  ])[];
}

/** Everything but the suites, which are many. */
export interface HeadData {
  readonly verdict: "passed" | "failed";
  /** Names of machines or logs that are shown side by side; empty where there is one. */
  readonly machines: readonly string[];
  readonly boots: readonly BootData[];
  readonly findings: readonly FindingData[];
  readonly faults: readonly FaultData[];
  readonly problems: readonly ProblemData[];
  readonly coverage?: CoverageData;
  /** Names of the earlier runs, the oldest first. */
  readonly past?: readonly string[];
}

export interface PageData extends HeadData {
  readonly suites: readonly SuiteData[];
}
