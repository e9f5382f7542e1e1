/**
 * Faults that need not be the end of a boot: those a kernel goes on after, those of a program that may have been a child,
 * those that only close what is over. What really ends a boot is the business of ending.ts.
 */
import type { ClaimBody } from "../claims.js";
import type { Segment } from "../segment.js";
import { placeOf } from "./cases.js";
import { believeBanner, faulted } from "./ending.js";
import { output } from "./reports.js";
import { type Work, fault } from "./work.js";

type Said<T extends ClaimBody["type"]> = Extract<ClaimBody, { readonly type: T }>;

/** A fault, of which more may be known than that it happened. */
export function foreseen(work: Work, { fault: record, outlook, stackTop }: Said<"fault">, at: Segment): void {
  const { boot } = work;
  switch (outlook) {
    case "goes-on":
      believeBanner(work);
      fault(work, record, placeOf(at));
      boot.death.wound ??= record.title;
      if (boot.open !== undefined) boot.open.wound ??= record.title;
      return;
    case "last-breath":
      boot.death.lastBreath ??= { record, at };
      return output(work, at);
    case "closes":
      return boot.end.testsEnded ? output(work, at) : faulted(work, record, at);
    case "ends":
    case undefined:
      // What the kernel itself said stands, whatever its memory proves.
      if (at.prefix !== undefined) boot.death.saidFault = true;
      if (at.prefix !== undefined && boot.open !== undefined) boot.open.hasFault = true;
      return faulted(work, record, at, stackTop);
  }
}

/** Claims of tests that go on: a program that died was not the one that runs them. */
const GOING_ON: ReadonlySet<ClaimBody["type"]> = new Set([
  "header",
  "result",
  "case-end",
  "tests-begin",
  "tests-ended",
]);

/** What any claim says about a death that is not decided yet. */
export function heard(work: Work, claim: ClaimBody): void {
  const { boot } = work;
  if (boot.death.lastBreath === undefined) return;
  if (GOING_ON.has(claim.type)) boot.death.lastBreath = undefined;
  const isMilestone = claim.type === "milestone";
  const isEnd = isMilestone && (claim.milestone === "halting" || claim.milestone === "halted");
  if (isEnd || claim.type === "restarted") breathedLast(work);
}

/** Nothing follows any more: what died was the test itself. */
export function breathedLast(work: Work): void {
  believeBanner(work);
  const breath = work.boot.death.lastBreath;
  work.boot.death.lastBreath = undefined;
  if (breath !== undefined) faulted(work, breath.record, breath.at);
}
