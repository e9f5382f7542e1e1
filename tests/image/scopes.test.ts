/**
 * Entries and lists of ranges written by hand: what compilers write too rarely for symbols.test.ts to see it.
 */
import test from "ava";
import { Functions } from "../../src/image/dwarf/functions.js";
import { type Range, rangesOf } from "../../src/image/dwarf/ranges.js";
import type { DebugSections } from "../../src/image/dwarf/sections.js";
import { UnitIndex } from "../../src/image/dwarf/unit-index.js";
import { Units } from "../../src/image/dwarf/units.js";
import { all, sectionsWith, sized, text, u8, uint, uleb } from "./dwarf-bytes.js";

/** The ranges of a unit that says no more than where its list is. */
function listed(version: 4 | 5, form: number, value: Buffer, more: Partial<DebugSections>): readonly Range[] {
  const abbreviations = all(
    u8(1, 0x11, 0, 0x11, 0x01, 0x55),
    uleb(form),
    u8(0x73, 0x17, 0x74, 0x17, 0, 0, 0),
  );
  const root = all(u8(1), uint(0x1000, 8), value, uint(8, 4), uint(12, 4));
  const head = version === 4 ? all(uint(4, 2), uint(0, 4), u8(8)) : all(uint(5, 2), u8(1, 8), uint(0, 4));
  const sections = sectionsWith({ info: sized(all(head, root)), abbreviations, ...more });
  const unit = new Units(sections).at(0);
  return unit === undefined ? [] : rangesOf(sections, unit, unit.root);
}

const SECTION_OFFSET = 0x17;
const LIST_INDEX = 0x23;

test("lists of DWARF 4: relative to the unit, and to another base", (t) => {
  const pair = (low: number, high: number): Buffer => all(uint(low, 8), uint(high, 8));
  const base = (address: number): Buffer => all(Buffer.alloc(8, 0xff), uint(address, 8));
  const ranges = all(
    pair(1, 2),
    base(0x8000),
    pair(0x10, 0x20),
    pair(5, 5),
    pair(9, 3),
    pair(0, 4),
    pair(0, 0),
  );
  t.deepEqual(listed(4, SECTION_OFFSET, uint(0, 4), { ranges }), [
    { low: 0x1001, high: 0x1002 },
    { low: 0x8010, high: 0x8020 },
    { low: 0x8000, high: 0x8004 },
  ]);
});

test("lists of DWARF 5: every kind of entry, by offset and by index", (t) => {
  const addresses = all(Buffer.alloc(8), uint(0xa000, 8), uint(0xb000, 8), uint(0xb800, 8));
  const list = all(
    ...[u8(4), uleb(0x10), uleb(0x200)],
    ...[u8(5), uint(0x8000, 8), u8(4), uleb(1), uleb(2)],
    ...[u8(1), uleb(0), u8(4), uleb(3), uleb(4)],
    ...[u8(2), uleb(1), uleb(2)],
    ...[u8(3), uleb(1), uleb(0x30)],
    ...[u8(6), uint(0xc000, 8), uint(0xc001, 8)],
    ...[u8(7), uint(0xd000, 8), uleb(0x300), u8(0)],
    ...[u8(7), uint(0xe000, 8), uleb(1)], // after the end
  );
  const wanted = [
    { low: 0x1010, high: 0x1200 },
    { low: 0x8001, high: 0x8002 },
    { low: 0xa003, high: 0xa004 },
    { low: 0xb000, high: 0xb800 },
    { low: 0xb000, high: 0xb030 },
    { low: 0xc000, high: 0xc001 },
    { low: 0xd000, high: 0xd300 },
  ];
  const rangeLists = all(Buffer.alloc(12), uint(8, 4), uint(0, 4), list);
  t.deepEqual(listed(5, SECTION_OFFSET, uint(20, 4), { rangeLists, addresses }), wanted);
  t.deepEqual(listed(5, LIST_INDEX, uleb(0), { rangeLists, addresses }), wanted);
  const unknown = all(Buffer.alloc(20), u8(7), uint(0x1000, 8), uleb(1), u8(99), list);
  t.is(listed(5, SECTION_OFFSET, uint(20, 4), { rangeLists: unknown, addresses }).length, 1);
});

test("what is inside a function that was inlined elsewhere is not here, with and without siblings", (t) => {
  for (const isSibling of [false, true]) {
    const sibling = isSibling ? u8(0x01, 0x13) : Buffer.alloc(0);
    const pc = u8(0x11, 0x01, 0x12, 0x0b);
    const abbreviations = all(
      ...[u8(1, 0x11, 1), pc, u8(0, 0)],
      ...[u8(2, 0x2e, 1, 0x03, 0x08), pc, u8(0, 0)],
      ...[u8(3, 0x1d, 1), sibling, u8(0x03, 0x08), pc, u8(0, 0, 0)],
    );
    const head = all(uint(4, 2), uint(0, 4), u8(8));
    const entry = (code: number, name: string, low: number, size: number): Buffer =>
      all(u8(code), ...(name === "" ? [] : [text(name)]), uint(low, 8), u8(size));
    const before = all(head, entry(1, "", 0x1000, 0xff), entry(2, "outer", 0x1000, 0xff));
    const inlined = (name: string, low: number, size: number, at: number, inside: Buffer): Buffer => {
      const rest = all(text(name), uint(low, 8), u8(size), inside, u8(0));
      return all(u8(3), ...(isSibling ? [uint(4 + at + 5 + rest.length, 4)] : []), rest);
    };
    const elsewhere = inlined(
      "elsewhere",
      0x1080,
      8,
      before.length,
      all(u8(3), ...(isSibling ? [uint(0, 4)] : []), text("wrong"), uint(0x1010, 8), u8(8), u8(0)),
    );
    const here = inlined("here", 0x1010, 8, before.length + elsewhere.length, Buffer.alloc(0));
    const info = sized(all(before, elsewhere, here, u8(0, 0)));
    const sections = sectionsWith({ info, abbreviations });
    const units = new Units(sections);
    const unit = new UnitIndex(sections, units).unitOf(0x1012);
    const scopes = unit === undefined ? [] : new Functions(sections, units).at(unit, 0x1012);
    t.deepEqual(
      scopes.map(({ name }) => name),
      ["outer", "here"],
      isSibling ? "with" : "without",
    );
  }
});
