/**
 * What a stopped guest's memory says of each planned case: the statuses in its test table, and the journal where it
 * keeps one. It holds the table in memory against the image first; memory that does not look like it proves nothing.
 */
import type { CaseFacts, MemoryFacts, ResultFacts } from "../core/evidence.js";
import { withImage } from "./bytes.js";
import { type Elf, readElf } from "./elf.js";
import { type Journal, locateJournal, readJournal } from "./journal.js";
import { layoutOf } from "./layout.js";
import { readTestTable, type TableCase, type TestTable } from "./testtab.js";

/** A range of a guest's memory. */
export interface MemoryRange {
  readonly address: number;
  readonly bytes: number;
}

export interface EvidenceMap {
  /** What has to be read, and in which order `facts` wants it. */
  readonly ranges: readonly MemoryRange[];
  /** The facts; undefined where the memory is not that of a guest of this image. */
  facts(pieces: readonly (Uint8Array | undefined)[]): MemoryFacts | undefined;
}

/**
 * Where the evidence of an image lies.
 * @throws RigError when the image cannot be read or has no test table
 */
export const evidenceOf = (path: string): EvidenceMap =>
  withImage(path, (bytes) => {
    const elf = readElf(bytes);
    return evidenceIn(readTestTable(elf), elf);
  });

/** Where the evidence of a guest with this table lies; `linked` is the ELF that it comes from. */
export function evidenceIn(table: TestTable, linked: Elf): EvidenceMap {
  const journal = locateJournal(linked);
  const ranges = [
    { address: Number(table.address), bytes: table.bytes.length },
    ...(journal === undefined ? [] : [{ address: Number(journal.address), bytes: journal.bytes }]),
  ];
  return { ranges, facts: (pieces) => factsOf(table, pieces) };
}

function factsOf(table: TestTable, [now, log]: readonly (Uint8Array | undefined)[]): MemoryFacts | undefined {
  if (now === undefined || now.length !== table.bytes.length || !isSameTable(table, now)) return undefined;
  const journal = log === undefined ? undefined : readJournal(log);
  const whole = journal?.lost === 0 ? journal : undefined;
  const cases = table.suites.flatMap((suite) =>
    suite.cases.map((one) => caseFacts(table, suite.name, one, now, whole)),
  );
  return {
    cases,
    ...(whole !== undefined && { journal: { ended: whole.ended, findings: whole.findings } }),
    suites: table.suites.map((suite) => ({
      name: suite.name,
      init: initStatus(table, suite.address, whole),
    })),
  };
}

/** Pointers of the records stay as they are; only counts of failed cases and statuses of entries change. */
function isSameTable(table: TestTable, now: Uint8Array): boolean {
  const { bytes, recordBytes, suites, wordBytes, address } = table;
  const counts = new Set(
    suites.flatMap((suite) => {
      const at = Number(suite.address - address) + 3 * wordBytes;
      return [at, at + 1, at + 2, at + 3];
    }),
  );
  // The guest's own start-up code moves pointers of an image that can lie anywhere.
  if (table.isRelocated) return true;
  for (let at = 0; at < recordBytes; at += 1) if (bytes[at] !== now[at] && !counts.has(at)) return false;
  return layoutOf(wordBytes).suite.bytes <= recordBytes || suites.length === 0;
}

const SITE = ["not-run", "passed", "failed", "omitted", "omitted"] as const;

function caseFacts(
  table: TestTable,
  suite: string,
  one: TableCase,
  now: Uint8Array,
  journal: Journal | undefined,
): CaseFacts {
  const view = new DataView(now.buffer, now.byteOffset, now.byteLength);
  const half = (at: number): number =>
    table.halfBytes === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
  const sites = one.entries.map(({ address, line }) => ({
    line,
    status: SITE[half(Number(address - table.address))] ?? "not-run",
  }));
  const results = journal === undefined ? undefined : resultsOf(journal, Number(one.address - table.address));
  return {
    suite,
    name: one.name,
    file: one.file,
    ...(one.line > 0 && { line: one.line }),
    sites,
    ...(results !== undefined && { results }),
  };
}

const resultsOf = ({ entries }: Journal, record: number): readonly ResultFacts[] =>
  entries.filter((entry) => entry.record === record).map(({ record: _, ...facts }) => facts);

function initStatus(
  table: TestTable,
  suite: bigint,
  journal: Journal | undefined,
): MemoryFacts["suites"][number]["init"] {
  if (journal === undefined) return "unknown";
  const entry = journal.entries.find(({ record }) => record === Number(suite - table.address));
  return entry?.status ?? "not-run";
}
