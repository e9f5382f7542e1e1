/**
 * What every step of the assembly works with: the boot, the sink and what the run has kept so far.
 */
import { CONSOLE_DOUBTS, INFERRED_DEATHS } from "../model/doubts.js";
import type { Origin, ProblemCode, ProblemGrade, RunEvent } from "../events.js";
import type { FaultRecord } from "../fault.js";
import { type FindingKind, labelOf } from "../finding-kinds.js";
import type { Plan } from "../plan.js";
import type { Policy } from "../policy.js";
import type { BootState } from "./boot.js";
import type { Caps } from "./case.js";

export interface Work {
  readonly boot: BootState;
  readonly plan: Plan | undefined;
  readonly caps: Caps;
  readonly policy: Policy;
  /** See RunInfo. */
  readonly initAt: ((address: bigint) => string | undefined) | undefined;
  readonly emit: (event: RunEvent) => void;
}

/** Problems of one kind that are spelled out for one boot; more of them are counted. */
export const SPELLED_OUT = 20;

/** Faults and distinct findings that are kept for one boot; more of them are counted. */
export const MOST_FAULTS = 100;
const MOST_SITES = 1000;

/** Reports a problem of the running boot, charged to the running case if there is one. */
export function problem(
  work: Work,
  code: ProblemCode,
  grade: ProblemGrade,
  message: string,
  origin?: Origin,
): void {
  const { boot, emit } = work;
  const seen = (boot.problems.get(code)?.count ?? 0) + 1;
  boot.problems.set(code, { count: seen, grade });
  if (seen > SPELLED_OUT) return;
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

/** Says how many problems, faults and findings were only counted. */
export function sayMore({ boot, emit }: Work): void {
  const more = (code: ProblemCode, grade: ProblemGrade, count: number, what: string): void =>
    emit({
      type: "problem",
      code,
      grade,
      message: `${String(count)} more ${what}`,
      boot: boot.id,
      origin: boot.spoken.last,
    });
  for (const [code, { count, grade }] of boot.problems)
    if (count > SPELLED_OUT) {
      // Said after the proof of the boot, which has settled the others.
      const isSettled = boot.end.proven && grade === "error" && CONSOLE_DOUBTS.has(code);
      more(code, isSettled ? "warning" : grade, count - SPELLED_OUT, "of this kind");
    }
  if (boot.tally.faults > MOST_FAULTS)
    more("details-capped", "warning", boot.tally.faults - MOST_FAULTS, "faults");
  for (const [kind, count] of boot.moreFindings)
    more("details-capped", "warning", count, `${labelOf(kind)} reports at further places`);
}

/** True while a finding at this place may be kept; places that were seen before always may. */
export function mayKeepSite({ boot }: Work, site: string, kind: FindingKind): boolean {
  if (boot.sites.has(site)) return true;
  if (boot.sites.size >= MOST_SITES) {
    boot.moreFindings.set(kind, (boot.moreFindings.get(kind) ?? 0) + 1);
    return false;
  }
  boot.sites.add(site);
  return true;
}

/**
 * Reports a fault and charges it to whatever is running. One that repeats is one fault: see `sayRepeats`.
 * @param isDoubtful concluded from what a console lacks, or not in the guest's own form: its memory may prove otherwise
 */
export function fault(
  work: Work,
  record: FaultRecord,
  origin: Origin,
  suite?: string,
  isDoubtful = INFERRED_DEATHS.has(record.kind),
): void {
  const { boot, emit } = work;
  if (isRepeated(work, record, isDoubtful)) return;
  boot.tally.faults += 1;
  if (boot.tally.faults > MOST_FAULTS) return;
  // A guest that says when a suite begins can die in its init function.
  const charged = suite ?? boot.open?.suite ?? (boot.protocol === undefined ? undefined : boot.suite?.name);
  emit({
    type: "fault",
    boot: boot.id,
    ...(charged !== undefined && { suite: charged }),
    ...(boot.open !== undefined && { case: boot.open.id }),
    fault: record,
    // A log has no memory that could prove anything.
    ...(isDoubtful && boot.group !== undefined && { isDoubtful }),
    origin,
  });
}

/** True when the same was met already, and no case has begun since: a guest may die of one thing for ever. */
function isRepeated({ boot }: Work, { kind, title, file, line }: FaultRecord, isDoubtful: boolean): boolean {
  const key = [boot.tally.cases, isDoubtful, kind, title, file, line].join("\0");
  const known = boot.repeats.get(key);
  if (known !== undefined) known.times += 1;
  else if (boot.tally.faults < MOST_FAULTS) boot.repeats.set(key, { fault: boot.tally.faults, times: 1 });
  return known !== undefined;
}

/** Says which faults of the boot were met more than once. */
export function sayRepeats({ boot, emit }: Work): void {
  for (const { fault: index, times } of boot.repeats.values())
    if (times > 1) emit({ type: "fault-repeated", boot: boot.id, fault: index, times });
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
