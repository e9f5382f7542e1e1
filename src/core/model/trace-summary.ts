/**
 * What a picture of a boot needs of its trace, bounded: a trace may have a hundred thousand events. Types and bounds only;
 * src/trace/summary.ts makes one. All times are microseconds of the guest's clock, which begins with the guest.
 */

export const MAX_TRACED_CASES = 2000;
export const MAX_TRACE_MARKS = 512;
export const MAX_HELD_POINTS = 256;
/** Characters of the text of a mark. */
export const MARK_TEXT_MAX = 120;

export interface TraceSummary {
  /** Events that the trace holds, and those that it has lost. */
  readonly events: number;
  readonly lost: number;
  /** Runs of cases as the tracepoints of uktest frame them, in the order in which they began; the last of them. */
  readonly cases: readonly TracedCase[];
  /** All events in their order. */
  readonly marks: readonly TraceMark[];
  /**
   * Bytes that the heap holds from a time on, as the tracepoints of ukalloc say it; the most of each part of the trace.
   * Absent where they say nothing, and where events were lost, since what was held before is then unknown.
   */
  readonly held?: readonly (readonly [fromUs: number, bytes: number])[];
}

export interface TracedCase {
  /** `suite.case`, with `/label` for one of several runs. */
  readonly name: string;
  readonly fromUs: number;
  /** Absent where its end was not noted: the guest died in it, or the trace ends before. */
  readonly toUs?: number;
}

/** One event, or several that follow each other where there are more events than marks. */
export interface TraceMark {
  readonly fromUs: number;
  readonly toUs: number;
  readonly events: number;
  /** The first of them, on one visible line. */
  readonly text: string;
}
