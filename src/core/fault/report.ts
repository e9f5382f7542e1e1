/**
 * Reports that other systems than Unikraft print on a console: faults and findings of many lines, and the contract of
 * those who read them. They see lines without their leads; only an assembler decides what a report means for a run.
 */
import type { Segment } from "../segment.js";
import type { FaultDescription } from "./family.js";
import type { FindingKind } from "../finding-kinds.js";
import type { Frame, Outlook } from "../fault.js";

export interface FindingDescription {
  readonly kind: FindingKind;
  /** The name of the check: `bounds`, `slab-out-of-bounds`, `data-race`. */
  readonly check: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Where it happened. */
  readonly function?: string;
  /** Innermost first. */
  readonly callTrace: readonly Frame[];
}

export type Report =
  | { readonly type: "fault"; readonly fault: FaultDescription; readonly outlook: Outlook }
  | { readonly type: "finding"; readonly finding: FindingDescription };

/** A line of the console as a report sees it. */
export interface ReportLine {
  /** Without its lead. One character per byte. */
  readonly text: string;
  /** True where a clock of the kernel or of a log stood in front. */
  readonly isStamped: boolean;
  readonly segment: Segment;
}

/** Whether a line belongs to a report: `last` ends it. */
export type Taken = "yes" | "no" | "last";

/** A report while its lines still come in. */
export interface ReportDraft {
  take(line: ReportLine): Taken;
  /** True for the first line of another report that is only a consequence of this one, and is taken with it. */
  adopts?(line: ReportLine): boolean;
  /** What the lines so far say; nothing where the guest wanted it. */
  finish(): Report | undefined;
}

/** One kind of report. */
export interface ReportFamily {
  readonly name: string;
  /** The system that prints it: `linux`, `zephyr`, `rust`. */
  readonly system: string;
  /** Pieces of every first line: what holds none of them is not worth a closer look. */
  readonly hints: readonly string[];
  /** Place among the families: lower ones are asked first; 50 where absent. */
  readonly precedence?: number;
  begin(line: ReportLine): ReportDraft | undefined;
}
