/**
 * What suites of the kit say of their cases: which case, what kind of fact, its value; and the tags among the facts. What the
 * others mean is for their readers.
 *
 * Source: `guest/lib/uktest/include/uk/test/record.h`, `struct uk_testmeta`: suite, function, kind, value.
 */
import { addressSpaceOf } from "./elf/address-space.js";
import { relocate } from "./elf/relocations.js";
import { type Elf, SHT, wordAt } from "./elf.js";

const META = ".uk_testmeta";
const MOST = 100_000;

/** By `enum uk_testmeta_kind`. */
export const META_KINDS = { tags: 2, limit: 5, benchmark: 6, benchmarkLimit: 7 } as const;

export interface Meta {
  /** Address of the function of the case. */
  readonly function: bigint;
  readonly kind: number;
  /** A number, or an address. */
  readonly value: bigint;
}

/** All of them, in the order of the image; none where suites say nothing. @throws RigError for a damaged file */
export function metaOf(elf: Elf): readonly Meta[] {
  const section = elf.sections.find(({ name, type }) => name === META && type !== SHT.nobits);
  if (section === undefined) return [];
  const word = elf.bits / 8;
  const count = Math.min(Math.floor(section.sizeBytes / (4 * word)), MOST);
  const read = elf.bytes.read(section.offset, count * 4 * word, "what suites say of their cases");
  const { bytes } = relocate(elf, section.address, read);
  const field = (nth: number, which: number): bigint => wordAt(bytes, (nth * 4 + which) * word, elf.bits);
  return Array.from({ length: count }, (_, nth) => ({
    function: field(nth, 1),
    kind: Number(field(nth, 2)),
    value: field(nth, 3),
  }));
}

/** Tags, which are words between blanks, by the address of the function of the case. @throws RigError for a damaged image */
export function tagsOf(elf: Elf, meta: readonly Meta[]): ReadonlyMap<bigint, readonly string[]> {
  const tagged = meta.filter(({ kind }) => kind === META_KINDS.tags);
  if (tagged.length === 0) return new Map();
  const space = addressSpaceOf(elf);
  const wordsAt = ({ value }: Meta): readonly string[] =>
    space
      .text(value, "the tags of a case")
      .split(/\s+/)
      .filter((one) => one !== "");
  const all = new Map<bigint, readonly string[]>();
  for (const one of tagged) all.set(one.function, [...(all.get(one.function) ?? []), ...wordsAt(one)]);
  return all;
}
