/**
 * Turns claims into the one well-formed stream of conclusions. This is the only place that knows about the mess of a
 * console: what is missing, doubled, cut or a lie ends here, and what leaves keeps the promises of events.ts.
 */
import {
  baseName,
  type BootPart,
  caseKey,
  endedNormally,
  saidItsLast,
  type FinishedCase,
  freshBoot,
  type Killer,
  testsGoOn,
} from "./assemble/boot.js";
import { type Caps, DEFAULT_CAPS } from "./assemble/case.js";
import * as cases from "./assemble/cases.js";
import * as ending from "./assemble/ending.js";
import { judgeHead, noticeHead } from "./assemble/head.js";
import * as machine from "./assemble/machine.js";
import { holdBenchmarks } from "./assemble/benchmarks.js";
import { holdMeasured } from "./assemble/measures.js";
import { confirm, prove, provesEnd } from "./assemble/memory.js";
import { type MissingCase, missingCases } from "./assemble/missing.js";
import * as outside from "./assemble/outside.js";
import { planProblems } from "./assemble/plan-problems.js";
import * as protocol from "./assemble/protocol.js";
import { settleQuiet } from "./assemble/quiet.js";
import * as reports from "./assemble/reports.js";
import { noticeLine } from "./assemble/spoken.js";
import * as survival from "./assemble/survival.js";
import { addMissing, type Unrun } from "./assemble/unseen.js";
import { type Work, fault, problem, sayMore, sayRepeats } from "./assemble/work.js";
import type { Claim, ClaimBody } from "./claims.js";
import type { MemoryFacts } from "./evidence.js";
import { EVENTS_SCHEMA, type Origin, type Policy, type RunEvent, type Tool } from "./events.js";
import type { FaultRecord, MachineEnd } from "./fault.js";
import type { Plan } from "./plan.js";
import type { Segment } from "./segment.js";

export interface RunInfo {
  readonly tool: Tool;
  /** Logs or machines, in order. */
  readonly sources: readonly string[];
  readonly policy: Policy;
  readonly plan?: Plan;
  readonly caps?: Caps;
  /** The suite whose init function holds an address of code, where the image tells; several may share one. */
  readonly initAt?: (address: bigint) => string | undefined;
  /** Number of its first boot, where these are only some boots of a run whose start and end somebody else tells. */
  readonly partOf?: number;
}

/** What became of a boot, for whoever decides what to boot next. */
export interface BootSummary {
  readonly boot: string;
  /** Came to its end, by its own word or by the proof of its memory. */
  readonly isWhole: boolean;
  /** The host stopped it, for a reason that has nothing to do with the guest. */
  readonly isStopped: boolean;
  /** What ended it before its time. */
  readonly killer: Killer | undefined;
  /** Results by suite and case; several where a case has parameters. */
  readonly finished: ReadonlyMap<string, readonly FinishedCase[]>;
  /** Planned cases that never began, and why. */
  readonly missing: readonly MissingCase[];
}

/** Boots of one run; a guest that starts over and over again fills its last one. */
const MOST_BOOTS = 1000;

type Said<T extends ClaimBody["type"]> = Extract<ClaimBody, { readonly type: T }>;

/** Assembles the events of one run: feed it claims boot by boot, and drain `take()` as often as you like. */
export class Assembler {
  readonly #info: RunInfo;
  readonly #caps: Caps;
  #out: RunEvent[] = [];
  #work: Work | undefined;
  #boots: number;
  #restarts = 0;
  #lastSegment: Segment | undefined;

  constructor(info: RunInfo) {
    this.#info = info;
    this.#caps = info.caps ?? DEFAULT_CAPS;
    const { tool, sources, policy, plan } = info;
    this.#boots = (info.partOf ?? 1) - 1;
    if (info.partOf !== undefined) return;
    const image = plan === undefined ? {} : { image: plan.image };
    this.#emit({ type: "run-started", schema: EVENTS_SCHEMA, tool, sources: [...sources], ...image, policy });
    if (plan !== undefined) for (const event of planProblems(plan)) this.#emit(event);
  }

  /** The events since the last call. */
  take(): readonly RunEvent[] {
    const events = this.#out;
    this.#out = [];
    return events;
  }

  /** True while further passed results would only be counted: of a case with enough of them, or of one too many. */
  get countsPassesOnly(): boolean {
    const work = this.#work;
    if (work === undefined || work.boot.pending !== undefined) return false;
    const {
      open,
      tally: { uncountedCases },
    } = work.boot;
    return open === undefined ? uncountedCases > 0 : !cases.mayKeep(work, open);
  }

  /** Begins a boot of `source`, of an image with this plan; the one before it is closed. */
  openBoot(
    source: string,
    plan = this.#info.plan,
    part?: BootPart,
    origin: Origin = { line: 1, byteOffset: 0 },
  ): void {
    this.closeBoot();
    if (origin.line === 1 || this.#info.partOf === undefined) this.#boots += 1;
    else this.#restarts += 1;
    const restart = this.#restarts > 0 ? `r${String(this.#restarts)}` : "";
    const boot = freshBoot(`b${String(this.#boots)}${restart}`, source, origin, part);
    this.#lastSegment = undefined;
    const { initAt, policy } = this.#info;
    this.#work = { boot, plan, policy, initAt, caps: this.#caps, emit: (event) => this.#emit(event) };
    this.#emit({ type: "boot-started", boot: boot.id, source, ...part, origin });
    // What is wrong with the image that the whole run shares was reported at its start.
    if (plan !== undefined && plan !== this.#info.plan)
      for (const event of planProblems(plan, boot.id)) this.#emit(event);
  }

  /** Takes one claim of the running boot. */
  claim(claim: Claim): void {
    const work = this.#work;
    if (work === undefined) return;
    this.#notice(work, claim.at);
    this.#conclude(work, claim, claim.at);
    const open = work.boot.open;
    if (open !== undefined) {
      open.last = cases.placeOf(claim.at);
      open.lastUs = claim.at.prefix?.timeUs ?? open.lastUs;
    }
  }

  /** The boot's stream is over: says how it ended and what never ran; `end` is what its machine says of that. */
  closeBoot(end?: MachineEnd): void {
    const summary = this.endBoot(end);
    if (summary !== undefined) this.finishBoot(summary.missing);
  }

  /**
   * The boot's stream is over: concludes how it ended. Which of the missing cases never run is for `finishBoot`, since
   * they may run in a further boot.
   * @param end what its machine says
   * @param facts what the guest's memory says
   */
  endBoot(end?: MachineEnd, facts?: MemoryFacts): BootSummary | undefined {
    const work = this.#work;
    if (work === undefined) return undefined;
    const { boot } = work;
    outside.settleOutside(work);
    survival.breathedLast(work);
    boot.end.proven =
      facts !== undefined &&
      provesEnd(facts) &&
      !boot.death.saidFault &&
      end?.kind === "ended" &&
      end.how !== "crash";
    if (boot.end.proven) ending.forgetDeath(work);
    if (end?.kind === "stopped") machine.stopped(work, end.detail);
    if (end?.kind === "timed-out") machine.timedOut(work, end, this.#lastSegment);
    ending.diedUnsaid(work, this.#lastSegment);
    if (end?.kind === "ended") machine.ended(work, end, this.#lastSegment);
    if (boot.open !== undefined) ending.fellSilent(work, boot.open, this.#lastSegment);
    if (end?.kind === "ended" && end.how === "crash") machine.crashed(work, end.detail);
    cases.closeSuite(work, boot.spoken.last);
    const known = facts === undefined ? [] : confirm(work, facts, end?.kind === "stopped").unseen;
    const unseen = settleQuiet(work, facts, known);
    addMissing(work, unseen);
    holdMeasured(work);
    holdBenchmarks(work);
    judgeHead(work, end !== undefined || facts !== undefined);
    ending.sumUp(work);
    sayRepeats(work);
    if (facts?.journal !== undefined) prove(work, facts.journal);
    for (const { suite, planned } of unseen) boot.seen.add(caseKey(suite, baseName(planned.name)));
    return {
      boot: boot.id,
      isWhole: endedNormally(boot),
      isStopped: end?.kind === "stopped",
      killer: boot.end.proven ? undefined : boot.death.killer,
      finished: boot.finished ?? new Map(),
      missing: work.plan === undefined ? [] : missingCases(boot, work.plan),
    };
  }

  /** Adds the cases that never ran, and finishes the boot that `endBoot` has ended. */
  finishBoot(missing: readonly Unrun[], wallMs?: number): void {
    const work = this.#work;
    if (work === undefined) return;
    const { boot } = work;
    addMissing(work, missing);
    reports.countsMissing(work);
    sayMore(work);
    this.#emit({
      type: "boot-finished",
      boot: boot.id,
      end: endedNormally(boot)
        ? "normal"
        : boot.death.fatal === undefined || boot.end.fellSilent
          ? "cut"
          : "fault",
      ...(boot.end.mainReturned !== undefined && { mainReturned: boot.end.mainReturned }),
      ...(boot.head.kernel !== undefined && { kernel: boot.head.kernel }),
      ...(wallMs !== undefined && { wallMs }),
      origin: boot.spoken.last,
    });
    this.#work = undefined;
  }

  /** What runs in the guest, as far as its console tells. */
  get running(): { readonly id: string; readonly name: string; readonly limitMs?: number } | undefined {
    const open = this.#work?.boot.open;
    if (open === undefined) return undefined;
    const { id, suite, name, limitMs } = open;
    return { id, name: `${suite}.${name}`, ...(limitMs !== undefined && { limitMs }) };
  }

  /** True once the guest has said its last: what the tests print is over, and nothing else was begun. */
  get isOver(): boolean {
    const work = this.#work;
    if (work === undefined || !saidItsLast(work.boot)) return false;
    // A case can print any word: while something planned is missing, the guest is given its time.
    return work.plan === undefined || missingCases(work.boot, work.plan).length === 0;
  }

  /** The run is over. */
  finish(): void {
    this.closeBoot();
    if (this.#info.partOf === undefined) this.#emit({ type: "run-finished" });
  }

  #emit(event: RunEvent): void {
    this.#out.push(event);
  }

  /** A fault that stands in no line: what the host itself could not do for this boot. */
  fault(record: FaultRecord): void {
    const work = this.#work;
    if (work === undefined) return;
    work.boot.death.fatal ??= record.title;
    fault(work, record, work.boot.spoken.last);
  }

  /** What any line tells about its boot. */
  #notice(work: Work, at: Segment): void {
    const { boot } = work;
    noticeHead(boot, at);
    noticeLine(boot, at);
    this.#lastSegment = at;
    if (at.droppedBytes === 0 || !at.first) return;
    const words = `${String(at.droppedBytes)} bytes of one line were dropped`;
    problem(work, "line-too-long", "warning", words, boot.spoken.last);
  }

  #conclude(work: Work, claim: ClaimBody, at: Segment): void {
    // Another writer's line may stand between a failure and its place, and notes come after it.
    if (claim.type !== "location" && claim.type !== "output") outside.settleOutside(work);
    if (protocol.isControl(claim)) protocol.speaksProtocol(work, at);
    survival.heard(work, claim);
    switch (claim.type) {
      case "header":
        testsGoOn(work.boot);
        return cases.openCase(work, claim, at);
      case "result":
        return cases.evaluated(work, claim.status, claim.message, at);
      case "passes":
        return cases.passes(work, claim.count);
      case "location":
        return cases.located(work, claim.file, claim.line, at);
      case "case-end":
        return protocol.caseEnd(work, claim, at);
      case "statistics":
        return reports.statistics(work, claim, at);
      case "finding":
        return reports.finding(work, claim, at);
      case "fault":
        return survival.foreseen(work, claim, at);
      case "suite-init-failed":
        return ending.suiteInitFailed(work, claim.suite, at);
      case "boot-init-failed":
        work.boot.death.saidFault = true;
        return ending.bootInitFailed(work, claim.address, claim.error, at);
      case "milestone":
        return this.#milestone(work, claim, at);
      case "tests-begin":
        return protocol.testsBegin(work);
      case "tests-ended":
        return protocol.testsEnded(work, claim, at);
      case "tests-planned":
        return protocol.planned(work, claim, at);
      case "suite-begins":
        return protocol.suiteBegins(work, claim.suite, at);
      case "suite-skipped":
        return protocol.suiteSkipped(work, claim.suite, claim.reason, at);
      case "suite-exits":
        return protocol.suiteExits(work, at);
      case "suite-done":
        return protocol.suiteDone(work, claim, at);
      case "parameters":
        return protocol.parameters(work, claim, at);
      case "case-limit":
        return protocol.limited(work, claim.limitMs);
      case "case-again":
        return reports.again(work, at);
      case "restarted":
        return this.#restarted(work, at);
      case "suspect":
        return reports.suspect(work, claim, at);
      case "last-words":
        return reports.lastWords(work, claim, at);
      case "output":
        return reports.output(work, at);
    }
  }

  #restarted(work: Work, at: Segment): void {
    if (this.#boots >= MOST_BOOTS || !ending.startedAgain(work, at)) return;
    this.openBoot(work.boot.source, work.plan, undefined, cases.placeOf(at));
    if (this.#work !== undefined) this.#notice(this.#work, at);
  }

  #milestone(work: Work, { milestone, code, text }: Said<"milestone">, at: Segment): void {
    if (text === "constructors") {
      // Printed once a boot: a second time is a second start.
      if (work.boot.head.sawConstructors) this.#restarted(work, at);
      if (this.#work !== undefined) this.#work.boot.head.sawConstructors = true;
      return;
    }
    ending.milestone(work, milestone, code, text, at);
  }
}
