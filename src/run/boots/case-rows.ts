/** The functions of the cases of a boot, in the order in which it calls them. It follows none. */
import { caseKey } from "../../core/assemble/boot.js";
import type { Plan } from "../../core/plan.js";
import type { CaseFunction } from "../../image/allocators.js";

/** Addresses of functions, a row for each suite. */
export type Rows = readonly (readonly number[])[];

/** Those of the cases that a boot runs. */
export function rowsOf(functions: ReadonlyMap<number, CaseFunction>, part: Plan): Rows {
  const addresses = new Map([...functions].map(([at, { suite, name }]) => [caseKey(suite, name), at]));
  return part.suites.map(({ name, cases }) =>
    cases.flatMap((one) => addresses.get(caseKey(name, one.name)) ?? []),
  );
}
