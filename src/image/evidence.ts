/**
 * What a stopped guest's memory says of each planned case: the statuses in its test table, and the journal where it
 * keeps one. It holds the table in memory against the image first; memory that does not look like it proves nothing.
 */
import type { CaseFacts, MemoryFacts, ResultFacts, SuiteFacts } from "../core/evidence.js";
import type { Elf } from "./elf.js";
import { type Journal, locateJournal, readJournal } from "./journal.js";
import { locateBenchmarks, readBenchmarks } from "./benchmarks.js";
import type { Meta } from "./meta.js";
import { locateMeasures, readMeasures, type SaidOfCases, saidOfCases } from "./measures.js";
import type { TableCase, TestTable } from "./testtab.js";

/** A range of a guest's memory. */
export interface MemoryRange {
  readonly address: number;
  readonly bytes: number;
}

export interface EvidenceMap {
  /** What has to be read, and in which order `facts` wants it. */
  readonly ranges: readonly MemoryRange[];
  /** What is read where the guest was asked to measure its cases; absent where it is among them, or not there. */
  readonly measures?: MemoryRange;
  /** What is read where it was asked for the rounds of its benchmarks; absent where it has none. */
  readonly benchmarks?: MemoryRange;
  /**
   * The facts; undefined where the memory is not that of a guest of this image.
   * @param pieces of `ranges`, which are three where the measures are among them
   */
  facts(
    pieces: readonly (Uint8Array | undefined)[],
    further?: Readonly<Partial<Record<"measures" | "benchmarks", Uint8Array | undefined>>>,
  ): MemoryFacts | undefined;
}

/** Where the evidence of a guest with this table lies; `linked` is the ELF that it comes from. */
export function evidenceIn(table: TestTable, linked: Elf, meta: readonly Meta[]): EvidenceMap {
  const journal = locateJournal(linked);
  const ranges = [
    { address: Number(table.address), bytes: table.bytes.length },
    ...(journal === undefined ? [] : [{ address: Number(journal.address), bytes: journal.bytes }]),
  ];
  const located = journal === undefined ? undefined : locateMeasures(linked);
  if (located === undefined) return { ranges, facts: (pieces) => factsOf(table, undefined, pieces) };
  const measures = { address: Number(located.address), bytes: located.bytes };
  const said = saidOfCases(meta);
  const rounds = said.benchmark.size > 0 ? locateBenchmarks(linked) : undefined;
  return {
    // Cases with limits of their own are always measured.
    ...(said.limit.size > 0 ? { ranges: [...ranges, measures] } : { ranges, measures }),
    ...(rounds !== undefined && { benchmarks: { address: Number(rounds.address), bytes: rounds.bytes } }),
    facts: ([now, log, own], further = {}) =>
      factsOf(table, said, [now, log, own ?? further.measures, further.benchmarks]),
  };
}

function factsOf(
  table: TestTable,
  said: SaidOfCases | undefined,
  [now, log, measures, benchmarks]: readonly (Uint8Array | undefined)[],
): MemoryFacts | undefined {
  if (now === undefined || now.length !== table.bytes.length) return undefined;
  const changed = changedBytes(table, now);
  if (changed > MOST_OVERWRITTEN) return undefined;
  const read = log === undefined ? undefined : readJournal(log);
  const journal = typeof read === "object" && "entries" in read ? read : undefined;
  const whole = changed === 0 && journal?.lost === 0 ? journal : undefined;
  const measured = measures === undefined || whole === undefined ? undefined : readMeasures(measures);
  const rounds = benchmarks === undefined || whole === undefined ? undefined : readBenchmarks(benchmarks);
  const broken =
    changed > 0
      ? "the guest's test table was overwritten"
      : typeof read === "object" && "broken" in read
        ? read.broken
        : undefined;
  return {
    cases: table.suites.flatMap((suite) =>
      suite.cases.map((one) =>
        caseFacts({ table, said, now, journal: whole, measured, rounds }, suite.name, one),
      ),
    ),
    suites: table.suites.map(({ name, address }) => ({ name, ...functionFacts(table, address, whole) })),
    ...(whole !== undefined && {
      journal: { ended: whole.ended, findings: whole.findings, failedOutside: whole.failedOutside },
    }),
    ...(read === "unbegun" && { isUnbegun: true }),
    ...(broken !== undefined && { broken }),
  };
}

const SITE = ["not-run", "passed", "failed", "omitted", "omitted"] as const;

/** More bytes that differ: the memory is not that of this guest, or it never loaded its table. */
const MOST_OVERWRITTEN = 64;

/** The status of an entry in memory. */
function statusAt({ halfBytes }: TestTable, now: Uint8Array, at: number): number {
  const view = new DataView(now.buffer, now.byteOffset, now.byteLength);
  return halfBytes === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
}

/**
 * Bytes of the table that are not what a guest of this image leaves there. Pointers of the records and lines of the
 * entries stay as they are; counts of failed cases change, and statuses of entries within their range.
 */
function changedBytes(table: TestTable, now: Uint8Array): number {
  const { bytes, recordBytes, suites, wordBytes, halfBytes, address, isRelocated } = table;
  const statuses = suites.flatMap(({ cases }) =>
    cases.flatMap(({ entries }) => entries.map((entry) => Number(entry.address - address))),
  );
  const free = new Set([
    ...suites.flatMap((suite) => span(Number(suite.address - address) + 3 * wordBytes, 4)),
    ...statuses.flatMap((at) => span(at, halfBytes)),
  ]);
  let changed = statuses.filter((at) => statusAt(table, now, at) >= SITE.length).length;
  // The guest's own start-up code moves pointers of an image that can lie anywhere.
  for (let at = isRelocated ? recordBytes : 0; at < bytes.length; at += 1)
    if (bytes[at] !== now[at] && !free.has(at)) changed += 1;
  return changed;
}

/** The offsets of a few bytes in a row. */
const span = (at: number, bytes: number): readonly number[] =>
  Array.from({ length: bytes }, (_, nth) => at + nth);

/** The memory of a guest, piece by piece. */
interface Memory {
  readonly table: TestTable;
  readonly said: SaidOfCases | undefined;
  readonly now: Uint8Array;
  readonly journal: Journal | undefined;
  /** By the number of the entry in the journal. */
  readonly measured: ReturnType<typeof readMeasures> | undefined;
  readonly rounds: ReturnType<typeof readBenchmarks> | undefined;
}

function caseFacts(memory: Memory, suite: string, one: TableCase): CaseFacts {
  const { table, said, now, journal } = memory;
  const sites = one.entries.map(({ address, line }) => ({
    line,
    status: SITE[statusAt(table, now, Number(address - table.address))] ?? "not-run",
  }));
  const record = Number(one.address - table.address);
  const results = journal === undefined ? undefined : resultsOf(journal, record, memory);
  return {
    suite,
    name: one.name,
    file: one.file,
    ...(one.line > 0 && { line: one.line }),
    sites,
    ...(results !== undefined && { results }),
    ...(said?.limit.has(one.function) === true && { isLimited: true }),
    ...(said?.benchmark.has(one.function) === true && {
      benchmark: said.benchmarkLimit.has(one.function) ? "limited" : "free",
    }),
  };
}

const resultsOf = (
  { entries }: Journal,
  of: number,
  { measured: all, rounds: counted }: Pick<Memory, "measured" | "rounds">,
): readonly ResultFacts[] =>
  entries.flatMap(({ record, kind, ...facts }, number) => {
    if (kind !== "case" || record !== of) return [];
    const [measured, rounds] = [all?.get(number), counted?.get(number)];
    return [
      { ...facts, ...(measured !== undefined && { measured }), ...(rounds !== undefined && { rounds }) },
    ];
  });

/** What the journal says of the functions around the cases of a suite. */
function functionFacts(
  table: TestTable,
  suite: bigint,
  journal: Journal | undefined,
): Omit<SuiteFacts, "name"> {
  if (journal === undefined) return { init: "unknown" };
  const own = journal.entries.filter(({ record }) => record === Number(suite - table.address));
  const failedIn = (part: "init" | "exit"): number =>
    own.reduce((sum, { kind, failed }) => sum + (kind === part ? failed : 0), 0);
  const init = own.find(({ kind }) => kind === "init")?.status ?? "not-run";
  return { init, failedInInit: failedIn("init"), failedInExit: failedIn("exit") };
}
