/**
 * Which case an event of a trace belongs to: the library uktest has tracepoints of its own where a case begins and ends. In
 * a trace without them, and before the first that the buffer still has, nothing is known of that.
 */
import type { Trace } from "../image/tracepoints.js";

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
    const [suite = "", one = "", label = ""] = values.map(String);
    if (name === BEGINS) running.push(`${suite}.${one}${label === "" ? "" : `/${label}`}`);
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
  return hasMarks || died === undefined ? cases : cases.fill(died);
}
