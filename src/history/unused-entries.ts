/**
 * Finds the entries of the lists of known results that nothing needs: past their date, of a case that is not there, of a
 * finding that did not occur. It follows the stream and keeps names only.
 */
import type { KnownFinding, Policy, ProblemCode, QuarantineEntry, RunEvent } from "../core/events.js";
import { isMeant, isPast } from "../core/model/known.js";
import { NeededFindings } from "./needed-findings.js";

export type Passes = (suite: string, name: string) => number;

/** A case that passed so often in a row, this run included, is mended. */
const MENDED = 10;

/** Names that are shown of many. */
const SHOWN = 5;

export class UnusedEntries {
  readonly #suites = new Map<string, { readonly source: string; readonly name: string }>();
  /** `suite.case` by source. */
  readonly #cases: { readonly title: string; readonly source: string }[] = [];
  /** Those of them that were not passed. */
  readonly #notPassed = new Set<string>();
  readonly #running = new Map<string, string>();
  readonly #needed: NeededFindings;
  #source = "";

  /** @param passes how many times in a row a case has passed before this run; absent where nobody remembers */
  constructor(
    private readonly policy: Pick<Policy, "quarantine" | "knownFindings">,
    private readonly passes: Passes = () => 0,
  ) {
    this.#needed = new NeededFindings(policy.knownFindings?.entries ?? []);
  }

  /** Takes the next event. */
  see(event: RunEvent): void {
    if (event.type === "boot-started") this.#source = event.source;
    if (event.type === "suite-started")
      this.#suites.set(event.suite, { source: this.#source, name: event.name });
    if (event.type === "case-started" && this.policy.quarantine !== undefined) {
      const { source = "", name = "" } = this.#suites.get(event.suite) ?? {};
      this.#cases.push({ title: `${name}.${event.name}`, source });
      this.#running.set(event.case, `${name}.${event.name}`);
    }
    if (event.type === "case-finished" && event.status !== "passed")
      this.#notPassed.add(this.#running.get(event.case) ?? "");
    this.#needed.see(event);
  }

  /** Warnings for the end of the run. */
  warnings(): readonly RunEvent[] {
    const { quarantine, knownFindings } = this.policy;
    const entries = quarantine?.entries ?? [];
    const expired = entries.filter(({ until }) => isPast(until, quarantine?.today ?? ""));
    const suites = new Set([...this.#suites.values()].map(({ name }) => name));
    const foreign = entries.filter(
      (entry) =>
        suites.has(entry.case.slice(0, entry.case.indexOf("."))) &&
        !this.#cases.some(({ title, source }) => isMeant(entry, title, source)),
    );
    const mended = entries.filter((entry) => !expired.includes(entry) && this.#isMended(entry));
    const findings = knownFindings?.entries ?? [];
    const oldFindings = findings.filter(({ until }) => isPast(until, knownFindings?.today ?? ""));
    const gone = this.#needed.unused();
    return [
      ...said(
        "known-expired",
        "warning",
        "quarantine is over, and counts no more",
        expired,
        (one) => one.case,
      ),
      ...said("known-unused", "warning", "quarantined, and no such case ran", foreign, caseOf),
      ...said(
        "known-unused",
        "warning",
        `quarantined, and passed ${String(MENDED)} times in a row`,
        mended,
        caseOf,
      ),
      ...said("known-expired", "warning", "known finding past its date, counts again", oldFindings, placeOf),
      ...said("known-unused", "note", "known finding that did not occur (uktest ubsan prune)", gone, placeOf),
    ];
  }

  /** True where every case that is meant has passed so often that the entry is of no use. */
  #isMended(entry: QuarantineEntry): boolean {
    const mine = this.#cases.filter(({ title, source }) => isMeant(entry, title, source));
    return (
      mine.length > 0 &&
      mine.every(({ title }) => {
        const dot = title.indexOf(".");
        const before = (): number => this.passes(title.slice(0, dot), title.slice(dot + 1));
        return !this.#notPassed.has(title) && before() >= MENDED - 1;
      })
    );
  }
}

const caseOf = (entry: QuarantineEntry): string => entry.case;
/** `bounds in lib/a.c`; an entry of the open form by what it names. */
function placeOf({ kind, suite, check, file, function: where, message }: KnownFinding): string {
  const what = [kind === "ubsan" ? undefined : kind, check].filter((one) => one !== undefined).join(" ");
  const place = file ?? where ?? (suite === undefined ? message : `suite ${suite}`);
  if (what === "") return place ?? "anything";
  return place === undefined ? what : `${what} in ${place}`;
}

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
