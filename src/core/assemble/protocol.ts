/**
 * Holds a guest of our own kit to its protocol: it counts everything itself, so what the line lost or added shows.
 * It judges nothing; each contradiction becomes a problem of error grade.
 */
import type { ClaimBody } from "../claims.js";
import type { Segment } from "../segment.js";
import { baseName, caseKey, type Protocol } from "./boot.js";
import { closeSuite, evaluated, openSuite, placeOf, returned } from "./cases.js";
import { failuresSeen } from "./outside.js";
import { type Work, problem } from "./work.js";

type Said<T extends ClaimBody["type"]> = Extract<ClaimBody, { readonly type: T }>;

const fresh = (isPlanned: boolean): Protocol => ({
  isPlanned,
  phase: "before",
  parameters: new Map(),
  skippedSuites: new Map(),
  ended: { cases: 0, failed: 0, skipped: 0 },
  endedInSuite: { cases: 0, failed: 0 },
});

function mismatch(work: Work, words: string, at: Segment): void {
  problem(work, "statistics-mismatch", "error", words, placeOf(at));
}

/** The guest says what its image holds. */
export function planned(work: Work, said: Said<"tests-planned">, at: Segment): void {
  const { boot, plan } = work;
  boot.protocol ??= fresh(true);
  if (plan === undefined) return;
  if (plan.buildId !== undefined && said.build !== undefined && plan.buildId !== said.build) {
    const words = `the guest is build ${said.build}, ${plan.image} is build ${plan.buildId}`;
    return problem(work, "wrong-image", "error", words, placeOf(at));
  }
  const cases = plan.suites.reduce((sum, suite) => sum + suite.cases.length, 0);
  const suites = plan.suites.filter((suite) => suite.cases.length > 0).length;
  const holds = said.selected ?? said.cases;
  if (holds === cases && (said.selected !== undefined || said.suites === suites)) return;
  const words = `the guest means to run ${String(holds)} cases of ${String(said.suites)} suites, ${plan.image} has ${String(cases)} of ${String(suites)}`;
  const isImage = plan.buildId !== undefined && plan.buildId === said.build;
  problem(work, isImage ? "wrong-plan" : "wrong-image", "error", words, placeOf(at));
}

const CONTROLS: ReadonlySet<ClaimBody["type"]> = new Set<ClaimBody["type"]>([
  "suite-begins",
  "suite-skipped",
  "suite-exits",
  "suite-done",
  "parameters",
  "case-limit",
  "case-again",
]);

/** True for claims that only control lines of the kit make; ends of cases and of tests come from TAP as well. */
export const isControl = (claim: ClaimBody): boolean =>
  CONTROLS.has(claim.type) ||
  ((claim.type === "case-end" || claim.type === "tests-ended") && claim.counted !== undefined);

/** A control line of the kit: a guest that prints one has printed its plan before. */
export function speaksProtocol(work: Work, at: Segment): void {
  const { boot } = work;
  if (boot.protocol !== undefined) return;
  boot.protocol = fresh(false);
  const words = "the plan of the tests is missing in front of this line: whatever stood before it is lost";
  problem(work, "no-head", "error", words, placeOf(at));
}

export function suiteBegins(work: Work, suite: string, at: Segment): void {
  const { boot } = work;
  returned(work, at);
  closeSuite(work, placeOf(at));
  openSuite(work, suite, placeOf(at));
  if (boot.protocol === undefined) return;
  boot.protocol.phase = "init";
  boot.protocol.endedInSuite = { cases: 0, failed: 0 };
}

/** The exit function of the suite is next: its cases are over. */
export function suiteExits(work: Work, at: Segment): void {
  returned(work, at);
  if (work.boot.protocol !== undefined) work.boot.protocol.phase = "exit";
}

export function suiteSkipped(work: Work, suite: string, reason: string, at: Segment): void {
  const { boot } = work;
  // A suite says that of itself, in front of its cases.
  if (boot.suite?.name !== suite || boot.open !== undefined)
    return mismatch(work, `suite ${suite} is said to be skipped where it does not run`, at);
  boot.protocol?.skippedSuites.set(suite, reason);
}

export function suiteDone(
  work: Work,
  { suite, cases, failed, outside }: Said<"suite-done">,
  at: Segment,
): void {
  returned(work, at);
  const { boot } = work;
  holdOutside(work, outside, failuresSeen(boot, "init", suite) + failuresSeen(boot, "exit", suite), at);
  boot.tally.totals.failed += failed;
  boot.tally.totals.outside += outside;
  if (boot.protocol !== undefined) boot.protocol.phase = "between";
  const seen = boot.protocol?.endedInSuite;
  if (seen !== undefined && (seen.cases !== cases || seen.failed !== failed)) {
    const words = `suite ${suite} counted ${String(cases)} cases, ${String(failed)} failed; seen were ${String(seen.cases)}, ${String(seen.failed)} failed`;
    mismatch(work, words, at);
  }
  closeSuite(work, placeOf(at));
}

export function parameters(work: Work, { suite, name, count }: Said<"parameters">, at: Segment): void {
  returned(work, at);
  work.boot.protocol?.parameters.set(caseKey(suite, name), { promised: count, seen: 0 });
}

/** The running case has a time limit of its own. */
export function limited({ boot }: Work, limitMs: number): void {
  if (boot.open !== undefined) boot.open.limitMs = limitMs;
}

/** The end of a case, in the guest's own words. */
export function caseEnd(work: Work, said: Said<"case-end">, at: Segment): void {
  const { boot } = work;
  const open = boot.open;
  const { status, reason, durationMs, counted } = said;
  if (open === undefined) {
    // A second end of a case that is over: what failed must not be lost with it.
    if (status === "failed") evaluated(work, "failed", reason ?? "an end without its case", at);
    else if (counted !== undefined)
      mismatch(work, `${counted.suite}.${counted.name} ended and never began`, at);
    return;
  }
  open.said = {
    status,
    ...(reason !== undefined && { reason }),
    ...(durationMs !== undefined && { durationMs }),
  };
  if (counted !== undefined) holdToCounts(work, counted, status, at);
  returned(work, at);
}

function holdToCounts(
  work: Work,
  counted: NonNullable<Said<"case-end">["counted"]>,
  status: string,
  at: Segment,
): void {
  const { protocol, open } = work.boot;
  if (open === undefined) return;
  const name = `${open.suite}.${open.name}`;
  const ended = `${counted.suite}.${counted.name}`;
  if (name !== ended) mismatch(work, `${ended} ended while ${name} was running`, at);
  const seen = open.passed + open.failed + open.omitted;
  if (seen !== counted.assertions || open.failed !== counted.failed) {
    const words = `${ended} counted ${String(counted.assertions)} assertions, ${String(counted.failed)} failed; seen were ${String(seen)}, ${String(open.failed)} failed`;
    mismatch(work, words, at);
  }
  if (protocol === undefined) return;
  protocol.ended.cases += 1;
  protocol.endedInSuite.cases += 1;
  if (status === "skipped") protocol.ended.skipped += 1;
  if (status === "failed") {
    protocol.ended.failed += 1;
    protocol.endedInSuite.failed += 1;
  }
  const promise = protocol.parameters.get(caseKey(counted.suite, baseName(counted.name)));
  if (promise !== undefined) promise.seen += 1;
}

/** Failures outside of cases, as the guest counts them, against those that were seen. */
function holdOutside(work: Work, counted: number, seen: number, at: Segment): void {
  if (counted === seen) return;
  const words = `${String(counted)} assertions failed outside of cases, as the guest counts; seen were ${String(seen)}`;
  mismatch(work, words, at);
}

/** A stream of tests begins, or goes on, whose own word is its end. */
export function testsBegin({ boot }: Work): void {
  boot.end.awaitsWord = true;
  boot.end.testsEnded = false;
}

/** The stream of tests is over. */
export function testsEnded(work: Work, { counted }: Said<"tests-ended">, at: Segment): void {
  const { boot } = work;
  returned(work, at);
  closeSuite(work, placeOf(at));
  boot.end.testsEnded = true;
  if (counted !== undefined) {
    boot.tally.totals.failed = Math.max(boot.tally.totals.failed, counted.failed);
    boot.tally.totals.outside = Math.max(boot.tally.totals.outside, counted.outside);
  }
  const { protocol } = boot;
  if (protocol !== undefined) protocol.phase = "ended";
  if (counted === undefined || protocol?.isPlanned !== true) return;
  const seen = protocol.ended;
  const outside = [...boot.outsideSeen.values()].reduce((sum, count) => sum + count, 0);
  holdOutside(work, counted.outside, outside, at);
  if (seen.cases !== counted.cases || seen.failed !== counted.failed || seen.skipped !== counted.skipped)
    mismatch(
      work,
      `the guest counted ${String(counted.cases)} cases, ${String(counted.failed)} failed, ${String(counted.skipped)} skipped; seen were ${String(seen.cases)}, ${String(seen.failed)} and ${String(seen.skipped)}`,
      at,
    );
  for (const [key, { promised, seen: results }] of protocol.parameters) {
    if (results === promised) continue;
    const words = `${key.replace("\0", ".")} has ${String(promised)} parameters and ${String(results)} results`;
    problem(work, "plan-short", "error", words, placeOf(at));
  }
}
