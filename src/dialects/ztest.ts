/**
 * Zephyr's ztest in its three generations: `starting test -` of 1.x, `START -` of 2.x, and the suites with a summary of
 * 3.x. No plan stands in front; the end is `PROJECT EXECUTION`, and where no summary says which suites there were, the
 * banner of the boot has to. Its crash screens are no business of this file.
 *
 * Source: Zephyr 1.9 to 4.0 subsys/testsuite/ztest (ztest.c, ztest_new.c, tc_util.h) and kernel/banner.c.
 */
import type { GrammarLines, Row, RowStatus } from "../core/grammar/grammar.js";
import { dialectOf } from "../core/grammar/reader.js";
import { Results } from "./ztest/summary.js";

/**
 * A boot loader that is Zephyr itself says `Booting MCUboot`; the SDK of Nordic has a banner of its own. The last words of
 * SeaBIOS have no line end.
 */
const BANNER = /^(?:Booting from [\w ]{1,20}\.{2,3} ?)?\*{3,5} Booting (?:Zephyr OS|nRF Connect SDK)\b/i;
const SUITE = /^Running (TESTSUITE|test suite) (\S{1,200})$/;
const START = /^(START|starting test) - (\S{1,200})$/;
const RESULT = /^ {0,2}(PASS|FAIL|SKIP) - ([^\s.]{1,200})(\.|)(?: in (\d{1,7}\.\d{1,6}) seconds)?$/;
const FAILED =
  /^\s{0,16}(Assertion|Expectation|Assumption) failed at (.{1,400}?):(\d{1,9}): (?:[\w.]{1,200}: )?(.*)$/;
const SUITE_END = /^(?:TESTSUITE|Test suite) (\S{1,200}) (succeeded|failed)\.?$/;
const SUMMARY = /^-{6} TESTSUITE SUMMARY (START|END) -{6}$/;
const SUMMED =
  /^SUITE (PASS|FAIL|SKIP) - {1,3}\d{1,3}\.\d{1,3}% \[(.{1,200}?)\]: {1,4}pass = (\d{1,7}), fail = (\d{1,7}), skip = (\d{1,7}), total = (\d{1,7})\b/;
const ROW = /^ - (PASS|FAIL|SKIP|FLAKY) - \[([^\].]{1,200})\.([^\]]{1,200})\]/;
const END = /^PROJECT EXECUTION (SUCCESSFUL|FAILED)$/;
const DIVIDER = /^={20,100}$/;
/** The library cannot report what failed here. */
const BAILS = /^ ?ERROR: cannot (?:fail|pass|skip) in test phase /;

const STATUS = { PASS: "passed", FAIL: "failed", SKIP: "skipped", FLAKY: "failed" } as const;
const statusOf = (word = ""): RowStatus => STATUS[word as keyof typeof STATUS];

/** Stands beside a line that only a run of ztest prints. */
const SURE: Row = { type: "note" };

/** The build's root is printed as a mark. */
const fileOf = (path: string): string => path.replace(/^WEST_TOPDIR\//, "");

class Lines implements GrammarLines {
  #sawBanner = false;
  #isOpen = false;
  /** A test ran after the banner. */
  #hasRun = false;
  #suite: string | undefined;
  #running: string | undefined;
  /** A generation that says when a suite is over. */
  #endsSuites = false;
  /** Why the running case is to be skipped. */
  #assumption: string | undefined;
  #results = new Results();
  #summed = new Set<string>();
  #isSummed = false;
  /** What stands since the last divider. */
  #between: "nothing" | "text" | "case" = "case";

  /** Text between dividers is wanted too. */
  get wantsAll(): boolean {
    return this.#isOpen;
  }

  rows(text: string): readonly Row[] {
    if (BANNER.test(text)) return this.#booting();
    const rows = this.#opening(text) ?? this.#inCase(text) ?? this.#summary(text) ?? this.#closing(text);
    if (rows === undefined) return this.#isOpen ? this.#divided(text) : [];
    this.#between = "case";
    return rows;
  }

  /** Cases stand between two dividers: where there is only other text, both lines of a case are damaged. */
  #divided(text: string): readonly Row[] {
    const isDivider = DIVIDER.test(text);
    const before = this.#between;
    if (!isDivider) {
      if (before === "nothing" && text.trim() !== "") this.#between = "text";
      return [];
    }
    this.#between = "nothing";
    // The first generation prints two of them at its end.
    return before === "text" && this.#endsSuites
      ? [{ type: "flaw", words: "no case between two dividers: its lines are damaged" }]
      : [{ type: "note" }];
  }

  /** After the first test a banner is a second start. */
  #booting(): readonly Row[] {
    const isAgain = this.#hasRun;
    this.#forget();
    this.#hasRun = false;
    this.#sawBanner = true;
    return isAgain ? [{ type: "restarted" }] : [];
  }

  #forget(): void {
    this.#between = "case";
    this.#sawBanner = false;
    this.#isOpen = false;
    this.#suite = undefined;
    this.#running = undefined;
    this.#assumption = undefined;
    this.#results = new Results();
    this.#summed = new Set();
    this.#isSummed = false;
  }

  #stream(): readonly Row[] {
    if (this.#isOpen) return [];
    this.#isOpen = true;
    this.#hasRun = true;
    return [{ type: "stream" }];
  }

  #opening(text: string): readonly Row[] | undefined {
    const [, words, suite] = SUITE.exec(text) ?? [];
    if (suite !== undefined) {
      // Zephyr 1.x says nothing where a suite is over.
      const before: readonly Row[] =
        this.#suite === undefined || this.#endsSuites ? [] : [{ type: "group-end" }];
      this.#suite = suite;
      this.#results.begin(suite);
      const sure = words === "TESTSUITE" ? [SURE] : [];
      return [...this.#stream(), ...before, { type: "group", name: suite }, ...sure];
    }
    const [, start, name] = START.exec(text) ?? [];
    if (name === undefined) return undefined;
    this.#endsSuites ||= start === "START";
    this.#running = name;
    this.#assumption = undefined;
    const sure = this.#suite === undefined ? [] : [SURE];
    return [...this.#stream(), { type: "begin", name }, ...sure];
  }

  #inCase(text: string): readonly Row[] | undefined {
    const result = RESULT.exec(text);
    if (result !== null) return this.#result(result);
    const [, kind, path, line, words] = FAILED.exec(text) ?? [];
    if (path === undefined || words === undefined)
      return BAILS.test(text) ? [{ type: "failure", message: text.trim() }] : undefined;
    if (kind !== "Assumption")
      return [{ type: "failure", message: words, file: fileOf(path), line: Number(line), collects: true }];
    this.#assumption = `assumption failed at ${fileOf(path)}:${line ?? ""}: ${words}`;
    return [{ type: "note" }];
  }

  #result([, word, name = "", dot, seconds]: RegExpExecArray): readonly Row[] {
    const status = statusOf(word);
    const assumption = this.#assumption;
    // What a case prints of another one ends neither.
    if (name !== this.#running) return [{ type: "end", status, name }];
    this.#running = undefined;
    this.#assumption = undefined;
    if (this.#suite !== undefined) this.#results.add(this.#suite, name, status);
    const isWrong = assumption !== undefined && status === "passed";
    return [
      ...(isWrong ? [{ type: "flaw" as const, words: `${name} passed, but an ${assumption}` }] : []),
      {
        type: "end",
        status,
        name,
        ...(status === "skipped" && assumption !== undefined && { reason: assumption }),
        ...(seconds !== undefined && { durationMs: Math.round(Number(seconds) * 1000) }),
        ...((seconds !== undefined || dot === ".") && { isClosed: true as const }),
      },
    ];
  }

  #summary(text: string): readonly Row[] | undefined {
    const [, side] = SUMMARY.exec(text) ?? [];
    if (side !== undefined) {
      this.#isSummed = side === "END" && this.#results.areAllIn(this.#summed);
      return [{ type: "note" }];
    }
    const [, word, suite, passed, failed, skipped, total] = SUMMED.exec(text) ?? [];
    if (suite !== undefined) {
      this.#summed.add(suite);
      const counted = {
        passed: Number(passed),
        failed: Number(failed),
        skipped: Number(skipped),
        total: Number(total),
      };
      const isLie = (word === "FAIL") !== counted.failed > 0;
      return said(isLie ? `the summary of ${suite} contradicts itself` : this.#results.suite(suite, counted));
    }
    const [, how, of, name] = ROW.exec(text) ?? [];
    return of === undefined || name === undefined
      ? undefined
      : said(this.#results.row(of, name, statusOf(how)));
  }

  #closing(text: string): readonly Row[] | undefined {
    const [, suite, how] = SUITE_END.exec(text) ?? [];
    if (suite !== undefined) {
      const isOther = this.#suite !== undefined && this.#suite !== suite;
      this.#suite = undefined;
      this.#endsSuites = true;
      return [
        ...(isOther ? said(`suite ${suite} ends here, which does not run`) : []),
        { type: "group-end", name: suite, ok: how === "succeeded", isClosed: true },
      ];
    }
    const [, word] = END.exec(text) ?? [];
    return word === undefined ? undefined : this.#end(word === "SUCCESSFUL");
  }

  #end(ok: boolean): readonly Row[] {
    const flaws: readonly Row[] = [
      ...(this.#suite !== undefined && this.#endsSuites ? said(`the end of ${this.#suite} is missing`) : []),
      ...(this.#sawBanner || this.#isSummed ? [] : said(HEADLESS)),
    ];
    const sawBanner = this.#sawBanner;
    this.#forget();
    this.#sawBanner = sawBanner;
    return [...(ok ? flaws : []), { type: "stream-end", ok, isClosed: true }];
  }
}

const HEADLESS =
  "neither a summary nor the banner of a boot is there: tests at the start of the log may be missing";

const said = (flaw: string | undefined): readonly Row[] =>
  flaw === undefined ? [{ type: "note" }] : [{ type: "flaw", words: flaw }];

export const dialect = dialectOf({
  name: "ztest",
  summary: "Zephyr's ztest",
  suite: "ztest",
  plansGroups: true,
  hint: / - |SUITE|[Tt]est suite |failed at |PROJECT EXECUTION|\*\*\* (?:Booting|BOOTING)|cannot (?:fail|pass|skip)/,
  line: /^(?:(?:START|starting test) - \S| {0,2}(?:PASS|FAIL|SKIP) - \S|Running (?:TESTSUITE|test suite) \S|(?:TESTSUITE|Test suite|SUITE) \S|PROJECT EXECUTION )/,
  isProof: (row) => row === SURE || row.type === "stream-end",
  open: () => new Lines(),
});
