/**
 * Splits a test table into suite and case records by their own pointers, without help from symbols.
 * It follows no pointer out of the table; a table that contradicts itself is answered with the reason.
 */
import { offsetOf, pointerAt, type Layout, type TableBytes } from "./layout.js";

export interface CaseSlot {
  readonly offset: number;
  /** Offset of the entry that heads the case's assertions. */
  readonly assertions: number;
}

export interface SuiteSlot {
  readonly offset: number;
  readonly cases: readonly CaseSlot[];
}

export interface Slots {
  readonly suites: readonly SuiteSlot[];
  readonly orphans: readonly CaseSlot[];
  /** Offset after the last record. */
  readonly end: number;
}

/** Why a table cannot be split. */
export interface Contradiction {
  readonly contradiction: string;
}

const contradiction = (offset: number, what: string): Contradiction => ({
  contradiction: `the record ${offset} bytes into it ${what}`,
});

/**
 * Where the cases of the suite at an offset end; undefined when there is no suite.
 * A suite's third word points after itself into the table, a case's third word is a function.
 */
function casesEndAt(table: TableBytes, layout: Layout, offset: number): number | undefined {
  if (offset + layout.suite.bytes > table.bytes.length) return undefined;
  const end = offsetOf(table, pointerAt(table, offset + layout.suite.casesEnd, layout.wordBytes));
  const first = offset + layout.suite.bytes;
  return end !== undefined && end >= first && (end - first) % layout.testCase.bytes === 0 ? end : undefined;
}

function caseAt(table: TableBytes, layout: Layout, offset: number): CaseSlot | undefined {
  if (offset + layout.testCase.bytes > table.bytes.length) return undefined;
  const pointer = pointerAt(table, offset + layout.testCase.assertions, layout.wordBytes);
  const assertions = offsetOf(table, pointer);
  const after = offset + layout.testCase.bytes;
  if (assertions === undefined || assertions < after || assertions + 4 > table.bytes.length) return undefined;
  return table.bytes.readUInt16LE(assertions) === 0xffff ? { offset, assertions } : undefined;
}

/**
 * True for entries of assertions in front of the first case's: a helper function that asserts makes them. They are
 * told from records by their first half, the status, which no image has set; every record begins with a pointer.
 */
function onlyEntries(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += 4) {
    if (at + 4 > bytes.length || bytes.readUInt16LE(at) !== 0) return false;
  }
  return true;
}

/**
 * Splits a table. The records end where `knownEnd` says, else where the first case's assertions begin, which is the
 * only sign of it in a stripped image.
 */
export function splitTable(table: TableBytes, layout: Layout, knownEnd?: number): Slots | Contradiction {
  const suites: SuiteSlot[] = [];
  const orphans: CaseSlot[] = [];
  let limit = knownEnd ?? table.bytes.length;
  let offset = 0;
  while (offset < limit) {
    const casesEnd = casesEndAt(table, layout, offset);
    const slots: CaseSlot[] = [];
    let at = casesEnd === undefined ? offset : offset + layout.suite.bytes;
    const end = casesEnd ?? offset + layout.testCase.bytes;
    while (at < end) {
      const slot = caseAt(table, layout, at);
      if (
        slot === undefined &&
        knownEnd === undefined &&
        at === offset &&
        onlyEntries(table.bytes.subarray(at, limit))
      ) {
        return { suites, orphans, end: at };
      }
      if (slot === undefined) return contradiction(at, "is neither a suite nor a case");
      slots.push(slot);
      if (knownEnd === undefined) limit = Math.min(limit, slot.assertions);
      at += layout.testCase.bytes;
    }
    if (end > limit) return contradiction(offset, "reaches into the assertions");
    if (casesEnd === undefined) orphans.push(...slots);
    else suites.push({ offset, cases: slots });
    offset = end;
  }
  return { suites, orphans, end: offset };
}
