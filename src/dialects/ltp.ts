/**
 * `FILE:LINE: TPASS: …` and a `Summary:` with counts: the Linux Test Project, on Linux and on kernels that run its
 * programs. A program is a suite, named after the file of its lines; a result line has no name, so FILE:LINE is the name
 * of its case and the text what was evaluated. No plan stands in front; the Summary says how many results there were.
 * Programs of the old interface print no Summary: ltp-pan's line about how they ended is their end.
 *
 * TBROK and TWARN are red, as the program's exit code is. TCONF is skipped. It does not read the log files of runltp.
 *
 * Source: ltp lib/tst_test.c (print_result, do_exit), lib/tst_res.c (tst_print), testcases/lib/tst_test.sh (tst_res,
 * _tst_do_exit), pan/ltp-pan.c. The count `broken` is there since 2021.
 */
import type { Counts, GrammarLines, Row } from "../core/grammar/grammar.js";
import { dialectOf } from "../core/grammar/reader.js";

const KIND = "(TPASS|TFAIL|TBROK|TCONF|TWARN|TINFO|TDEBUG)";
const RESULT = new RegExp(String.raw`^([^\s:][^:]{0,200}):(\d{1,7}): ${KIND}: ?(.*)$`);
/** `mkdir01 1 TPASS: …` of shell programs, `brk01       1  TPASS  :  …` of the old interface. */
const NUMBERED = new RegExp(String.raw`^(\S{1,100}) {1,20}(\d{1,6}) {1,2}${KIND}(?: {2})?: {1,2}(.*)$`);
const COUNT = /^(passed|failed|broken|skipped|warnings) {1,4}(\d{1,7})$/;
const TAG = /^tag=(\S{1,100}) stime=\d{1,12}/;
const ENDED = /\btermination_type=(\w{1,20}) termination_id=(\d{1,5}) /;
/** The library's own files, whose lines say nothing about which program runs. */
const LIBRARY = /^(?:.*\/)?(?:tst_|safe_|test_macros|old_)/;
const TCONF_ONLY = 32;

type Kind = "TPASS" | "TFAIL" | "TBROK" | "TCONF" | "TWARN" | "TINFO" | "TDEBUG";

interface Line {
  readonly kind: Kind;
  readonly text: string;
  /** The program, where the line says it. */
  readonly program: string | undefined;
  readonly name: string;
  readonly place?: { readonly file: string; readonly line: number };
}

const programOf = (file: string): string => file.replace(/^.*\//, "").replace(/\.(?:c|h|sh)$/, "");

function lineIn(text: string): Line | undefined {
  const [, file = "", line, kind, words = ""] = RESULT.exec(text) ?? [];
  if (line !== undefined)
    return {
      kind: kind as Kind,
      text: words,
      program: LIBRARY.test(file) ? undefined : programOf(file),
      name: `${file.replace(/^.*\//, "")}:${line}`,
      place: { file, line: Number(line) },
    };
  const [, program, number, word, said = ""] = NUMBERED.exec(text) ?? [];
  if (number === undefined) return undefined;
  return { kind: word as Kind, text: said, program, name: number };
}

/** The rows of one result. */
function rowsOf({ kind, text, name, place }: Line, suite: string): readonly Row[] {
  const begin: Row = { type: "begin", suite, name };
  switch (kind) {
    case "TPASS":
      return [begin, { type: "check", message: text }, { type: "end", status: "passed", name }];
    case "TCONF":
      return [begin, { type: "end", status: "skipped", name, reason: text }];
    case "TINFO":
    case "TDEBUG":
      return [{ type: "note" }];
    case "TFAIL":
    case "TBROK":
    case "TWARN": {
      const message = kind === "TFAIL" ? text : `${kind}: ${text}`;
      return [
        begin,
        { type: "failure", message, ...place },
        { type: "end", status: "failed", name, reason: message },
      ];
    }
  }
}

class LtpLines implements GrammarLines {
  #isOpen = false;
  #program: string | undefined;
  /** By ltp-pan, until it says how the program ended. */
  #tag: string | undefined;
  /** The counts of a Summary so far. */
  #counts: Map<string, number> | undefined;

  rows(text: string): readonly Row[] {
    const line = lineIn(text);
    if (line !== undefined) return this.#result(line);
    const [, word, number] = COUNT.exec(text) ?? [];
    if (word !== undefined) return this.#count(word, Number(number));
    if (text === "Summary:") {
      this.#counts = new Map();
      return this.#isOpen ? [{ type: "note" }] : [];
    }
    this.#counts = undefined;
    const [, tag] = TAG.exec(text) ?? [];
    if (tag !== undefined) {
      this.#tag = tag;
      this.#program = undefined;
      return [...this.#opened(), { type: "note" }];
    }
    const [, how, id] = ENDED.exec(text) ?? [];
    return how === undefined ? [] : this.#ended(how, Number(id));
  }

  #result(line: Line): readonly Row[] {
    const opening = this.#opened();
    this.#program = this.#tag ?? line.program ?? this.#program;
    return [...opening, ...rowsOf(line, this.#program ?? programOf(line.name.replace(/:\d+$/, "")))];
  }

  #opened(): readonly Row[] {
    if (this.#isOpen) return [];
    this.#isOpen = true;
    return [{ type: "group", isClosed: true }];
  }

  #count(word: string, number: number): readonly Row[] {
    const counts = this.#counts;
    if (counts === undefined) return [];
    counts.set(word, number);
    if (word !== "warnings") return [{ type: "note" }];
    this.#counts = undefined;
    return this.#close(summaryOf(counts));
  }

  /** What ltp-pan says of the program it ran. */
  #ended(how: string, id: number): readonly Row[] {
    if (this.#tag === undefined) return [];
    const said = `${this.#tag} was ${how} with ${String(id)}`;
    this.#tag = undefined;
    const isWell = how === "exited" && (id === 0 || id === TCONF_ONLY);
    if (!this.#isOpen) return isWell ? [{ type: "note" }] : [{ type: "counts", ok: false }];
    const died: Row = { type: "flaw", words: said };
    return [...(how === "exited" ? [] : [died]), ...this.#close({ ok: isWell })];
  }

  #close(counts: Counts): readonly Row[] {
    const opening = this.#opened();
    this.#isOpen = false;
    this.#program = undefined;
    return [...opening, { type: "group-end", ...counts }];
  }
}

/** Broken ones and warnings are failed cases; before there was a count of broken ones they were counted nowhere. */
function summaryOf(counts: ReadonlyMap<string, number>): Counts {
  const number = (word: string): number | undefined => counts.get(word);
  const passed = number("passed") ?? 0;
  const skipped = number("skipped") ?? 0;
  const broken = number("broken");
  if (broken === undefined) return { passed, skipped };
  return { passed, failed: (number("failed") ?? 0) + broken + (number("warnings") ?? 0), skipped };
}

export const dialect = dialectOf({
  name: "ltp",
  summary: "TPASS, TFAIL, TBROK and TCONF lines of the Linux Test Project",
  suite: "ltp",
  hint: /T(?:PASS|FAIL|BROK|CONF|WARN|INFO|DEBUG)(?: {2})?: |Summary:|(?:passed|failed|broken|skipped|warnings) {1,4}\d|tag=|termination_type=/,
  line: /^(?:[^\s:][^:]{0,200}:\d{1,7}: T(?:PASS|FAIL|BROK|CONF|WARN|INFO|DEBUG): |Summary:$|(?:passed|failed|broken|skipped|warnings) {1,4}\d)/,
  isProof: ({ type }) => type === "begin" || type === "group-end",
  open: () => new LtpLines(),
});
