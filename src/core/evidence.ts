/**
 * What the memory of a stopped guest says of its tests, as data: src/image reads it, and assemble/memory.ts holds the
 * console against it.
 */

/** What stands after a case's status; see statuses.ts for the order. */
export type Evidence = "console" | "plan" | "memory";

export interface SiteFacts {
  readonly line: number;
  readonly status: "not-run" | "passed" | "failed" | "omitted";
}

/** One run of a case, from the journal of a guest of the kit. */
export interface ResultFacts {
  /** `running`: it began and has not ended. */
  readonly status: "running" | "passed" | "failed" | "skipped";
  readonly assertions: number;
  readonly failed: number;
  /** Of the parameter it ran for, as the console has it after the slash. */
  readonly label?: string;
  /** Absent where it was not measured. */
  readonly measured?: Measured;
  /** Absent where it is no benchmark, or its rounds were not counted. */
  readonly rounds?: Rounds;
}

/** The rounds of a benchmark, as its guest counted them. */
export interface Rounds {
  readonly unit: "instructions" | "nanoseconds";
  /** Of one call of its body, a number for each round. */
  readonly counts: readonly number[];
  /** Instructions that its suite allows. */
  readonly limit?: number;
}

/** What a run of a case did with memory, as the allocators of the guest counted it. */
export interface Measured {
  /**
   * Whether the case ran once more, so that a first use is not taken for a leak: `held` is about that second run; after one that
   * failed, or where there was none, it is about the first. `left`: it was to fail, and could give nothing back after that.
   */
  readonly again: "held" | "failed" | "not" | "left";
  /** By name, as far as they are known; what was given back beyond it is below 0. */
  readonly values: Readonly<Partial<Record<Metric, number>>>;
  /** What the suite allows the case. */
  readonly limits: Readonly<Partial<Record<Metric, number>>>;
  /** Allocations that are still held, as many as are known. */
  readonly held: readonly HeldFacts[];
}

/** What is measured of a case: bytes and blocks still held after it, and the most bytes that it held at once. */
export type Metric = "leaked_bytes" | "leaked_blocks" | "peak_bytes";

export const METRICS: readonly Metric[] = ["leaked_bytes", "leaked_blocks", "peak_bytes"];

export interface HeldFacts {
  readonly bytes: number;
  /** Addresses in the calls that made it, innermost first, hexadecimal without 0x. */
  readonly trace: readonly string[];
}

export interface CaseFacts {
  readonly suite: string;
  readonly name: string;
  readonly file: string;
  readonly line?: number;
  /** In the order of the table. */
  readonly sites: readonly SiteFacts[];
  /** One for each time it began, in order; absent where the guest keeps no journal. */
  readonly results?: readonly ResultFacts[];
  /** Its suite limits what it does with memory. */
  readonly isLimited?: true;
  /** It is a benchmark, which its suite may limit. */
  readonly benchmark?: "limited" | "free";
  /** Where something else than the guest measured the case. */
  readonly measured?: Measured;
}

export interface MemoryFacts {
  readonly cases: readonly CaseFacts[];
  readonly suites: readonly SuiteFacts[];
  /** The guest keeps a journal, and it is whole. */
  readonly journal?: JournalFacts;
  /** The guest keeps a journal and has not begun it. */
  readonly isUnbegun?: boolean;
  /** Why the journal, or the test table, cannot be believed: what it says contradicts itself, or was overwritten. */
  readonly broken?: string;
}

export interface SuiteFacts {
  readonly name: string;
  readonly init: "not-run" | "running" | "passed" | "failed" | "skipped" | "unknown";
  /** Assertions that failed in its init and in its exit function; absent where the guest does not count them. */
  readonly failedInInit?: number;
  readonly failedInExit?: number;
}

export interface JournalFacts {
  /** All suites are over. */
  readonly ended: boolean;
  /** Reports of the sanitizer, repetitions included. */
  readonly findings: number;
  /** Assertions that failed while no suite ran. */
  readonly failedOutside: number;
}
