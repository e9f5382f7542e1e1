/**
 * The report of T, the test framework of RTEMS, between its lines `A:` and `Z:`: cases, their checks, and the sums that
 * the guest prints at their ends. It keeps the sums and says in words what contradicts; which cases there are is for the
 * account of the grammar.
 *
 * Source: RTEMS cpukit/libtest/t-test.c (T_check, T_do_case_end, T_do_run_finalize). Checks are printed as P where the
 * verbosity asks for it, failed ones as F; a step is `*` for a check that is not counted.
 */
import { plural } from "../../core/plural.js";
import type { Row } from "../../core/grammar/grammar.js";
import { ReportHash } from "./report-hash.js";

const CASE = /^B:(.{1,200})$/;
const FIELDS = String.raw`([\d.]{0,40}\d|[\d.]{0,40}\*):\d{1,4}:[^:]{0,100}:([^:]{1,100}):(\d{1,7}|\*)`;
const PASSED = new RegExp(`^P:${FIELDS}$`);
const FAILED = new RegExp(`^F:${FIELDS}(?::(.*))?$`);
const CASE_END = /^E:(.{1,200}):N:(\d{1,9}):F:(\d{1,9}):D:(\d{1,9}\.\d{1,9})$/;
const RUN_END = /^Z:(.{1,200}):C:(\d{1,9}):N:(\d{1,9}):F:(\d{1,9}):D:\d{1,9}\.\d{1,9}$/;

/** True for a line that only a report has, and that no other program prints by accident. */
export const isReportLine = (text: string): boolean => CASE_END.test(text) || RUN_END.test(text);

export class TReport {
  readonly hash = new ReportHash();
  /** Between `A:` and `Z:`. */
  isOpen = true;
  /** Each check that was counted has its line. */
  #showsChecks = true;
  #checks = 0;
  #failures = 0;
  /** Of the running case: counted checks, and failed ones. */
  #seen = { counted: 0, failed: 0 };

  /** @param isExpectedToFail by the banner of its program: what fails in it is skipped */
  constructor(
    private readonly name: string,
    private readonly isExpectedToFail: boolean,
  ) {}

  rows(text: string): readonly Row[] {
    const [, begun] = CASE.exec(text) ?? [];
    if (begun !== undefined) {
      this.#seen = { counted: 0, failed: 0 };
      return [{ type: "begin", name: begun }];
    }
    const [, step, file = "", line = ""] = PASSED.exec(text) ?? [];
    if (step !== undefined) {
      this.#seen.counted += step.endsWith("*") ? 0 : 1;
      return [{ type: "check", message: `${file}:${line}` }];
    }
    if (text.startsWith("F:")) return [this.#failed(text)];
    return this.#caseEnd(text) ?? this.#runEnd(text) ?? (/^[LMRSU]:/.test(text) ? [{ type: "note" }] : []);
  }

  /** What the hash says, after the end of the report. */
  hashed(said: string): Row {
    const { hash } = this;
    const match = hash.match(said);
    const report = `the report ${this.name}`;
    if (match === "proves")
      return {
        type: "remark",
        words: `its SHA-256 proves that the console shows all ${plural(hash.lines, "line")} of ${report} unchanged`,
      };
    if (match === "contradicts" && this.#showsChecks && !this.isOpen)
      return {
        type: "flaw",
        words: `its SHA-256 contradicts ${report}: the console does not show the lines that were printed`,
      };
    return {
      type: "remark",
      words: `the SHA-256 of ${report} says nothing: the console does not show all of it, or something else in between`,
    };
  }

  /** A line that the framework cuts at its length may lack its end. */
  #failed(text: string): Row {
    const [, step = "*", file = "*", line = "*", message = ""] = FAILED.exec(text) ?? [];
    this.#seen.counted += step.endsWith("*") ? 0 : 1;
    this.#seen.failed += 1;
    if (this.isExpectedToFail) return { type: "note" };
    const place = file === "*" ? {} : { file, line: line === "*" ? 0 : Number(line) };
    return { type: "failure", message: message === "" ? text : message, ...place };
  }

  #caseEnd(text: string): readonly Row[] | undefined {
    const [, name, counted, failed, seconds] = CASE_END.exec(text) ?? [];
    if (name === undefined) return undefined;
    const checks = Number(counted);
    const failures = Number(failed);
    const seen = this.#seen;
    this.#seen = { counted: 0, failed: 0 };
    this.#checks += checks;
    this.#failures += failures;
    this.#showsChecks &&= seen.counted === checks;
    const rows: Row[] = [];
    if (seen.failed > failures)
      rows.push({
        type: "flaw",
        words: `${name} counted ${plural(failures, "failed check")}; seen were ${String(seen.failed)}`,
      });
    const isRed = failures > 0 || seen.failed > 0;
    const status = !isRed ? "passed" : this.isExpectedToFail ? "skipped" : "failed";
    const number = plural(Math.max(failures, seen.failed), "failed check");
    rows.push({
      type: "case",
      status,
      name,
      durationMs: Number(seconds) * 1000,
      ...(isRed && { reason: this.isExpectedToFail ? `an expected failure: ${number}` : number }),
    });
    return rows;
  }

  #runEnd(text: string): readonly Row[] | undefined {
    const [, name, cases, checks, failures] = RUN_END.exec(text) ?? [];
    if (name === undefined) return undefined;
    this.isOpen = false;
    const rows: Row[] = [];
    const sums = `${String(this.#checks)} checks, ${String(this.#failures)} failed`;
    if (Number(checks) !== this.#checks || Number(failures) !== this.#failures)
      rows.push({
        type: "flaw",
        words: `the guest counted ${String(checks)} checks, ${String(failures)} failed in ${name}; its cases have ${sums}`,
      });
    rows.push({ type: "group-end", name, cases: Number(cases) });
    return rows;
  }
}
