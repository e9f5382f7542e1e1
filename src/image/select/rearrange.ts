/**
 * Moves the records of the wanted cases to the front of their suites, and ends each suite after the last of them; a
 * suite that is not wanted ends where it begins and loses its init function. Records of cases that are not wanted stay
 * after the end, which is not read: none is lost, doubled or changed.
 */
import { RigError } from "../../core/errors.js";
import { layoutOf } from "../testtab/layout.js";
import type { TableCase, TableSuite, TestTable } from "../testtab.js";

export interface Rearranged {
  /** The table, in the same length. */
  readonly bytes: Buffer;
  /** All suites, each with the cases that it has now, where they are now. */
  readonly suites: readonly TableSuite[];
  /** Where a word of a record is now. */
  readonly moved: (address: bigint) => bigint;
  /** The words that were changed, by their address: ends of suites, and 0 for an init function that is gone. */
  readonly words: ReadonlyMap<bigint, bigint>;
}

/**
 * The table with the wanted cases only. `wanted` names them by suite.
 * @throws RigError when the table has no such case, or is to run one twice
 */
export function rearrange(table: TestTable, wanted: ReadonlyMap<string, readonly string[]>): Rearranged {
  for (const [suite, names] of wanted) check(table, suite, names);
  const layout = layoutOf(table.wordBytes);
  const before = Buffer.from(table.bytes);
  const bytes = Buffer.from(table.bytes);
  const size = BigInt(layout.testCase.bytes);
  const places = new Map<bigint, bigint>();
  const words = new Map<bigint, bigint>();
  const suites: TableSuite[] = [];
  for (const suite of table.suites) {
    const names = wanted.get(suite.name);
    const chosen = chosenOf(suite, names ?? []);
    const isChosen = new Set(chosen);
    const rest = suite.cases.filter((one) => !isChosen.has(one));
    const first = suite.address + BigInt(layout.suite.bytes);
    for (const [n, { address }] of [...chosen, ...rest].entries()) {
      const from = Number(address - table.address);
      const to = first + BigInt(n) * size;
      before.copy(bytes, Number(to - table.address), from, from + layout.testCase.bytes);
      places.set(address, to);
    }
    const field = (offset: number): bigint => suite.address + BigInt(offset);
    if (rest.length > 0) words.set(field(layout.suite.casesEnd), first + BigInt(chosen.length) * size);
    // The boot calls the suite all the same, and with neither cases nor init function there is nothing to do.
    if (names === undefined && suite.hasInit) words.set(field(layout.suite.init), 0n);
    suites.push({
      ...suite,
      ...(names === undefined && { hasInit: false, init: 0n }),
      cases: chosen.map((one) => ({ ...one, address: places.get(one.address) ?? one.address })),
    });
  }
  for (const [address, value] of words)
    writeWord(bytes, Number(address - table.address), value, table.wordBytes);
  return { bytes, suites, words, moved: (address) => movedTo(address, places, table, size) };
}

/** Records lie end to end within a suite, at any distance from the beginning of the table. */
function movedTo(
  address: bigint,
  places: ReadonlyMap<bigint, bigint>,
  { address: start, recordBytes }: TestTable,
  size: bigint,
): bigint {
  if (address < start || address >= start + BigInt(recordBytes)) return address;
  // Records are packed, so that any byte may be the first of one.
  for (let record = address; record > address - size; record -= 1n) {
    const place = places.get(record);
    if (place !== undefined) return place + (address - record);
  }
  return address;
}

function writeWord(bytes: Buffer, at: number, value: bigint, wordBytes: 4 | 8): void {
  if (wordBytes === 8) bytes.writeBigUInt64LE(value, at);
  else bytes.writeUInt32LE(Number(value), at);
}

function chosenOf(suite: TableSuite, names: readonly string[]): readonly TableCase[] {
  const byName = new Map(suite.cases.map((one) => [one.name, one]));
  return names.flatMap((name) => byName.get(name) ?? []);
}

function check({ image, suites }: TestTable, suite: string, names: readonly string[]): void {
  const found = suites.filter(({ name }) => name === suite);
  if (found.length !== 1)
    throw new RigError(
      `${image}: ${found.length === 0 ? "has no" : "has more than one"} suite ${suite}`,
      "See uktest list --image IMAGE for what it has.",
    );
  const known = new Map((found[0]?.cases ?? []).map((one) => [one.name, one]));
  const seen = new Set<string>();
  for (const name of names) {
    if (!known.has(name))
      throw new RigError(
        `${image}: has no case ${suite}.${name}`,
        "See uktest list --image IMAGE for what it has.",
      );
    if (seen.has(name))
      throw new RigError(
        `${image}: ${suite}.${name} cannot run twice in one boot`,
        "Boot the image once for each time it shall run.",
      );
    seen.add(name);
  }
}
