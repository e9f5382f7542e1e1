/**
 * `[ RUN      ]` and its relatives: GoogleTest, cmocka, the old harness of kselftest and runners made after them. The
 * plan stands in front of the cases, and the last word is `[  PASSED  ]`, which is printed for red runs too.
 *
 * Source: googletest 1.8 to 1.16 gtest.cc (PrettyUnitTestResultPrinter); cmocka 1.1 cmocka.c (cmprintf_*_standard);
 * linux 4.13 to 5.7 tools/testing/selftests/kselftest_harness.h.
 */
import type { GrammarLines, Row } from "../core/grammar/grammar.js";
import { dialectOf } from "../core/grammar/reader.js";

/** `from 2 test suites` of GoogleTest; older ones say cases. */
const FROM = String.raw`(?: from \d{1,7} test (?:suite|case)s?)?`;
const TESTS = String.raw`(\d{1,7}) tests?(?:\(s\))?`;
const TIME = String.raw`(?: \((\d{1,9}) ms\))?`;

const PLAN = new RegExp(String.raw`^\[={10}\] (?:(.{1,400}): )?Running ${TESTS}${FROM}\.$`);
const RAN = new RegExp(
  String.raw`^\[={10}\] (?:(.{1,400}): )?${TESTS}${FROM} (?:ran|run)\.(?: \(\d{1,9} ms total\))?$`,
);
const OF_ALL = /^\[={10}\] (\d{1,7}) \/ (\d{1,7}) tests passed\.$/;
const PASSED = new RegExp(String.raw`^\[ {2}PASSED {2}\] ${TESTS}\.$`);
const LISTED = new RegExp(
  String.raw`^\[ {2}(FAILED|SKIPPED) {1,2}\] (?:.{1,400}: )?${TESTS}, listed below:$`,
);
const RUN = /^\[ RUN {6}\] (.+)$/;
const RESULT = new RegExp(
  String.raw`^\[(?: {7}(OK) | {2}(FAILED|SKIPPED) {1,2})\] (.+?)(?:, where .{0,400}?)?${TIME}$`,
);
const BARE_END = /^\[ {2}(PASSED|FAILED) {2}\]$/;
const FAILURE =
  /^(?:unknown file|(.{1,400}?)(?::(\d{1,9})|\((\d{1,9})\))): (?:Failure|error: (?!Failure!)(.*))$/;
/** Without the dashes it names the set-up or tear-down of a group. */
const CMOCKA_ERROR = /^\[ {2}ERROR {3}\] (?:--- )?(.*)$/;
const CMOCKA_LINE = /^\[ {3}LINE {3}\] --- (.{1,400}?):(\d{1,9}): error: /;
/** What mocks report at the end of the program, which then fails. */
const LEAKED = /^ERROR: \d{1,7} leaked mock objects? found at program exit\./;
const NOTE = /^\[(?:-{10}| DISABLED | {2}SKIPPED )\]/;
/** The shell of NuttX, whose prompt has no line end. */
const PROMPT = /^nsh> (?=\[)/;

const STATUS = { OK: "passed", FAILED: "failed", SKIPPED: "skipped" } as const;

/** `Suite.Name`, where suites may hold slashes; cmocka's names have no suite. */
function named(text: string): { readonly name: string; readonly suite?: string } {
  const dot = text.indexOf(".");
  return dot <= 0 ? { name: text } : { suite: text.slice(0, dot), name: text.slice(dot + 1) };
}

function lines(): GrammarLines {
  /** The names of red cases stand once more after the last word. */
  let isList = false;
  /** The harness of kselftest has counted: its last word has no number. */
  let hasCounted = false;
  return {
    rows(whole): readonly Row[] {
      const text = whole.replace(PROMPT, "");
      const bracket = text.startsWith("[");
      const row = bracket
        ? (opening(text) ?? result(text, isList) ?? closing(text, hasCounted))
        : failure(text);
      if (bracket) hasCounted = OF_ALL.test(text);
      if (bracket) isList = (isList && row?.type === "note") || LISTED.test(text);
      return row === undefined ? [] : [row];
    },
  };
}

function opening(text: string): Row | undefined {
  const [, group, cases] = PLAN.exec(text) ?? [];
  if (cases !== undefined)
    return {
      type: "group",
      ...(group !== undefined && { name: group }),
      cases: Number(cases),
      isClosed: true,
    };
  const [, name] = RUN.exec(text) ?? [];
  return name === undefined ? undefined : { type: "begin", ...named(name) };
}

function result(text: string, isList: boolean): Row | undefined {
  const [, kind, listed] = LISTED.exec(text) ?? [];
  if (kind !== undefined)
    return { type: "counts", [kind === "FAILED" ? "failed" : "skipped"]: Number(listed), isClosed: true };
  const match = RESULT.exec(text);
  if (match === null) return undefined;
  if (isList) return { type: "note" };
  const [, ok, other, name = "", ms] = match;
  const status = STATUS[(ok ?? other) as keyof typeof STATUS];
  const time = ms === undefined ? {} : { durationMs: Number(ms), isClosed: true as const };
  return { type: "end", status, ...named(name), ...time };
}

function closing(text: string, hasCounted: boolean): Row | undefined {
  const [, passed] = PASSED.exec(text) ?? [];
  if (passed !== undefined) return { type: "group-end", passed: Number(passed), isClosed: true };
  const [, , cases] = RAN.exec(text) ?? [];
  if (cases !== undefined) return { type: "counts", cases: Number(cases), isClosed: true };
  const [, good, all] = OF_ALL.exec(text) ?? [];
  if (good !== undefined) return { type: "counts", passed: Number(good), cases: Number(all), isClosed: true };
  const [, word] = BARE_END.exec(text) ?? [];
  if (word !== undefined && hasCounted) return { type: "group-end", ok: word === "PASSED" };
  const [, message] = CMOCKA_ERROR.exec(text) ?? [];
  if (message !== undefined) return { type: "failure", message };
  const [, file, line] = CMOCKA_LINE.exec(text) ?? [];
  if (file !== undefined) return { type: "place", file, line: Number(line) };
  return NOTE.test(text) ? { type: "note" } : undefined;
}

function failure(text: string): Row | undefined {
  if (LEAKED.test(text)) return { type: "flaw", words: text };
  const match = FAILURE.exec(text);
  if (match === null) return undefined;
  const [, file, line, inBrackets, message = ""] = match;
  const place = file === undefined ? {} : { file, line: Number(line ?? inBrackets) };
  return { type: "failure", message, ...place, collects: true };
}

export const dialect = dialectOf({
  name: "gtest",
  summary: "GoogleTest, cmocka and runners of that form",
  suite: "gtest",
  plansGroups: true,
  hint: /\[(?:={10}|-{10}|[ A-Z]{10})\]|: (?:Failure|error: )|leaked mock object/,
  line: /^(?:nsh> )?\[(?:={10}|-{10}| RUN {6}| {7}OK | {2}(?:FAILED {2}|PASSED {2}|SKIPPED |ERROR {3})| {3}LINE {3}| DISABLED )\]/,
  // A result alone may be quoted by any program.
  isProof: ({ type }) => type === "group" || type === "begin",
  open: lines,
});
