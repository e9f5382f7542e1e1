/**
 * `  [OK]          ring          0   Empty.` and `Test Successful in 0.002s. 4 tests run.`: Alcotest, the test library of
 * MirageOS. The line with the id of the run begins it, and the last line has its counts; skipped tests are not among them.
 * What failed is printed at the end, in a box for each test, or for the first alone.
 *
 * A label is the suite and its text the case, which the library shortens to the width of the terminal. The compact form
 * prints no names, and no last line where all passed; that and JSON are not read.
 *
 * Source: alcotest src/alcotest-engine/pp.ml and core.ml, the logs in test/e2e.
 */
import type { GrammarLines, Row, RowStatus } from "../core/grammar/grammar.js";
import { dialectOf } from "../core/grammar/reader.js";

const RUN = /^Testing (?:`(.{1,200})'|(\S.{0,200}))\.$/;
const ID = /^This run has ID [`'](.{1,80})'\.$/;
const TEST = String.raw`(.{1,120}?) {2,120}(\d{1,5})(?: {3}(.{0,200}))?`;
const STARTED = new RegExp(String.raw`^ {2}\.{3} {9,12}${TEST}$`);
const RESULT = new RegExp(String.raw`^[> ] \[(OK|FAIL|SKIP|TODO)\] {1,12}${TEST}$`);
/** A result after the start of its test, on a terminal, or after what a test printed without a line end. */
const BOTH = /^(.{1,400}?)([> ] \[(?:OK|FAIL|SKIP|TODO)\] {1,12}\S.*)$/;
const END = /^(?:Test Successful|(\d{1,7}) failures?!) in \S{1,40}s\. (\d{1,7}) tests? run\.$/;
/** `│`, `└` and `─` in UTF-8, one character per byte. */
const BOX = "\xe2\x94\x82";
const BOX_BOTTOM = "\xe2\x94\x94\xe2\x94\x80";
const RULE = "\xe2\x94\x80\xe2\x94\x80";
const BOXED = new RegExp(String.raw`^${BOX} (\[FAIL\] .{1,400}?) {1,400}${BOX}$`);
const PLACE = /^File "(.{1,300})", line (\d{1,7}), character \d{1,7}:$/;
const NOTE = /^(?:Logs saved to |Full test results in | {2}\.\.\. with \d{1,7} subsequent tests? skipped\.$)/;

const STATUS: Readonly<Record<string, RowStatus>> = {
  OK: "passed",
  FAIL: "failed",
  SKIP: "skipped",
  TODO: "skipped",
};

const named = (
  label: string,
  index: string,
  text = "",
): { readonly suite: string; readonly name: string } => ({
  suite: label.trim(),
  name: text.trim() === "" ? index : text.trim(),
});

/** The start of a test. */
function startIn(text: string): readonly Row[] {
  const [, label, index = "", said] = STARTED.exec(text) ?? [];
  return label === undefined ? [] : [{ type: "begin", ...named(label, index, said) }];
}

/** A result; `kind` is what stands in brackets. */
function resultIn(
  text: string,
): { readonly kind: string; readonly suite: string; readonly name: string } | undefined {
  const [, kind, label = "", index = "", said] = RESULT.exec(text) ?? [];
  return kind === undefined ? undefined : { kind, ...named(label, index, said) };
}

class AlcotestLines implements GrammarLines {
  #run: string | undefined;
  /** The failed test of the box that is being printed. */
  #boxed: { readonly suite: string; readonly name: string } | undefined;
  #isExplaining = false;

  rows(text: string): readonly Row[] {
    const [, front, rest = ""] = BOTH.exec(text) ?? [];
    const result = front === undefined ? undefined : resultIn(rest);
    if (result === undefined) return this.#line(text);
    return [...startIn(front?.trimEnd() ?? ""), caseOf(result)];
  }

  #line(text: string): readonly Row[] {
    const [, run, older] = RUN.exec(text) ?? [];
    if ((run ?? older) !== undefined) {
      this.#run = run ?? older;
      return [];
    }
    if (ID.test(text)) return [{ type: "group", name: this.#run ?? "alcotest" }];
    const started = startIn(text);
    if (started.length > 0) return started;
    const result = resultIn(text);
    if (result !== undefined) return [caseOf(result)];
    const [, failures = "0", tests] = END.exec(text) ?? [];
    if (tests === undefined) return this.#box(text);
    const failed = Number(failures);
    return [{ type: "group-end", passed: Number(tests) - failed, failed, ok: failed === 0, isClosed: true }];
  }

  /** What failed, after all results. */
  #box(text: string): readonly Row[] {
    const [, title] = BOXED.exec(text) ?? [];
    if (title !== undefined) {
      this.#boxed = resultIn(`  ${title}`);
      return [{ type: "note" }];
    }
    const boxed = this.#boxed;
    if (text.startsWith(BOX_BOTTOM) && boxed !== undefined) {
      this.#boxed = undefined;
      this.#isExplaining = true;
      return [{ type: "about", suite: boxed.suite, name: boxed.name }];
    }
    const [, file, line] = this.#isExplaining ? (PLACE.exec(text) ?? []) : [];
    if (file !== undefined) return [{ type: "failure", message: "", file, line: Number(line) }];
    if (!NOTE.test(text) && !text.startsWith(` ${RULE}`)) return [];
    this.#isExplaining = false;
    return [{ type: "note" }];
  }
}

function caseOf({
  kind,
  suite,
  name,
}: {
  readonly kind: string;
  readonly suite: string;
  readonly name: string;
}): Row {
  const status = STATUS[kind] ?? "failed";
  return {
    type: "case",
    status,
    suite,
    name,
    ...(kind === "TODO" && { reason: "to be written" }),
    ...(status === "failed" && { awaits: true }),
  };
}

export const dialect = dialectOf({
  name: "alcotest",
  summary: "results and last line of Alcotest (MirageOS)",
  suite: "alcotest",
  plansGroups: true,
  hint: /\[(?:OK|FAIL|SKIP|TODO)\] | {2}\.\.\. |Testing |This run has ID |tests? run\.|\xe2\x94[\x80\x82\x94]|File "|Logs saved|Full test/,
  line: /^(?:[> ] \[(?:OK|FAIL|SKIP|TODO)\] | {2}\.\.\. |This run has ID |(?:Test Successful|\d{1,7} failures?!) in )/,
  isProof: ({ type }) => type === "case" || type === "begin" || type === "group-end",
  open: () => new AlcotestLines(),
});
