/**
 * The account of one boot in a line grammar: which case runs, what its group planned and counted, whether the stream is
 * over. It turns rows into claims and names what contradicts; it reads no line.
 */
import type { Claim } from "../claims.js";
import { decodeText } from "../decode.js";
import type { Segment } from "../segment.js";
import { type Alone, MOST_WAITING, UNNAMED, putHeader, saysOf, unnamedClaims } from "./alone.js";
import { needsWholeLine } from "./cut.js";
import { deathClaim } from "./died.js";
import { OpenFailure, explain, explained, failureClaims, foundIn } from "./explained.js";
import type { Counts, Grammar, Row, RowStatus } from "./grammar.js";
import * as groups from "./group.js";
import { type Group, contradiction, freshGroup, freshTally, of, offPlan, reported } from "./group.js";
import { meaningOf } from "./meaning.js";
import { type LateCase, LateCases, endClaim } from "./late.js";
import { type Named, Names } from "./names.js";

type Said<T extends Row["type"]> = Extract<Row, { readonly type: T }>;

/** Contradictions that are spelled out; more of them change nothing. */
const MOST_FLAWS = 8;
/** Groups that later counts may be about. */
const MOST_GROUPS = 10_000;

export class Account {
  readonly #claims: Claim[] = [];
  #group: Group | undefined;
  /** Groups that are over, by name, and the last of them. */
  readonly #closed = new Map<string, Group>();
  #last: Group | undefined;
  #stream: { readonly cases: number | undefined } | undefined;
  #total = freshTally();
  #running: (Named & { readonly raw: string; hasFailed: boolean; readonly isProgram?: true }) | undefined;
  #alone: Alone | undefined;
  #isOver = true;
  /** What the row that is taken means, where it is no result. */
  #means: string | undefined;
  #flaws = 0;
  readonly #names = new Names();
  readonly #open = new OpenFailure();
  readonly #late = new LateCases();
  #about: LateCase | undefined;

  constructor(
    private readonly grammar: Pick<Grammar, "suite" | "plansGroups" | "endsGroups" | "passesByGoingOn">,
  ) {}

  /** The claims since the last call, as far as they are certain. */
  take(): readonly Claim[] {
    const certain = this.#claims.splice(0, this.#alone?.index ?? this.#claims.length);
    if (this.#alone !== undefined) this.#alone.index = 0;
    return certain;
  }

  /** True while claims are kept back for what follows. */
  get holds(): boolean {
    return this.#alone !== undefined || this.#open.isOpen || !this.#late.isEmpty;
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
      return this.#say(...this.#open.placed(row.file, row.line, at));
    if (row.type === "failure" && this.#about !== undefined) {
      foundIn(this.#about.failure, row);
      return this.#output(at);
    }
    this.#say(...this.#open.take());
    this.#about = undefined;
    if (isCut && needsWholeLine(row)) return this.#flaw("the last line is cut", at);
    if (this.#isOver && groups.goesOn(row)) {
      this.#isOver = false;
      this.#say({ type: "tests-begin", at });
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
    this.#say(...this.#open.take());
    this.#claims.push(...this.#late.take());
    this.#about = undefined;
  }

  /** The boot is over. */
  end(at: Segment | undefined): void {
    this.settle();
    const short = groups.tooFew(this.#group);
    if (at !== undefined && short !== undefined) this.#flaw(short, at);
  }

  #row(row: Row, at: Segment): void {
    switch (row.type) {
      case "stream":
        this.#stream = { cases: row.cases };
        this.#total = freshTally();
        return this.#output(at);
      case "stream-end":
        return this.#streamEnd(row, at);
      case "group":
        return this.#openGroup(row, at);
      case "group-end":
        return this.#groupEnd(row, at);
      case "counts":
        return this.#counted(row, at);
      case "begin":
        return this.#begin(row, at);
      case "end":
        return this.#end(row, at);
      case "case":
        return this.#whole(row, at);
      case "check":
        if (this.#running === undefined) return this.#output(at);
        return this.#say({ type: "result", status: "passed", message: decodeText(row.message), at });
      case "unnamed":
        return this.#unnamed(row.passed, at);
      case "alone":
        this.#leave(at);
        this.#alone = { row, at, index: this.#claims.length };
        return this.#output(at);
      case "failure":
        return this.#failed(row, at);
      case "about":
        this.#about = this.#late.find({ suite: decodeText(row.suite ?? this.#suite), name: row.name });
        return this.#output(at);
      case "fault":
        this.#running = undefined;
        return this.#say(deathClaim(row, at));
      case "flaw":
        return this.#flaw(row.words, at);
      case "remark":
        return this.#say({ type: "suspect", code: "unplanned-stream", text: decodeText(row.words), at });
      case "place":
      case "note":
        return this.#output(at);
    }
  }

  get #suite(): string {
    return this.#group?.name ?? this.grammar.suite;
  }

  /** Several rows of one line are one line of output. */
  #output(at: Segment): void {
    const last = this.#claims.at(-1);
    if (last?.at === at && last.type !== "tests-begin") return;
    const means = this.#means;
    this.#claims.push({ type: "output", ...(means !== undefined && { means }), at });
  }

  #say(...claims: readonly Claim[]): void {
    this.#claims.push(...claims);
  }

  #flaw(words: string, at: Segment): void {
    this.#flaws += 1;
    if (this.#flaws > MOST_FLAWS) return this.#output(at);
    this.#claims.push({ type: "suspect", code: "stream-invalid", text: decodeText(words), at });
  }

  /** A line of the library, and what contradicts in it. */
  #holds(wrong: string | undefined, at: Segment): void {
    if (wrong === undefined) this.#output(at);
    else this.#flaw(wrong, at);
  }

  /** The stream is over where nothing is open any more. */
  #settleEnd(at: Segment): void {
    const group = this.#group;
    const isDone =
      group?.endsByPlan === true && this.#running === undefined && group.planned === reported(group);
    if (isDone) this.#closeGroup(group);
    if (this.#isOver || this.#group !== undefined || this.#stream !== undefined) return;
    if (this.#running !== undefined || this.#alone !== undefined) return;
    this.settle();
    this.#isOver = true;
    this.#claims.push({ type: "tests-ended", at });
  }

  /** Whether a program is one case: without a row it is high time. */
  #decide(row?: Row, at?: Segment): void {
    const says = row === undefined ? "is one" : saysOf(row);
    const alone = this.#alone;
    if (says === "nothing") return;
    this.#alone = undefined;
    if (alone !== undefined && says === "is one") {
      const { suite = this.#suite, name } = alone.row;
      this.#running = { ...this.#names.next(suite, name), raw: name, hasFailed: false, isProgram: true };
      putHeader(this.#claims, alone, this.#running);
    }
    if (says === "has cases" && at !== undefined && this.#running?.isProgram === true)
      this.#close("passed", {}, at);
  }

  #unnamed(passed: number, at: Segment): void {
    if (passed === 0) return this.#output(at);
    this.#leave(at);
    const group = this.#groupOf(UNNAMED, at);
    for (const tally of [group, this.#total]) tally.passed += passed - 1;
    this.#running = { ...this.#names.next(this.#suite, UNNAMED), raw: UNNAMED, hasFailed: false };
    this.#claims.push(...unnamedClaims(this.#running, passed, at));
    this.#close("passed", {}, at);
  }

  #openGroup({ name, cases, endsByPlan }: Said<"group">, at: Segment): void {
    this.#leave(at);
    if (this.#group !== undefined) this.#abandon(this.#group, at);
    this.#group = freshGroup(name, cases, endsByPlan);
    this.#output(at);
  }

  /** A further group begins, and nothing has ended this one. */
  #abandon(group: Group, at: Segment): void {
    const wrong = groups.unended(group);
    if (wrong !== undefined) this.#flaw(wrong, at);
    this.#closeGroup(group);
  }

  #closeGroup(group: Group): void {
    this.#group = undefined;
    this.#last = group;
    if (group.name !== undefined && this.#closed.size < MOST_GROUPS) this.#closed.set(group.name, group);
  }

  #groupEnd(row: Said<"group-end">, at: Segment): void {
    this.#leave(at, row.ok !== false);
    this.settle();
    const group = this.#group;
    if (group === undefined)
      return this.#flaw(`a group of cases ends here that never began${of(row.name)}`, at);
    this.#holds(groups.endsWrong(group, row), at);
    this.#closeGroup(group);
  }

  #counted(row: Said<"counts">, at: Segment): void {
    const group =
      row.name === undefined ? (this.#group ?? this.#last) : (this.#closed.get(row.name) ?? this.#group);
    this.#holds(groups.miscounted(group, row, row.name), at);
  }

  #streamEnd(row: Said<"stream-end">, at: Segment): void {
    this.#leave(at, row.ok !== false);
    if (this.#group !== undefined) this.#endsWithStream(this.#group, row, at);
    const failedOutside = this.#last?.failedOutside === true;
    const wrong =
      this.#stream === undefined
        ? "the tests end here and never began"
        : (contradiction(this.#total, row, "", failedOutside) ??
          offPlan(this.#total, this.#stream.cases, ""));
    this.#stream = undefined;
    this.#holds(wrong, at);
  }

  /** Groups without a plan or an end of their own end with their stream. */
  #endsWithStream(group: Group, counts: Counts, at: Segment): void {
    const wrong =
      this.grammar.endsGroups === true
        ? `the end of a group of cases is missing${of(group.name)}`
        : offPlan(group, group.planned, of(group.name));
    if (wrong !== undefined && counts.ok !== false) this.#flaw(wrong, at);
    this.#closeGroup(group);
  }

  /** The group of a case; one that nothing has begun begins with it. */
  #groupOf(name: string, at: Segment): Group {
    if (this.#group === undefined && this.grammar.plansGroups === true)
      this.#flaw(`the start of the group of ${name} is missing`, at);
    return (this.#group ??= freshGroup());
  }

  #begin({ name, suite, number }: Said<"begin">, at: Segment): void {
    this.#leave(at);
    const group = this.#groupOf(name, at);
    const wrong = groups.outOfOrder(group, number);
    if (wrong !== undefined) this.#flaw(wrong, at);
    this.#running = { ...this.#names.next(suite ?? this.#suite, name), raw: name, hasFailed: false };
    this.#claims.push({ type: "header", suite: this.#running.suite, name: this.#running.name, at });
  }

  /** The running case is over without a result of its own. */
  #leave(at: Segment, endsWell = true): void {
    const running = this.#running;
    if (running === undefined) return;
    if (this.grammar.passesByGoingOn === true && endsWell) return this.#close("passed", {}, at);
    this.#flaw(`${running.suite}.${running.name} has no result`, at);
    this.#close("failed", { reason: "it has no result, and the tests went on" }, at);
  }

  #end(row: Said<"end">, at: Segment): void {
    const { status, name } = row;
    const running = this.#running;
    const said = `a ${status} result`;
    if (running === undefined) return this.#flaw(`${said} without its start: ${name ?? "of no case"}`, at);
    if (name !== undefined && name !== running.raw) {
      const words = `${said} of ${name}, while ${running.raw} runs`;
      if (status === "failed") this.#flaw(words, at);
      else this.#claims.push({ type: "suspect", code: "lookalike", text: decodeText(words), at });
      return;
    }
    this.#close(status, row, at);
  }

  #whole(row: Said<"case">, at: Segment): void {
    const isRunning = this.#running !== undefined && this.#running.raw === row.name;
    if (!isRunning) {
      this.#leave(at);
      this.#groupOf(row.name, at);
      const named = this.#names.next(row.suite ?? this.#suite, row.name);
      if (row.awaits === true) {
        this.#count(row.status);
        return this.#say(...this.#late.add(row, named, at));
      }
      this.#running = { ...named, raw: row.name, hasFailed: false };
      this.#claims.push({ type: "header", ...named, at });
    }
    this.#close(row.status, row, at);
  }

  #close(status: RowStatus, said: Pick<Said<"end">, "reason" | "durationMs" | "failure">, at: Segment): void {
    const isExplained = this.#running?.hasFailed === true || said.failure !== undefined;
    this.#running = undefined;
    this.#count(status);
    if (said.failure !== undefined) this.#claims.push(...failureClaims(explained(said.failure), at));
    this.#claims.push(endClaim({ ...said, status }, at, isExplained));
  }

  #count(status: RowStatus): void {
    if (this.#group !== undefined) groups.add(this.#group, status);
    groups.add(this.#total, status);
  }

  #failed(row: Said<"failure">, at: Segment): void {
    if (this.#running !== undefined) this.#running.hasFailed = true;
    else if (this.#group !== undefined) this.#group.failedOutside = true;
    this.#claims.push(...this.#open.begin(row, at));
  }
}
