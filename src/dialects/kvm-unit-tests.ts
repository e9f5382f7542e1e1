/**
 * `PASS: name` and `SUMMARY: N tests`: kvm-unit-tests, and the tests of OSv. No plan stands in front; only the summary
 * says how many results there were, so a console without it proves nothing.
 *
 * Source: kvm-unit-tests lib/report.c (report, report_summary) and lib/s390x/io.c (EXIT: STATUS), OSv tests/tst-*.cc.
 */
import type { Counts, GrammarLines, Row } from "../core/grammar/grammar.js";
import { dialectOf } from "../core/grammar/reader.js";

const CASE = /^(PASS|FAIL|SKIP|KFAIL|XFAIL|XPASS): (.+)$/;
const SUMMARY =
  /^SUMMARY: (\d{1,7}) tests(?:, (\d{1,7}) unexpected failures)?(?:, (\d{1,7}) known failures)?(?:, (\d{1,7}) expected failures)?(?:, (\d{1,7}) skipped)?$/;
const OSV_SUMMARY = /^SUMMARY: (\d{1,7}) tests, (\d{1,7}) failures$/;
const EXIT = /^EXIT: STATUS=(\d{1,5})$/;
const OSV = /^OSv v\d/;
const OSV_PROGRAM = /^Cmdline: (?:\S*\/)?(\S+)/;

function caseOf(word: string, name: string): Row {
  switch (word) {
    case "PASS":
      return { type: "case", status: "passed", name };
    case "SKIP":
      return { type: "case", status: "skipped", name };
    case "KFAIL":
      return { type: "case", status: "skipped", name, reason: "a known failure" };
    case "XFAIL":
      return { type: "case", status: "skipped", name, reason: "an expected failure" };
    case "XPASS":
      return { type: "case", status: "failed", name, reason: "passed, though a failure is expected" };
    default:
      return { type: "case", status: "failed", name };
  }
}

/**
 * Skipped tests are among the `tests` of the summary; in reports of s390x they were found not to be.
 * @param seen results that were read
 */
function countsOf(text: string, seen: number): Counts | undefined {
  const summary = SUMMARY.exec(text);
  if (summary !== null) {
    const number = (at: number): number => Number(summary[at] ?? 0);
    const skipped = number(5);
    return {
      cases: seen === number(1) + skipped ? seen : number(1),
      failed: number(2),
      skipped: number(3) + number(4) + skipped,
    };
  }
  const [, tests, failures] = OSV_SUMMARY.exec(text) ?? [];
  return tests === undefined ? undefined : { cases: Number(tests), failed: Number(failures) };
}

function lines(): GrammarLines {
  let isOpen = false;
  let seen = 0;
  let isOsv = false;
  return {
    rows(text): readonly Row[] {
      const [, word, name] = CASE.exec(text) ?? [];
      if (word !== undefined && name !== undefined) {
        isOpen = true;
        seen += 1;
        return [caseOf(word, name)];
      }
      const counts = countsOf(text, seen);
      if (counts !== undefined) {
        const end: Row = { type: "group-end", ...counts };
        const rows: readonly Row[] = isOpen ? [end] : [{ type: "group", isClosed: true }, end];
        isOpen = false;
        seen = 0;
        return rows;
      }
      const [, status] = EXIT.exec(text) ?? [];
      // The exit code is in the upper bits, and the lowest is set.
      if (status !== undefined) return [{ type: "counts", ok: Number(status) >> 1 === 0 }];
      isOsv ||= OSV.test(text);
      const [, program] = OSV_PROGRAM.exec(text) ?? [];
      if (program === undefined || isOpen || !isOsv) return [];
      isOpen = true;
      return [{ type: "group", name: program }];
    },
  };
}

export const dialect = dialectOf({
  name: "kvm-unit-tests",
  summary: "PASS:, FAIL: and SUMMARY: lines of kvm-unit-tests and OSv",
  suite: "kvm-unit-tests",
  precedence: 70,
  hint: /(?:PASS|FAIL|SKIP): |SUMMARY: \d|EXIT: STATUS=|Cmdline: |OSv v\d/,
  line: /^(?:(?:[KX]?FAIL|X?PASS|SKIP): |SUMMARY: \d|EXIT: STATUS=)/,
  // Many programs print PASS in front of something.
  isProof: ({ type }) => type === "group-end",
  open: lines,
});
