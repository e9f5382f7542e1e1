/**
 * Findings while they are reported: one for each place, with the number of its reports and the suites that they came in.
 * Which of them count is decided in known.ts.
 */
import type { Writable } from "../writable.js";
import { isMeasured } from "../finding-kinds.js";
import type { FindingReported } from "../events.js";
import type { FindingModel } from "../model.js";

export class FindingTable {
  readonly #findings = new Map<string, Writable<FindingModel>>();

  /**
   * Takes a report.
   * @param suite that it came in; empty outside of all
   * @param titleOf `suite.case` of a case
   */
  add(event: FindingReported, suite: string, titleOf: (id: string) => string): void {
    const { type: _, boot, case: id, origin, ...facts } = event;
    const { kind, check, file, line, column } = facts;
    // What was measured is about one case and one way to the line that allocates: each has numbers of its own.
    const own = isMeasured(kind)
      ? [id && titleOf(id), facts.message, facts.callTrace?.map(({ address }) => address)]
      : [];
    const key = [kind, check, file, line, column, facts.function, ...own].join("\0");
    const known = this.#findings.get(key);
    if (known !== undefined) {
      known.occurrences += 1;
      if (known.suites?.includes(suite) === false) known.suites = [...known.suites, suite];
      if (known.boots?.includes(boot) === false) known.boots = [...known.boots, boot];
      return;
    }
    const charged = id === undefined ? {} : { case: titleOf(id), caseId: id };
    this.#findings.set(key, {
      ...facts,
      occurrences: 1,
      suites: [suite],
      boots: [boot],
      ...charged,
      boot,
      origin,
    });
  }

  /** In the order in which they were met first. */
  all(): readonly FindingModel[] {
    return [...this.#findings.values()];
  }
}
