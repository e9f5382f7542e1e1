/**
 * Where the data that getters of ukstore return lies: a value is code, and what is read of a stopped guest is memory. It reads
 * an image and no guest.
 * Sources: `guest/include/uk/store.h`, `struct uk_store_datum`, for the kit; Unikraft 0.9 to 0.21, `lib/ukalloc/stats.c`
 * (`_uk_alloc_stats_global`) and `lib/ukprint` (`uk_print_console_lvl`), whose getters return these variables.
 */
import { relocate } from "./elf/relocations.js";
import { readSymbols } from "./elf/symbols.js";
import { type Elf, SHT, wordAt } from "./elf.js";
import type { LocatedEntry } from "./store.js";

/** `kind` of `struct uk_store_datum`. */
const KINDS = ["static", "cookie", "sum"] as const;

export interface Datum {
  readonly kind: (typeof KINDS)[number];
  /** Of the variable, or of the pointer to the first element of a list. */
  readonly base: bigint;
  /** From the base, the cookie or the element. */
  readonly offset: number;
  readonly bytes: number;
  /** Where an element of a list points to the next. */
  readonly next: number;
}

const SECTION = ".uk_storedata";
const MOST_ROWS = 10_000;

/** Data by the addresses of the getters that say the same. @throws RigError for a damaged file */
export function dataIn(elf: Elf, entries: readonly LocatedEntry[]): ReadonlyMap<bigint, Datum> {
  return new Map([...knownIn(elf, entries), ...tableIn(elf)]);
}

/** The table of the kit. */
function tableIn(elf: Elf): readonly (readonly [get: bigint, datum: Datum])[] {
  const section = elf.sections.find(({ name, type }) => name === SECTION && type !== SHT.nobits);
  if (section === undefined) return [];
  const word = elf.bits / 8;
  const rowBytes = 4 * word;
  const count = Math.min(Math.floor(section.sizeBytes / rowBytes), MOST_ROWS);
  const read = elf.bytes.read(section.offset, count * rowBytes, "where the data of values is");
  const { bytes } = relocate(elf, section.address, read);
  return Array.from({ length: count }, (_, nth) => {
    const at = nth * rowBytes;
    const [offset = 0, size = 0, next = 0, kind = 0] = [0, 2, 4, 6].map((more) =>
      bytes.readUInt16LE(at + 2 * word + more),
    );
    const named = KINDS[kind];
    if (named === undefined) return undefined;
    const datum = { kind: named, base: wordAt(bytes, at + word, elf.bits), offset, bytes: size, next };
    return [wordAt(bytes, at, elf.bits), datum] as const;
  }).filter((one) => one !== undefined);
}

/** `struct uk_alloc_stats`: each field and its bytes, by the width of a pointer. */
const STATISTICS: readonly (readonly [name: string, isWord: boolean])[] = [
  ...(["last_alloc_size", "max_alloc_size", "min_alloc_size"] as const).map((name) => [name, true] as const),
  ...(["tot_nb_allocs", "tot_nb_frees", "cur_nb_allocs", "max_nb_allocs"] as const).map(
    (name) => [name, false] as const,
  ),
  ...(["cur_mem_use", "max_mem_use"] as const).map((name) => [name, true] as const),
  ["nb_enomem", false],
];

/** Fields of the variables that Unikraft's getters return. */
function fieldsOf(
  elf: Elf,
): readonly (readonly [name: string, symbol: string, offset: number, bytes: number])[] {
  let at = 0;
  const statistics = STATISTICS.map(([name, isWord]) => {
    const bytes = isWord ? elf.bits / 8 : 8;
    const field = [`ukalloc/${name}`, "_uk_alloc_stats_global", at, bytes] as const;
    at += bytes;
    return field;
  });
  return [...statistics, ["ukprint/console_lvl", "uk_print_console_lvl", 0, 4]];
}

function knownIn(
  elf: Elf,
  entries: readonly LocatedEntry[],
): readonly (readonly [get: bigint, datum: Datum])[] {
  const fields = fieldsOf(elf);
  const names = new Set(fields.map(([, symbol]) => symbol));
  const symbols = new Map(readSymbols(elf, (name) => names.has(name)).map((one) => [one.name, one.address]));
  return entries.flatMap(({ entry: { library, name }, get }) => {
    const field = fields.find(([path]) => path === `${library}/${name}`);
    const base = field && symbols.get(field[1]);
    return field === undefined || base === undefined
      ? []
      : [[get, { kind: "static", base, offset: field[2], bytes: field[3], next: 0 }] as const];
  });
}

/** Where objects are: lists of them, each with the library whose they are, or where that is to be read. */
export interface ObjectLists {
  /** Addresses of the heads of lists. */
  readonly heads: readonly bigint[];
  /** An array of pointers to names, by the number of the library less `first`. */
  readonly names: { readonly address: bigint; readonly count: number; readonly first: number };
}

const MOST_LIBRARIES = 1024;

/** The lists of objects of an image with its symbols; undefined where it has none. @throws RigError for a damaged file */
export function objectListsIn(elf: Elf): ObjectLists | undefined {
  const wanted = new Set(["uk_store_objects", "uk_store_libraries", "dynamic_heads", "namemap"]);
  const symbols = new Map(readSymbols(elf, (name) => wanted.has(name)).map((one) => [one.name, one]));
  const word = elf.bits / 8;
  const [all, libraries] = [symbols.get("uk_store_objects"), symbols.get("uk_store_libraries")];
  if (all !== undefined && libraries !== undefined) {
    const count = Math.min(Math.floor(libraries.bytes / word), MOST_LIBRARIES);
    return { heads: [all.address], names: { address: libraries.address, count, first: 1 } };
  }
  const [heads, names] = [symbols.get("dynamic_heads"), symbols.get("namemap")];
  if (heads === undefined || names === undefined) return undefined;
  const count = Math.min(Math.floor(heads.bytes / (2 * word)), MOST_LIBRARIES);
  return {
    heads: Array.from({ length: count }, (_, nth) => heads.address + BigInt(nth * 2 * word)),
    names: {
      address: names.address,
      count: Math.min(Math.floor(names.bytes / word), MOST_LIBRARIES),
      first: 0,
    },
  };
}
