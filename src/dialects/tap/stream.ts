/**
 * One TAP stream from its version line to its end: which points are cases of which suite, and whether plan, counts and
 * ids agree. Counting is tap-parser's; names, origins, bounds and the judgement are here, and it reads no console line.
 */
import { type FinalResults, Parser, type Result } from "tap-parser";
import type { Claim } from "../../core/claims.js";
import { decodeText } from "../../core/decode.js";
import type { Segment } from "../../core/segment.js";
import { type HeldCase, type Level, flawOf, flawOfTotals, freshLevel, planned } from "./level.js";
import { type Mark, type Outcome, claimsOf, outcomeOf } from "./points.js";
import { forget } from "./forget.js";
import { type NamedSummary, Summaries } from "./summary.js";

/** Subtests in subtests that are followed. */
export const MAX_LEVEL = 8;
/** Points that are read; more of them make the stream invalid. */
const MAX_POINTS = 100_000;
/** Cases held back while the name of their subtest is still to come. */
const MAX_HELD = 1024;
/** Things wrong that are spelled out; more of them change nothing. */
const MAX_COMPLAINTS = 8;
const NAME_CHARS = 600;
/** The suite of points outside any subtest, and of those whose subtest never says its name. */
const ROOT_SUITE = "tap";

/** The brace of a subtest stands at the end of its point, or in front of a directive. */
const OPENS = /\{$|\{ *# ?(?:todo|skip)\b/i;

const HEAD = /^((?:not )?ok(?: \d{1,9}(?![\w.]))?)(?: -)?(?: (.*))?$/;

export class TapStream {
  readonly #parser = new Parser();
  /** The root and the subtests that are open, outermost first. */
  readonly #levels: Level[] = [];
  readonly #marks = new Map<string, Mark>();
  readonly #announced = new Map<number, { readonly name: string; readonly inside: boolean }>();
  readonly #summaries = new Summaries();
  readonly #names = new Set<string>();
  #points = 0;
  #complaints = 0;
  #bailed = false;
  #mayLackPlan = false;
  #claims: Claim[] = [];

  constructor(
    private at: Segment,
    private readonly habits: {
      /** Failures of a subtest wait for its point, which may say that they are known (TODO). */
      readonly excuses: boolean;
      /** A suite that has begun prints its last result, or was stopped. */
      readonly ktap: boolean;
    },
  ) {
    this.#watch(this.#parser, 0);
    this.#parser.on("extra", (text: string) => {
      this.#complain(`a TAP line out of place: ${decodeText(text.trim().slice(0, 100))}`);
    });
    this.#parser.on("bailout", (reason: string) => {
      this.#bailed = true;
      this.#complain(`the guest bailed out${reason.trim() === "" ? "" : `: ${decodeText(reason.trim())}`}`);
    });
    this.#parser.write("TAP version 14\n");
  }

  /** The claims since the last call. */
  take(): readonly Claim[] {
    const claims = this.#claims;
    this.#claims = [];
    return claims;
  }

  /** Number of subtests that are open. */
  get depth(): number {
    return this.#levels.length - 1;
  }

  /** True once every planned point was reported and no subtest is open. */
  get complete(): boolean {
    const root = this.#levels[0];
    return root !== undefined && this.depth === 0 && !root.opens && planned(root) === root.points;
  }

  /** True while the brace of a subtest waits for its end at this level. */
  opensAt(level: number): boolean {
    return this.#levels[level]?.opens === true;
  }

  /** True where nothing says how many tests there are, and all that were reported are whole suites, in order. */
  get isPlanless(): boolean {
    const root = this.#levels[0];
    if (root === undefined || this.depth > 0 || root.points === 0) return false;
    return planned(root) === undefined && root.inOrder && root.onlySubtests;
  }

  /** A test point; its text keeps a tag through the parser, so that its line is found again. */
  point(level: number, text: string, mark: Mark, id?: number): void {
    this.at = mark.at;
    this.#points += 1;
    if (this.#points > MAX_POINTS) {
      if (this.#points === MAX_POINTS + 1) this.#complain(`more than ${String(MAX_POINTS)} test points`);
      return;
    }
    const tag = String(this.#points);
    this.#marks.set(tag, mark);
    this.#announced.delete(level + 1);
    const [, head = "", rest = ""] = HEAD.exec(text) ?? [];
    // A directive stands at the end: a name that is too long loses its middle.
    const short =
      rest.length <= NAME_CHARS
        ? rest
        : `${rest.slice(0, NAME_CHARS / 2)} ... ${rest.slice(-NAME_CHARS / 2)}`;
    this.#write(level, `${head} - ${tag}: ${short}`);
    const open = this.#levels[level];
    if (open === undefined) return;
    open.points += 1;
    open.lastId = id ?? open.points;
    open.inOrder &&= id === open.points;
    open.opens = OPENS.test(text);
  }

  /** A plan, a bail-out or the brace after a subtest. */
  line(level: number, text: string, at: Segment): void {
    this.at = at;
    this.#write(level, text.slice(0, NAME_CHARS));
  }

  /** A brace on a line of its own: the point in front of it has diagnostics, and a subtest follows. */
  brace(level: number, at: Segment): void {
    const open = this.#levels[level];
    if (open === undefined || level !== this.depth || open.points === 0) return;
    this.at = at;
    // The parser takes such a brace only after diagnostics, which are read elsewhere.
    for (const text of ["  ---", "  seen: yes", "  ...", "{"]) this.#write(level, text);
    open.opens = true;
  }

  /** `# Subtest: NAME`, in front of the subtest or as its first line. */
  subtest(level: number, name: string): void {
    const open = this.#levels[level];
    if (level > this.depth) this.#announced.set(level, { name, inside: true });
    else if (level > 0 && open?.points === 0 && open.name === undefined) open.name = name;
    else this.#announced.set(level + 1, { name, inside: false });
  }

  /** What the guest counted itself; it is compared once the point of what was counted is there. */
  count(summary: NamedSummary): void {
    this.#summaries.add(summary);
  }

  /** Lets go of the point that still waits for diagnostics. */
  flush(): void {
    const level = this.#levels.at(-1);
    if (level?.opens === false) level.parser.emitResult();
  }

  /** The start of the stream is missing, and with it the plan. */
  lacksHead(text: string, at: Segment): void {
    this.#mayLackPlan = true;
    this.complain(text, at);
  }

  /** Something that makes the stream unfit to prove anything. */
  complain(text: string, at: Segment): void {
    this.at = at;
    this.#complain(text);
  }

  /**
   * The stream is over. Says whether it was whole, and which test it stopped in.
   * @param mayLackPlan something else than a plan says that all tests were reported
   */
  end(mayLackPlan = false): void {
    const isSettled = mayLackPlan && this.isPlanless;
    this.#mayLackPlan ||= isSettled;
    const stopped = this.#bailed ? undefined : this.#stoppedIn();
    this.#parser.end();
    if (stopped !== undefined) this.#claims.push({ type: "header", ...stopped, at: this.at });
    if (isSettled && this.#complaints === 0) {
      const text = "no plan says how many suites there are; the kernel went on after the last one";
      this.#claims.push({ type: "suspect", code: "unplanned-stream", text, at: this.at });
    }
    if (this.#complaints === 0) this.#claims.push({ type: "tests-ended", at: this.at });
  }

  #write(level: number, text: string): void {
    this.#parser.write(`${"    ".repeat(level)}${text.replace(/[\r\n]/g, " ")}\n`);
  }

  #watch(parser: Parser, number: number): void {
    const named = this.#announced.get(number);
    this.#announced.delete(number);
    const level = freshLevel(parser, named);
    this.#levels.length = number;
    this.#levels.push(level);
    parser.on("child", (child: Parser) => {
      this.#watch(child, number + 1);
    });
    parser.on("assert", (result: Result) => {
      this.#asserted(level, number, result);
    });
    parser.on("complete", (results: FinalResults) => {
      this.#completed(level, number, results);
    });
  }

  #asserted(level: Level, number: number, result: Result): void {
    forget(level.parser, result);
    const colon = result.name.indexOf(":");
    const tag = result.name.slice(0, colon);
    const mark = this.#marks.get(tag);
    this.#marks.delete(tag);
    if (mark === undefined) return;
    if (result.tapError !== null) this.#complain(`${result.tapError} (test ${String(result.id)})`, mark.at);
    const outcome = outcomeOf(result, result.name.slice(colon + 1), mark.diagnostics);
    const child = level.ended;
    level.ended = undefined;
    if (outcome.status === "failed") level.failedPoints += 1;
    if (child === undefined || child.points === 0) {
      level.onlySubtests = false;
      level.leaves += 1;
      if (outcome.status === "failed") level.failedLeaves += 1;
      this.#deliver(number, { path: [], mark, outcome: child === undefined ? outcome : emptied(outcome) });
      return;
    }
    this.#settle(level, child, number, mark, outcome);
  }

  /** The point of a subtest: what it says has to fit what the subtest said. */
  #settle(level: Level, child: Level, number: number, mark: Mark, outcome: Outcome): void {
    for (const segment of [...mark.before, ...mark.after]) this.#claims.push({ type: "output", at: segment });
    level.onlySubtests &&= planned(child) !== undefined;
    level.leaves += child.leaves;
    child.name ??= outcome.name;
    const flaw = flawOf(child, number + 1, this.#summaries.take(child.name));
    if (flaw !== undefined) this.#complain(flaw, mark.at);
    const totals = number === 0 ? this.#summaries.take("Totals") : undefined;
    const wrong = totals === undefined ? undefined : flawOfTotals(child, totals);
    if (wrong !== undefined) this.#complain(wrong, mark.at);
    const { excuse } = outcome;
    if (excuse === undefined) level.failedLeaves += child.failedLeaves;
    this.#close(child, number + 1, child.name, excuse);
    if (excuse !== undefined) return;
    const failed = child.failedPoints > 0;
    if (failed && outcome.status === "passed")
      this.#complain(`subtest ${outcome.name} is reported ok, but a test in it failed`, mark.at);
    if (!failed && outcome.status === "failed")
      this.#complain(`subtest ${outcome.name} is reported not ok, but no test in it failed`, mark.at);
  }

  /** A subtest is over, with or without a point of its own after it. */
  #close(child: Level, number: number, name: string, excuse?: string): void {
    child.name = name;
    for (const { path, mark, outcome } of child.held.splice(0))
      this.#deliver(number - 1, { path: [name, ...path], mark, outcome: excused(outcome, excuse) });
  }

  /** Claims a case once the names of all subtests around it are known. */
  #deliver(number: number, one: HeldCase): void {
    const level = this.#levels[number];
    if (number > 0 && level !== undefined) {
      const mayBeExcused = this.habits.excuses && (one.outcome.status === "failed" || level.held.length > 0);
      if ((level.name === undefined || mayBeExcused) && level.held.length < MAX_HELD) level.held.push(one);
      else this.#deliver(number - 1, { ...one, path: [level.name ?? ROOT_SUITE, ...one.path] });
      return;
    }
    const suite = one.path.length === 0 ? ROOT_SUITE : one.path.join("/");
    const key = (name: string): string => `${suite}\0${name}`;
    let name = one.outcome.name;
    // Points are identified by number, not by name; a second one of a name says which it is.
    if (this.#names.has(key(name))) name = `${name} (line ${String(one.mark.at.line)})`;
    this.#names.add(key(name));
    this.#claims.push(...claimsOf(suite, one.mark, { ...one.outcome, name }));
  }

  #completed(level: Level, number: number, results: FinalResults): void {
    if (level.ended !== undefined) {
      const orphan = level.ended;
      level.ended = undefined;
      if (!this.#bailed)
        this.#complain(`subtest ${orphan.name ?? "without a name"} has no result of its own`);
      level.leaves += orphan.leaves;
      level.failedLeaves += orphan.failedLeaves;
      this.#close(orphan, number + 1, orphan.name ?? ROOT_SUITE);
    }
    if (!this.#bailed) this.#judge(level, number, results);
    if (number === 0) {
      const totals = this.#summaries.take("Totals");
      const wrong = totals === undefined ? undefined : flawOfTotals(level, totals);
      if (wrong !== undefined) this.#complain(wrong);
      return;
    }
    this.#levels.length = number;
    const parent = this.#levels[number - 1];
    if (parent === undefined) return;
    parent.ended = level;
    parent.opens = false;
  }

  /** Plan, count and ids of one level; whether a subtest may do without a plan is known at its point. */
  #judge(level: Level, number: number, results: FinalResults): void {
    const where = number === 0 ? "" : ` in subtest ${level.name ?? "without a name"}`;
    const plan = planned(level);
    if (plan === undefined) {
      if (number === 0 && !this.#mayLackPlan) this.#complain(`no plan${where}`);
    } else if (plan !== results.count)
      this.#complain(`${String(results.count)} of ${String(plan)} planned tests were reported${where}`);
    else {
      const error = results.failures.find((one) => typeof one.tapError === "string")?.tapError;
      if (typeof error === "string") this.#complain(`${error}${where}`);
    }
  }

  /** The test that was running when the stream stopped, where something says that there must be one. */
  #stoppedIn(): { readonly suite: string; readonly name: string } | undefined {
    const level = this.#levels.at(-1);
    if (level === undefined) return undefined;
    const plan = planned(level);
    const isOpen = this.habits.ktap && this.depth > 0;
    if (plan === undefined ? !isOpen : plan <= level.points) return undefined;
    const path = this.#levels.slice(1).map((one) => one.name ?? ROOT_SUITE);
    return {
      suite: path.length === 0 ? ROOT_SUITE : path.join("/"),
      name: `test ${String(level.lastId + 1)}`,
    };
  }

  #complain(text: string, at: Segment = this.at): void {
    this.#complaints += 1;
    if (this.#complaints > MAX_COMPLAINTS) return;
    this.#claims.push({ type: "suspect", code: "tap-invalid", text: `invalid TAP: ${text}`, at });
  }
}

/** A failure below a point that is marked TODO: not red, and no proof of anything. */
const excused = (outcome: Outcome, excuse: string | undefined): Outcome =>
  excuse === undefined || outcome.status !== "failed"
    ? outcome
    : { ...outcome, status: "skipped", reason: excuse };

/** A subtest in which nothing ran: its point passes for a skipped test, if it passes at all. */
const emptied = (outcome: Outcome): Outcome =>
  outcome.status === "passed" ? { ...outcome, status: "skipped", reason: "no test ran in it" } : outcome;
