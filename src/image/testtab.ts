/**
 * Decodes the test table of an image into suites, cases and assertion sites, with the address of each record.
 * It reads what Unikraft's `lib/uktest` lays out and trusts none of it; what a run must show is decided in plan.ts.
 */
import { addressSpaceOf, type AddressSpace } from "./elf/address-space.js";
import { entriesAt, halfBytesOf, overlap, type AssertionEntry } from "./testtab/assertions.js";
import { damaged } from "./elf/bytes.js";
import type { Architecture, Elf } from "./elf.js";
import {
  layoutOf,
  pointerAt,
  type HalfBytes,
  type Layout,
  type TableBytes,
  type WordBytes,
} from "./testtab/layout.js";
import { locateTable } from "./testtab/locate.js";
import { relocate } from "./elf/relocations.js";
import { splitTable, type CaseSlot, type Contradiction, type Slots } from "./testtab/records.js";
import { isTestSymbol, orphanSuites, stages } from "./testtab/names.js";
import { readSymbols, type ElfSymbol } from "./elf/symbols.js";
import type { Stage } from "../core/plan.js";

export interface TableCase {
  /** Address of the record. */
  readonly address: bigint;
  readonly name: string;
  readonly description?: string;
  /** Address of its function, as it was linked. */
  readonly function: bigint;
  readonly file: string;
  /** Line of the case's definition; 0 when the table does not have it. */
  readonly line: number;
  /** In the order of the table; the compiler may have made several of one line. */
  readonly entries: readonly AssertionEntry[];
}

export interface TableSuite {
  /** Address of the record; its cases follow it. */
  readonly address: bigint;
  readonly name: string;
  /** True when an init function runs in front of the cases. */
  readonly hasInit: boolean;
  /** Address of that function, as it was linked; 0 where there is none. */
  readonly init: bigint;
  readonly stage?: Stage;
  readonly cases: readonly TableCase[];
}

export interface TableOrphan extends TableCase {
  readonly suite?: string;
}

/** A test table, as an image holds it. */
export interface TestTable {
  readonly image: string;
  /** Of the guest: x86_64 also where a 32-bit container holds 64-bit records. */
  readonly architecture: Architecture;
  readonly wordBytes: WordBytes;
  readonly halfBytes: HalfBytes;
  readonly address: bigint;
  readonly fileOffset: number;
  /** As in the file, unrelocated: records, then assertion entries. */
  readonly bytes: Uint8Array;
  /** Length of the records; the assertion entries follow. */
  readonly recordBytes: number;
  /** True when the guest's start-up code writes to the table: then a change to the bytes alone is undone. */
  readonly isRelocated: boolean;
  readonly suites: readonly TableSuite[];
  readonly orphans: readonly TableOrphan[];
}

interface Split extends Slots {
  readonly layout: Layout;
}

const casesOf = (slots: Slots): readonly CaseSlot[] => [
  ...slots.suites.flatMap((suite) => suite.cases),
  ...slots.orphans,
];

/** Splits by the width of pointers that fits: a 32-bit container may hold the records of a 64-bit guest. */
function split(elf: Elf, table: TableBytes, recordsEnd: number | undefined): Split {
  const widths: readonly WordBytes[] = elf.bits === 64 || elf.architecture === "arm64" ? [8] : [8, 4];
  let why: Contradiction = { contradiction: "it is empty" };
  for (const wordBytes of widths) {
    const layout = layoutOf(wordBytes);
    const slots = splitTable(table, layout, recordsEnd);
    if (!("contradiction" in slots)) return { ...slots, layout };
    why = slots;
  }
  throw damaged(elf.bytes.name, `the test table cannot be read: ${why.contradiction}`);
}

interface Reader {
  readonly table: TableBytes;
  readonly layout: Layout;
  readonly halfBytes: HalfBytes;
  readonly space: AddressSpace;
}

function readCase(reader: Reader, slot: CaseSlot): TableCase {
  const { table, layout, space } = reader;
  const pointer = (field: number): bigint => pointerAt(table, slot.offset + field, layout.wordBytes);
  const description = pointer(layout.testCase.description);
  const { line, sites } = entriesAt(table, slot.assertions, reader.halfBytes);
  return {
    address: table.address + BigInt(slot.offset),
    name: space.text(pointer(layout.testCase.name), "the name of a case"),
    ...(description === 0n ? {} : { description: space.text(description, "the description of a case") }),
    function: pointer(layout.testCase.function),
    file: space.text(pointer(layout.testCase.file), "the file of a case"),
    line,
    entries: sites,
  };
}

function readSuites(reader: Reader, slots: Slots, symbols: readonly ElfSymbol[]): readonly TableSuite[] {
  const stageOf = stages(symbols);
  return slots.suites.map(({ offset, cases }) => {
    const pointer = (field: number): bigint =>
      pointerAt(reader.table, offset + field, reader.layout.wordBytes);
    const name = reader.space.text(pointer(reader.layout.suite.name), "the name of a suite");
    const stage = stageOf(name);
    const init = pointer(reader.layout.suite.init);
    return {
      address: reader.table.address + BigInt(offset),
      name,
      hasInit: init !== 0n,
      init,
      ...(stage === undefined ? {} : { stage }),
      cases: cases.map((slot) => readCase(reader, slot)),
    };
  });
}

function readOrphans(reader: Reader, slots: Slots, symbols: readonly ElfSymbol[]): readonly TableOrphan[] {
  const suiteOf = orphanSuites(symbols);
  return slots.orphans.map((slot) => {
    const orphan = readCase(reader, slot);
    const suite = suiteOf(orphan);
    return suite === undefined ? orphan : { ...orphan, suite };
  });
}

/**
 * Decodes the test table of an image. Throws a RigError when there is none or when it contradicts itself.
 * Source: Unikraft `lib/uktest/include/uk/test.h` and `tests.ld`, releases 0.6 to 0.17.
 */
export function readTestTable(elf: Elf): TestTable {
  const symbols = readSymbols(elf, isTestSymbol);
  const { recordsEnd, ...location } = locateTable(elf, symbols);
  const { bytes, isRelocated } = relocate(elf, location.address, location.bytes);
  const table = { bytes, address: location.address };
  const slots = split(elf, table, recordsEnd);
  const { wordBytes } = slots.layout;
  const cases = casesOf(slots);
  const architecture = elf.architecture === "i386" && wordBytes === 8 ? "x86_64" : elf.architecture;
  const halfBytes = halfBytesOf(table, cases, { architecture, wordBytes });
  const overlapping = overlap(cases, halfBytes);
  if (overlapping !== undefined) {
    throw damaged(elf.bytes.name, `the test table cannot be read: ${overlapping.contradiction}`);
  }
  const reader = { table, layout: slots.layout, halfBytes, space: addressSpaceOf(elf) };
  return {
    image: elf.bytes.name,
    architecture,
    wordBytes,
    halfBytes,
    ...location,
    recordBytes: slots.end,
    isRelocated,
    suites: readSuites(reader, slots, symbols),
    orphans: readOrphans(reader, slots, symbols),
  };
}
