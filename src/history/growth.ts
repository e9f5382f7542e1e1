/**
 * Benchmarks that take more instructions than in the baseline, by more than the run allows: a finding of each. It compares nothing
 * else, and no other machine.
 */
import type { BaselineGiven, CaseStarted, CaseStatus, Origin, RunEvent } from "../core/events.js";
import { countKey, countsIn, growthOf } from "../core/model/benchmarks.js";
import { NO_FILE } from "../core/model/finding.js";

interface Known {
  readonly source: string;
  readonly boot: string;
  readonly suite: string;
  readonly name: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  status: CaseStatus;
  readonly origin: Origin;
}

/** Follows the stream of a run. */
export class Growth {
  readonly #maxPercent: number;
  readonly #before: ReadonlyMap<string, number>;
  #source = "";
  readonly #suites = new Map<string, { readonly boot: string; readonly name: string }>();
  readonly #cases = new Map<string, Known>();

  constructor(maxPercent: number, baseline: readonly BaselineGiven[]) {
    this.#maxPercent = maxPercent;
    this.#before = countsIn(baseline.flatMap(({ cases }) => cases));
  }

  /** Takes an event; gives the finding that follows from it, if any. */
  see(event: RunEvent): readonly RunEvent[] {
    if (event.type === "boot-started") this.#begin(event.source);
    if (event.type === "suite-started") this.#suites.set(event.suite, event);
    if (event.type === "case-started") this.#started(event);
    if (event.type === "case-finished" || event.type === "evidence") this.#ended(event.case, event.status);
    return event.type === "measurement" && event.name === "instructions"
      ? this.#held(event.case, event.value)
      : [];
  }

  #begin(source: string): void {
    this.#source = source;
    this.#suites.clear();
    this.#cases.clear();
  }

  #started({ suite: id, case: one, name, file, line, origin }: CaseStarted): void {
    const { boot = "", name: suite = "" } = this.#suites.get(id) ?? {};
    const source = this.#source;
    this.#cases.set(one, { source, boot, suite, name, file, line, status: "crashed", origin });
  }

  /** Memory may overrule the console. */
  #ended(id: string, status: CaseStatus | undefined): void {
    const known = this.#cases.get(id);
    if (known !== undefined && status !== undefined) known.status = status;
  }

  #held(id: string, now: number): readonly RunEvent[] {
    const known = this.#cases.get(id);
    if (known?.status !== "passed") return [];
    const { source, boot, suite, name, file, line, origin } = known;
    const title = `${suite}.${name}`;
    const before = this.#before.get(countKey(source, title));
    if (before === undefined || growthOf(before, now) <= this.#maxPercent) return [];
    const most = `${String(this.#maxPercent)} %`;
    const percent = before === 0 ? "" : ` (+${String(Math.round(growthOf(before, now) * 10) / 10)} %)`;
    return [
      {
        ...{ type: "finding", boot, case: id, kind: "limit", check: "instructions" },
        message: `instructions of ${title} grew from ${String(before)} to ${String(now)}${percent}, and ${most} are allowed`,
        ...{ file: file ?? NO_FILE, line: file === undefined ? 0 : (line ?? 0), column: 0, origin },
      },
    ];
  }
}
