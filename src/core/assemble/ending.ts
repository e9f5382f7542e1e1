/**
 * How boots go on and end: milestones, faults, halts, silence, a second start. It decides what a dying boot takes with
 * it and names the reason in words.
 */
import type { Milestone } from "../claims.js";
import { decodeText } from "../decode.js";
import { INFERRED_DEATHS } from "../model/doubts.js";
import type { FaultRecord } from "../fault.js";
import type { Segment } from "../segment.js";
import { codeAddresses } from "../fault/symbolized.js";
import { baseName, type BootState, endedNormally } from "./boot.js";
import type { OpenCase } from "./case.js";
import { closeCase, closeSuite, openSuite, placeOf, returned } from "./cases.js";
import { failuresSeen } from "./outside.js";
import { type Work, fault, plainFault, problem } from "./work.js";

/**
 * A guest without end lines of cases has said nothing when it dies in the init function of a suite, after the last case
 * of another: its code tells. That case has returned, and the suite of the function has begun.
 * @returns the suite
 */
export function enterInit(
  work: Work,
  record: Pick<FaultRecord, "registers" | "callTrace">,
  at: Segment,
  stackTop?: string,
): string | undefined {
  const { boot, initAt } = work;
  if (initAt === undefined || boot.protocol !== undefined) return undefined;
  const suite = codeAddresses(record, stackTop).flatMap((address) => initAt(address) ?? [])[0];
  if (suite === undefined || !mayHaveReturned(work, suite)) return undefined;
  returned(work, at);
  closeSuite(work, placeOf(at));
  openSuite(work, suite, placeOf(at));
  return suite;
}

/** Between two cases of a suite no init function runs. */
function mayHaveReturned({ boot: { open }, plan }: Work, suite: string): boolean {
  if (open === undefined) return true;
  const last = plan?.suites.find(({ name }) => name === open.suite)?.cases.at(-1);
  return open.suite !== suite && (last === undefined || last.name === baseName(open.name));
}

/** A fault ends the running case and the boot. */
export function faulted(work: Work, record: FaultRecord, at: Segment, stackTop?: string): void {
  const { boot } = work;
  believeBanner(work);
  const suite = enterInit(work, record, at, stackTop);
  // The kernel of a guest that has a journal prints its prefix in front of whatever it reports.
  const isDoubtful = at.prefix === undefined || INFERRED_DEATHS.has(record.kind);
  fault(work, record, placeOf(at), suite, isDoubtful);
  killedBy(work, record);
  const name = boot.open === undefined ? "" : ` in ${boot.open.suite}.${boot.open.name}`;
  boot.death.fatal ??= `${record.title}${name}`;
  if (boot.open !== undefined) crash(work, boot.open, record.title);
}

/** Notes what ended the boot, the first time. */
export function killedBy({ boot }: Work, { kind, title }: FaultRecord): void {
  const suite = boot.open?.suite ?? boot.suite?.name;
  boot.death.killer ??= {
    kind,
    title,
    ...(suite !== undefined && { suite }),
    ...(boot.open !== undefined && { case: baseName(boot.open.name) }),
  };
}

/** Finishes the running case as crashed. */
function crash(work: Work, open: OpenCase, reason: string): void {
  closeCase(work, open, { status: "crashed", reason }, work.boot.spoken.last);
}

export function suiteInitFailed(work: Work, suite: string, at: Segment): void {
  const { boot } = work;
  returned(work, at);
  closeSuite(work, placeOf(at));
  openSuite(work, suite, placeOf(at));
  boot.initFailed.add(suite);
  // The assertion that made it fail has its own place, and says more.
  if (failuresSeen(boot, "init", suite) === 0)
    fault(
      work,
      plainFault("suite-init", `the init function of suite ${suite} failed`, excerptOf(at)),
      placeOf(at),
      suite,
    );
  closeSuite(work, placeOf(at));
}

export function bootInitFailed(work: Work, address: string, error: number, at: Segment): void {
  returned(work, at);
  closeSuite(work, placeOf(at));
  const title = `init function at ${address} returned ${String(error)} and stopped the boot`;
  faulted(work, plainFault("boot-init", title, excerptOf(at)), at);
}

const excerptOf = (at: Segment): FaultRecord["excerpt"] => [{ line: at.line, text: decodeText(at.body) }];

/** Nothing came after the banner that only a running case prints: it was the guest's own, and that case is over. */
export function believeBanner(work: Work): void {
  const { boot } = work;
  if (boot.end.banner !== "whole" || boot.end.bannerAt === undefined) return;
  returned(work, boot.end.bannerAt);
  closeSuite(work, placeOf(boot.end.bannerAt));
  boot.end.bannerAt = undefined;
}

export function milestone(
  work: Work,
  name: Milestone,
  code: number | undefined,
  text: string | undefined,
  at: Segment,
): void {
  const { boot } = work;
  switch (name) {
    case "boot-step":
      return returned(work, at);
    case "banner":
      // Plain text, which a test may print as well: the case it would end is held open until that is certain.
      boot.end.bannerAt = at;
      boot.end.banner = text === undefined ? "begun" : "whole";
      boot.head.kernel = text ?? boot.head.kernel;
      return;
    case "kernel":
      boot.head.kernel ??= text;
      if (boot.end.banner === "begun") boot.end.banner = "whole";
      return;
    case "main-called":
      returned(work, at);
      closeSuite(work, placeOf(at));
      boot.end.mainCalled = true;
      return;
    case "main-returned":
      returned(work, at);
      boot.end.mainReturned = code;
      if (text === "halting") boot.end.shutdown = "halting";
      return;
    case "exit-called":
      return exited(work, code ?? 0, at);
    case "halting":
      return stopping(work, "halting", code === HALTING_AS_CRASHED, at);
    case "shutting-down":
      return stopping(work, "over", code === SHUTTING_DOWN_AS_CRASHED, at);
    case "halted":
      return halted(work, at);
  }
}

function exited(work: Work, status: number, at: Segment): void {
  const { boot } = work;
  believeBanner(work);
  boot.end.shutdown = "exit";
  if (boot.open === undefined) return;
  faulted(work, plainFault("exit", `exit(${String(status)}) was called inside the case`, excerptOf(at)), at);
}

/** `Halting system (N)`: 0 halt, 1 restart, 2 suspend, 3 crash. Since 0.21 there is no suspend in between. */
const HALTING_AS_CRASHED = 3;
const SHUTTING_DOWN_AS_CRASHED = 2;

/** The boot code stops the system, on purpose or because a step of the boot failed. */
function stopping(work: Work, how: "halting" | "over", asCrashed: boolean, at: Segment): void {
  const { boot } = work;
  returned(work, at);
  boot.end.shutdown = how;
  // The closing parenthesis ends the message; the guest may be stopped before its line feed.
  if (how === "over") boot.end.stopsInMessage = false;
  if (!asCrashed || boot.death.fatal !== undefined) return;
  const title = boot.death.lastWords?.text ?? "the boot code halted the system as crashed";
  faulted(work, plainFault("crash", title, excerptOf(at)), at);
}

function halted(work: Work, at: Segment): void {
  const { boot } = work;
  believeBanner(work);
  boot.end.halted = true;
  if (boot.death.fatal !== undefined) return;
  const reachedMain =
    boot.end.mainCalled ||
    boot.end.banner !== "none" ||
    boot.end.shutdown !== "none" ||
    boot.end.mainReturned !== undefined;
  const [[before], [kernelBefore]] = [boot.spoken.lines, boot.spoken.kernelLines];
  const lastAt = boot.death.lastWords?.line;
  // The application may still print between the kernel's last words and the halt.
  const died = isUnsaid(boot) && lastAt !== undefined && (lastAt === before || lastAt === kernelBefore);
  if (boot.open === undefined && reachedMain && !died) return;
  const words = boot.death.lastWords;
  const where = boot.open === undefined ? "outside any case" : "inside the case";
  const record =
    words === undefined
      ? plainFault("halt", `the guest halted ${where} without saying why`, excerptOf(at))
      : plainFault(words.kind, words.text, [{ line: words.line, text: words.text }, ...excerptOf(at)]);
  faulted(work, record, at);
}

/** The boot code has not said that it shuts the system down. */
const isUnsaid = (boot: BootState): boolean =>
  boot.death.fatal === undefined && boot.end.mainReturned === undefined && boot.end.shutdown === "none";

/** The log is over after the tests, and its last line says why a guest dies: at the default level no halt is printed. */
export function diedUnsaid(work: Work, last: Segment | undefined): void {
  const { boot } = work;
  const words = boot.death.lastWords;
  const [, spoken] = boot.spoken.lines;
  if (boot.open !== undefined || boot.end.banner === "none" || boot.end.halted || !isUnsaid(boot)) return;
  if (words === undefined || words.line !== spoken || last === undefined) return;
  faulted(work, plainFault(words.kind, words.text, excerptOf(last)), last);
}

/** The guest's memory proves that it came to its end: whatever looked like a death was none. */
export function forgetDeath(work: Work): void {
  const { boot } = work;
  boot.death.fatal = undefined;
  boot.death.killer = undefined;
  boot.death.lastWords = undefined;
  if (boot.open !== undefined)
    closeCase(
      work,
      boot.open,
      { status: "crashed", reason: "its end was not on the console" },
      boot.spoken.last,
    );
}

/** The log is over and a case still runs: the guest fell silent in it. */
export function fellSilent(work: Work, open: OpenCase, last: Segment | undefined): void {
  const { boot } = work;
  if (open.wound !== undefined) return diedOf(work, open, open.wound);
  const words = boot.death.lastWords;
  const spoke = words !== undefined && words.line > open.last.line;
  const name = `${open.suite}.${open.name}`;
  const record = spoke
    ? plainFault(words.kind, words.text, [{ line: words.line, text: words.text }])
    : plainFault("silence", `the console falls silent in ${name}`, last === undefined ? [] : excerptOf(last));
  boot.end.fellSilent = true;
  fault(work, record, boot.spoken.last);
  killedBy(work, record);
  boot.death.fatal ??= spoke ? `${words.text} in ${name}` : record.title;
  crash(
    work,
    open,
    spoke ? words.text : "the console falls silent here: no end of the case, no end of the boot",
  );
}

/** The console ends in a case after a fault: it is why. */
function diedOf(work: Work, open: OpenCase, wound: string): void {
  const { boot } = work;
  boot.death.killer ??= { kind: "silence", title: wound, suite: open.suite, case: baseName(open.name) };
  boot.death.fatal ??= `${wound} in ${open.suite}.${open.name}`;
  crash(work, open, wound);
}

/** The guest starts again. True when this boot had really begun and a new one has to be opened. */
export function startedAgain(work: Work, at: Segment): boolean {
  const { boot } = work;
  if (!boot.head.sawKernel && boot.tally.cases === 0) return false;
  if (endedNormally(boot) || boot.death.fatal !== undefined) return true;
  const title = "the guest started again before it had finished";
  problem(work, "reboot", "error", title, placeOf(at));
  faulted(work, plainFault("reset", title, excerptOf(at)), at);
  return true;
}

/** Says what is wrong with a boot that is over, as a whole. */
export function sumUp(work: Work): void {
  const { boot, caps } = work;
  // A boot that did not come to its end after a fault was ended by it.
  if (!endedNormally(boot)) boot.death.fatal ??= boot.death.wound;
  if (boot.death.fatal === undefined && !endedNormally(boot))
    problem(work, "no-end", "error", noEndMessage(boot), boot.spoken.last);
  if (boot.tally.cases === 0 && boot.death.fatal === undefined && boot.initFailed.size === 0)
    problem(work, "no-tests", "error", `no test case ran in ${boot.source}`, boot.spoken.last);
  if (boot.tally.uncountedCases > 0) {
    const text = `${String(boot.tally.uncountedCases)} cases beyond the first ${String(caps.casesPerLog)} were counted and not judged`;
    problem(work, "cases-capped", "error", text, boot.spoken.last);
  }
  if (boot.tally.detailsDropped)
    problem(
      work,
      "details-capped",
      "note",
      "some evaluations or console lines were counted and not kept",
      boot.spoken.last,
    );
}

const noEndMessage = (boot: BootState): string =>
  boot.tally.cases === 0 && !boot.head.sawKernel
    ? `${boot.source} has no line of a guest that finished`
    : "the log stops before the guest said it was done, so nothing proves that every case ran";
