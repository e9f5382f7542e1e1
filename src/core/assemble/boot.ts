/**
 * What is known of one boot while its lines come in. State only; assemble.ts moves it.
 */
import type {
  AssertionEvaluated,
  BootReason,
  CaseStatus,
  Origin,
  ProblemCode,
  ProblemGrade,
} from "../events.js";
import type { ExcerptLine, FaultKind, FaultRecord } from "../fault.js";
import type { FindingKind } from "../finding-kinds.js";
import type { Segment } from "../segment.js";
import type { OpenCase } from "./case.js";

/** Part of a suite, or of the boot, in which an assertion may be evaluated outside of a case. */
export type Part = "init" | "exit" | "boot";

/** A failure whose place, and whose notes, are printed on the next lines. */
export interface OutsideFailure {
  readonly part: Part;
  readonly suite: string | undefined;
  readonly title: string;
  readonly place?: { readonly file: string; readonly line: number };
  /** Its own line, and the notes after it. */
  readonly excerpt: readonly ExcerptLine[];
  readonly origin: Origin;
}

export interface BootState {
  readonly id: string;
  readonly source: string;
  /** Boots of one image on one machine have it in common. */
  readonly group: string | undefined;
  /** Results by the key of their planned case, where somebody will ask for them. */
  readonly finished: Map<string, FinishedCase[]> | undefined;
  /** What ended the boot, and in what. */
  killer: Killer | undefined;
  /** Which of its own counts the guest has printed. */
  readonly countsSeen: Set<"suites" | "cases" | "assertions">;
  /** The guest's memory proves that it came to its end. */
  proven: boolean;
  suites: number;
  cases: number;
  suite: { readonly id: string; readonly name: string } | undefined;
  open: OpenCase | undefined;
  /** A failure whose place is printed on the next line. */
  pending: AssertionEvaluated | undefined;
  /** The same, outside of any case. */
  outside: OutsideFailure | undefined;
  /** Failures outside of any case, by part and suite; see outside.ts. */
  readonly outsideSeen: Map<string, number>;
  /** The guest itself has reported a fault: whatever its memory says, the boot had one. */
  saidFault: boolean;
  /** Failed cases and failed assertions outside of cases, as the guest's own totals on the console count them. */
  totals: { failed: number; outside: number };
  /** Cases that began, as `suite` NUL `case`. */
  readonly seen: Set<string>;
  readonly suitesSeen: Set<string>;
  readonly failedSuites: Set<string>;
  readonly initFailed: Set<string>;
  /** Suites that said they have nothing to run, by the guest's memory. */
  readonly skippedInMemory: Set<string>;
  failedCases: number;
  /** What a guest that prints no results counted; see quiet.ts. */
  unprinted: { readonly failed: number; readonly total: number } | undefined;
  failedLines: number;
  /** Characters kept of messages and console lines, and of failed evaluations. */
  keptChars: number;
  keptFailureChars: number;
  /** Counted but not kept, because the log has too many. */
  uncountedCases: number;
  /** What ended the boot before its time, in words. */
  fatal: string | undefined;
  /** The first fault that the guest may have survived, in words. */
  wound: string | undefined;
  /** A program died; whether that matters is shown by what follows. */
  lastBreath: { readonly record: FaultRecord; readonly at: Segment } | undefined;
  /** What the guest last said that may explain why it dies without another word. */
  lastWords: { readonly text: string; readonly line: number; readonly kind: FaultKind } | undefined;
  /** The last two lines on which anything was printed. */
  spokenAt: readonly [before: number, last: number];
  /** The same of the kernel's own lines. */
  kernelSpokenAt: readonly [before: number, last: number];
  /** The log stops inside a message of the kernel. */
  stopsInMessage: boolean;
  sawKernel: boolean;
  sawConstructors: boolean;
  /** Something stands in front of the first test that only the start of a boot prints. */
  sawHead: boolean;
  /** The platform prints its own last line, so a log without it is cut. */
  announcesHalt: boolean;
  banner: "none" | "begun" | "whole";
  /** Where the banner stands, while a case runs that it may have ended. */
  bannerAt: Segment | undefined;
  /** Results read in this boot, in or outside a case. */
  results: number;
  mainCalled: boolean;
  mainReturned: number | undefined;
  /** `over`: the boot code stops the system, and no platform says anything after that. */
  shutdown: "none" | "halting" | "over" | "exit";
  halted: boolean;
  /** The log stopped inside a case. */
  fellSilent: boolean;
  testsEnded: boolean;
  kernel: string | undefined;
  /** Set by a guest that speaks the kit's protocol. */
  protocol: Protocol | undefined;
  /** How often each kind of problem was met. */
  readonly problems: Map<ProblemCode, { readonly count: number; readonly grade: ProblemGrade }>;
  faults: number;
  /** Faults that were reported, by what makes two of them equal. */
  readonly repeats: Map<string, { readonly fault: number; times: number }>;
  /** Places of findings. */
  readonly sites: Set<string>;
  readonly moreFindings: Map<FindingKind, number>;
  /** Reports that were read, repetitions included. */
  findings: number;
  detailsDropped: boolean;
  last: Origin;
  lastUs: number | undefined;
}

/** A case that has finished. */
export interface FinishedCase {
  readonly id: string;
  readonly suite: string;
  readonly name: string;
  readonly status: CaseStatus;
  /** Results FAILED that the console shows in it. */
  readonly failedLines: number;
  /** The console says in so many words that it failed or crashed: an end line, a fault of the guest. */
  readonly isSaidRed: boolean;
}

/** A fault that ended a boot. */
export interface Killer {
  readonly kind: FaultKind;
  readonly title: string;
  readonly suite?: string;
  readonly case?: string;
}

/** What a guest of the kit has said of itself; see docs/protocol.md. */
export interface Protocol {
  /** The plan stood in front of all other control lines. */
  readonly isPlanned: boolean;
  /** What the guest does while no case runs. */
  phase: "before" | "init" | "cases" | "exit" | "between" | "ended";
  /** Results that were promised, by the key of their case. */
  readonly parameters: Map<string, { readonly promised: number; seen: number }>;
  readonly skippedSuites: Map<string, string>;
  /** Ended cases of the whole boot, and of the running suite. */
  ended: { cases: number; failed: number; skipped: number };
  endedInSuite: { cases: number; failed: number };
}

/** What a boot is to the others of its run. */
export interface BootPart {
  readonly group: string;
  readonly why?: BootReason;
  /** See BootStarted. */
  readonly startMs?: number;
}

/** A boot of which nothing has been read yet. */
export const freshBoot = (id: string, source: string, origin: Origin, part?: BootPart): BootState => ({
  id,
  source,
  group: part?.group,
  finished: part === undefined ? undefined : new Map(),
  killer: undefined,
  countsSeen: new Set(),
  proven: false,
  suites: 0,
  cases: 0,
  suite: undefined,
  open: undefined,
  pending: undefined,
  outside: undefined,
  outsideSeen: new Map(),
  saidFault: false,
  totals: { failed: 0, outside: 0 },
  seen: new Set(),
  suitesSeen: new Set(),
  failedSuites: new Set(),
  initFailed: new Set(),
  skippedInMemory: new Set(),
  failedCases: 0,
  unprinted: undefined,
  failedLines: 0,
  keptChars: 0,
  keptFailureChars: 0,
  uncountedCases: 0,
  fatal: undefined,
  wound: undefined,
  lastBreath: undefined,
  lastWords: undefined,
  spokenAt: [0, 0],
  kernelSpokenAt: [0, 0],
  stopsInMessage: false,
  sawKernel: false,
  sawConstructors: false,
  sawHead: false,
  announcesHalt: false,
  banner: "none",
  bannerAt: undefined,
  results: 0,
  mainCalled: false,
  mainReturned: undefined,
  shutdown: "none",
  halted: false,
  fellSilent: false,
  testsEnded: false,
  kernel: undefined,
  protocol: undefined,
  problems: new Map(),
  faults: 0,
  repeats: new Map(),
  sites: new Set(),
  moreFindings: new Map(),
  findings: 0,
  detailsDropped: false,
  last: origin,
  lastUs: undefined,
});

/** The tests go on: a banner that was seen before was printed by one of them. */
export function testsGoOn(boot: BootState): void {
  boot.banner = "none";
  boot.bannerAt = undefined;
}

/** The planned case that a result belongs to: a parameterised one has a label after a slash. */
export const baseName = (name: string): string => {
  const slash = name.indexOf("/");
  return slash < 0 ? name : name.slice(0, slash);
};

/** The key of a case in `seen`. */
export const caseKey = (suite: string, name: string): string => `${suite}\0${name}`;

/** True when the guest itself has said that its tests are over and nothing speaks against it. */
export function endedNormally(boot: BootState): boolean {
  if (boot.proven) return true;
  if (boot.fatal !== undefined) return false;
  if (boot.protocol !== undefined) return boot.testsEnded;
  if (boot.halted || boot.testsEnded) return true;
  if (boot.shutdown === "over" && !boot.stopsInMessage) return true;
  if (boot.announcesHalt || boot.stopsInMessage) return false;
  if (boot.shutdown === "halting") return true;
  // Where the boot code says that main() has returned, it says as well that it stops the system.
  return boot.banner === "whole" && boot.mainReturned === undefined;
}

/**
 * True when nothing comes any more: the platform says that it stops, or the tests of a guest of the kit are over and have
 * no program after them.
 */
export const saidItsLast = ({ halted, protocol, testsEnded, mainCalled, open, fatal }: BootState): boolean =>
  open === undefined &&
  (halted || (protocol !== undefined && testsEnded && !mainCalled && fatal === undefined));
