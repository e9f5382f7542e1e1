/**
 * The account of one boot in a line grammar: which case runs, what its group planned and counted, whether the stream is
 * over. It turns rows into claims and names what contradicts; it reads no line.
 */
import type { Claim } from "../claims.js";
import { decodeText } from "../decode.js";
import type { Segment } from "../segment.js";
import { type Alone, MOST_WAITING, UNNAMED, saysOf, unnamedClaims } from "./alone.js";
import { ClaimQueue } from "./claim-queue.js";
import { needsWholeLine } from "./cut.js";
import { deathClaim, output, suspect } from "./said.js";
import { OpenFailure, explain, explained, failureClaims, foundIn } from "./explained.js";
import { goesOn } from "./group.js";
import type { Grammar, Row, RowStatus } from "./grammar.js";
import { Groups } from "./groups.js";
import { meaningOf } from "./meaning.js";
import { type CaseEnd, type LateCase, LateCases, endClaim } from "./late.js";
import { Names } from "./names.js";
import { type Running, header, leavesAlone } from "./running.js";

type Said<T extends Row["type"]> = Extract<Row, { readonly type: T }>;
type Ending = Pick<Said<"end">, "reason" | "durationMs" | "failure" | "awaits" | "awaitsTime">;

/** Contradictions that are spelled out; more of them change nothing. */
const MOST_FLAWS = 8;
export class Account {
  readonly #claims = new ClaimQueue();
  readonly #groups = new Groups();
  #running: Running | undefined;
  #alone: Alone | undefined;
  #isOver = true;
  /** What the row that is taken means, where it is no result. */
  #means: string | undefined;
  #flaws = 0;
  readonly #names = new Names();
  readonly #open = new OpenFailure();
  readonly #late = new LateCases();
  #about: LateCase | undefined;
  /** The end of a case whose time may follow. */
  #timed: CaseEnd | undefined;
  /** The plan is reached here, and failed cases still wait for their explanation. */
  #endsAt: Segment | undefined;

  /** @param claims those that stand in front of its own */
  constructor(
    private readonly grammar: Pick<Grammar, "suite" | "plansGroups" | "endsGroups" | "passesByGoingOn">,
    claims: readonly Claim[] = [],
  ) {
    this.#claims.push(...claims);
  }

  /** The claims since the last call. */
  take(): readonly Claim[] {
    if (this.#claims.isFull) this.settle();
    return this.#claims.take();
  }

  /** True while claims are kept back for what follows. */
  get holds(): boolean {
    return this.#open.isOpen || this.#claims.holds;
  }

  /** True while a line that is no row is wanted. */
  get isListening(): boolean {
    return this.#open.isOpen || this.#about !== undefined;
  }

  /** A line that is no row. */
  line(text: string, at: Segment): void {
    if (this.#claims.length > MOST_WAITING) this.#decide();
    if (this.#about !== undefined) explain(this.#about.failure, text);
    if (!this.#open.line(text, at)) this.#output(at);
  }

  /** A row; `isCut` where its line has no end, so that a longer one may have been meant. */
  row(row: Row, at: Segment, isCut: boolean): void {
    if (row.type === "place" && this.#open.isOpen)
      return this.#claims.push(...this.#open.placed(row.file, row.line, at));
    if (row.type === "failure" && this.#about !== undefined) {
      foundIn(this.#about.failure, row);
      return this.#output(at);
    }
    this.#claims.push(...this.#open.take());
    this.#about = undefined;
    this.#doubt(row);
    if (this.#timed !== undefined) this.#time(this.#timed, row);
    if (isCut && needsWholeLine(row)) return this.#flaw("the last line is cut", at);
    if (this.#endsAt !== undefined && goesOn(row)) this.settle();
    if (this.#isOver && goesOn(row)) {
      this.#isOver = false;
      this.#claims.push({ type: "tests-begin", at });
    }
    this.#decide(row, at);
    this.#means = meaningOf(row);
    this.#row(row, at);
    this.#means = undefined;
    this.#settleEnd(at);
  }

  /** Lets go of everything that is kept back. */
  settle(): void {
    this.#decide();
    this.#claims.push(...this.#open.take());
    this.#late.release(this.#claims);
    this.#claims.release();
    this.#about = undefined;
    this.#timed = undefined;
    if (this.#endsAt !== undefined) this.#finish(this.#endsAt);
  }

  /** The boot is over. */
  end(at: Segment | undefined): void {
    this.settle();
    if (at !== undefined) this.#flaw(this.#groups.missing, at);
  }

  #row(row: Row, at: Segment): void {
    switch (row.type) {
      case "stream":
        this.#groups.beginStream(row);
        return this.#output(at);
      case "stream-end":
        return this.#streamEnd(row, at);
      case "group":
        this.#leave(at);
        return this.#say(this.#groups.begin(row), at);
      case "group-end":
        return this.#groupEnd(row, at);
      case "counts":
        return this.#say(this.#groups.counted(row), at);
      case "begin":
        return this.#begin(row, at);
      case "end":
        return this.#end(row, at);
      case "case":
        return this.#whole(row, at);
      case "check":
        if (this.#running === undefined) return this.#output(at);
        return this.#claims.push({ type: "result", status: "passed", message: decodeText(row.message), at });
      case "unnamed":
        return this.#unnamed(row.passed, at);
      case "alone":
        return this.#programBegins(row, at);
      case "failure":
        return this.#failed(row, at);
      case "about":
        this.#about = this.#late.find({ suite: decodeText(row.suite ?? this.#suite), name: row.name });
        return this.#output(at);
      case "fault":
        this.#running = undefined;
        return this.#claims.push(deathClaim(row, at));
      case "restarted":
        this.settle();
        return this.#claims.push({ type: "restarted", at });
      case "flaw":
        return this.#flaw(row.words, at);
      case "remark":
        return this.#claims.push(suspect("unplanned-stream", row.words, at));
      case "place":
      case "took":
      case "note":
        return this.#output(at);
    }
  }

  get #suite(): string {
    return this.#groups.name ?? this.grammar.suite;
  }

  /** Several rows of one line are one line of output. */
  #output(at: Segment): void {
    const { last } = this.#claims;
    if (last?.at === at && last.type !== "tests-begin") return;
    this.#claims.push(output(this.#means, at));
  }

  #flaw(words: string | undefined, at: Segment): void {
    if (words === undefined) return;
    this.#flaws += 1;
    if (this.#flaws > MOST_FLAWS) return this.#output(at);
    this.#claims.push(suspect("stream-invalid", words, at));
  }

  /** The stream is over where nothing is open any more. */
  #settleEnd(at: Segment): void {
    const isDone = this.#running === undefined && this.#groups.endByPlan();
    if (this.#isOver || this.#groups.isOpen) return;
    if (this.#running !== undefined || this.#alone !== undefined) return;
    // What a plan ends has no last line: what failed may still be explained.
    if (isDone && !this.#late.isEmpty) this.#endsAt = at;
    if (this.#endsAt === undefined) this.#finish(at);
  }

  #finish(at: Segment): void {
    this.#endsAt = undefined;
    this.settle();
    this.#isOver = true;
    this.#claims.push({ type: "tests-ended", at });
  }

  #programBegins(row: Said<"alone">, at: Segment): void {
    this.#leave(at);
    const mark = output(this.#means, at);
    this.#claims.push(mark);
    this.#claims.keepFrom(mark);
    this.#alone = { row, mark };
  }

  /** Whether a program is one case: without a row it is high time. */
  #decide(row?: Row, at?: Segment): void {
    const says = row === undefined ? "is one" : saysOf(row);
    if (says === "nothing") return;
    const alone = this.#alone;
    this.#alone = undefined;
    if (alone !== undefined && says === "is one") {
      const { suite = this.#suite, name } = alone.row;
      this.#running = { ...this.#names.next(suite, name), raw: name, hasFailed: false, isProgram: true };
      this.#claims.replace(alone.mark, [header(this.#running, alone.mark.at), alone.mark]);
    } else if (alone !== undefined) this.#claims.release(alone.mark);
    if (says === "has cases" && at !== undefined && this.#running?.isProgram === true)
      this.#close("passed", {}, at);
  }

  #unnamed(passed: number, at: Segment): void {
    if (passed === 0) return this.#output(at);
    this.#leave(at);
    this.#inGroup(UNNAMED, at);
    this.#groups.countMore(passed - 1);
    this.#running = { ...this.#names.next(this.#suite, UNNAMED), raw: UNNAMED, hasFailed: false };
    this.#claims.push(...unnamedClaims(this.#running, passed, at));
    this.#close("passed", {}, at);
  }

  /** A contradiction, or a line that says nothing. */
  #say(flaw: string | undefined, at: Segment): void {
    return flaw === undefined ? this.#output(at) : this.#flaw(flaw, at);
  }

  #groupEnd(row: Said<"group-end">, at: Segment): void {
    this.#leave(at, row.ok !== false);
    this.settle();
    this.#say(this.#groups.end(row), at);
  }

  #streamEnd(row: Said<"stream-end">, at: Segment): void {
    this.#leave(at, row.ok !== false);
    for (const flaw of this.#groups.endStream(row, this.grammar.endsGroups)) this.#say(flaw, at);
  }

  /** The group of a case. */
  #inGroup(name: string, at: Segment): void {
    this.#flaw(this.#groups.hold(name, this.grammar.plansGroups === true), at);
  }

  /** What looked like the start of a case was output, where the tests go on with another one. */
  #doubt(row: Row): void {
    const running = this.#running;
    if (running?.doubtful === undefined || !this.#claims.holds || leavesAlone(row)) return;
    if (row.type === "case" && row.name === running.raw) return this.#claims.release(running.doubtful);
    this.#claims.replace(running.doubtful, [{ type: "output", at: running.doubtful.at }]);
    this.#names.forget(running.suite, running.raw);
    this.#running = undefined;
  }

  #begin({ name, suite, number, isDoubtful, passesByGoingOn }: Said<"begin">, at: Segment): void {
    this.#leave(at);
    this.#inGroup(name, at);
    this.#flaw(this.#groups.misplaced(number), at);
    const named = this.#names.next(suite ?? this.#suite, name);
    const start = header(named, at);
    this.#claims.push(start);
    if (isDoubtful === true) this.#claims.keepFrom(start);
    this.#running = {
      ...named,
      raw: name,
      hasFailed: false,
      passesByGoingOn: passesByGoingOn ?? this.grammar.passesByGoingOn ?? false,
      ...(isDoubtful === true && { doubtful: start }),
    };
  }

  /** The running case is over without a result of its own. */
  #leave(at: Segment, endsWell = true): void {
    const running = this.#running;
    if (running === undefined) return;
    if (running.passesByGoingOn === true && endsWell) return this.#close("passed", {}, at);
    this.#flaw(`${running.suite}.${running.name} has no result`, at);
    this.#close("failed", { reason: "it has no result, and the tests went on" }, at);
  }

  #end(row: Said<"end">, at: Segment): void {
    const { status, name } = row;
    const running = this.#running;
    const said = `a ${status} result`;
    if (running === undefined) {
      this.#flaw(`${said} without its start: ${name ?? "of no case"}`, at);
      return;
    }
    if (name !== undefined && name !== running.raw) {
      const words = `${said} of ${name}, while ${running.raw} runs`;
      if (status === "failed") this.#flaw(words, at);
      else this.#claims.push(suspect("lookalike", words, at));
      return;
    }
    this.#close(status, row, at);
  }

  #whole(row: Said<"case">, at: Segment): void {
    const isRunning = this.#running !== undefined && this.#running.raw === row.name;
    if (!isRunning) {
      this.#leave(at);
      this.#inGroup(row.name, at);
      const named = this.#names.next(row.suite ?? this.#suite, row.name);
      this.#running = { ...named, raw: row.name, hasFailed: false };
      this.#claims.push(header(named, at));
    }
    this.#close(row.status, row, at);
  }

  #close(status: RowStatus, said: Ending, at: Segment): void {
    const running = this.#running;
    const isLate = said.awaits === true && running !== undefined;
    const isExplained = running?.hasFailed === true || said.failure !== undefined;
    this.#running = undefined;
    this.#groups.count(status);
    if (said.failure !== undefined && !isLate)
      this.#claims.push(...failureClaims(explained(said.failure), at));
    const end = endClaim({ ...said, status }, at, isExplained);
    this.#claims.push(end);
    if (running?.doubtful !== undefined) this.#claims.release(running.doubtful);
    if (said.awaitsTime === true) this.#claims.keepFrom(end);
    this.#timed = said.awaitsTime === true ? end : undefined;
    if (isLate)
      this.#late.add({ ...said, status }, { suite: running.suite, name: running.raw }, end, this.#claims);
  }

  /** The row after the end of a case, which may say how long that took. */
  #time(end: CaseEnd, row: Row): void {
    this.#timed = undefined;
    if (row.type === "took" && this.#claims.holds)
      this.#claims.replace(end, [{ ...end, durationMs: row.durationMs }]);
    else this.#claims.release(end);
  }

  #failed(row: Said<"failure">, at: Segment): void {
    if (this.#running !== undefined) this.#running.hasFailed = true;
    else this.#groups.failedOutside();
    this.#claims.push(...this.#open.begin(row, at));
  }
}
