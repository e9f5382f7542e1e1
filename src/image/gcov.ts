/**
 * Where gcc's coverage counters lie in the guest of an image, and whose they are. It finds them in the file alone: nothing
 * in the guest has to run for it. It reads no guest, and knows neither sources nor lines.
 * Source of the format: gcc's libgcc/libgcov.h, `struct gcov_info`, `gcov_fn_info` and `gcov_ctr_info`, 10 to 15; the
 * section is that of `-fprofile-info-section`.
 */
import { RigError } from "../core/errors.js";
import { addressSpaceOf } from "./elf/address-space.js";
import { relocate } from "./elf/relocations.js";
import { readSymbols } from "./elf/symbols.js";
import { contentOf, type Elf, wordAt } from "./elf.js";
import type { MemoryRange } from "./evidence.js";

export interface GcovCounters {
  /** 0: arcs; 8: conditions, 9: paths. */
  readonly kind: number;
  /** Index of the first in the counts of its object. */
  readonly first: number;
  readonly count: number;
}

export interface GcovFunction {
  readonly ident: number;
  readonly linesChecksum: number;
  readonly graphChecksum: number;
  readonly counters: readonly GcovCounters[];
}

/** What was compiled from one source. */
export interface GcovObject {
  /** The file that its own run time would write: `<object>.gcda`, as the compiler was called. */
  readonly dataFile: string;
  /** Four characters, as a number: `B22*` is a release of gcc 12.2. */
  readonly version: number;
  /** Major version of gcc. */
  readonly gcc: number;
  readonly stamp: number;
  /** Absent before gcc 12. */
  readonly checksum?: number;
  /** Undefined for one that another object has. */
  readonly functions: readonly (GcovFunction | undefined)[];
  /** All counters together. */
  readonly counters: number;
}

/** The counts of each object, in the order of `objects`. */
export type GcovCounts = readonly BigUint64Array[];

/** The counters of a guest, and what makes counts of its memory. */
export interface GcovMap {
  readonly objects: readonly GcovObject[];
  /** What has to be read, in this order. */
  readonly ranges: readonly MemoryRange[];
  /** Undefined where a piece could not be read. */
  counts(pieces: readonly (Uint8Array | undefined)[]): GcovCounts | undefined;
}

/** Names of the section: gcc's, and that of Unikraft's lib/ukgcov. */
const SECTIONS: readonly string[] = [".gcov_info"];
/** The counters of a function are `__gcov0.<function>`; what follows the dot is cut off here. */
const COUNTERS = "__gcov0";
const FIRST_GCC = 10;
const COUNTER_BYTES = 8;
const MOST = { objects: 20_000, functions: 100_000, counters: 1 << 24, kindCounters: 1 << 20 } as const;
/** Ranges that lie closer than this are read as one. */
const GAP_BYTES = 512;

/** How many kinds of counters a release has. Source: gcc/gcov-counter.def. */
const kindsOf = (gcc: number): number => (gcc >= 15 ? 10 : gcc >= 14 ? 9 : 8);

/** The major version in four characters; undefined where they are none. */
export function majorOf(version: number): number | undefined {
  const [tens, ones] = [version >>> 24, (version >>> 16) & 0xff];
  const [high, low] = [tens - 0x41, ones - 0x30];
  return high >= 0 && high <= 25 && low >= 0 && low <= 9 ? high * 10 + low : undefined;
}

interface Place {
  readonly address: number;
  readonly object: number;
  readonly first: number;
  readonly count: number;
  /** Index of the range that it lies in, once those are known. */
  range: number;
}

/** Whether an image was built for `--coverage=gcc`. */
export const hasGcov = ({ sections }: Elf): boolean => sections.some(({ name }) => SECTIONS.includes(name));

/** Whether counters of gcc are in an image whose table of them the linker has dropped, as one that drops unused data does. */
export const lacksGcovTable = (elf: Elf): boolean =>
  !hasGcov(elf) && readSymbols(elf, (name) => name === COUNTERS).length > 0;

/**
 * The counters of an image.
 * @returns undefined where none of its sources was compiled with counters
 * @throws RigError for tables that contradict themselves, or of a compiler that is not known
 */
export function gcovIn(elf: Elf): GcovMap | undefined {
  const section = elf.sections.find(({ name }) => SECTIONS.includes(name));
  if (section === undefined) return undefined;
  const word = elf.bits / 8;
  const { bytes } = relocate(elf, section.address, contentOf(elf, section));
  const count = Math.floor(bytes.length / word);
  if (count > MOST.objects) throw contradiction(elf, `claims to have ${String(count)} of them`);
  const tables = tablesOf(elf);
  const places: Place[] = [];
  const objects: GcovObject[] = [];
  for (let at = 0; at < count * word; at += word) {
    const address = wordAt(bytes, at, elf.bits);
    // What the linker has dropped leaves a hole.
    if (address !== 0n) objects.push(objectAt(tables, address, objects.length, places));
  }
  if (objects.length === 0) return undefined;
  const ranges = rangesOf(places);
  return { objects, ranges, counts: (pieces) => countsIn(objects, places, ranges, pieces) };
}

/** What reads the tables of one image, and how much of them is left to read. */
interface Tables {
  readonly elf: Elf;
  readonly word: number;
  /** Words of four bytes, and pointers where `at` is a multiple of a pointer. */
  readonly read: (address: bigint, length: number) => Buffer;
  readonly text: (address: bigint) => string;
  functions: number;
  counters: number;
}

function tablesOf(elf: Elf): Tables {
  const space = addressSpaceOf(elf);
  return {
    elf,
    word: elf.bits / 8,
    read: (address, length) =>
      relocate(elf, address, space.read(address, length, "a table of coverage counters").bytes).bytes,
    text: (address) => space.text(address, "the name of a file of coverage counters"),
    functions: MOST.functions,
    counters: MOST.counters,
  };
}

const contradiction = (elf: Elf, what: string): RigError =>
  new RigError(
    `${elf.bytes.name}: its table of coverage counters ${what}`,
    "build it anew; counters are read of gcc 10 to 15",
  );

/** Where the fields of `struct gcov_info` lie. */
function fieldsOf({ word }: Tables, gcc: number) {
  const stamp = 2 * word;
  const hasChecksum = gcc >= 12;
  const name = word === 8 ? stamp + 8 : stamp + (hasChecksum ? 8 : 4);
  const functions = name + word + kindsOf(gcc) * word;
  return { stamp, name, merge: name + word, functions, bytes: functions + 2 * word, hasChecksum };
}

function objectAt(tables: Tables, address: bigint, index: number, places: Place[]): GcovObject {
  const { elf, word } = tables;
  const version = tables.read(address, 4).readUInt32LE(0);
  const gcc = majorOf(version);
  if (gcc === undefined || gcc < FIRST_GCC || gcc >= 30)
    throw contradiction(elf, `names no version of gcc (0x${version.toString(16)})`);
  const fields = fieldsOf(tables, gcc);
  const head = tables.read(address, fields.bytes);
  const dataFile = tables.text(wordAt(head, fields.name, elf.bits));
  if (!dataFile.endsWith(".gcda"))
    throw contradiction(elf, `has not the layout of gcc ${String(gcc)} ("${dataFile.slice(0, 80)}")`);
  const kinds = Array.from({ length: kindsOf(gcc) }, (_, kind) => kind).filter(
    (kind) => wordAt(head, fields.merge + kind * word, elf.bits) !== 0n,
  );
  const count = head.readUInt32LE(fields.functions);
  tables.functions -= count;
  if (tables.functions < 0) throw contradiction(elf, "has too many functions");
  const list = tables.read(wordAt(head, fields.functions + word, elf.bits), count * word);
  let counters = 0;
  const functions = Array.from({ length: count }, (_, nth) => {
    const found = functionAt(tables, { owner: address, kinds }, wordAt(list, nth * word, elf.bits));
    if (found === undefined) return undefined;
    const own = found.values.map(({ kind, count: some, address: values }) => {
      const first = counters;
      places.push({ address: values, object: index, first, count: some, range: 0 });
      counters += some;
      return { kind, first, count: some };
    });
    return { ...found.facts, counters: own };
  });
  return {
    ...{ dataFile, version, gcc, functions, counters },
    stamp: head.readUInt32LE(fields.stamp),
    ...(fields.hasChecksum && { checksum: head.readUInt32LE(fields.stamp + 4) }),
  };
}

interface Values {
  readonly kind: number;
  readonly count: number;
  readonly address: number;
}

/** One function; undefined for one that stands in another object. */
function functionAt(
  tables: Tables,
  { owner, kinds }: { readonly owner: bigint; readonly kinds: readonly number[] },
  address: bigint,
): { readonly facts: Omit<GcovFunction, "counters">; readonly values: readonly Values[] } | undefined {
  if (address === 0n) return undefined;
  const { elf, word } = tables;
  const counters = Math.ceil((word + 12) / word) * word;
  const bytes = tables.read(address, counters + kinds.length * 2 * word);
  // A function of several objects belongs to the one that the linker has kept.
  if (wordAt(bytes, 0, elf.bits) !== owner) return undefined;
  const values = kinds.map((kind, nth): Values => {
    const at = counters + nth * 2 * word;
    const count = bytes.readUInt32LE(at);
    tables.counters -= count;
    if (count > MOST.kindCounters || tables.counters < 0) throw contradiction(elf, "has too many counters");
    const place = Number(wordAt(bytes, at + word, elf.bits));
    if (!Number.isSafeInteger(place + count * COUNTER_BYTES))
      throw contradiction(elf, "has counters where no memory can be");
    return { kind, count, address: place };
  });
  return {
    facts: {
      ident: bytes.readUInt32LE(word),
      linesChecksum: bytes.readUInt32LE(word + 4),
      graphChecksum: bytes.readUInt32LE(word + 8),
    },
    values,
  };
}

/** The least ranges that hold all counters, without many bytes of others; each place notes which of them it is in. */
function rangesOf(places: readonly Place[]): readonly MemoryRange[] {
  const ranges: { address: number; bytes: number }[] = [];
  const sorted = places.filter(({ count }) => count > 0).sort((a, b) => a.address - b.address);
  for (const place of sorted) {
    const { address, count } = place;
    const last = ranges.at(-1);
    const end = address + count * COUNTER_BYTES;
    if (last === undefined || address > last.address + last.bytes + GAP_BYTES)
      ranges.push({ address, bytes: end - address });
    else last.bytes = Math.max(last.bytes, end - last.address);
    place.range = ranges.length - 1;
  }
  return ranges;
}

function countsIn(
  objects: readonly GcovObject[],
  places: readonly Place[],
  ranges: readonly MemoryRange[],
  pieces: readonly (Uint8Array | undefined)[],
): GcovCounts | undefined {
  if (ranges.some(({ bytes }, nth) => pieces[nth]?.length !== bytes)) return undefined;
  const counts = objects.map(({ counters }) => new BigUint64Array(counters));
  for (const { address, object, first, count, range: nth } of places) {
    const [range, piece, into] = [ranges[nth], pieces[nth], counts[object]];
    if (count === 0 || range === undefined || piece === undefined || into === undefined) continue;
    const view = new DataView(piece.buffer, piece.byteOffset + address - range.address);
    for (let at = 0; at < count; at += 1) into[first + at] = view.getBigUint64(at * COUNTER_BYTES, true);
  }
  return counts;
}
