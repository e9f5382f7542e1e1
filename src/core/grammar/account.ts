/**
 * The account of one boot in a line grammar: which case runs, what its group planned and counted, whether the stream is
 * over. It turns rows into claims and names what contradicts; it reads no line.
 */
import type { Claim } from "../claims.js";
import { decodeText } from "../decode.js";
import type { Segment } from "../segment.js";
import { needsWholeLine } from "./cut.js";
import { OpenFailure, explain, explained, failureClaims } from "./explained.js";
import type { Counts, Grammar, Row, RowStatus } from "./grammar.js";
import { type Group, add, contradiction, freshGroup, freshTally, offPlan, reported } from "./group.js";
import { meaningOf } from "./meaning.js";
import { type LateCase, LateCases, endClaim } from "./late.js";
import { type Named, Names } from "./names.js";

type Said<T extends Row["type"]> = Extract<Row, { readonly type: T }>;

/** Contradictions that are spelled out; more of them change nothing. */
const MOST_FLAWS = 8;
/** Groups that later counts may be about. */
const MOST_GROUPS = 10_000;

/** Rows after which a stream that was over is not. */
const GOES_ON: ReadonlySet<Row["type"]> = new Set(["stream", "group", "begin", "case"]);

const of = (name: string | undefined): string => (name === undefined ? "" : ` in ${decodeText(name)}`);

export class Account {
  #claims: Claim[] = [];
  #group: Group | undefined;
  /** Groups that are over, by name, and the last of them. */
  readonly #closed = new Map<string, Group>();
  #last: Group | undefined;
  #stream: { readonly cases: number | undefined } | undefined;
  #total = freshTally();
  #running: (Named & { readonly raw: string; hasFailed: boolean }) | undefined;
  #isOver = true;
  /** What the row that is taken means, where it is no result. */
  #means: string | undefined;
  #flaws = 0;
  readonly #names = new Names();
  readonly #open = new OpenFailure();
  readonly #late = new LateCases();
  #about: LateCase | undefined;

  constructor(private readonly grammar: Pick<Grammar, "suite" | "plansGroups" | "passesByGoingOn">) {}

  /** The claims since the last call. */
  take(): readonly Claim[] {
    const claims = this.#claims;
    this.#claims = [];
    return claims;
  }

  /** True while claims are kept back for what follows. */
  get holds(): boolean {
    return this.#open.isOpen || !this.#late.isEmpty;
  }

  /** True while a line that is no row is wanted. */
  get isListening(): boolean {
    return this.#open.isOpen || this.#about !== undefined;
  }

  /** A line that is no row. */
  line(text: string, at: Segment): void {
    if (this.#about !== undefined) explain(this.#about.failure, text);
    if (!this.#open.line(text, at)) this.#output(at);
  }

  /** A row; `isCut` where its line has no end, so that a longer one may have been meant. */
  row(row: Row, at: Segment, isCut: boolean): void {
    if (row.type === "place" && this.#open.isOpen) {
      this.#claims.push(...this.#open.placed(row.file, row.line, at));
      return;
    }
    if (row.type === "failure" && this.#about !== undefined) return this.#found(this.#about, row, at);
    this.#closeOpen();
    this.#about = undefined;
    if (isCut && needsWholeLine(row)) return this.#flaw("the last line is cut", at);
    if (this.#isOver && GOES_ON.has(row.type)) this.#begins(at);
    this.#means = meaningOf(row);
    this.#row(row, at);
    this.#means = undefined;
    this.#settleEnd(at);
  }

  /** Lets go of everything that is kept back. */
  settle(): void {
    this.#closeOpen();
    this.#claims.push(...this.#late.take());
    this.#about = undefined;
  }

  /** The boot is over. */
  end(at: Segment | undefined): void {
    this.settle();
    const group = this.#group;
    const seen = group === undefined ? 0 : reported(group);
    if (at === undefined || group?.planned === undefined || group.planned <= seen) return;
    this.#flaw(offPlan(group, group.planned, of(group.name)) ?? "", at);
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
      case "failure":
        return this.#failed(row, at);
      case "about":
        this.#about = this.#late.find({ suite: decodeText(row.suite ?? this.#suite), name: row.name });
        return this.#output(at);
      case "fault":
        return this.#died(row, at);
      case "flaw":
        return this.#flaw(row.words, at);
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

  #flaw(words: string, at: Segment): void {
    this.#flaws += 1;
    if (this.#flaws > MOST_FLAWS) return this.#output(at);
    this.#claims.push({ type: "suspect", code: "stream-invalid", text: decodeText(words), at });
  }

  #begins(at: Segment): void {
    this.#isOver = false;
    this.#claims.push({ type: "tests-begin", at });
  }

  /** The stream is over where nothing is open any more. */
  #settleEnd(at: Segment): void {
    const group = this.#group;
    const isDone =
      group?.endsByPlan === true && this.#running === undefined && group.planned === reported(group);
    if (isDone) this.#closeGroup(group);
    if (this.#isOver || this.#group !== undefined || this.#stream !== undefined) return;
    if (this.#running !== undefined) return;
    this.settle();
    this.#isOver = true;
    this.#claims.push({ type: "tests-ended", at });
  }

  #openGroup({ name, cases, endsByPlan }: Said<"group">, at: Segment): void {
    this.#leave(at);
    if (this.#group !== undefined) this.#abandon(this.#group, at);
    this.#group = freshGroup(name, cases, endsByPlan);
    this.#output(at);
  }

  /** A further group begins, and nothing has ended this one. */
  #abandon(group: Group, at: Segment): void {
    if (group.planned !== undefined || reported(group) > 0)
      this.#flaw(`the end is missing${of(group.name) === "" ? " of a group of cases" : of(group.name)}`, at);
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
    if (group === undefined) {
      this.#flaw(`a group of cases ends here that never began${of(row.name)}`, at);
      return;
    }
    const wrong =
      contradiction(group, row, of(group.name ?? row.name), group.failedOutside) ??
      offPlan(group, group.planned, of(group.name ?? row.name));
    if (wrong === undefined) this.#output(at);
    else this.#flaw(wrong, at);
    this.#closeGroup(group);
  }

  #counted(row: Said<"counts">, at: Segment): void {
    const group =
      row.name === undefined ? (this.#group ?? this.#last) : (this.#closed.get(row.name) ?? this.#group);
    const wrong =
      group === undefined
        ? `the guest counted cases of a group that was not seen${of(row.name)}`
        : contradiction(group, row, of(row.name ?? group.name), group.failedOutside);
    if (wrong === undefined) this.#output(at);
    else this.#flaw(wrong, at);
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
    if (wrong === undefined) this.#output(at);
    else this.#flaw(wrong, at);
  }

  /** Groups without a plan or an end of their own end with their stream. */
  #endsWithStream(group: Group, counts: Counts, at: Segment): void {
    const wrong = offPlan(group, group.planned, of(group.name));
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
    if (number !== undefined && number !== reported(group) + 1)
      this.#flaw(
        `case ${String(number)} begins after ${String(reported(group))} others${of(group.name)}`,
        at,
      );
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
    if (running === undefined) {
      this.#flaw(`${said} without its start: ${name ?? "of no case"}`, at);
      return;
    }
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
        this.#claims.push(...this.#late.add(row, named, at));
        return;
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
    if (this.#group !== undefined) add(this.#group, status);
    add(this.#total, status);
  }

  #failed(row: Said<"failure">, at: Segment): void {
    if (this.#running !== undefined) this.#running.hasFailed = true;
    else if (this.#group !== undefined) this.#group.failedOutside = true;
    this.#claims.push(...this.#open.begin(row, at));
  }

  /** The running case is lost, and the stream with it. */
  #died({ message, file, line }: Said<"fault">, at: Segment): void {
    this.#running = undefined;
    const title = decodeText(message);
    const place = file === undefined ? {} : { file: decodeText(file), ...(line !== undefined && { line }) };
    const excerpt = [{ line: at.line, text: decodeText(at.body) }];
    const fault = { kind: "crash" as const, title, ...place, registers: [], callTrace: [], excerpt };
    this.#claims.push({ type: "fault", outlook: "ends", fault, at });
  }

  /** What failed in a case that has ended. */
  #found({ failure }: LateCase, { message, file, line }: Said<"failure">, at: Segment): void {
    if (failure.message === "") failure.message = message;
    else explain(failure, message);
    failure.file ??= file;
    failure.line ??= line;
    this.#output(at);
  }

  #closeOpen(): void {
    this.#claims.push(...this.#open.take());
  }
}
