/**
 * Finds the entries of the lists of known results that nothing needs: past their date, of a case that is not there, of a
 * finding that did not occur. It follows the stream and keeps names only.
 */
import type { Policy, ProblemCode, RunEvent } from "../core/events.js";
import { isMeant, isPast } from "../core/known.js";
import { siteOfFinding } from "../core/sites.js";

/** Names that are shown of many. */
const SHOWN = 5;

export class UnusedEntries {
  readonly #suites = new Map<string, { readonly source: string; readonly name: string }>();
  /** `suite.case` by source. */
  readonly #cases: { readonly title: string; readonly source: string }[] = [];
  readonly #findings = new Set<string>();
  #source = "";

  constructor(private readonly policy: Pick<Policy, "quarantine" | "knownFindings">) {}

  /** Takes the next event. */
  see(event: RunEvent): void {
    if (event.type === "boot-started") this.#source = event.source;
    if (event.type === "suite-started")
      this.#suites.set(event.suite, { source: this.#source, name: event.name });
    if (event.type === "case-started" && this.policy.quarantine !== undefined) {
      const { source = "", name = "" } = this.#suites.get(event.suite) ?? {};
      this.#cases.push({ title: `${name}.${event.name}`, source });
    }
    if (event.type === "finding") this.#findings.add(siteOfFinding(event));
  }

  /** What is to be said at the end of the run. */
  told(): readonly RunEvent[] {
    const { quarantine, knownFindings } = this.policy;
    const entries = quarantine?.entries ?? [];
    const expired = entries.filter(({ until }) => isPast(until, quarantine?.today ?? ""));
    const suites = new Set([...this.#suites.values()].map(({ name }) => name));
    const foreign = entries.filter(
      (entry) =>
        suites.has(entry.case.slice(0, entry.case.indexOf("."))) &&
        !this.#cases.some(({ title, source }) => isMeant(entry, title, source)),
    );
    const findings = knownFindings?.entries ?? [];
    const oldFindings = findings.filter(({ until }) => isPast(until, knownFindings?.today ?? ""));
    const gone = findings.filter((entry) => !this.#findings.has(siteOfFinding(entry)));
    return [
      ...said(
        "known-expired",
        "warning",
        "quarantine is over, and counts no more",
        expired,
        (one) => one.case,
      ),
      ...said("known-unused", "warning", "quarantined, and no such case ran", foreign, (one) => one.case),
      ...said("known-expired", "warning", "known finding past its date, counts again", oldFindings, placeOf),
      ...said("known-unused", "note", "known finding that did not occur (uktest ubsan prune)", gone, placeOf),
    ];
  }
}

const placeOf = ({ check, file }: { readonly check: string; readonly file: string }): string =>
  `${check} in ${file}`;

function said<T>(
  code: ProblemCode,
  grade: "warning" | "note",
  what: string,
  entries: readonly T[],
  name: (entry: T) => string,
): readonly RunEvent[] {
  if (entries.length === 0) return [];
  const names = entries.slice(0, SHOWN).map(name).join(", ");
  const more = entries.length > SHOWN ? ` and ${String(entries.length - SHOWN)} more` : "";
  return [{ type: "problem", code, grade, message: `${what}: ${names}${more}` }];
}
