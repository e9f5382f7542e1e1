/** The functions of the cases of an image and of a boot, in the order in which it calls them, and where it finds them. It follows none. */
import type { FunctionTable, TableRow } from "../../../runner/debug/following.js";
import { caseKey } from "../../core/assemble/boot.js";
import type { Plan } from "../../core/plan.js";
import { type CaseFunction, caseFunctions } from "../../image/allocators.js";
import type { CaseRecords } from "../../image/case-records.js";
import { withLinked } from "../../image/elf/linked.js";
import { readTestTable } from "../../image/testtab.js";
import { type ImageFiles, withFound } from "../image-files.js";

/** Addresses of functions, a row for each suite. */
export type Rows = readonly (readonly number[])[];

/** All of an image, by their addresses. @throws RigError where it has no test table */
export function functionsOf(files: ImageFiles): ReadonlyMap<number, CaseFunction> {
  const { image, symbols } = withFound(files);
  return caseFunctions(withLinked(image, symbols, readTestTable));
}

/** Those of the cases that a boot runs. */
export function rowsOf(functions: ReadonlyMap<number, CaseFunction>, part: Plan): Rows {
  const addresses = new Map([...functions].map(([at, { suite, name }]) => [caseKey(suite, name), at]));
  return part.suites.map(({ name, cases }) =>
    cases.flatMap((one) => addresses.get(caseKey(name, one.name)) ?? []),
  );
}

/** Where the guest finds the functions of these rows; undefined where it is not known of all of them. */
export function tableOf({ runner, suites }: CaseRecords, rows: Rows, part: Plan): FunctionTable | undefined {
  const found = part.suites.flatMap(({ name, cases }, at): TableRow | readonly [] => {
    const [pointers, row] = [suites.get(name), rows[at]];
    // With a case that is not known, the places of the others are not known either.
    if (pointers === undefined || row?.length !== cases.length) return [];
    return { functions: row.map((_, place) => pointers.functionAt(place)), end: pointers.end };
  });
  return found.length === rows.length ? { caller: runner, rows: found } : undefined;
}
