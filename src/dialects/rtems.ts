/**
 * `*** BEGIN OF TEST X ***` and `*** END OF TEST X ***`: the test programs of RTEMS, with or without the report of its
 * framework T in between. A program without T is one case, which passes with its END line and has nothing else to say;
 * one with T has the cases of the report. No plan stands in front: the END line, and T's sums, say what there was.
 *
 * Where the banner says EXPECTED_FAIL, checks that fail in T's cases skip them; a program that dies or has no END line is
 * red whatever its state. The other states (USER_INPUT, INDETERMINATE, BENCHMARK) change nothing. The hash that T may
 * print after its report is checked: see rtems/report-hash.ts. A fatal error is red even after the END line, which tests
 * of fatal errors print first: nothing on the console says whether it was wanted. Banners before RTEMS 4.11 (`*** HELLO WORLD TEST ***`) are
 * not read.
 *
 * Source: RTEMS cpukit/libtest/testbeginend.c and t-test.c.
 */
import type { GrammarLines, Row } from "../core/grammar/grammar.js";
import { dialectOf } from "../core/grammar/reader.js";
import { TReport, isReportLine } from "./rtems/report.js";

const BEGIN = /^\*{3} BEGIN OF TEST (.{1,200}) \*{3}$/;
const END = /^\*{3} END OF TEST (.{1,200}) \*{3}$/;
const HEAD = /^\*{3} TEST (VERSION|STATE|BUILD|TOOLS): ?(.*)$/;
const REPORT = /^A:(.{1,200})$/;
/** T prints its platform at once. */
const PLATFORM = "S:Platform:";
const HASH = /^Y:ReportHash:SHA256:([0-9a-f]{64}|[\w-]{43}=)$/;

/** Lines of other writers between the first two of a report. */
const MOST_BETWEEN = 16;

interface Program {
  readonly name: string;
  /** The line of the banner that came last, and what it says of its state. */
  head: string | undefined;
  isExpectedToFail: boolean;
  hasReport: boolean;
}

class RtemsLines implements GrammarLines {
  #program: Program | undefined;
  #report: TReport | undefined;
  /** What may be the first line of a report, and what another writer printed after it: the second one says whether it is. */
  #first: { readonly name: string; readonly between: string[] } | undefined;

  /** The hash is over every line of the report. */
  get wantsAll(): boolean {
    return this.#first !== undefined || this.#report?.isOpen === true;
  }

  foreign(): void {
    if (this.#report?.isOpen === true) this.#report.hash.foreign();
  }

  rows(text: string, whole: string): readonly Row[] {
    const banner = text.startsWith("*** ") ? this.#banner(text) : undefined;
    if (banner !== undefined) return banner;
    if (this.#first !== undefined && text.startsWith(PLATFORM)) {
      const { name, between } = this.#first;
      this.#first = undefined;
      return this.#begin(name, [...between, whole]);
    }
    const [, report] = REPORT.exec(text) ?? [];
    if (report !== undefined) this.#first = { name: report, between: [] };
    this.#first?.between.push(whole);
    if ((this.#first?.between.length ?? 0) > MOST_BETWEEN) this.#first = undefined;
    if (this.#report?.isOpen === true) {
      this.#report.hash.line(whole);
      return this.#report.rows(text);
    }
    const [, hash] = HASH.exec(text) ?? [];
    if (hash === undefined || this.#report === undefined)
      return isReportLine(text) ? this.#headless(text) : [];
    const row = this.#report.hashed(hash);
    this.#report = undefined;
    return [row];
  }

  #banner(text: string): readonly Row[] | undefined {
    const [, begun] = BEGIN.exec(text) ?? [];
    if (begun !== undefined) {
      const before = this.#program;
      this.#program = { name: begun, head: "BEGIN", isExpectedToFail: false, hasReport: false };
      this.#report = undefined;
      const stream: Row = { type: "stream", isClosed: true };
      const program: Row = { type: "alone", name: begun, suite: "rtems", isClosed: true };
      if (before === undefined) return [stream, program];
      return [{ type: "flaw", words: `the end of test ${before.name} is missing` }, stream, program];
    }
    const [, word, value] = HEAD.exec(text) ?? [];
    if (word !== undefined) return this.#head(word, value ?? "");
    const [, ended] = END.exec(text) ?? [];
    return ended === undefined ? undefined : this.#end(ended);
  }

  /** The state counts only in its place: the program itself could print one later. */
  #head(word: string, value: string): readonly Row[] {
    const program = this.#program;
    if (program === undefined) return [];
    if (word === "STATE" && program.head === "VERSION") program.isExpectedToFail = value === "EXPECTED_FAIL";
    const isInPlace = (word === "VERSION" && program.head === "BEGIN") || word === "STATE";
    program.head = isInPlace ? word : undefined;
    return [{ type: "note" }];
  }

  #begin(name: string, lines: readonly string[]): readonly Row[] {
    const rows: Row[] = [];
    if (this.#report?.isOpen === true)
      rows.push({ type: "flaw", words: "a report begins before the end of another" });
    this.#report = new TReport(name, this.#program?.isExpectedToFail === true);
    for (const line of lines) this.#report.hash.line(line);
    if (this.#program !== undefined) this.#program.hasReport = true;
    return [...rows, { type: "group", name }];
  }

  /** The start of a report is lost. */
  #headless(text: string): readonly Row[] {
    this.#report = new TReport(this.#program?.name ?? "rtems", false);
    this.#report.hash.foreign();
    if (this.#program !== undefined) this.#program.hasReport = true;
    const flaw: Row = { type: "flaw", words: "the start of the report of T is missing" };
    return [flaw, { type: "group" }, ...this.#report.rows(text)];
  }

  #end(name: string): readonly Row[] {
    const program = this.#program;
    const rows: Row[] = [];
    if (this.#report?.isOpen === true)
      rows.push({ type: "flaw", words: "the end of the report of T is missing" });
    if (program !== undefined && program.name !== name)
      rows.push({ type: "flaw", words: `test ${name} ends, while ${program.name} runs` });
    else if (program?.hasReport === false) rows.push({ type: "end", status: "passed", isClosed: true });
    this.#program = undefined;
    this.#report = undefined;
    return [...rows, { type: "stream-end", isClosed: true }];
  }
}

export const dialect = dialectOf({
  name: "rtems",
  summary: "BEGIN and END OF TEST banners of RTEMS, and reports of its framework T",
  suite: "rtems",
  hint: /\*\*\* (?:BEGIN|END) OF TEST |\*\*\* TEST [A-Z]|[ABEFPSYZ]:/,
  line: /^(?:\*\*\* (?:(?:BEGIN|END) OF TEST|TEST [A-Z]{5,8}:) |[ABEFPSZ]:\S|Y:ReportHash:)/,
  // A letter and a colon begin many lines.
  isProof: ({ type }) => type === "stream" || type === "stream-end" || type === "group-end",
  open: () => new RtemsLines(),
});
