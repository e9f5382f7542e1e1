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

/** What stands in front of the tests. */
export interface Head {
  sawKernel: boolean;
  sawConstructors: boolean;
  /** Something stands in front of the first test that only the start of a boot prints. */
  sawHead: boolean;
  /** The platform prints its own last line, so a log without it is cut. */
  announcesHalt: boolean;
  kernel: string | undefined;
}

/** How much of each was met. */
export interface Tally {
  suites: number;
  cases: number;
  failedCases: number;
  failedLines: number;
  /** Results read in this boot, in or outside a case. */
  results: number;
  /** Counted but not kept, because the log has too many. */
  uncountedCases: number;
  /** Failed cases and failed assertions outside of cases, as the guest's own totals on the console count them. */
  totals: { failed: number; outside: number };
  faults: number;
  /** Reports that were read, repetitions included. */
  findings: number;
  /** Characters kept of messages and console lines, and of failed evaluations. */
  keptChars: number;
  keptFailureChars: number;
  detailsDropped: boolean;
}

/** What says how far the guest came. */
export interface End {
  /** The guest's memory proves that it came to its end. */
  proven: boolean;
  banner: "none" | "begun" | "whole";
  /** Where the banner stands, while a case runs that it may have ended. */
  bannerAt: Segment | undefined;
  mainCalled: boolean;
  mainReturned: number | undefined;
  /** `over`: the boot code stops the system, and no platform says anything after that. */
  shutdown: "none" | "halting" | "over" | "exit";
  halted: boolean;
  testsEnded: boolean;
  /** A stream of tests says itself when it is over; nothing else is its end. */
  awaitsWord: boolean;
  /** The log stopped inside a case. */
  fellSilent: boolean;
  /** The log stops inside a message of the kernel. */
  stopsInMessage: boolean;
}

/** What the guest died of, or may have. */
export interface Death {
  /** What ended the boot, and in what. */
  killer: Killer | undefined;
  /** What ended the boot before its time, in words. */
  fatal: string | undefined;
  /** The first fault that the guest may have survived, in words. */
  wound: string | undefined;
  /** The guest itself has reported a fault: whatever its memory says, the boot had one. */
  saidFault: boolean;
  /** A program died; whether that matters is shown by what follows. */
  lastBreath: { readonly record: FaultRecord; readonly at: Segment } | undefined;
  /** What the guest last said that may explain why it dies without another word. */
  lastWords: { readonly text: string; readonly line: number; readonly kind: FaultKind } | undefined;
}

/** Where something was printed last. */
export interface Spoken {
  /** The last two lines on which anything was printed. */
  lines: readonly [before: number, last: number];
  /** The same of the kernel's own lines. */
  kernelLines: readonly [before: number, last: number];
  last: Origin;
  lastUs: number | undefined;
}

/** The groups are never replaced, only what is in them; what is open at a line stands beside them. */
export interface BootState {
  readonly id: string;
  readonly source: string;
  /** Boots of one image on one machine have it in common. */
  readonly group: string | undefined;
  readonly head: Head;
  readonly tally: Tally;
  readonly end: End;
  readonly death: Death;
  readonly spoken: Spoken;
  suite: { readonly id: string; readonly name: string } | undefined;
  open: OpenCase | undefined;
  /** A failure whose place is printed on the next line. */
  pending: AssertionEvaluated | undefined;
  /** The same, outside of any case. */
  outside: OutsideFailure | undefined;
  /** What a guest that prints no results counted; see quiet.ts. */
  unprinted: { readonly failed: number; readonly total: number } | undefined;
  /** Counts of cases above what was seen, which cases without a console may explain. */
  surplus: Surplus[];
  /** Set by a guest that speaks the kit's protocol. */
  protocol: Protocol | undefined;
  /** Results by the key of their planned case, where somebody will ask for them. */
  readonly finished: Map<string, FinishedCase[]> | undefined;
  /** Cases that their suite limits, as `suite` NUL `case`. */
  readonly limited: Set<string>;
  /** Ids of the cases of which it is known what they did with memory. */
  readonly measured: Set<string>;
  /** Cases that are benchmarks, as `suite` NUL `case`, and whether their suite limits them. */
  readonly benchmarks: Map<string, "limited" | "free">;
  /** Ids of the benchmarks whose rounds are known. */
  readonly counted: Set<string>;
  /** Which of its own counts the guest has printed. */
  readonly countsSeen: Set<"suites" | "cases" | "assertions">;
  /** Failures outside of any case, by part and suite; see outside.ts. */
  readonly outsideSeen: Map<string, number>;
  /** Cases that began, as `suite` NUL `case`. */
  readonly seen: Set<string>;
  readonly suitesSeen: Set<string>;
  readonly failedSuites: Set<string>;
  readonly initFailed: Set<string>;
  /** Suites that said they have nothing to run, by the guest's memory. */
  readonly skippedInMemory: Set<string>;
  /** How often each kind of problem was met. */
  readonly problems: Map<ProblemCode, { readonly count: number; readonly grade: ProblemGrade }>;
  /** Faults that were reported, by what makes two of them equal. */
  readonly repeats: Map<string, { readonly fault: number; times: number }>;
  /** Places of findings. */
  readonly sites: Set<string>;
  readonly moreFindings: Map<FindingKind, number>;
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

/** The guest has counted more cases than its console shows. */
export interface Surplus {
  readonly words: string;
  /** So many more. */
  readonly cases: number;
  readonly origin: Origin;
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

const freshHead = (): Head => ({
  sawKernel: false,
  sawConstructors: false,
  sawHead: false,
  announcesHalt: false,
  kernel: undefined,
});

const freshTally = (): Tally => ({
  suites: 0,
  cases: 0,
  failedCases: 0,
  failedLines: 0,
  results: 0,
  uncountedCases: 0,
  totals: { failed: 0, outside: 0 },
  faults: 0,
  findings: 0,
  keptChars: 0,
  keptFailureChars: 0,
  detailsDropped: false,
});

const freshEnd = (): End => ({
  proven: false,
  banner: "none",
  bannerAt: undefined,
  mainCalled: false,
  mainReturned: undefined,
  shutdown: "none",
  halted: false,
  testsEnded: false,
  awaitsWord: false,
  fellSilent: false,
  stopsInMessage: false,
});

const freshDeath = (): Death => ({
  killer: undefined,
  fatal: undefined,
  wound: undefined,
  saidFault: false,
  lastBreath: undefined,
  lastWords: undefined,
});

/** A boot of which nothing has been read yet. */
export const freshBoot = (id: string, source: string, origin: Origin, part?: BootPart): BootState => ({
  id,
  source,
  group: part?.group,
  head: freshHead(),
  tally: freshTally(),
  end: freshEnd(),
  death: freshDeath(),
  spoken: { lines: [0, 0], kernelLines: [0, 0], last: origin, lastUs: undefined },
  suite: undefined,
  open: undefined,
  pending: undefined,
  outside: undefined,
  unprinted: undefined,
  surplus: [],
  protocol: undefined,
  finished: part === undefined ? undefined : new Map(),
  countsSeen: new Set(),
  outsideSeen: new Map(),
  seen: new Set(),
  suitesSeen: new Set(),
  failedSuites: new Set(),
  initFailed: new Set(),
  skippedInMemory: new Set(),
  problems: new Map(),
  repeats: new Map(),
  sites: new Set(),
  limited: new Set(),
  measured: new Set(),
  benchmarks: new Map(),
  counted: new Set(),
  moreFindings: new Map(),
});

/** The tests go on: a banner that was seen before was printed by one of them. */
export function testsGoOn(boot: BootState): void {
  boot.end.banner = "none";
  boot.end.bannerAt = undefined;
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
  if (boot.end.proven) return true;
  if (boot.death.fatal !== undefined) return false;
  if (boot.protocol !== undefined || boot.end.awaitsWord) return boot.end.testsEnded;
  if (boot.end.halted || boot.end.testsEnded) return true;
  if (boot.end.shutdown === "over" && !boot.end.stopsInMessage) return true;
  if (boot.head.announcesHalt || boot.end.stopsInMessage) return false;
  if (boot.end.shutdown === "halting") return true;
  // Where the boot code says that main() has returned, it says as well that it stops the system.
  return boot.end.banner === "whole" && boot.end.mainReturned === undefined;
}

/**
 * True when nothing comes any more: the platform says that it stops, or the tests of a guest of the kit are over and have
 * no program after them.
 */
export const saidItsLast = ({ end, protocol, open, death }: BootState): boolean =>
  open === undefined &&
  (end.halted || (protocol !== undefined && end.testsEnded && !end.mainCalled && death.fatal === undefined));
