/**
 * The lines of libtest and of runners that print the same: a case and its result are one line, between which anything may
 * stand; `running N tests` is the plan of a program, or of a crate of Asterinas' ktest.
 *
 * Source: Rust 1.30 to 1.91 library/test/src/formatters/pretty.rs; Asterinas 0.1 to 0.16 osdk/test-kernel.
 */
import type { Row } from "../../core/grammar/grammar.js";
import type { Reasons } from "./reasons.js";

const PLAN = /^running (\d{1,7}) tests?$/;
const CRATE = /^running (\d{1,7}) tests? in crate "(.{1,200})"$/;
const RUNNER = /^\[ktest runner\] running (\d{1,7}) tests? in (\d{1,7}) crates?$/;
const SKIPPED_CRATE = /^\[ktest runner\] skipping crate ".{1,200}"\.$/;
const ALL_CRATES = /^\[ktest runner\] All crates tested\.$/;
const CASE = /^test (\S.{0,400}?)(?: - (should panic|compile fail|compile))? \.\.\. ?(.*)$/;
const WORD =
  /^ ?(?:(ok)|(FAILED|failed)(?: \(time limit exceeded\))?|ignored(?:, (.{0,400}))?|(bench): .{0,200})(?: <(\d{1,7}\.\d{1,6})s>)?$/;
const RESULT =
  /^test result: (ok|FAILED|failed)\. (\d{1,7}) passed; (\d{1,7}) failed;(?: (\d{1,7}) ignored;)?(?: (\d{1,7}) measured;)?(?: (\d{1,7}) filtered out)?/;
/** What cargo says in front of a program. */
const PROGRAM =
  /^ {3,6}(?:Running (?:unittests |benches? )?(\S{1,300}) \(\S{1,300}\)|Doc-tests (\S{1,300}))$/;
/** What cargo says after a program that ended badly. */
const CARGO_ERROR = /^error: (?:test failed|doctest failed|could not compile|\d{1,5} targets? failed)/;
const OVERFLOW = /^thread '.{1,200}' (?:\(\d{1,10}\) )?has overflowed its stack$/;

/** The runner says in front of its crates how many there are. */
const HEADLESS: Row = { type: "flaw", words: "a crate begins here, and the start of its runner is missing" };

interface Runner {
  readonly tests: number;
  readonly crates: number;
  seenCrates: number;
  skippedCrates: number;
  /** Cases that crates account for, with those that were filtered out. */
  accounted: number;
}

interface Group {
  readonly planned: number;
  readonly isCrate: boolean;
  results: number;
}

type Ending = Pick<
  Extract<Row, { readonly type: "end" }>,
  "status" | "reason" | "durationMs" | "awaits" | "isClosed"
>;

/** What follows the name of a case; nothing where that is no result. */
function endingIn(text: string): Ending | undefined {
  const match = WORD.exec(text);
  if (match === null) return undefined;
  const [, ok, failed, reason, bench, seconds] = match;
  const time =
    seconds === undefined ? {} : { durationMs: Math.round(Number(seconds) * 1000), isClosed: true as const };
  if (ok !== undefined || bench !== undefined) return { status: "passed", ...time };
  if (failed !== undefined) return { status: "failed", awaits: true, ...time };
  return { status: "skipped", ...(reason !== undefined && { reason }), ...time };
}

export class Text {
  #runner: Runner | undefined;
  #group: Group | undefined;
  #program: string | undefined;
  #running: string | undefined;
  #isToPanic = false;
  /** The last case ended with a word on a line of its own. */
  #endedApart = false;

  constructor(private readonly reasons: Reasons) {}

  /** True where a line begins a group of this form. */
  begins = (text: string): boolean => PLAN.test(text) || CRATE.test(text) || RUNNER.test(text);

  /** True for the panic of a case that is to panic. */
  get isToPanic(): boolean {
    return this.#running !== undefined && this.#isToPanic;
  }

  /** @param isPlanned a group is open that its plan ends, which another form has begun */
  rows(text: string, isPlanned: boolean): readonly Row[] | undefined {
    return (
      this.#opening(text) ??
      this.#case(text, isPlanned) ??
      this.#apart(text) ??
      this.#closing(text, isPlanned)
    );
  }

  /** See GrammarLines. */
  frontOf(text: string): number {
    const [whole, name, , rest = ""] = CASE.exec(text) ?? [];
    if (whole === undefined || name === undefined || !this.#mayBegin(name) || rest.trim() === "") return 0;
    return endingIn(rest.trimEnd()) === undefined ? text.length - rest.length : 0;
  }

  /** Names with spaces are those of documentation, whose results nothing interrupts. */
  #mayBegin = (name: string): boolean => this.#group !== undefined && !name.includes(" ");

  #opening(text: string): readonly Row[] | undefined {
    const [, tests, crates] = RUNNER.exec(text) ?? [];
    if (tests !== undefined) {
      this.#runner = {
        tests: Number(tests),
        crates: Number(crates),
        seenCrates: 0,
        skippedCrates: 0,
        accounted: 0,
      };
      return [{ type: "stream" }];
    }
    const [, inCrate, crate] = CRATE.exec(text) ?? [];
    if (crate !== undefined) {
      if (this.#runner !== undefined) this.#runner.seenCrates += 1;
      // Cases that are filtered out may be in the plan, and are known at its end.
      const group = this.#begin({ type: "group", name: crate, isClosed: true }, Number(inCrate), true);
      return this.#runner === undefined ? [HEADLESS, ...group] : group;
    }
    const [, cases] = PLAN.exec(text) ?? [];
    if (cases === undefined) {
      if (OVERFLOW.test(text)) return [{ type: "fault", message: text, isCommon: true }];
      if (this.#group !== undefined) return undefined;
      if (CARGO_ERROR.test(text)) return [{ type: "flaw", words: text, isCommon: true }];
      const [, program, library] = PROGRAM.exec(text) ?? [];
      this.#program = program ?? library ?? this.#program;
      // It owes a plan: where that does not come, it never ran.
      return (program ?? library) === undefined ? undefined : [{ type: "group", isCommon: true }];
    }
    const name = this.#program;
    this.#program = undefined;
    const named = name === undefined ? {} : { name };
    return this.#begin({ type: "group", ...named, cases: Number(cases) }, Number(cases), false);
  }

  #begin(row: Row, planned: number, isCrate: boolean): readonly Row[] {
    this.#group = { planned, isCrate, results: 0 };
    this.#running = undefined;
    this.#endedApart = false;
    this.reasons.begin();
    return [row];
  }

  #case(text: string, isPlanned: boolean): readonly Row[] | undefined {
    const [, name, kind, rest = ""] = CASE.exec(text) ?? [];
    if (name === undefined) return undefined;
    const trimmed = name.trimEnd();
    const ending = endingIn(rest);
    if (ending !== undefined) return [this.#ended({ type: "case", name: trimmed, ...ending }, trimmed)];
    if (!this.#mayBegin(trimmed) && !(isPlanned && !trimmed.includes(" "))) return undefined;
    this.#running = trimmed;
    this.#isToPanic = kind === "should panic";
    this.#endedApart = false;
    return [{ type: "begin", name: trimmed }];
  }

  /** A result after the output of its case. */
  #apart(text: string): readonly Row[] | undefined {
    const ending = endingIn(text);
    if (ending === undefined || text.startsWith("bench")) return undefined;
    const name = this.#running;
    if (name === undefined) return this.#again(text, ending);
    const row = this.#ended({ type: "end", ...ending }, name);
    this.#endedApart = true;
    return [row];
  }

  /** One of two such words was printed by the case, and none says which. */
  #again(text: string, { status }: Ending): readonly Row[] | undefined {
    if (this.#group === undefined || (status !== "failed" && !this.#endedApart)) return undefined;
    return [{ type: "flaw", words: `a second result where no case runs: ${text.trim()}` }];
  }

  #ended(row: Row, name: string): Row {
    this.#running = undefined;
    this.#endedApart = false;
    if (this.#group !== undefined) this.#group.results += 1;
    if ("status" in row && row.status === "failed") this.reasons.expect(name);
    return row;
  }

  #closing(text: string, isPlanned: boolean): readonly Row[] | undefined {
    if (SKIPPED_CRATE.test(text)) {
      if (this.#runner !== undefined) this.#runner.skippedCrates += 1;
      return [{ type: "note" }];
    }
    if (ALL_CRATES.test(text)) return this.#allCrates();
    const match = RESULT.exec(text);
    return match === null ? undefined : this.#result(match, isPlanned);
  }

  #result(match: RegExpExecArray, isPlanned: boolean): readonly Row[] {
    const number = (at: number): number => Number(match[at] ?? 0);
    const ok = match[1] === "ok";
    const [passed, failed, skipped] = [number(2) + number(5), number(3), number(4)];
    const counts = { cases: passed + failed + skipped, passed, failed, skipped, ok };
    const group = this.#group;
    const isCrate = group?.isCrate === true;
    const wrong = group !== undefined && isCrate ? this.#account(group, number(6)) : [];
    // A crate that failed says why after its result, and no other crate follows.
    if (isPlanned || (isCrate && !ok)) return [...wrong, { type: "counts", ...counts }];
    this.#group = undefined;
    return [...wrong, { type: "group-end", ...counts }];
  }

  /** The plan of a crate counts what is filtered out, or does not: releases differ. */
  #account({ planned, results }: Group, filtered: number): readonly Row[] {
    if (this.#runner !== undefined) this.#runner.accounted += results + filtered;
    if (results === planned || results + filtered === planned) return [];
    const words = `${String(results)} of ${String(planned)} planned cases were reported, ${String(filtered)} were filtered out`;
    return [{ type: "flaw", words }];
  }

  #allCrates(): readonly Row[] {
    const runner = this.#runner;
    this.#runner = undefined;
    const end: Row = { type: "stream-end", ok: true, isClosed: true };
    if (runner === undefined) return [end];
    const { tests, crates, seenCrates, skippedCrates, accounted } = runner;
    const isShort = seenCrates + skippedCrates !== crates || (skippedCrates === 0 && accounted !== tests);
    const words = `${String(accounted)} of ${String(tests)} tests in ${String(seenCrates + skippedCrates)} of ${String(crates)} crates were reported`;
    return isShort ? [{ type: "flaw", words }, end] : [end];
  }
}
