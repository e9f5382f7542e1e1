/**
 * `OK (3 tests)`: embUnit, the test library of RIOT. Its usual runner prints a dot for each test that begins and names
 * only those that fail; with another outputter each has a line. No plan stands in front: the last line says how many
 * tests there were, and is all that proves the green ones, which are named by their number, `test 1` to `test N`.
 *
 * Dots are believed only after RIOT's banner, on lines of their own, and only to know which test runs. Runs whose
 * outputter prints XML, or no last line, are not read.
 *
 * Source: RIOT sys/embunit/TestRunner.c, TextOutputter.c, ColorTextOutputter.c, ColorOutputter.c.
 */
import type { GrammarLines, Row } from "../core/grammar/grammar.js";
import { dialectOf } from "../core/grammar/reader.js";

const BANNER = /^main\(\): This is RIOT!/;
const DOTS = /^\.{1,500}$/;
/** `root.test (file 12) message` of the usual runner, `FAILED test (file:12) message` of the coloured one. */
const FAILED = /^(?:FAILED )?(\S.{0,200}?) \((\S.{0,300}?)[ :](\d{1,7})\) (.*)$/;
const LISTED = /^(\d{1,6})\) (OK|NG) (.{1,200}?)(?: \((\S.{0,300}?) (\d{1,7})\) (.*))?$/;
const SUITE = /^- (\S.{0,200})$/;
const OK = /^OK \((\d{1,6}) tests\)$/;
const NOT_OK = /^(?:run (\d{1,6}) failures (\d{1,6})|FAILED \((\d{1,6}) of (\d{1,6}) failed\))$/;
/** More tests without a name are one contradiction. */
const MOST_UNNAMED = 10_000;

class EmbUnitLines implements GrammarLines {
  #isRiot = false;
  /** Tests that have begun, as far as the console shows. */
  #begun = 0;
  /** The last of them is one of which only a dot was printed. */
  #isDot = false;
  #failed = 0;
  #suite: string | undefined;

  rows(text: string): readonly Row[] {
    if (BANNER.test(text)) {
      this.#isRiot = true;
      return [];
    }
    if (this.#isRiot && DOTS.test(text)) return this.#dots(text.length);
    const listed = this.#listed(text);
    if (listed !== undefined) return listed;
    const [, suite] = SUITE.exec(text) ?? [];
    this.#suite = suite ?? this.#suite;
    const [, good] = OK.exec(text) ?? [];
    if (good !== undefined) return this.#end(Number(good), 0);
    const [, all, failures, some, of] = NOT_OK.exec(text) ?? [];
    if (all !== undefined || of !== undefined) return this.#end(Number(all ?? of), Number(failures ?? some));
    return this.#isDot || text.startsWith("FAILED ") ? this.#failure(text) : [];
  }

  #dots(count: number): readonly Row[] {
    const rows: Row[] = this.#begun === 0 ? [{ type: "group", isClosed: true }] : [...this.#passed()];
    for (let dot = 1; dot <= count; dot += 1) {
      this.#begun += 1;
      this.#isDot = true;
      if (dot < count) rows.push(...this.#unnamed());
    }
    rows.push({ type: "alone", name: `test ${String(this.#begun)}` });
    return rows;
  }

  /** The test whose dot came last has passed: something follows it. */
  #passed(): readonly Row[] {
    if (!this.#isDot) return [];
    this.#isDot = false;
    return [{ type: "end", status: "passed", isClosed: true }];
  }

  #unnamed(): readonly Row[] {
    this.#isDot = false;
    return [{ type: "case", status: "passed", name: `test ${String(this.#begun)}`, isClosed: true }];
  }

  #failure(text: string): readonly Row[] {
    const [, name, file = "", line, message = ""] = FAILED.exec(text) ?? [];
    if (name === undefined) return [];
    // The coloured outputter prints dots for tests that have passed.
    const before = text.startsWith("FAILED ") ? this.#passed() : [];
    if (before.length > 0 || !this.#isDot) this.#begun += 1;
    this.#isDot = false;
    this.#failed += 1;
    const failure = { message, file, line: Number(line) };
    return [...before, { type: "case", status: "failed", name, failure }];
  }

  /** A line for each test; its number is that of the test. */
  #listed(text: string): readonly Row[] | undefined {
    const [, number, word, name = "", file, line, message = ""] = LISTED.exec(text) ?? [];
    if (number === undefined || (word === "NG" && file === undefined)) return undefined;
    const rows: Row[] = [];
    if (Number(number) !== this.#begun + 1)
      rows.push({ type: "flaw", words: `test ${number} is printed after ${String(this.#begun)} others` });
    this.#begun = Number(number);
    const suite = this.#suite === undefined ? {} : { suite: this.#suite };
    const isRed = word === "NG";
    this.#failed += isRed ? 1 : 0;
    rows.push({
      type: "case",
      status: isRed ? "failed" : "passed",
      name,
      ...suite,
      ...(file !== undefined && isRed && { failure: { message, file, line: Number(line) } }),
    });
    return rows;
  }

  #end(tests: number, failures: number): readonly Row[] {
    const rows: Row[] = [...this.#passed()];
    const isOpen = this.#begun > 0;
    if (!isOpen) rows.push({ type: "group" });
    if (failures === this.#failed && tests <= MOST_UNNAMED)
      while (this.#begun < tests) {
        this.#begun += 1;
        rows.push(...this.#unnamed());
      }
    rows.push({ type: "group-end", cases: tests, failed: failures, ok: failures === 0 });
    this.#begun = 0;
    this.#failed = 0;
    return rows;
  }
}

export const dialect = dialectOf({
  name: "embunit",
  summary: "dots, failures and last line of embUnit (RIOT)",
  suite: "embunit",
  precedence: 70,
  hint: /\.\s*$|OK \(\d|FAILED |failures \d|\d\) (?:OK|NG) |- \S|\(.{1,300}[ :]\d{1,7}\) |This is RIOT!/,
  line: /^(?:\.{1,500}$|OK \(\d{1,6} tests\)$|\d{1,6}\) (?:OK|NG) |run \d{1,6} failures \d|FAILED \(\d)/,
  isProof: ({ type }) => type === "group-end",
  open: () => new EmbUnitLines(),
});
