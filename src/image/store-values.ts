/**
 * The values of ukstore in a guest that has stopped: of static entries and of the objects that are there, read from the data
 * that their getters return, or else said by the getters, where they can be called. It trusts no byte of the guest: lists end,
 * and what cannot be a name, an object or a value is left out.
 * Source: Unikraft 0.14 to 0.21, `lib/ukstore/include/uk/store.h` (`struct uk_store_object`) and `lib/ukstore/store.c`.
 */
import type { Elf } from "./elf.js";
import { type Datum, dataIn, type ObjectLists, objectListsIn } from "./store-data.js";
import { libraryNamed, locatedIn, plainName, type StoreType, TYPES } from "./store.js";

export interface StoreValue {
  /** Without `lib` in front. */
  readonly library: string;
  /** Name of the object; absent for a value of the library. */
  readonly object?: string;
  readonly name: string;
  readonly valueType: StoreType;
  /** All digits of a number, or text. */
  readonly value: string;
}

/** Bytes of the guest's memory; undefined where nothing is. */
export type ReadMemory = (address: number, bytes: number) => Promise<Uint8Array | undefined>;

/**
 * Calls a getter of the guest.
 * @returns the eight bytes that it has its result in; undefined where it says none
 */
export type CallGetter = (getter: bigint, cookie: bigint) => Promise<Uint8Array | undefined>;

export interface ReadValues {
  /** Static entries first, then objects, the oldest first. */
  readonly values: readonly StoreValue[];
  /** Numbers that only their getters could say, and that were not called. */
  readonly unread: number;
}

export interface StoreMap {
  /** Text is never asked of a getter, which allocates it. */
  readonly read: (memory: ReadMemory, call?: CallGetter) => Promise<ReadValues>;
}

/** Offsets in the structures, by the width of a pointer. */
const LAYOUTS = {
  8: {
    ...{ object: 80, entries: 16, library: 40, name: 56, cookie: 72 },
    ...{ entry: 64, entryName: 24, entryType: 36, entryList: 48 },
  },
  4: {
    ...{ object: 48, entries: 8, library: 20, name: 32, cookie: 40 },
    ...{ entry: 48, entryName: 16, entryType: 24, entryList: 36 },
  },
} as const;

/** Of one guest: more objects, entries of one of them, or elements of a list that is added up, are none. */
const MOST_OBJECTS = 500;
const MOST_ENTRIES = 100;
const MOST_ELEMENTS = 1000;
const MOST_VALUES = 2000;
const MOST_TEXT = 256;
const PIECE = 32;

/** Where the values of an image are; undefined where it offers none. @throws RigError for a damaged file */
export function storeMapOf(elf: Elf): StoreMap | undefined {
  const located = locatedIn(elf);
  const lists = objectListsIn(elf);
  if (located.length === 0 && lists === undefined) return undefined;
  const data = dataIn(elf, located);
  const word = elf.bits === 32 ? 4 : 8;
  return {
    read: async (memory, call) => {
      const guest: Guest = { memory, word, data, call, unread: 0 };
      const values: StoreValue[] = [];
      for (const { entry, get } of located) {
        const { library, name, type } = entry;
        const value = await valueOf(guest, get, type, 0n);
        if (value !== undefined) values.push({ library, name, valueType: type, value });
      }
      if (lists !== undefined) values.push(...(await objectValues(guest, lists)));
      return { values: values.slice(0, MOST_VALUES), unread: guest.unread };
    },
  };
}

interface Guest {
  readonly memory: ReadMemory;
  readonly word: 4 | 8;
  readonly data: ReadonlyMap<bigint, Datum>;
  readonly call: CallGetter | undefined;
  unread: number;
}

async function bytesAt({ memory }: Guest, address: bigint, bytes: number): Promise<Buffer | undefined> {
  if (address <= 0n || address > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  const found = await memory(Number(address), bytes);
  return found?.length === bytes ? Buffer.from(found.buffer, found.byteOffset, bytes) : undefined;
}

const wordOf = (bytes: Buffer, at: number, word: 4 | 8): bigint =>
  word === 8 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUInt32LE(at));

async function pointerAt(guest: Guest, address: bigint): Promise<bigint | undefined> {
  const bytes = await bytesAt(guest, address, guest.word);
  return bytes && wordOf(bytes, 0, guest.word);
}

/** The text at an address, piece by piece: it may stand at the very end of the memory. */
async function textAt(guest: Guest, address: bigint): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  for (let at = address; at < address + BigInt(MOST_TEXT);) {
    const size = PIECE - Number(at % BigInt(PIECE));
    const piece = await bytesAt(guest, at, size);
    if (piece === undefined) return undefined;
    const end = piece.indexOf(0);
    pieces.push(end < 0 ? piece : piece.subarray(0, end));
    if (end >= 0) return Buffer.concat(pieces).toString("utf8");
    at += BigInt(size);
  }
  return undefined;
}

/** As the getter would return it: in its type, whatever the width of the variable. */
async function valueOf(
  guest: Guest,
  getter: bigint,
  type: StoreType,
  cookie: bigint,
): Promise<string | undefined> {
  const datum = guest.data.get(getter);
  if (datum === undefined) return calledValue(guest, getter, type, cookie);
  const base = datum.kind === "cookie" ? cookie : datum.base;
  if (datum.kind === "sum") return sumOf(guest, datum, type);
  if (base === 0n) return undefined;
  const at = base + BigInt(datum.offset);
  if (type !== "charp") return numberIn(await bytesAt(guest, at, datum.bytes), type, guest.word)?.toString();
  const bytes = await bytesAt(guest, at, Math.min(datum.bytes, MOST_TEXT));
  const end = bytes?.indexOf(0) ?? -1;
  return end < 0 ? undefined : bytes?.toString("utf8", 0, end);
}

async function calledValue(
  guest: Guest,
  getter: bigint,
  type: StoreType,
  cookie: bigint,
): Promise<string | undefined> {
  if (getter === 0n || type === "charp") return undefined;
  if (guest.call === undefined) guest.unread += 1;
  const found = await guest.call?.(getter, cookie);
  const bytes = type === "uptr" ? guest.word : Number(type.slice(1)) / 8;
  return found && numberIn(Buffer.from(found.subarray(0, bytes)), type, guest.word)?.toString();
}

/** What all elements of a list come to; undefined for a list that is none, since a part of a sum is not the sum. */
async function sumOf(guest: Guest, datum: Datum, type: StoreType): Promise<string | undefined> {
  let sum = 0n;
  let at = await pointerAt(guest, datum.base);
  for (let count = 0; at !== 0n; count += 1) {
    if (at === undefined || count === MOST_ELEMENTS) return undefined;
    const one = numberIn(await bytesAt(guest, at + BigInt(datum.offset), datum.bytes), type, guest.word);
    if (one === undefined) return undefined;
    sum += one;
    at = await pointerAt(guest, at + BigInt(datum.next));
  }
  return narrowed(sum, type, guest.word).toString();
}

function numberIn(bytes: Buffer | undefined, type: StoreType, word: 4 | 8): bigint | undefined {
  if (bytes === undefined || ![1, 2, 4, 8].includes(bytes.length)) return undefined;
  let value = 0n;
  for (const byte of [...bytes].reverse()) value = value * 256n + BigInt(byte);
  const signed = type.startsWith("s") ? BigInt.asIntN(8 * bytes.length, value) : value;
  return narrowed(signed, type, word);
}

function narrowed(value: bigint, type: StoreType, word: 4 | 8): bigint {
  const bits = type === "uptr" ? 8 * word : Number(type.slice(1));
  return type.startsWith("s") ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}

/** Addresses of the links of a list, the oldest first; those before the place where it goes wrong. */
async function linksOf(guest: Guest, head: bigint, most: number): Promise<readonly bigint[]> {
  const links: bigint[] = [];
  const seen = new Set([head]);
  let at = await pointerAt(guest, head);
  while (at !== undefined && at !== 0n && !seen.has(at) && links.length < most) {
    seen.add(at);
    links.unshift(at);
    at = await pointerAt(guest, at);
  }
  return links;
}

async function objectValues(guest: Guest, { heads, names }: ObjectLists): Promise<readonly StoreValue[]> {
  const values: StoreValue[] = [];
  let left = MOST_OBJECTS;
  for (const head of heads) {
    const links = await linksOf(guest, head, left);
    left -= links.length;
    for (const link of links) {
      if (values.length >= MOST_VALUES) return values;
      values.push(...(await valuesOfObject(guest, link, names)));
    }
  }
  return values;
}

async function valuesOfObject(
  guest: Guest,
  address: bigint,
  names: ObjectLists["names"],
): Promise<readonly StoreValue[]> {
  const { word } = guest;
  const layout = LAYOUTS[word];
  const bytes = await bytesAt(guest, address, layout.object);
  if (bytes === undefined) return [];
  const nth = bytes.readUInt16LE(layout.library) - names.first;
  if (nth < 0 || nth >= names.count) return [];
  const library = await nameAt(guest, await pointerAt(guest, names.address + BigInt(nth * word)));
  const object = await nameAt(guest, wordOf(bytes, layout.name, word));
  if (library === undefined || object === undefined) return [];
  const cookie = wordOf(bytes, layout.cookie, word);
  const values: StoreValue[] = [];
  for (const link of await linksOf(guest, address + BigInt(layout.entries), MOST_ENTRIES)) {
    const entry = await bytesAt(guest, link - BigInt(layout.entryList), layout.entry);
    const type = TYPES[(entry?.readUInt32LE(layout.entryType) ?? 0) - 1];
    if (entry === undefined || type === undefined) continue;
    const name = await nameAt(guest, wordOf(entry, layout.entryName, word));
    const value = await valueOf(guest, wordOf(entry, 0, word), type, cookie);
    if (name !== undefined && value !== undefined)
      values.push({ library: libraryNamed(library), object, name, valueType: type, value });
  }
  return values;
}

async function nameAt(guest: Guest, address: bigint | undefined): Promise<string | undefined> {
  const text = address === undefined ? undefined : await textAt(guest, address);
  return text === undefined ? undefined : plainName(text);
}
