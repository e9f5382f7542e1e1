/**
 * Follows a stream to see which entries of the list of known findings mean something that occurred. It keeps findings by
 * their place and nothing of their reports.
 */
import type { KnownFinding, RunEvent } from "../core/events.js";
import { entriesOf, entriesOfFault } from "../core/known-findings.js";
import type { FaultModel, FindingModel } from "../core/model.js";

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export class NeededFindings {
  readonly #suites = new Map<string, string>();
  readonly #cases = new Map<string, string>();
  readonly #findings = new Map<string, Writable<FindingModel>>();
  readonly #needed = new Set<KnownFinding>();

  constructor(private readonly entries: readonly KnownFinding[]) {}

  /** Takes the next event. */
  see(event: RunEvent): void {
    if (this.entries.length === 0) return;
    if (event.type === "suite-started") this.#suites.set(event.suite, event.name);
    if (event.type === "case-started") this.#cases.set(event.case, this.#suites.get(event.suite) ?? "");
    // What a finding or a fault is charged to is still running.
    if (event.type === "case-finished") this.#cases.delete(event.case);
    if (event.type === "finding") this.#finding(event);
    if (event.type === "fault") this.#fault(event);
  }

  /** The entries that nothing of the run so far needs. */
  unused(): readonly KnownFinding[] {
    const needed = new Set(this.#needed);
    for (const finding of this.#findings.values())
      for (const entry of entriesOf(this.entries, finding)) needed.add(entry);
    return this.entries.filter((entry) => !needed.has(entry));
  }

  #finding(event: Extract<RunEvent, { type: "finding" }>): void {
    const { type: _, case: id, callTrace: __, excerpt: ___, ...told } = event;
    const suite = id === undefined ? "" : (this.#cases.get(id) ?? "");
    const key = [told.kind, told.check, told.file, told.line, told.column, told.function].join("\0");
    const known = this.#findings.get(key);
    if (known === undefined) this.#findings.set(key, { ...told, occurrences: 1, suites: [suite] });
    else if (known.suites?.includes(suite) === false) known.suites = [...known.suites, suite];
  }

  #fault({ boot, suite, case: id, fault, origin }: Extract<RunEvent, { type: "fault" }>): void {
    if (id === undefined || suite === undefined) return;
    const model: FaultModel = { ...fault, boot, suite, caseId: id, origin };
    for (const entry of entriesOfFault(this.entries, model)) this.#needed.add(entry);
  }
}
