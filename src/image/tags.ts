/**
 * The tags that suites of the kit give their cases. It reads what suites say of their cases, not the cases.
 *
 * Source: `guest/lib/uktest/include/uk/test/record.h`, `struct uk_testmeta`: suite, function, kind, value.
 */
import { addressSpaceOf } from "./elf/address-space.js";
import { relocate } from "./elf/relocations.js";
import { type Elf, SHT, wordAt } from "./elf.js";

const META = ".uk_testmeta";
const TAGS = 2n;
const MOST_META = 100_000;

/** Words between blanks, by the address of the function of the case. @throws RigError for a damaged image */
export function tagsOf(elf: Elf): ReadonlyMap<bigint, readonly string[]> {
  const all = new Map<bigint, readonly string[]>();
  const section = elf.sections.find(({ name, type }) => name === META && type !== SHT.nobits);
  if (section === undefined) return all;
  const word = elf.bits / 8;
  const count = Math.min(Math.floor(section.sizeBytes / (4 * word)), MOST_META);
  const read = elf.bytes.read(section.offset, count * 4 * word, "what suites say of their cases");
  const { bytes } = relocate(elf, section.address, read);
  const space = addressSpaceOf(elf);
  const field = (nth: number, which: number): bigint => wordAt(bytes, (nth * 4 + which) * word, elf.bits);
  for (let nth = 0; nth < count; nth += 1) {
    if (field(nth, 2) !== TAGS) continue;
    const words = space.text(field(nth, 3), "the tags of a case").split(/\s+/);
    all.set(field(nth, 1), [...(all.get(field(nth, 1)) ?? []), ...words.filter((one) => one !== "")]);
  }
  return all;
}
