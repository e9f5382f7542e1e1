/**
 * `All tests passed (5 assertions in 2 test cases)` and `test cases: 3 | 2 passed | 1 failed`: Catch2, v2 and v3, with its
 * usual reporter or the compact one. A case has a header where something is printed in it: where it fails, or with -s
 * where an assertion holds. One case stands for all others, of which only the number is known; the compact reporter names
 * none, so one stands for those that failed as well.
 *
 * A header is printed late, so what kills the guest is charged to the case whose header came last, which may have ended.
 * A case that is meant to fail ([!shouldfail]) is red where it prints a failure: only its number is said to be expected.
 * Sections belong to their case.
 *
 * Source: Catch2 reporters/catch_reporter_console.cpp, _compact.cpp, _helpers.cpp (v3) and catch_reporter_compact.cpp (v2).
 */
import type { GrammarLines, Row, RowFailure } from "../core/grammar/grammar.js";
import { dialectOf } from "../core/grammar/reader.js";

const DASHES = /^-{60,120}$/;
const DIVIDER = /^={60,120}$/;
const DOTS = /^\.{60,120}$/;
const PLACE = String.raw`^(\S.{0,300}?)(?::(\d{1,7})|\((\d{1,7})\))`;
const WHERE = new RegExp(`${PLACE}$`);
const RESULT = new RegExp(`${PLACE}: (FAILED|PASSED|SKIPPED):$`);
const COMPACT = new RegExp(`${PLACE}: failed: (.*)$`);
const NO_ASSERTIONS = /^No assertions in (?:test case|section) '.{1,300}'$/;
const ALL = /^All tests passed \(\d{1,9} assertions? in (\d{1,7}) test cases?\)$/;
const TOTALS =
  /^test cases: {1,9}(\d{1,7})(?: \| {1,9}(\d{1,7}) passed)?(?: \| {1,9}(\d{1,7}) failed(?! as))?(?: \| {1,9}(\d{1,7}) skipped)?(?: \| {1,9}(\d{1,7}) failed as expected)?$/;
const PASSED =
  /^Passed (?:all |both )?(\d{1,7}) test cases? (?:with \d{1,9} assertions?|\(no assertions\))\.$/;
const FAILED = /^Failed (?:all |both )?(\d{1,7}) test cases?, failed (?:all |both )?\d{1,9} assertions?\.$/;
const NONE = /^No tests ran\.?$/;
const ANONYMOUS = "failed cases without a name";
const MOST_FAILURES = 64;
const MOST_NAME_LINES = 16;

interface Header {
  readonly lines: string[];
  /** Its second line of dashes has been read. */
  readonly isPlace: boolean;
}

/** The first words of a run of v3. */
const SEED = /^Randomness seeded to: \d{1,20}$/;

interface Totals {
  readonly passed?: number;
  readonly failed: number;
  /** Failed as they should. */
  readonly expected: number;
  /** False where the parts are not the whole: the end of the line is lost. */
  readonly isWhole?: boolean;
}

class CatchLines implements GrammarLines {
  /** What of a header has been read: between its dashes, or after them. */
  #header: Header | undefined;
  #case: { readonly name: string; status: "passed" | "failed" | "skipped" } | undefined;
  #named = { passed: 0, failed: 0, skipped: 0 };
  #isOpen = false;
  /** Failures that the compact reporter printed. */
  #compact: RowFailure[] = [];

  get wantsAll(): boolean {
    return this.#header !== undefined;
  }

  rows(text: string): readonly Row[] {
    if (DASHES.test(text)) {
      const { lines = [], isPlace = false } = this.#header ?? {};
      this.#header = lines.length === 0 || isPlace ? { lines: [], isPlace: false } : { lines, isPlace: true };
      return this.#note();
    }
    const inHeader = this.#header === undefined ? undefined : this.#inHeader(this.#header, text);
    if (inHeader !== undefined) return inHeader;
    this.#header = undefined;
    if (SEED.test(text)) return this.#opened();
    return DIVIDER.test(text) ? this.#note() : (this.#result(text) ?? this.#totals(text));
  }

  /** Lines that any program prints are the library's where one of its cases is printed. */
  #note(): readonly Row[] {
    return this.#case === undefined ? [] : [{ type: "note" }];
  }

  /** Nothing for a line that belongs to no header: what looked like one was none. */
  #inHeader(header: Header, text: string): readonly Row[] | undefined {
    if (header.isPlace) return WHERE.test(text) ? [] : DOTS.test(text) ? this.#begun(header) : undefined;
    if (text === "" || header.lines.length === MOST_NAME_LINES || totalsIn(text) !== undefined)
      return undefined;
    if (RESULT.test(text)) return undefined;
    header.lines.push(text);
    return [];
  }

  #begun({ lines }: Header): readonly Row[] {
    this.#header = undefined;
    // Sections of the case are indented.
    const name = lines.filter((line) => !line.startsWith(" ")).join(" ");
    if (name === "") return [];
    if (this.#case?.name === name) return [{ type: "note" }];
    const rows: Row[] = [...this.#opened(), ...this.#ended()];
    this.#case = { name, status: "passed" };
    return [...rows, { type: "begin", name }];
  }

  #opened(): readonly Row[] {
    if (this.#isOpen) return [];
    this.#isOpen = true;
    return [{ type: "group", isClosed: true }];
  }

  #result(text: string): readonly Row[] | undefined {
    const [, file, line, other, word] = RESULT.exec(text) ?? [];
    const running = this.#case;
    if (running !== undefined && file !== undefined) {
      const at = Number(line ?? other);
      if (word === "PASSED") return [{ type: "check", message: `${file}:${String(at)}` }];
      if (word === "FAILED") running.status = "failed";
      else if (running.status === "passed") running.status = "skipped";
      if (word === "SKIPPED") return [{ type: "note" }];
      return [{ type: "failure", message: "", file, line: at, collects: true }];
    }
    if (running !== undefined && NO_ASSERTIONS.test(text)) {
      running.status = "failed";
      return [{ type: "failure", message: text }, { type: "note" }];
    }
    const [, source, number, bracketed, message] = COMPACT.exec(text) ?? [];
    if (source === undefined || message === undefined) return undefined;
    if (this.#compact.length < MOST_FAILURES)
      this.#compact.push({ message, file: source, line: Number(number ?? bracketed) });
    return [{ type: "note" }];
  }

  #ended(): readonly Row[] {
    const ended = this.#case;
    this.#case = undefined;
    if (ended === undefined) return [];
    this.#named[ended.status] += 1;
    return [{ type: "end", status: ended.status, name: ended.name, isClosed: true }];
  }

  #totals(text: string): readonly Row[] {
    const totals = totalsIn(text);
    if (totals === undefined) return [];
    const rows: Row[] = [...this.#opened(), ...this.#ended()];
    if (totals.isWhole === false) rows.push({ type: "flaw", words: `totals that do not add up: ${text}` });
    const isCompact = this.#compact.length > 0;
    if (isCompact) {
      rows.push({ type: "begin", name: ANONYMOUS });
      for (const failure of this.#compact) rows.push({ type: "failure", ...failure });
      rows.push({ type: "end", status: "failed", name: ANONYMOUS });
    }
    const { passed, failed, expected } = totals;
    const named = this.#named;
    // Failures that were expected are among those that have a name, and which ones is not said.
    const red = Math.min(Math.max(0, named.failed - failed), expected);
    const well = passed === undefined ? undefined : passed + expected - red;
    if (well !== undefined) rows.push({ type: "unnamed", passed: Math.max(0, well - named.passed) });
    rows.push({
      type: "group-end",
      ...(red === 0 && { ok: failed === 0 }),
      ...(well !== undefined && { passed: well }),
      ...(!isCompact && well !== undefined && { failed: failed + red }),
    });
    this.#case = undefined;
    this.#named = { passed: 0, failed: 0, skipped: 0 };
    this.#isOpen = false;
    this.#compact = [];
    return rows;
  }
}

function totalsIn(text: string): Totals | undefined {
  const all = ALL.exec(text)?.[1] ?? PASSED.exec(text)?.[1];
  if (all !== undefined) return { passed: Number(all), failed: 0, expected: 0 };
  const totals = TOTALS.exec(text);
  if (totals !== null) {
    const number = (at: number): number => Number(totals[at] ?? 0);
    const sum = number(2) + number(3) + number(4) + number(5);
    return { passed: number(2), failed: number(3), expected: number(5), isWhole: sum === number(1) };
  }
  const failed = FAILED.exec(text)?.[1];
  if (failed !== undefined) return { failed: Number(failed), expected: 0 };
  return NONE.test(text) ? { passed: 0, failed: 0, expected: 0 } : undefined;
}

export const dialect = dialectOf({
  name: "catch2",
  summary: "headers, failures and totals of Catch2, usual and compact",
  suite: "catch2",
  hint: /Randomness seeded to: |-{60}|={60}|\.{60}|: (?:FAILED|PASSED|SKIPPED):|: failed: |tests passed|test cases|test case|No assertions in |No tests ran/,
  line: /^(?:-{60,120}$|All tests passed \(|test cases: {1,9}\d|(?:Passed|Failed) (?:all |both )?\d{1,7} test case)/,
  isProof: ({ type }) => type === "begin" || type === "group-end",
  open: () => new CatchLines(),
});
