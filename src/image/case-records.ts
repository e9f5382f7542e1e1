/**
 * Where an image of Unikraft keeps the pointers by which it calls its cases, and the code that calls them. It reads no guest.
 * Source: Unikraft 0.6 to 0.21, `lib/uktest/test.c`: `uk_testsuite_run` reads `func` of a case once, to call it, and
 * `cases_end` of the suite before the first case and after each; `include/uk/test.h`, `uk_testsuite_case_foreach`.
 */
import type { Elf } from "./elf.js";
import { readSymbols } from "./elf/symbols.js";
import type { MemoryRange } from "./evidence.js";
import type { TestTable } from "./testtab.js";
import { layoutOf } from "./testtab/layout.js";

const RUNNER = "uk_testsuite_run";

/** Addresses of the pointers of a suite. */
export interface SuitePointers {
  /** To the function of the case at a place in the suite, from 0: which case that is depends on what was selected. */
  readonly functionAt: (place: number) => number;
  /** To the end of the cases. */
  readonly end: number;
}

export interface CaseRecords {
  /** The code of the function that calls the cases. */
  readonly runner: MemoryRange;
  readonly suites: ReadonlyMap<string, SuitePointers>;
}

/** The pointers of all suites; undefined where the image does not say which code is the runner's, or has a name twice. */
export function caseRecords(elf: Elf, { suites, wordBytes }: TestTable): CaseRecords | undefined {
  const [runner, another] = readSymbols(elf, (name) => name === RUNNER);
  if (runner === undefined || another !== undefined || runner.bytes === 0) return undefined;
  const { suite, testCase } = layoutOf(wordBytes);
  const pointers = suites.map(({ name, address }): readonly [string, SuitePointers] => {
    const from = Number(address);
    return [
      name,
      {
        functionAt: (place) => from + suite.bytes + place * testCase.bytes + testCase.function,
        end: from + suite.casesEnd,
      },
    ];
  });
  const all = new Map(pointers);
  if (all.size !== suites.length) return undefined;
  return { runner: { address: Number(runner.address), bytes: runner.bytes }, suites: all };
}
