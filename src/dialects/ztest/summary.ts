/**
 * The summary at the end of a run of ztest 3.x against the results in front of it. It counts cases once, however often they
 * ran, as the summary does; it says what contradicts in words.
 */
import type { RowStatus } from "../../core/grammar/grammar.js";

/** Cases that are remembered; beyond them nothing is compared. */
const MOST = 20_000;

export interface Counted {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly total: number;
}

/** A case passed or was skipped where each of its runs was; anything else is a failure. */
type Standing = RowStatus;

export class Results {
  readonly #suites = new Map<string, Map<string, Standing>>();
  #size = 0;

  /** A suite begins to run. */
  begin(suite: string): void {
    if (!this.#suites.has(suite) && this.#size < MOST) this.#suites.set(suite, new Map());
  }

  add(suite: string, name: string, status: RowStatus): void {
    const cases = this.#suites.get(suite);
    if (cases === undefined) return;
    const before = cases.get(name);
    if (before === undefined && this.#size >= MOST) return;
    this.#size += before === undefined ? 1 : 0;
    cases.set(name, before === undefined || before === status ? status : "failed");
  }

  /** What is wrong with the line of a suite. Cases that did not run are among the skipped ones of the summary. */
  suite(name: string, counted: Counted): string | undefined {
    if (this.#size >= MOST) return undefined;
    const { passed, failed, skipped, total } = counted;
    if (passed + failed + skipped !== total) return `the summary of ${name} contradicts itself`;
    const seen = { passed: 0, failed: 0, skipped: 0 };
    for (const status of this.#suites.get(name)?.values() ?? []) seen[status] += 1;
    if (passed === seen.passed && failed === seen.failed && skipped >= seen.skipped) return undefined;
    return (
      `the guest counted ${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped in ${name}; ` +
      `seen were ${String(seen.passed)} passed, ${String(seen.failed)} failed, ${String(seen.skipped)} skipped`
    );
  }

  /** What is wrong with the line of a case. */
  row(suite: string, name: string, status: RowStatus): string | undefined {
    if (this.#size >= MOST) return undefined;
    const seen = this.#suites.get(suite)?.get(name);
    if (seen === status || (seen === undefined && status === "skipped")) return undefined;
    return `the summary says ${status} of ${suite}.${name}, which ${seen === undefined ? "was not seen" : `is ${seen}`}`;
  }

  /** True where each suite that ran is among these. */
  areAllIn(suites: ReadonlySet<string>): boolean {
    return [...this.#suites.keys()].every((name) => suites.has(name));
  }
}
