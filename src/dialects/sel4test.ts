/**
 * `Starting test 3: NAME` and `All is well in the universe`: sel4test, in its plain form and in the one that prints XML.
 * A case has a result of its own only where it failed; one that printed nothing passed once the next begins or the suite
 * ends. No plan stands in front: the line of the suite says how many there were, and a last word follows that says
 * whether all is well. In the XML form that word is all there is.
 *
 * Where a failure is said is a line of the test's own (`Error: …`, `Failure: …`); some forms also print `Test NAME failed`.
 * The fault in which older drivers stop comes after the last word: src/faults/sel4.ts knows it.
 *
 * Source: sel4test apps/sel4test-driver/src/main.c (sel4test_start_test to sel4test_stop_tests), apps/sel4test-tests/src/
 * main.c; seL4_libs libsel4test/src/testutil.c.
 */
import type { GrammarLines, Row } from "../core/grammar/grammar.js";
import { dialectOf } from "../core/grammar/reader.js";

const SUITE = /^(?:Starting test suite (\S{1,200})|<testsuite>)$/;
const START =
  /^(?:Starting test \d{1,7}: (.{1,200})|\s*<testcase classname="[^"]{1,200}" name="([^"]{1,200})">)$/;
const FAILED =
  /^\s*(?:Error: |Failure: |<failure type="\w{1,40}">|<error>)(.{1,400}?)(?: at line (\d{1,7}) of file (.{1,300}?))?(?:<\/(?:failure|error)>)?$/;
const RESULT = /^Test (\S{1,200}) (passed|failed)$/;
const SUITE_END =
  /^(?:Test suite passed\. (\d{1,7}) tests passed\. \d{1,7} tests disabled\.|Test suite failed\. (\d{1,7})\/(\d{1,7}) tests passed\.|(<\/testsuite>))$/;
const LAST =
  /^(?:(All is well in the universe)|\*{3} FAILURES DETECTED \*{3}|\*{3} ALL tests not run \*{3})$/;
/** What is left of two lines of the XML where the line end between them is lost. */
const DAMAGED = /<\/?test(?:suite|case)?\b|\btest(?:suite|case)\b.*>$|\bclassname="/;
const NOTE =
  /^(?:Running test \S{1,200} \(.{0,400}\)|Halting on (?:fatal assertion\.\.\.|first test failure))$/;

class Sel4Lines implements GrammarLines {
  /** The case that runs, until something says how it ended. */
  #running: { readonly name: string; hasFailed: boolean } | undefined;

  rows(text: string): readonly Row[] {
    const [, plain, xml] = START.exec(text) ?? [];
    const name = plain ?? xml;
    if (name !== undefined) {
      const before = this.#ended();
      this.#running = { name, hasFailed: false };
      return [...before, { type: "begin", name }];
    }
    const suite = SUITE.exec(text);
    if (suite !== null)
      return [...this.#ended(), { type: "stream" }, { type: "group", name: suite[1] ?? "sel4test" }];
    return this.#inCase(text) ?? this.#closing(text);
  }

  #inCase(text: string): readonly Row[] | undefined {
    if (text.trimStart() === "</testcase>")
      return this.#running === undefined ? [{ type: "end", status: "passed" }] : this.#ended();
    const [, message, line, file] = this.#running === undefined ? [] : (FAILED.exec(text) ?? []);
    if (message !== undefined && this.#running !== undefined) {
      this.#running.hasFailed = true;
      const place = file === undefined ? {} : { file, line: Number(line) };
      return [{ type: "failure", message, ...place }];
    }
    const [, name, status] = RESULT.exec(text) ?? [];
    if (name === undefined) return undefined;
    if (this.#running?.name !== name)
      return [{ type: "end", status: status === "passed" ? "passed" : "failed", name }];
    this.#running.hasFailed ||= status === "failed";
    return this.#ended();
  }

  #closing(text: string): readonly Row[] {
    const [, passed, some, cases, xml] = SUITE_END.exec(text) ?? [];
    if (passed !== undefined)
      return [
        ...this.#ended(),
        { type: "group-end", cases: Number(passed), passed: Number(passed), ok: true },
      ];
    if (some !== undefined)
      return [...this.#ended(), { type: "group-end", cases: Number(cases), passed: Number(some), ok: false }];
    if (xml !== undefined) return [...this.#ended(), { type: "group-end" }];
    const last = LAST.exec(text);
    if (last !== null) {
      const isWell = last[1] !== undefined;
      // Where not all is well, nothing says that the case that runs has passed.
      const rows = isWell ? this.#ended() : [];
      this.#running = undefined;
      return [...rows, { type: "stream-end", ok: isWell, isClosed: true }];
    }
    if (DAMAGED.test(text)) return [{ type: "flaw", words: `a damaged line of the XML: ${text.trim()}` }];
    return NOTE.test(text) ? [{ type: "note" }] : [];
  }

  /** The tests went on after the running case. */
  #ended(): readonly Row[] {
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined) return [];
    return [
      { type: "end", status: running.hasFailed ? "failed" : "passed", name: running.name, isClosed: true },
    ];
  }
}

export const dialect = dialectOf({
  name: "sel4test",
  summary: "test lines of sel4test, plain and as XML",
  suite: "sel4test",
  plansGroups: true,
  endsGroups: true,
  hint: /Starting test |classname="|<\/?test(?:suite|case)|Error: |Failure: |<failure|<error>|Test \S{1,200} |All is well|\*{3} (?:FAILURES|ALL)|Running test |Halting on /,
  line: /^(?:Starting test (?:suite |\d{1,7}: )|\s*<\/?test(?:suite>|case[ >])|Test suite (?:passed|failed)\. |All is well in the universe$|\*{3} (?:FAILURES DETECTED|ALL tests not run) \*{3}$)/,
  isProof: ({ type }) => type === "stream" || type === "stream-end" || type === "group-end",
  open: () => new Sel4Lines(),
});
