/**
 * Which case an event of a trace belongs to: the library uktest has tracepoints of its own where a case begins and ends. In
 * a trace without them, and before the first that the buffer still has, nothing is known of that.
 */
import type { Trace, TraceRecord } from "../image/tracepoints.js";

export interface CaseRun {
  /** `suite.case`, or `suite.case/label`. */
  readonly name: string;
  /** Indexes of the records that frame it; the second is absent where its end was not noted. */
  readonly from: number;
  readonly to?: number;
}

const BEGINS = "trace_uktest_case";
const ENDS = "trace_uktest_case_end";

/**
 * For each record the case that ran, as `suite.case` or `suite.case/label`; undefined outside of one.
 * @param died the case that ran when the guest died, where that is known from elsewhere
 */
export function casesOf({ definitions, records }: Trace, died?: string): readonly (string | undefined)[] {
  const running: string[] = [];
  const cases: (string | undefined)[] = [];
  let hasMarks = false;
  for (const { definition, values } of records) {
    const name = definition === undefined ? undefined : definitions[definition]?.name;
    const [suite = "", one = ""] = values.map(String);
    if (name === BEGINS) running.push(nameIn(values));
    // The beginning of this case was overwritten.
    if (name === ENDS && running.length === 0 && !hasMarks) {
      cases.fill(`${suite}.${one}`);
      running.push(`${suite}.${one}`);
    }
    cases.push(running.at(-1));
    // A case may run others.
    if (name === ENDS) running.pop();
    if (name === BEGINS || name === ENDS) hasMarks = true;
  }
  // In an image that notes no beginnings, as one of Unikraft, earlier cases of the boot may have noted these as well.
  const notesCases = definitions.some(({ name }) => name === BEGINS);
  return hasMarks || died === undefined || !notesCases ? cases : cases.fill(died);
}

/** The runs of cases whose beginning the trace has, in its order; one that runs another holds it. */
export function casesRun({ definitions, records }: Trace): readonly CaseRun[] {
  const runs: { name: string; from: number; to?: number }[] = [];
  const open: number[] = [];
  records.forEach(({ definition, values }, at) => {
    const name = definition === undefined ? undefined : definitions[definition]?.name;
    if (name === BEGINS) {
      open.push(runs.length);
      runs.push({ name: nameIn(values), from: at });
    }
    const ended = name === ENDS ? runs[open.pop() ?? -1] : undefined;
    if (ended !== undefined) ended.to = at;
  });
  return runs;
}

function nameIn(values: TraceRecord["values"]): string {
  const [suite = "", one = "", label = ""] = values.map(String);
  return `${suite}.${one}${label === "" ? "" : `/${label}`}`;
}
