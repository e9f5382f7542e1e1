/**
 * Follows a stream to see which entries of the list of known findings mean something that occurred. It keeps findings by
 * their place and nothing of their reports.
 */
import { FindingTable } from "../core/model/finding-table.js";
import type { KnownFinding, RunEvent } from "../core/events.js";
import { entriesOf, entriesOfFault } from "../core/model/known-findings.js";
import type { FaultModel } from "../core/model.js";

export class NeededFindings {
  readonly #suites = new Map<string, string>();
  readonly #cases = new Map<string, string>();
  readonly #findings = new FindingTable();
  readonly #needed = new Set<KnownFinding>();

  constructor(private readonly entries: readonly KnownFinding[]) {}

  /** Takes the next event. */
  see(event: RunEvent): void {
    if (this.entries.length === 0) return;
    if (event.type === "suite-started") this.#suites.set(event.suite, event.name);
    if (event.type === "case-started") this.#cases.set(event.case, this.#suites.get(event.suite) ?? "");
    // What a case did with memory is known at the end of its boot.
    if (event.type === "boot-finished") this.#cases.clear();
    if (event.type === "finding") this.#finding(event);
    if (event.type === "fault") this.#fault(event);
  }

  /** The entries that nothing of the run so far needs. */
  unused(): readonly KnownFinding[] {
    const needed = new Set(this.#needed);
    for (const finding of this.#findings.all())
      for (const entry of entriesOf(this.entries, finding)) needed.add(entry);
    return this.entries.filter((entry) => !needed.has(entry));
  }

  /** What a report shows is not needed here. */
  #finding({ callTrace: _, excerpt: __, ...event }: Extract<RunEvent, { type: "finding" }>): void {
    const suite = event.case === undefined ? "" : (this.#cases.get(event.case) ?? "");
    this.#findings.add(event, suite, (id) => id);
  }

  #fault({ boot, suite, case: id, fault, origin }: Extract<RunEvent, { type: "fault" }>): void {
    if (id === undefined || suite === undefined) return;
    const model: FaultModel = { ...fault, boot, suite, caseId: id, origin };
    for (const entry of entriesOfFault(this.entries, model)) this.#needed.add(entry);
  }
}
