/**
 * What the user decided about a run, as its record keeps it: how findings and retries count, and what is known to be red.
 * It holds types only; verdict.ts and known.ts apply them.
 */
import type { Evidence } from "./evidence.js";
import type { FindingKind } from "./finding-kinds.js";

/** What the user decided about this run; recorded so that a replay judges alike. */
export interface Policy {
  readonly ubsan: "fail" | "warn" | "off";
  /** Bytes that a passed case may still hold after its end; absent: any number. */
  readonly maxLeak?: number;
  /** What some cases may do with memory: of several entries that mean a case the first counts. */
  readonly memoryLimits?: readonly MemoryLimit[];
  /** The rounds of benchmarks are counted; percent by which their instructions may grow beyond those of the baseline. */
  readonly bench?: { readonly maxGrowth?: number };
  /** How many instructions some benchmarks may take: of several entries that mean one the first counts. */
  readonly benchLimits?: readonly BenchLimit[];
  /** Percent of the lines that have to run: of all sources together, of each, and of those that have changed. */
  readonly coverageMinimum?: { readonly lines?: number; readonly file?: number; readonly changed?: number };
  /** What a case does that was red and passed when it ran again; absent: `fail`. */
  readonly flaky?: "pass" | "fail";
  /** The least evidence that a passed case must have; absent: `console`. */
  readonly require?: Evidence;
  /** What is red at the places at which the baseline is red does not count. */
  readonly onlyNew?: boolean;
  readonly quarantine?: Quarantine;
  readonly knownFindings?: KnownFindings;
}

export interface MemoryLimit {
  /** `suite.case`; `*` stands for any characters. */
  readonly case: string;
  readonly max: MemoryMost;
}

/** In the measures of METRICS. */
export interface MemoryMost {
  readonly leaked_bytes?: number;
  readonly leaked_blocks?: number;
  readonly peak_bytes?: number;
}

export interface BenchLimit {
  /** `suite.case`; `*` stands for any characters. */
  readonly case: string;
  readonly max: { readonly instructions: number };
}

/** Cases whose red results do not count. */
export interface Quarantine {
  /** Day of the run, `YYYY-MM-DD`: a replay judges by the same. */
  readonly today: string;
  readonly entries: readonly QuarantineEntry[];
}

export interface QuarantineEntry {
  /** `suite.case`; `*` stands for any characters. */
  readonly case: string;
  readonly reason: string;
  readonly owner?: string;
  /** Last day on which it counts, `YYYY-MM-DD`. */
  readonly until?: string;
  /** Only on this machine. */
  readonly machine?: string;
}

/** Findings that are written down and do not count. */
export interface KnownFindings {
  /** Day of the run, `YYYY-MM-DD`. */
  readonly today: string;
  readonly entries: readonly KnownFinding[];
}

/** What it does not name does not matter; an entry without `kind` that names a place is about undefined behaviour. */
export interface KnownFinding {
  /** The kind of finding, or `fault`. */
  readonly kind?: FindingKind | "fault";
  /** Only in this suite; `*` stands for any characters. */
  readonly suite?: string;
  readonly check?: string;
  readonly file?: string;
  readonly function?: string;
  /** Values and lines do not count. */
  readonly message?: string;
  readonly reason: string;
  readonly until?: string;
}
