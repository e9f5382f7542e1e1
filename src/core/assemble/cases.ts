/**
 * The life of a case: header, evaluations, places, console, end. A case is finished as `crashed` unless the guest went
 * on after it; nothing here decides how a boot ends.
 */
import type { Writable } from "../writable.js";
import { decodeText, paintedText } from "../decode.js";
import type { AssertionEvaluated, CaseFinished, CaseStarted, CaseStatus, Origin } from "../events.js";
import type { Segment } from "../segment.js";
import { baseName, caseKey, type FinishedCase, testsGoOn } from "./boot.js";
import { failedOutside, placeOutside } from "./outside.js";
import { type OpenCase, TEXT_OVERHEAD_CHARS, durationMs, standingStatus } from "./case.js";
import { releaseHeld } from "./held.js";
import { plannedCase } from "./missing.js";
import { MOST_FAULTS, type Work, clip, problem } from "./work.js";

// Optional keys are set one by one: spreads make the engine a new hidden class for every case.
/** Where a segment stands. */
export const placeOf = (at: Segment): Origin => ({ line: at.line, byteOffset: at.byteOffset });

/** The case that ran has returned: the guest went on after it. */
export function returned(work: Work, at: Segment): void {
  const open = work.boot.open;
  if (open === undefined) return;
  if (work.boot.protocol !== undefined && open.said === undefined) {
    const words = `${open.suite}.${open.name} has no end line, and the guest went on`;
    problem(work, "no-case-end", "error", words, placeOf(at));
  }
  // Where faults are only counted any more, it is not certain which ones it survived.
  const earned = standingStatus(open, work.boot.tally.faults <= MOST_FAULTS);
  closeCase(work, open, { ...earned, durationMs: durationMs(open.startUs, open.lastUs) }, placeOf(at));
}

export function openCase(
  work: Work,
  header: { readonly suite: string; readonly name: string; readonly description?: string },
  at: Segment,
): void {
  const { boot } = work;
  const sameSuite = boot.suite?.name === header.suite;
  // The next header of the same suite follows at once; another suite has its init function in between.
  if (sameSuite && boot.open !== undefined) boot.open.lastUs = at.prefix?.timeUs ?? boot.open.lastUs;
  returned(work, at);
  if (boot.protocol !== undefined) boot.protocol.phase = "cases";
  boot.tally.cases += 1;
  if (boot.tally.cases > work.caps.casesPerLog) {
    boot.tally.uncountedCases += 1;
    return;
  }
  if (!sameSuite) {
    closeSuite(work, placeOf(at));
    openSuite(work, header.suite, placeOf(at));
  }
  const key = caseKey(header.suite, header.name);
  const planned = plannedCase(work.plan, header.suite, header.name);
  if (boot.seen.has(key)) {
    problem(
      work,
      "duplicate-case",
      "warning",
      `${header.suite}.${header.name} began more than once in this boot`,
      placeOf(at),
    );
  }
  boot.seen.add(key);
  boot.seen.add(caseKey(header.suite, baseName(header.name)));
  boot.open = freshCase(work, header.name, planned, at);
  announce(work, header, boot.open, placeOf(at));
  if (work.plan !== undefined && planned === undefined) {
    problem(
      work,
      "unplanned-case",
      "error",
      `the image has no case ${header.suite}.${header.name}`,
      placeOf(at),
    );
  }
}

function announce(
  { boot, emit }: Work,
  header: { readonly name: string; readonly description?: string },
  open: OpenCase,
  origin: Origin,
): void {
  const description = header.description ?? open.plan?.description;
  const event: Writable<CaseStarted> = {
    type: "case-started",
    suite: boot.suite?.id ?? boot.id,
    case: open.id,
    name: header.name,
    origin,
  };
  if (description !== undefined) event.description = description;
  if (open.plan !== undefined) event.file = open.plan.file;
  if (open.plan?.line !== undefined) event.line = open.plan.line;
  emit(event);
}

function freshCase({ boot }: Work, name: string, plan: OpenCase["plan"], at: Segment): OpenCase {
  return {
    id: `${boot.suite?.id ?? boot.id}.c${String(boot.tally.cases)}`,
    suite: boot.suite?.name ?? "",
    name,
    plan,
    startUs: at.prefix?.timeUs,
    passed: 0,
    failed: 0,
    omitted: 0,
    omittedPlace: false,
    held: [],
    hasFault: false,
    keptEvaluations: 0,
    keptFailures: 0,
    keptConsole: 0,
    droppedConsole: 0,
    said: undefined,
    wound: undefined,
    runsAgain: false,
    limitMs: undefined,
    last: placeOf(at),
    lastUs: at.prefix?.timeUs,
  };
}

export function openSuite({ boot, emit }: Work, name: string, origin: Origin): void {
  boot.tally.suites += 1;
  boot.suite = { id: `${boot.id}.s${String(boot.tally.suites)}`, name };
  boot.suitesSeen.add(name);
  emit({ type: "suite-started", boot: boot.id, suite: boot.suite.id, name, origin });
}

export function closeSuite({ boot, emit }: Work, origin: Origin): void {
  if (boot.suite !== undefined) emit({ type: "suite-finished", suite: boot.suite.id, origin });
  boot.suite = undefined;
}

export function evaluated(
  work: Work,
  status: "passed" | "failed" | "omitted",
  message: string,
  at: Segment,
): void {
  const open = work.boot.open;
  testsGoOn(work.boot);
  work.boot.tally.results += 1;
  if (open === undefined) {
    if (work.boot.tally.uncountedCases === 0) outsideCase(work, status, message, at);
    else if (status === "failed") work.boot.tally.failedLines += 1;
    return;
  }
  settlePending(work);
  if (status === "omitted") {
    open.omitted += 1;
    open.omittedPlace = true;
    return keepConsole(work, open, at);
  }
  open.omittedPlace = false;
  open[status] += 1;
  const event = {
    type: "assertion",
    case: open.id,
    status,
    message: clip(message, work.caps.textChars),
    origin: placeOf(at),
  } as const;
  if (status === "passed") return keep(work, open, event);
  work.boot.tally.failedLines += 1;
  work.boot.pending = event;
}

function outsideCase(work: Work, status: string, message: string, at: Segment): void {
  // Assertions of the kit may stand in any function; those of Unikraft only in a case.
  const { protocol } = work.boot;
  if (protocol !== undefined && status === "failed") return failedOutside(work, message, at);
  // Between two cases of a suite nothing runs that could assert: a header is lost.
  if (protocol !== undefined && protocol.phase !== "cases") return;
  if (status === "failed") work.boot.tally.failedLines += 1;
  problem(
    work,
    "result-outside-case",
    "error",
    `a ${status} result stands outside any case: ${clip(message, 200)}`,
    placeOf(at),
  );
}

/** Counts passed results that nobody will quote. */
export function passes({ boot }: Work, count: number): void {
  testsGoOn(boot);
  boot.tally.results += count;
  if (boot.open === undefined) return;
  boot.open.passed += count;
  boot.tally.detailsDropped = true;
}

/** Gives the failure in front of it its place. */
export function located(work: Work, file: string, line: number, at: Segment): void {
  const { boot } = work;
  if (boot.outside !== undefined) return placeOutside(work, file, line);
  if (boot.pending === undefined) {
    if (boot.tally.uncountedCases > 0) return;
    if (boot.open?.omittedPlace === true) {
      boot.open.omittedPlace = false;
      return;
    }
    problem(
      work,
      "orphan-location",
      "error",
      `a failure's place without its failure: ${file}:${String(line)}`,
      placeOf(at),
    );
    return;
  }
  const planned = boot.open?.plan?.file;
  // The guest prints only the last part of the path; the image knows all of it.
  const whole = planned !== undefined && (planned === file || planned.endsWith(`/${file}`)) ? planned : file;
  boot.pending = { ...boot.pending, file: whole, line };
  settlePending(work);
}

/** Lets go of a failure that waits for its place. */
function settlePending(work: Work): void {
  const { boot } = work;
  const event = boot.pending;
  boot.pending = undefined;
  if (event !== undefined && boot.open !== undefined) keep(work, boot.open, event);
}

/** True while another evaluation of the case may be kept. */
export const mayKeep = ({ boot, caps }: Work, open: OpenCase): boolean =>
  open.keptEvaluations < caps.evaluationsPerCase && boot.tally.keptChars < caps.charsPerLog;

function keep(work: Work, open: OpenCase, event: AssertionEvaluated): void {
  const { boot, caps } = work;
  const cost = event.message.length + TEXT_OVERHEAD_CHARS;
  if (mayKeep(work, open)) {
    open.keptEvaluations += 1;
    boot.tally.keptChars += cost;
  } else if (
    // Failures have places of their own, so that no number of passes crowds them out.
    event.status === "failed" &&
    open.keptFailures < caps.evaluationsPerCase &&
    boot.tally.keptFailureChars < caps.charsPerLog
  ) {
    open.keptFailures += 1;
    boot.tally.keptFailureChars += cost;
  } else {
    boot.tally.detailsDropped = true;
    return;
  }
  if (open.plan === undefined) work.emit(event);
  else open.held.push(event);
}

/** Keeps a console line of the running case. */
export function keepConsole(work: Work, open: OpenCase, at: Segment): void {
  if (at.body === "" && at.prefix === undefined) return;
  const { boot, caps } = work;
  if (open.keptConsole >= caps.consoleLinesPerCase || boot.tally.keptChars >= caps.charsPerLog) {
    open.droppedConsole += 1;
    boot.tally.detailsDropped = true;
    return;
  }
  const text = clip(decodeText(at.body), caps.textChars);
  const painted = paintedText(at, caps.textChars);
  open.keptConsole += 1;
  boot.tally.keptChars += text.length + (painted?.length ?? 0) + TEXT_OVERHEAD_CHARS;
  work.emit({
    type: "console",
    case: open.id,
    text,
    ...(painted !== undefined && { painted }),
    origin: placeOf(at),
  });
}

export interface CaseEnd {
  readonly status: CaseStatus;
  readonly reason?: string;
  readonly survived?: CaseStatus;
  readonly durationMs?: number | undefined;
}

/** Finishes a case, in whatever way. */
/** A case that passed and ended badly when it was measured anew. */
const inSecondRun = (reason = "it did not come to its end"): string =>
  `${reason} (in a second run, to see whether it keeps memory: the first one passed)`;

export function closeCase(work: Work, open: OpenCase, end: CaseEnd, origin: Origin): void {
  const { boot, emit } = work;
  settlePending(work);
  releaseHeld(work, open, end.status);
  const time = open.said?.durationMs ?? end.durationMs;
  const event: Writable<CaseFinished> = {
    type: "case-finished",
    case: open.id,
    status: end.status,
    evidence: open.plan === undefined ? "console" : "plan",
    evaluations: { passed: open.passed, failed: open.failed },
    droppedConsoleLines: open.droppedConsole,
    origin,
  };
  const reason = open.runsAgain && event.status !== "passed" ? inSecondRun(end.reason) : end.reason;
  if (reason !== undefined) event.reason = reason;
  if (end.survived !== undefined) event.survived = end.survived;
  if (time !== undefined) event.durationMs = time;
  emit(event);
  remember(work, {
    id: open.id,
    suite: open.suite,
    name: open.name,
    status: end.status,
    failedLines: open.failed,
    isSaidRed: open.hasFault || open.said?.status === "failed",
  });
  if (end.status !== "passed" && end.status !== "skipped") {
    boot.failedSuites.add(open.suite);
    if (open.failed > 0 || open.said?.status === "failed") boot.tally.failedCases += 1;
  }
  boot.open = undefined;
}

/** Notes a result for whoever boots the image again, or reads its memory. */
export function remember({ boot }: Work, result: FinishedCase): void {
  const key = caseKey(result.suite, baseName(result.name));
  const known = boot.finished?.get(key);
  if (known === undefined) boot.finished?.set(key, [result]);
  else known.push(result);
}
