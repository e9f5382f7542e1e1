/**
 * What every step of the assembly works with: the boot, the sink and what the run has kept so far.
 */
import type { Origin, ProblemCode, ProblemGrade, RunEvent } from "../events.js";
import type { FaultRecord } from "../fault.js";
import type { Plan } from "../plan.js";
import type { BootState } from "./boot.js";
import type { Caps } from "./case.js";

export interface Work {
  readonly boot: BootState;
  readonly plan: Plan | undefined;
  readonly caps: Caps;
  readonly emit: (event: RunEvent) => void;
}

/** Reports a problem of the running boot, charged to the running case if there is one. */
export function problem(
  work: Work,
  code: ProblemCode,
  grade: ProblemGrade,
  message: string,
  origin?: Origin,
): void {
  const { boot, emit } = work;
  emit({
    type: "problem",
    code,
    grade,
    message,
    boot: boot.id,
    ...(boot.open !== undefined && { case: boot.open.id }),
    ...(origin !== undefined && { origin }),
  });
}

/** Reports a fault and charges it to whatever is running. */
export function fault(work: Work, record: FaultRecord, origin: Origin, suite?: string): void {
  const { boot, emit } = work;
  const charged = suite ?? boot.open?.suite;
  emit({
    type: "fault",
    boot: boot.id,
    ...(charged !== undefined && { suite: charged }),
    ...(boot.open !== undefined && { case: boot.open.id }),
    fault: record,
    origin,
  });
}

/** A fault without a screen of its own. */
export const plainFault = (
  kind: FaultRecord["kind"],
  title: string,
  excerpt: FaultRecord["excerpt"] = [],
): FaultRecord => ({
  kind,
  title,
  registers: [],
  callTrace: [],
  excerpt,
});

/** Cuts a text at the cap and says how much is missing. */
export function clip(text: string, chars: number): string {
  if (text.length <= chars) return text;
  return `${text.slice(0, chars)}… (${String(text.length - chars)} more characters)`;
}
