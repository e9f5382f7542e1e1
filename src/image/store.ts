/**
 * The values that the libraries of an image offer through ukstore, for as long as it runs: read from its file. Objects come
 * and go while a guest runs, so they are not here, and no value is: a value is what a getter says in the guest.
 * Source: Unikraft 0.9 to 0.21, `lib/ukstore/include/uk/store.h`, a section for each library; the kit has one table of all.
 */
import { VALUE_TYPES, type ValueType } from "../core/model/value.js";
import { addressSpaceOf, type AddressSpace } from "./elf/address-space.js";
import { relocate } from "./elf/relocations.js";
import type { Elf, Section } from "./elf.js";

/** The types of values, by their numbers less one. */
export const TYPES = VALUE_TYPES;

export interface StoreEntry {
  /** Without `lib` in front. */
  readonly library: string;
  readonly name: string;
  /** Its number within the library; absent before Unikraft 0.14. */
  readonly id?: string;
  readonly type: StoreType;
  readonly canRead: boolean;
  readonly canWrite: boolean;
}

/** Where the fields of an entry are. */
interface Layout {
  readonly word: 4 | 8;
  readonly bytes: number;
  readonly id?: number;
  readonly name: number;
  readonly type: number;
}

const LAYOUTS: readonly Layout[] = [
  { word: 8, bytes: 40, id: 16, name: 24, type: 36 },
  { word: 8, bytes: 40, name: 16, type: 28 },
  { word: 4, bytes: 32, id: 8, name: 16, type: 24 },
];

export type StoreType = ValueType;

const OF_UNIKRAFT = ".uk_store_lib_";
const OF_KIT = ".uk_storetab";
/** Of one library, and of the kit's table: more of them are no table. */
const MOST_ENTRIES = 10_000;
const NAME = /^[\w.:/-]{1,100}$/;

interface Reader {
  readonly elf: Elf;
  readonly space: AddressSpace;
}

/** An entry, and the address of the function that says its value; 0 for none. */
export interface LocatedEntry {
  readonly entry: StoreEntry;
  readonly get: bigint;
}

/** The entries of an image, in the order of its tables; a table that cannot be one is left out. @throws RigError for a damaged file */
export const storeIn = (elf: Elf): readonly StoreEntry[] => locatedIn(elf).map(({ entry }) => entry);

/** The same with the addresses of their getters. @throws RigError for a damaged file */
export function locatedIn(elf: Elf): readonly LocatedEntry[] {
  const reader = { elf, space: addressSpaceOf(elf) };
  return elf.sections.flatMap((section) => {
    if (section.sizeBytes === 0) return [];
    if (section.name === OF_KIT) return ofKit(reader, section);
    return section.name.startsWith(OF_UNIKRAFT)
      ? ofUnikraft(reader, section, section.name.slice(OF_UNIKRAFT.length))
      : [];
  });
}

/** The bytes at an address, as the guest's start-up code leaves them; undefined where the file holds none. */
function bytesAt({ elf, space }: Reader, address: bigint, length: number): Buffer | undefined {
  try {
    return relocate(elf, address, space.read(address, length, "the store").bytes).bytes;
  } catch {
    return undefined;
  }
}

const wordIn = (bytes: Buffer, at: number, word: 4 | 8): bigint =>
  word === 8 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUInt32LE(at));

/** Without the `lib` that Unikraft has in front. */
export const libraryNamed = (name: string): string => name.replace(/^lib/, "");

/** A name without the quotes that some users of the macros put around it; undefined for what can be none. */
export function plainName(text: string): string | undefined {
  const name = text.replace(/^"(.*)"$/, "$1");
  return NAME.test(name) ? name : undefined;
}

/** The name at an address, without the quotes that some users of the macros put around it. */
function nameAt({ space }: Reader, address: bigint): string | undefined {
  try {
    return plainName(space.text(address, "the name of a value"));
  } catch {
    return undefined;
  }
}

/** One entry; undefined where these bytes are none of this layout. */
function entryIn(reader: Reader, bytes: Buffer, library: string, layout: Layout): LocatedEntry | undefined {
  const name = nameAt(reader, wordIn(bytes, layout.name, layout.word));
  const type = TYPES[bytes.readUInt32LE(layout.type) - 1];
  const owner = libraryNamed(library);
  if (name === undefined || type === undefined || owner === "") return undefined;
  const get = wordIn(bytes, 0, layout.word);
  const entry = {
    library: owner,
    name,
    ...(layout.id !== undefined && { id: String(bytes.readBigUInt64LE(layout.id)) }),
    type,
    canRead: get !== 0n,
    canWrite: wordIn(bytes, layout.word, layout.word) !== 0n,
  };
  return { entry, get };
}

/** Entries in a row; the layout is the one in which each of them is whole. */
function ofUnikraft(
  reader: Reader,
  { address, sizeBytes }: Section,
  library: string,
): readonly LocatedEntry[] {
  for (const layout of LAYOUTS) {
    const count = sizeBytes / layout.bytes;
    if (!Number.isInteger(count) || count > MOST_ENTRIES) continue;
    const bytes = bytesAt(reader, address, sizeBytes);
    if (bytes === undefined) return [];
    const entries = Array.from({ length: count }, (_, nth) =>
      entryIn(reader, bytes.subarray(nth * layout.bytes, (nth + 1) * layout.bytes), library, layout),
    );
    if (entries.every((one) => one !== undefined)) return entries;
  }
  return [];
}

/** Pairs of pointers: the name of a library, and an entry. */
function ofKit(reader: Reader, { address, sizeBytes }: Section): readonly LocatedEntry[] {
  const layout = LAYOUTS.find(({ word, id }) => id !== undefined && word * 8 === reader.elf.bits);
  const bytes = layout === undefined ? undefined : bytesAt(reader, address, sizeBytes);
  if (layout === undefined || bytes === undefined) return [];
  const { word } = layout;
  const count = Math.min(Math.floor(sizeBytes / (2 * word)), MOST_ENTRIES);
  return Array.from({ length: count }, (_, nth) => {
    const library = nameAt(reader, wordIn(bytes, 2 * nth * word, word));
    const entry = bytesAt(reader, wordIn(bytes, (2 * nth + 1) * word, word), layout.bytes);
    return library === undefined || entry === undefined ? undefined : entryIn(reader, entry, library, layout);
  }).filter((one) => one !== undefined);
}
