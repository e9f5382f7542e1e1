/**
 * Unity: plain programs, its fixture, and the runner of ESP-IDF, which says which case begins. No plan stands in front:
 * only the summary says how many cases there were, so that a block without it proves nothing. One boot may have several.
 *
 * Source: Unity 2.4 to 2.6 src/unity.c and extras/fixture/src/unity_fixture.c; ESP-IDF 3 to 5 components/unity
 * unity_runner.c.
 */
import type { GrammarLines, Row } from "../core/grammar/grammar.js";
import { dialectOf } from "../core/grammar/reader.js";
import { dots, isDotted, ending, fixture, plain } from "./unity/results.js";

const RUN = /^Unity test run (\d{1,6}) of (\d{1,6})$/;
const BREAK = /^-{10,80}$/;
const SUMMARY = /^(\d{1,7}) Tests (\d{1,7}) Failures (\d{1,7}) Ignored$/;
const VERDICT = /^(OK|FAIL)$/;
const RUNNING = /^Running (.{1,400})\.\.\.$/;
/** What the runner says of a choice of tests, and what programs say of all of theirs. */
const OF_MANY = /^tests (?:NOT )?matching '|\btests\b|\btest (?:suite|group)/i;
const TIME = /^Test ran in (\d{1,9})ms$/;
/** The menu of the runner. */
const MENU =
  /^(?:Press ENTER to see the list of tests|Enter (?:next )?test|Here's the test menu|#{4} Running )/;
/** The first words of a chip that starts. */
const ROM = /^(?:ets [A-Z][a-z]{2} |ESP-ROM:)/;

/** Stands for a line that only these guests print. */
const SURE: Row = { type: "note" };

class Lines implements GrammarLines {
  /** Whether `Running` begins a case; unknown up to the first result. */
  #announces: boolean | undefined;
  #running: string | undefined;
  /** The fixture has said a name, and its result is to come. */
  #awaitsEnding = false;
  /** A group has begun whose summary is to come. */
  #isOpen = false;
  #sawBreak = false;
  #sawSummary = false;
  /** Runs of the fixture that are still to come, and whether it prints dots. */
  #runs: { readonly left: number; readonly isStream: boolean } | undefined;
  #hasDots = false;
  #number = 0;
  /** A line of dots that may be those of a fixture: its summary says whether they are. */
  #marks = "";

  rows(whole: string): readonly Row[] {
    const text = whole.trimEnd();
    if (BREAK.test(text)) {
      this.#sawBreak = true;
      return [];
    }
    const wasSummary = this.#sawSummary;
    this.#sawSummary = false;
    const rows =
      (wasSummary ? this.#verdict(text) : undefined) ??
      this.#fixtureRun(text) ??
      this.#summary(text) ??
      this.#case(text) ??
      this.#announced(text) ??
      [];
    if (rows.length > 0) this.#sawBreak = false;
    return rows;
  }

  frontOf(text: string): number {
    const found = fixture(text);
    return found === undefined || found.ending !== undefined ? 0 : found.front;
  }

  #verdict(text: string): readonly Row[] | undefined {
    const [word] = VERDICT.exec(text) ?? [];
    return word === undefined ? undefined : [{ type: "counts", ok: word === "OK" }];
  }

  /** The fixture says how often it runs: its end is that of the last run. */
  #fixtureRun(text: string): readonly Row[] | undefined {
    const [, number, of] = RUN.exec(text) ?? [];
    if (number === undefined || of === undefined) return undefined;
    const [run, all] = [Number(number), Number(of)];
    const isStream = all > 1;
    const isFirst = this.#runs === undefined || this.#runs.left === 0;
    const begins: readonly Row[] = isFirst && isStream ? [{ type: "stream" }] : [];
    const isLost = isFirst ? run !== 1 : this.#runs?.left !== all - run + 1;
    this.#runs = { left: all - run + 1, isStream };
    this.#isOpen = true;
    this.#hasDots = true;
    this.#number = 0;
    const flaw: Row = { type: "flaw", words: `run ${number} of ${of} begins here, and another was expected` };
    return [...begins, ...(isLost ? [flaw] : []), { type: "group" }, SURE];
  }

  #summary(text: string): readonly Row[] | undefined {
    const [, cases, failed, skipped] = this.#sawBreak ? (SUMMARY.exec(text) ?? []) : [];
    if (cases === undefined) return undefined;
    const begins: readonly Row[] = this.#isOpen ? [] : [{ type: "group", isClosed: true }];
    const counts = { cases: Number(cases), failed: Number(failed), skipped: Number(skipped) };
    const isAlone = begins.length > 0;
    this.#isOpen = false;
    this.#hasDots = false;
    this.#running = undefined;
    this.#awaitsEnding = false;
    this.#sawSummary = true;
    const runs = this.#runs;
    if (runs !== undefined) this.#runs = { ...runs, left: runs.left - 1 };
    const ends: readonly Row[] =
      runs?.isStream === true && runs.left === 1 ? [{ type: "stream-end", isClosed: true }] : [];
    this.#number = 0;
    const all = isAlone && this.#marks.length === counts.cases ? this.#dotted(this.#marks) : [];
    this.#marks = "";
    return [...begins, ...all, { type: "group-end", ...counts, isClosed: true }, ...ends];
  }

  #case(text: string): readonly Row[] | undefined {
    if (isDotted(text)) this.#hasDots = true;
    const marks = dots(text);
    if (marks !== "") this.#marks = marks;
    const before = this.#hasDots ? marks : "";
    const found = fixture(text.slice(before.length));
    if (found !== undefined) return this.#ofFixture(before, found);
    if (before !== "") return this.#dotted(before);
    const alone = this.#awaitsEnding ? ending(text) : undefined;
    if (alone !== undefined) {
      this.#awaitsEnding = false;
      return [{ type: "end", ...alone }];
    }
    const result = plain(text);
    if (result === undefined) return undefined;
    const { name } = result;
    const isOwn = name === this.#running;
    this.#announces ??= isOwn;
    this.#isOpen = true;
    const row = { name, ...result.ending, ...(this.#announces && { awaitsTime: true as const }) };
    // What a case prints of another one ends neither.
    if (this.#announces && this.#running !== undefined && !isOwn) return [{ type: "end", ...row }];
    this.#running = undefined;
    return [{ type: "case", ...row }];
  }

  #ofFixture(before: string, found: NonNullable<ReturnType<typeof fixture>>): readonly Row[] {
    const { suite, name, ending: said } = found;
    // The dot of a case that says its name is its own.
    const rows = this.#dotted(before.slice(0, -1));
    if (before === "") this.#hasDots = false;
    else this.#number += 1;
    this.#isOpen = true;
    this.#awaitsEnding = said === undefined;
    const row: Row =
      said === undefined ? { type: "begin", suite, name } : { type: "case", suite, name, ...said };
    return [...rows, row];
  }

  /** Each dot is a case that begins, and has passed unless it says something else. */
  #dotted(marks: string): readonly Row[] {
    return Array.from(marks, (mark): Row => {
      this.#number += 1;
      const name = `number ${String(this.#number)}`;
      return mark === "!"
        ? { type: "case", status: "skipped", name, isClosed: true }
        : { type: "begin", name, passesByGoingOn: true };
    });
  }

  #announced(text: string): readonly Row[] | undefined {
    const [, ms] = TIME.exec(text) ?? [];
    if (ms !== undefined) return [{ type: "took", durationMs: Number(ms), isClosed: true }];
    if (MENU.test(text)) this.#announces ??= true;
    // A chip that restarts in a case proves whose that case was.
    if (this.#running !== undefined && ROM.test(text)) return [SURE];
    const [, name] = RUNNING.exec(text) ?? [];
    if (name === undefined || this.#announces === false || OF_MANY.test(name)) return undefined;
    this.#running = name;
    this.#isOpen = true;
    if (this.#announces === true) return [{ type: "begin", name, isClosed: true }];
    return [{ type: "begin", name, isDoubtful: true, isCommon: true, isClosed: true }];
  }
}

export const dialect = dialectOf({
  name: "unity",
  summary: "Unity, its fixture, and the test runner of ESP-IDF",
  suite: "unity",
  precedence: 60,
  hint: /:(?:PASS|FAIL|IGNORE)|TEST\(|PASS|-{10}| Failures |(?:OK|FAIL)\s*$|\.\.\.\s*$|(?:^|[\s\]|])[.!]+(?:\s*$|TEST\()|Unity test run |Test ran in |Press ENTER|Enter |Here's the|#{4} |ets |ESP-ROM/,
  line: /^(?:[.!]*(?:IGNORE_)?TEST\(|[^:]{1,400}:\d{1,9}:.{0,400}:(?:PASS|FAIL|IGNORE)|\d{1,7} Tests \d|Running .{1,400}\.\.\.$| PASS$|Unity test run \d)/,
  isProof: (row) => row === SURE || row.type === "group-end" || row.type === "case" || row.type === "begin",
  open: () => new Lines(),
});
