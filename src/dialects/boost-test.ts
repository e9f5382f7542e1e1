/**
 * `Running 3 test cases...` and `*** No errors detected`: Boost.Test. The plan stands in front, the last line says whether
 * all is well. Cases have lines of their own only at the log levels `test_suite`, `unit_scope` and `all`; at the usual
 * one only failures are printed, with the name of their case. Then one case stands for all others, of which only the
 * number is known, unless the run was aborted: what is left then has not run.
 *
 * Reports of the level `detailed` are read as far as their first line. Names of suites are joined by slashes as in the
 * messages of failures; the name of the module is left out, since not every form has it.
 *
 * Source: Boost.Test impl/compiler_log_formatter.ipp, plain_report_formatter.ipp, since 1.59; older last lines too.
 */
import type { GrammarLines, Row } from "../core/grammar/grammar.js";
import { dialectOf } from "../core/grammar/reader.js";

const PLAN = /^Running (\d{1,6}) test cases?\.\.\.$/;
const AT = String.raw`(?:(\S.{0,300}?)(?:\((\d{1,7})\)|:(\d{1,7})): )`;
const ERROR = new RegExp(String.raw`^${AT}(?:fatal )?error:? in "(.{1,300}?)":(?: (.*))?$`);
const ENTER = new RegExp(String.raw`^${AT}?Entering test (case|suite|module) "(.{1,200})"$`);
const LEAVE = new RegExp(
  String.raw`^${AT}?Leaving test (case|suite|module) "(.{1,200}?)"(?:; testing time: (\d{1,12})(us|mks|ms))?$`,
);
const SKIPPED = new RegExp(String.raw`^${AT}?Test (case|suite) "(.{1,300}?)" is skipped because (.{1,300})$`);
const WELL = /^(?:\*\*\* No errors detected|Test module "[^"]{1,200}" has passed(?: with:)?)$/;
const NOT_WELL =
  /^(?:\*\*\* \d{1,7} failures? (?:(?:is|are) )?detected\b|\*\*\* Errors (?:were|where) detected in |Test module "[^"]{1,200}" (?:has failed|has timed out)(?: with:)?$|\*\*\* The test (?:module|suite|case) ".{1,200}" has timed out)/;
const ABORTED =
  /^(?:\*\*\* The test (?:module|suite|case) ".{1,200}" was (?:aborted|skipped)|Test module "[^"]{1,200}" was (?:aborted|skipped))/;
const OUTSIDE = "Test setup";
/** A message may begin with a line end, which leaves the line empty. */
const SILENT = "an error whose message is on the next lines";
const DISABLED = "disabled";

class BoostLines implements GrammarLines {
  #planned: number | undefined;
  /** Each case has lines of its own. */
  #isNamed = false;
  #suites: string[] = [];
  #running: { readonly name: string; hasFailed: boolean } | undefined;
  /** Red cases, where only they have names. */
  readonly #red = new Set<string>();

  rows(text: string): readonly Row[] {
    const [, cases] = PLAN.exec(text) ?? [];
    if (cases !== undefined) {
      this.#reset();
      this.#planned = Number(cases);
      return [{ type: "group", cases: this.#planned, isClosed: true }];
    }
    return this.#error(text) ?? this.#unit(text) ?? this.#end(text);
  }

  #reset(): void {
    this.#planned = undefined;
    this.#isNamed = false;
    this.#suites = [];
    this.#running = undefined;
    this.#red.clear();
  }

  #error(text: string): readonly Row[] | undefined {
    const [, file = "", line, other, where, message = SILENT] = ERROR.exec(text) ?? [];
    if (where === undefined) return undefined;
    const failure = {
      message,
      ...(file.startsWith("unknown location") ? {} : { file, line: Number(line ?? other) }),
    };
    if (this.#running !== undefined) {
      this.#running.hasFailed = true;
      return [{ type: "failure", ...failure }];
    }
    if (where === OUTSIDE || this.#isNamed) return [{ type: "failure", ...failure }];
    const named = namedIn(where);
    if (this.#red.has(where))
      return [{ type: "about", ...named }, { type: "failure", ...failure }, { type: "note" }];
    this.#red.add(where);
    return [{ type: "case", status: "failed", ...named, failure, awaits: true }];
  }

  #unit(text: string): readonly Row[] | undefined {
    const [, , , , entered, name = ""] = ENTER.exec(text) ?? [];
    if (entered !== undefined) return this.#enter(entered, name);
    const [, , , , left, ended = "", time, unit] = LEAVE.exec(text) ?? [];
    if (left !== undefined)
      return this.#leave(left, ended, time === undefined ? {} : durationOf(Number(time), unit));
    const [, , , , kind, skipped = "", reason = ""] = SKIPPED.exec(text) ?? [];
    if (kind === undefined) return undefined;
    // The plan counts only cases that are enabled.
    if (kind === "suite" || reason === DISABLED) return [{ type: "note" }];
    return [{ type: "case", status: "skipped", ...namedIn(skipped), reason }];
  }

  #enter(kind: string, name: string): readonly Row[] {
    this.#isNamed = true;
    if (kind === "module") return [{ type: "note" }];
    if (kind === "suite") {
      this.#suites.push(name);
      return [{ type: "note" }];
    }
    this.#running = { name, hasFailed: false };
    const suite = this.#suites.length === 0 ? {} : { suite: this.#suites.join("/") };
    return [{ type: "begin", name, ...suite }];
  }

  #leave(kind: string, name: string, duration: { readonly durationMs?: number }): readonly Row[] {
    if (kind !== "case") {
      if (kind === "suite" && this.#suites.at(-1) === name) this.#suites.pop();
      return [{ type: "note" }];
    }
    const running = this.#running;
    const isRed = running?.hasFailed === true;
    if (running === undefined || running.name === name) this.#running = undefined;
    return [{ type: "end", status: isRed ? "failed" : "passed", name, ...duration }];
  }

  #end(text: string): readonly Row[] {
    const isWell = WELL.test(text);
    const isAborted = ABORTED.test(text);
    if (!isWell && !isAborted && !NOT_WELL.test(text)) return [];
    if (this.#planned === undefined) return isWell ? [{ type: "group-end", ok: true }] : [{ type: "note" }];
    // Where something failed and no name was printed, nothing says which cases passed.
    const isKnown = !this.#isNamed && !isAborted && (isWell || this.#red.size > 0);
    const others = isKnown ? Math.max(0, this.#planned - this.#red.size) : 0;
    this.#reset();
    return [
      { type: "unnamed", passed: others, isClosed: true },
      { type: "group-end", ok: isWell, isClosed: true },
    ];
  }
}

/** `suite/case`, where suites may hold suites. */
function namedIn(path: string): { readonly suite?: string; readonly name: string } {
  const slash = path.lastIndexOf("/");
  return slash <= 0 ? { name: path } : { suite: path.slice(0, slash), name: path.slice(slash + 1) };
}

const durationOf = (time: number, unit: string | undefined): { readonly durationMs: number } => ({
  durationMs: unit === "ms" ? time : time / 1000,
});

export const dialect = dialectOf({
  name: "boost-test",
  summary: "plan, failures and last line of Boost.Test",
  suite: "boost-test",
  plansGroups: true,
  hint: /Running \d|error:? in "|ing test (?:case|suite|module) "|is skipped because |\*\*\* |Test module "/,
  line: /^(?:Running \d{1,6} test cases?\.\.\.$|\*\*\* (?:No errors detected$|\d{1,7} failures? |Errors w|The test )|(?:\S.{0,300}: )?(?:(?:fatal )?error:? in "|(?:Enter|Leav)ing test (?:case|suite|module) "))/,
  // Another program may print the last line of its own module.
  isProof: ({ type }) => type === "group" || type === "begin" || type === "case",
  open: () => new BoostLines(),
});
