/**
 * `[doctest] test cases: 3 | 2 passed | 1 failed | 0 skipped` and `[doctest] Status: FAILURE!`: doctest. A case has a
 * header where something is printed in it: where it fails, or with -s where an assertion holds. One case stands for all
 * others, of which only the number is known.
 *
 * A header is printed late, so what kills the guest is charged to the case whose header came last, which may have ended.
 * Failures wait for the end of their case, since the library may call them expected. Skipped cases are counted and not
 * named, so they are no cases here. Runs without the lines in front (--no-intro) are red, those with --minimal or
 * --quiet print nothing to read.
 *
 * Source: doctest parts/private/reporters/console.cpp; 2.3 and later.
 */
import type { GrammarLines, Row, RowFailure } from "../core/grammar/grammar.js";
import { dialectOf } from "../core/grammar/reader.js";

const INTRO = /^\[doctest\] (?:doctest version is "|run with "--help" for options)/;
const SEPARATOR = /^={60,100}$/;
const SUITE = /^TEST SUITE: (.{1,200})$/;
const CASE = /^(?:TEST CASE:(?: {2}(.{1,300}))?| {2}(Scenario: .{1,300}))$/;
const UNNAMED = "a case with an empty name";
const AT = String.raw`^(\S.{0,300}?)(?:\((\d{1,7})\)|:(\d{1,7})): `;
/** FAIL() prints whatever it is given, which may be nothing. */
const FAILED = new RegExp(String.raw`${AT}((?:FATAL )?ERROR:)(?: (.*))?$`);
const EXPECTED =
  /^(?:Failed as expected so|Allowed to fail so|Failed exactly \d{1,6} times as expected so) marking it as not failed!?$/;
const MARKED =
  /^(?:Should have failed but didn't! Marking it as failed!|Didn't fail exactly \d{1,6} times so marking it as failed!|Test case exceeded time limit of [\d.]{1,20}!)$/;
const TIME = /^(\d{1,9}\.\d{6}) s: /;
const COUNTS =
  /^\[doctest\] test cases: {1,9}(\d{1,7}) \| {1,9}(\d{1,7}) passed \| {1,9}(\d{1,7}) failed \|(?: {1,9}\d{1,7} skipped)?$/;
const STATUS = /^\[doctest\] Status: (SUCCESS|FAILURE)!$/;
const MOST_FAILURES = 64;
const MOST_LINES = 8;

interface Case {
  readonly suite: string | undefined;
  readonly name: string;
  readonly failures: RowFailure[];
  /** Lines that belong to the last failure. */
  more: string[] | undefined;
  isExpected: boolean;
  durationMs: number | undefined;
}

class DoctestLines implements GrammarLines {
  #isOpen = false;
  #suite: string | undefined;
  #case: Case | undefined;
  #passed = 0;
  #counts: { readonly cases: number; readonly passed: number; readonly failed: number } | undefined;

  /** The lines after a failure are its explanation. */
  get wantsAll(): boolean {
    return this.#case?.more !== undefined;
  }

  rows(text: string): readonly Row[] {
    const more = this.#case?.more;
    if (
      this.#case !== undefined &&
      more !== undefined &&
      text !== "" &&
      /^ {2}/.test(text) &&
      !CASE.test(text)
    ) {
      if (more.length < MOST_LINES) more.push(text.trim());
      return [];
    }
    if (this.#case !== undefined) this.#explained(this.#case);
    if (INTRO.test(text)) {
      if (this.#isOpen) return [{ type: "note" }];
      this.#isOpen = true;
      return [{ type: "group", isClosed: true }];
    }
    if (SEPARATOR.test(text)) {
      this.#suite = undefined;
      return [];
    }
    const [, suite] = SUITE.exec(text) ?? [];
    this.#suite = suite ?? this.#suite;
    const header = CASE.exec(text);
    if (header !== null) return this.#header(header[1] ?? header[2] ?? UNNAMED);
    return this.#inCase(text) ?? this.#closing(text);
  }

  /** A further part of the same case has the same header. */
  #header(name: string): readonly Row[] {
    const before = this.#case;
    const suite = this.#suite;
    if (before !== undefined && before.name === name && before.suite === suite) return [{ type: "note" }];
    const ended = this.#ended();
    this.#case = { suite, name, failures: [], more: undefined, isExpected: false, durationMs: undefined };
    return [...ended, { type: "begin", name, ...(suite !== undefined && { suite }) }];
  }

  #inCase(text: string): readonly Row[] | undefined {
    const running = this.#case;
    if (running === undefined) return undefined;
    const [, file, line, other, word = "", message = word] = FAILED.exec(text) ?? [];
    if (file !== undefined) {
      if (running.failures.length < MOST_FAILURES) {
        running.failures.push({ message, file, line: Number(line ?? other) });
        running.more = [];
      }
      return [{ type: "note" }];
    }
    if (EXPECTED.test(text)) running.isExpected = true;
    else if (MARKED.test(text)) running.failures.push({ message: text });
    else {
      const [, seconds] = TIME.exec(text) ?? [];
      if (seconds === undefined) return undefined;
      running.durationMs = Number(seconds) * 1000;
    }
    return [{ type: "note" }];
  }

  #closing(text: string): readonly Row[] {
    const [, cases, passed, failed] = COUNTS.exec(text) ?? [];
    if (cases !== undefined) {
      this.#counts = { cases: Number(cases), passed: Number(passed), failed: Number(failed) };
      return [...this.#ended(), { type: "note" }];
    }
    if (this.#isOpen && (EXPECTED.test(text) || MARKED.test(text)))
      return [{ type: "flaw", words: `the case is missing of which it says: ${text}` }];
    const [, status] = STATUS.exec(text) ?? [];
    if (status === undefined) return [];
    const rows = [...this.#ended()];
    const counts = this.#counts;
    const isRed = status === "FAILURE";
    if (counts === undefined)
      rows.push({ type: "flaw", words: "the counts in front of the status are missing" });
    else rows.push({ type: "unnamed", passed: Math.max(0, counts.passed - this.#passed), isClosed: true });
    rows.push({ type: "group-end", ...counts, ok: !isRed, isClosed: true });
    this.#isOpen = false;
    this.#passed = 0;
    this.#counts = undefined;
    return rows;
  }

  #explained(running: Case): void {
    const { more } = running;
    const last = running.failures.at(-1);
    running.more = undefined;
    if (more === undefined || more.length === 0 || last === undefined) return;
    running.failures[running.failures.length - 1] = { ...last, message: [last.message, ...more].join("\n") };
  }

  /** The case with the last header is over. */
  #ended(): readonly Row[] {
    const ended = this.#case;
    this.#case = undefined;
    if (ended === undefined) return [];
    const isRed = ended.failures.length > 0 && !ended.isExpected;
    if (!isRed) this.#passed += 1;
    const failures: readonly Row[] = isRed
      ? ended.failures.map((failure) => ({ type: "failure", ...failure }))
      : [];
    const time = ended.durationMs === undefined ? {} : { durationMs: ended.durationMs };
    return [
      ...failures,
      { type: "end", status: isRed ? "failed" : "passed", name: ended.name, isClosed: true, ...time },
    ];
  }
}

export const dialect = dialectOf({
  name: "doctest",
  summary: "headers, failures and counts of doctest",
  suite: "doctest",
  plansGroups: true,
  hint: /\[doctest\] |={60}|TEST (?:CASE|SUITE): | {2}Scenario: |ERROR:|marking it as |Marking it as |exceeded time limit| s: /,
  line: /^(?:\[doctest\] |TEST (?:CASE|SUITE): )/,
  isProof: ({ type }) => type === "group" || type === "group-end",
  open: () => new DoctestLines(),
});
