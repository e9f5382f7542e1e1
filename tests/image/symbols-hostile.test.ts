/**
 * Debug information that is damaged or means harm: fewer frames, never an exception, never a wait.
 */
import test from "ava";
import fc from "fast-check";
import { RigError } from "../../src/core/errors.js";
import type { SymbolFrame } from "../../src/core/fault/symbols.js";
import { bytesOf } from "../../src/image/elf/bytes.js";
import { readElf, type Section } from "../../src/image/elf.js";
import { Cursor } from "../../src/image/dwarf/cursor.js";
import { Functions } from "../../src/image/dwarf/functions.js";
import { readLineHeader } from "../../src/image/dwarf/line-header.js";
import { runLineProgram } from "../../src/image/dwarf/line-program.js";
import { UnitIndex } from "../../src/image/dwarf/unit-index.js";
import { Units } from "../../src/image/dwarf/units.js";
import { readSymbols } from "../../src/image/read-symbols.js";
import { cpuMs } from "../cpu.js";
import { all, sectionsWith, sized, text, u8, uint, uleb } from "./dwarf-bytes.js";
import { compile, contentOf } from "./images.js";

/** Of processor time, which the counters of a coverage run multiply. */
const LIMIT_MS = 10_000;

const IMAGES = (["-gdwarf-4", "-gdwarf-5", "-gdwarf-5 -gdwarf64"] as const).map((flags) =>
  contentOf(compile("x86_64", ["inlined.c", "outside.c"], ["-g", ...flags.split(" ")])),
);
const sectionsOf = (content: Buffer): readonly Section[] =>
  readElf(bytesOf("image", content)).sections.filter(({ name }) => /^\.(?:debug_|symtab|strtab)/.test(name));
const SECTIONS = IMAGES.map(sectionsOf);
const ADDRESSES = Array.from({ length: 60 }, (_, n) => 0x100000n + BigInt(n * 11));

function within<T>(limitMs: number, work: () => T): T {
  const startMs = cpuMs();
  const result = work();
  const tookMs = cpuMs() - startMs;
  if (tookMs > limitMs) throw new Error(`took ${String(tookMs)} ms`);
  return result;
}

function framesOf(content: Uint8Array): readonly SymbolFrame[] {
  return within(LIMIT_MS, () => {
    try {
      const symbols = readSymbols(readElf(bytesOf("image", content)));
      return ADDRESSES.flatMap((address) => symbols.frames(address));
    } catch (error) {
      // Only what is wrong outside of the sections may be refused.
      if (error instanceof RigError && error.hint !== undefined) return [];
      throw error;
    }
  });
}

const isPlain = (frames: readonly SymbolFrame[]): boolean =>
  JSON.stringify(JSON.parse(JSON.stringify(frames))) === JSON.stringify(frames) &&
  frames.every(({ line = 1, column = 1 }) => [line, column].every((n) => Number.isSafeInteger(n) && n > 0));

const VALUES = fc.oneof(
  fc.integer({ min: 0, max: 255 }),
  fc.constantFrom(0, 1, 0x10, 0x1f, 0x7f, 0x80, 0xfe, 0xff),
);
const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

test("bytes of the debug sections changed at random", (t) => {
  let known = 0;
  const change = fc.record({
    section: share,
    place: share,
    value: VALUES,
    length: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(
      fc.nat({ max: IMAGES.length - 1 }),
      fc.array(change, { minLength: 1, maxLength: 8 }),
      (which, changes) => {
        const content = Buffer.from(IMAGES[which] ?? []);
        const sections = SECTIONS[which] ?? [];
        for (const { section, place, value, length } of changes) {
          const one = sections[Math.floor(section * sections.length)];
          if (one === undefined) continue;
          const at = one.offset + Math.floor(place * one.sizeBytes);
          content.fill(value, at, at + length);
        }
        const frames = framesOf(content);
        if (frames.length > 0) known += 1;
        return isPlain(frames);
      },
    ),
    { numRuns: 1500 },
  );
  t.true(known > 500, "most damage leaves something");
});

test("sections cut at any byte", (t) => {
  for (const [which, content] of IMAGES.entries())
    for (const { name, offset, sizeBytes } of SECTIONS[which] ?? [])
      for (let kept = 0; kept < sizeBytes; kept += 1 + (sizeBytes >> 5)) {
        const cut = Buffer.from(content);
        cut.fill(0xff, offset + kept, offset + sizeBytes);
        t.true(isPlain(framesOf(cut)), `${name} up to ${String(kept)}`);
      }
});

test("sections of nothing but random bytes", (t) => {
  const bytes = fc.uint8Array({ maxLength: 400 }).map((one) => Buffer.from(one));
  fc.assert(
    fc.property(bytes, bytes, bytes, bytes, (info, abbreviations, lines, lists) => {
      const sections = sectionsWith({
        info: all(uint(info.length + 7, 4), u8(4, 0), uint(0, 4), u8(8), info),
        abbreviations: all(u8(1, 0x11, 1, 0x55, 0x17, 0x10, 0x17, 0, 0), abbreviations),
        lines,
        ranges: lists,
        rangeLists: lists,
        unitRanges: lists,
      });
      return within(LIMIT_MS, () => {
        const units = new Units(sections);
        const functions = new Functions(sections, units);
        const index = new UnitIndex(sections, units);
        for (const address of [0, 0x1000, 0x123456]) index.unitOf(address);
        for (const offset of units.offsets) {
          const unit = units.at(offset);
          if (unit !== undefined) functions.at(unit, 0x1000);
        }
        const owner = { directory: undefined, name: undefined, addressBytes: 8 };
        const header = readLineHeader(new Cursor(lines, 0), sections, owner);
        if (header !== undefined) runLineProgram(header, sections.isCode);
        return true;
      });
    }),
    { numRuns: 3000 },
  );
  t.pass();
});

/** Abbreviations: 1 a unit with children, 2 a function of an origin, 3 an inlined one with ranges, 4 a declaration. */
const ABBREVIATIONS = all(
  ...[u8(1, 0x11, 1, 0x11, 0x01, 0x12, 0x07, 0, 0)],
  ...[u8(2, 0x2e, 1, 0x31, 0x13, 0x11, 0x01, 0x12, 0x07, 0, 0)],
  ...[u8(3, 0x1d, 1, 0x31, 0x13, 0x55, 0x17, 0, 0)],
  ...[u8(4, 0x2e, 0, 0x31, 0x13, 0, 0), u8(5, 0x2e, 0, 0x03, 0x08, 0, 0), u8(0)],
);

function unitWith(...entries: readonly Buffer[]): Buffer {
  const root = all(u8(1), uint(0x1000, 8), uint(0x1_0000, 8));
  return sized(all(uint(4, 2), uint(0, 4), u8(8), root, ...entries, u8(0)));
}

const scopesOf = (info: Buffer, more: object = {}) => {
  const sections = sectionsWith({ info, abbreviations: ABBREVIATIONS, ...more });
  const units = new Units(sections);
  const unit = new UnitIndex(sections, units).unitOf(0x1800);
  return unit === undefined ? undefined : new Functions(sections, units).at(unit, 0x1800);
};

const functionOf = (origin: number, ...inside: readonly Buffer[]): Buffer =>
  all(u8(2), uint(origin, 4), uint(0x1000, 8), uint(0x1000, 8), ...inside, u8(0));

/** Offset of the first entry after the one of the unit. */
const FIRST = 11 + 17;

test("origins that go in circles end without a name", (t) => {
  t.deepEqual(scopesOf(unitWith(functionOf(FIRST))), [{ name: undefined }]);
  const named = all(u8(5), text("real"));
  t.deepEqual(scopesOf(unitWith(named, functionOf(FIRST))), [{ name: "real" }]);
  const other = all(u8(4), uint(FIRST, 4));
  t.deepEqual(scopesOf(unitWith(other, functionOf(FIRST))), [{ name: undefined }]);
  t.deepEqual(scopesOf(unitWith(functionOf(0xffff_fff0))), [{ name: undefined }]);
});

test("a hundred thousand inlined functions with a long list each", (t) => {
  const one = all(u8(3), uint(0, 4), uint(0, 4), u8(0));
  const many = Buffer.concat(Array.from({ length: 100_000 }, () => one));
  const ranges = all(...Array.from({ length: 50_000 }, () => all(uint(0x9000, 8), uint(0x9001, 8))));
  const scopes = within(LIMIT_MS, () => scopesOf(unitWith(functionOf(FIRST, many)), { ranges }));
  t.is(scopes?.length, 1);
});

test("inlined functions nested a hundred thousand deep", (t) => {
  const depth = 100_000;
  const deep = all(
    ...Array.from({ length: depth }, () => all(u8(3), uint(0, 4), uint(0, 4))),
    Buffer.alloc(depth),
  );
  const ranges = all(uint(0, 8), uint(0x1000, 8), uint(0, 8), uint(0, 8));
  const scopes = within(LIMIT_MS, () => scopesOf(unitWith(functionOf(FIRST, deep)), { ranges }));
  t.is(scopes?.length, 64);
});

test("numbers beyond all bounds", (t) => {
  const huge = Buffer.alloc(400, 0xff);
  const cursor = new Cursor(huge, 0);
  cursor.uleb();
  t.true(cursor.isCut);
  t.is(new Cursor(Buffer.alloc(4), Number.NaN).u8(), 0);
  t.is(new Cursor(Buffer.alloc(4), 5).left, 0);
  t.is(new Cursor(Buffer.alloc(4), 0).part(Number.POSITIVE_INFINITY).left, 4);
  const skipped = new Cursor(Buffer.alloc(4), 0);
  skipped.skip(Number.NaN);
  t.true(skipped.isCut);
  const line = all(u8(4), uleb(2 ** 53), u8(3), huge.subarray(0, 200));
  const header = all(u8(1, 1, 1, 0xfb, 14, 4, 0, 1, 1, 0, 0));
  const program = sized(all(uint(4, 2), uint(header.length, 4), header, line));
  t.notThrows(() => {
    const read = readLineHeader(new Cursor(program, 0), sectionsWith({}), {
      directory: "",
      name: "",
      addressBytes: 8,
    });
    if (read !== undefined) runLineProgram(read, () => true);
  });
});
