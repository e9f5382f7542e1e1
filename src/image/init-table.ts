/**
 * Lists the functions that the boot calls one by one: the entries of the init table and of the constructors' table.
 * It names them as far as symbols do; what becomes of an entry is decided in leave-out.ts.
 */
import { addressSpaceOf, type AddressSpace } from "./elf/address-space.js";
import { damaged } from "./elf/bytes.js";
import { SHT, type Elf, type Section } from "./elf.js";
import { pointerAt } from "./testtab/layout.js";
import { entryName } from "./testtab/names.js";
import { relocate } from "./elf/relocations.js";
import { readSymbols, type ElfSymbol } from "./elf/symbols.js";
import type { TestTable } from "./testtab.js";

export interface InitEntry {
  readonly kind: "init" | "constructor";
  /** Of the entry, not of the function. */
  readonly address: bigint;
  /** One word; two where the function that undoes it stands after it (Unikraft since 0.16). */
  readonly sizeBytes: number;
  /** Address of the function; 0 where the entry is empty. */
  readonly target: bigint;
  /** Name of the function, where the image has symbols. */
  readonly name?: string;
  /** The suite that the function runs. */
  readonly suite?: string;
}

type Kind = InitEntry["kind"];
type Found = Pick<InitEntry, "kind" | "address" | "suite">;

const SECTIONS = { init: ".uk_inittab", constructor: ".uk_ctortab" } as const;
/** After the last entry. */
const END = "uk_inittab_end";
const MAX_TABLE_BYTES = 1 << 20;

/**
 * The entries of both tables, in the order in which the boot calls them, constructors first. Without symbols the tables
 * are found by the names of their sections, and nothing has a name.
 * Source: Unikraft `include/uk/init.h` and `include/uk/ctors.h`, releases 0.6 to 0.17; guest/include/uk for the kit's.
 * @throws RigError when the tables lie outside the file
 */
export function initEntriesOf(elf: Elf, table: TestTable): readonly InitEntry[] {
  const names = new Set(table.suites.map(({ name }) => name));
  const isSuite = (name: string): boolean => names.has(name);
  const symbols = readSymbols(elf, (name) => name === END || entryName(name, isSuite) !== undefined);
  const space = addressSpaceOf(elf);
  const list = (kind: Kind): readonly InitEntry[] => {
    const named = symbols.flatMap(({ name, address }): readonly Found[] => {
      const entry = entryName(name, isSuite);
      if (entry?.kind !== kind) return [];
      return [{ kind, address, ...(entry.suite !== undefined && { suite: entry.suite }) }];
    });
    const found = named.length > 0 ? named : unnamed(elf, kind, table.wordBytes);
    const isDouble = kind === "init" && named.length > 0 && areDouble(symbols, named, table.wordBytes);
    const sizeBytes = isDouble ? 2 * table.wordBytes : table.wordBytes;
    return withTargets(elf, space, found, table.wordBytes).map((one) => ({ ...one, sizeBytes }));
  };
  const entries = [...list("constructor"), ...list("init")];
  const called = functionNames(elf, new Set(entries.map(({ target }) => target)));
  return entries.map((entry) => {
    const name = called.get(entry.target);
    return name === undefined ? entry : { ...entry, name };
  });
}

/** Every word of a table that no symbol describes. */
function unnamed(elf: Elf, kind: Kind, wordBytes: number): readonly Found[] {
  const section = elf.sections.find(({ name, type }) => name === SECTIONS[kind] && type !== SHT.nobits);
  if (section === undefined) return [];
  if (section.sizeBytes > MAX_TABLE_BYTES)
    throw damaged(elf.bytes.name, `${section.name} claims ${section.sizeBytes} bytes`);
  const count = Math.floor(section.sizeBytes / wordBytes);
  return Array.from({ length: count }, (_, n) => ({
    kind,
    address: section.address + BigInt(n * wordBytes),
  }));
}

/** True when entries have two words: the distance of neighbours tells, and that of the last one to the end. */
function areDouble(symbols: readonly ElfSymbol[], named: readonly Found[], wordBytes: number): boolean {
  const end = symbols.filter(({ name }) => name === END);
  const places = [...new Set([...named, ...end].map(({ address }) => address))].sort(ascending);
  return (
    places.length > 1 &&
    places.every((place, n) => (place - (places[n - 1] ?? place)) % BigInt(2 * wordBytes) === 0n)
  );
}

const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

function withTargets(
  elf: Elf,
  space: AddressSpace,
  found: readonly Found[],
  wordBytes: 4 | 8,
): readonly (Found & { readonly target: bigint })[] {
  const sorted = [...found].sort((a, b) => ascending(a.address, b.address));
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return [];
  const span = last.address - first.address + BigInt(wordBytes);
  if (span > BigInt(MAX_TABLE_BYTES)) throw damaged(elf.bytes.name, "its init table is torn into far pieces");
  const { bytes } = space.read(first.address, Number(span), "the init table");
  const table = { bytes: relocate(elf, first.address, bytes).bytes, address: first.address };
  return sorted.map((one) => ({
    ...one,
    target: pointerAt(table, Number(one.address - first.address), wordBytes),
  }));
}

/** The section that holds an address; undefined where none does. */
export const sectionAt = (elf: Elf, address: bigint): Section | undefined =>
  elf.sections.find(
    (one) =>
      one.type !== SHT.nobits &&
      one.address !== 0n &&
      address >= one.address &&
      address < one.address + BigInt(Math.trunc(one.sizeBytes)),
  );

/** The names of functions by their address, as far as there are symbols. */
function functionNames(elf: Elf, addresses: ReadonlySet<bigint>): ReadonlyMap<bigint, string> {
  // At 0 there is no function, and the symbols of source files have that value.
  const isName = /^[A-Za-z_]\w*$/;
  const found = readSymbols(elf, (name, at) => at !== 0n && addresses.has(at) && isName.test(name));
  const names = new Map<bigint, string>();
  for (const { name, address } of found) {
    const known = names.get(address);
    // Of several names of one function, that without underscores in front is the one people search for.
    if (known === undefined || (known.startsWith("_") && !name.startsWith("_"))) names.set(address, name);
  }
  return names;
}

/**
 * What a function is called that the console names by its address only, as in "Init function at 0x1583a0 returned error
 * -95"; undefined where no symbol tells.
 */
export const functionNameAt = (elf: Elf, address: bigint): string | undefined =>
  functionNames(elf, new Set([address])).get(address);
