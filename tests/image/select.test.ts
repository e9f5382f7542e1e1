/**
 * The selection in an image: exactly the wanted cases, in the wanted order, and not one other byte; also in raw images and
 * where start-up code writes to the table.
 */
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import test from "ava";
import fc from "fast-check";
import { RigError } from "../../src/core/errors.js";
import { bytesOf } from "../../src/image/elf/bytes.js";
import { readElf } from "../../src/image/elf.js";
import { loadedPart } from "../../src/image/elf/loaded.js";
import { selectorOf } from "../../src/image/select.js";
import type { TableCase, TestTable } from "../../src/image/testtab.js";
import { cpuMs } from "../cpu.js";
import {
  compile,
  contentOf,
  imageOf,
  newPath,
  objcopy,
  strippedImageOf,
  VARIANTS,
  type Variant,
} from "./images.js";
import {
  allOf,
  casesIn,
  select,
  started,
  tableIn,
  wantedOf,
  withOwnRelocations,
  type Cases,
} from "./selecting.js";

const contents = new Map<string, Buffer>();
function contentsOf(variant: Variant, isStripped: boolean): Buffer {
  const key = `${variant} ${String(isStripped)}`;
  const known = contents.get(key) ?? contentOf(isStripped ? strippedImageOf(variant) : imageOf(variant));
  contents.set(key, known);
  return known;
}

test("everything in the order of the table: not one byte changes", (t) => {
  for (const variant of VARIANTS)
    for (const isStripped of [false, true]) {
      const content = contentsOf(variant, isStripped);
      t.true(select(content, allOf(content)).equals(content), variant);
    }
});

/** Any cases of any suites of the fixture, in any order. */
const selections: fc.Arbitrary<Cases> = fc
  .record({
    foo: fc.shuffledSubarray(["alpha", "bar_eta", "beta"]),
    foo_bar: fc.shuffledSubarray(["eta", "zeta"]),
    at_start: fc.shuffledSubarray(["only"]),
    strange: fc.shuffledSubarray(["last"]),
  })
  .chain((all) => fc.subarray(Object.keys(all)).map((names) => pick(all, names)));

const pick = (all: Cases, names: readonly string[]): Cases =>
  Object.fromEntries(names.map((name) => [name, all[name] ?? []]));

const withoutAddress = ({ name, description, file, line, entries }: TableCase) => ({
  ...{ name, description, file, line, entries },
});

test("any cases in any order: the table holds them and nothing else, and nothing else changes", (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...VARIANTS), fc.boolean(), selections, (variant, isStripped, wanted) => {
      const content = contentsOf(variant, isStripped);
      const result = select(content, wanted);
      const [before, after] = [tableIn(content), tableIn(result)];
      for (const { name, cases, hasInit } of after.suites) {
        t.deepEqual(
          cases.map((one) => one.name),
          wanted[name] ?? [],
        );
        t.is(hasInit, name === "foo_bar" && name in wanted);
        const known = before.suites.find((one) => one.name === name)?.cases ?? [];
        for (const one of cases)
          t.deepEqual(
            [withoutAddress(one)],
            known.filter((other) => other.name === one.name).map(withoutAddress),
          );
      }
      // Those left over are still whole records, which is how a reader without symbols gets past them.
      const count = Object.values(wanted).reduce((sum, { length }) => sum + length, 0);
      t.is(after.orphans.length, 7 + 2 - count);
      t.is(result.length, content.length);
      if (before.isRelocated) return;
      const [from, to] = [before.fileOffset, before.fileOffset + before.recordBytes];
      t.true(result.subarray(0, from).equals(content.subarray(0, from)));
      t.true(result.subarray(to).equals(content.subarray(to)));
    }),
    { numRuns: 300 },
  );
});

/** What evidence is read by. */
const forEvidence = ({ bytes, address, recordBytes, wordBytes, halfBytes, suites }: TestTable) => ({
  ...{ bytes: Buffer.from(bytes), address, recordBytes, wordBytes, halfBytes },
  suites: suites.map(({ address: at, name, hasInit, cases }) => ({ at, name, hasInit, cases })),
});

test("the table that comes with a copy is the one that is in it, also where only what is loaded is copied", (t) => {
  fc.assert(
    fc.property(fc.constantFrom(...VARIANTS), fc.boolean(), selections, (variant, isStripped, wanted) => {
      const content = contentsOf(variant, isStripped);
      const whole = { name: "image", content };
      const { content: result, table } = selectorOf(whole).select(wantedOf(wanted));
      t.deepEqual(forEvidence(table), forEvidence(tableIn(result)));
      const loaded = loadedPart("image", content);
      const short = selectorOf(whole, undefined, loaded).select(wantedOf(wanted));
      t.deepEqual(forEvidence(short.table), forEvidence(table));
      const { segments, sections } = readElf(bytesOf("image", short.content));
      t.deepEqual(sections, []);
      t.deepEqual(segments, readElf(bytesOf("image", result)).segments);
      for (const { offset, fileBytes } of segments)
        t.true(
          short.content
            .subarray(offset, offset + fileBytes)
            .equals(result.subarray(offset, offset + fileBytes)) ||
            // The header of the file is in the first segment of some images.
            offset === 0,
        );
      if (!isStripped) t.true(short.content.length < content.length);
    }),
    { numRuns: 100 },
  );
});

test("what is loaded of something that is no sound ELF is all of it", (t) => {
  const content = contentsOf("x86_64", false);
  const cut = content.subarray(0, 80);
  for (const all of [Buffer.from("no ELF at all"), Buffer.alloc(0), cut, gzipSync(content)])
    t.is(loadedPart("image", all), all);
});

test("a suite that is not wanted has no init function; one without cases keeps it if it is wanted", (t) => {
  const content = contentOf(compile("x86_64", ["boot.c"]));
  t.deepEqual(casesIn(select(content, { alpha: ["two"] })), { alpha: ["two"] });
  t.deepEqual(casesIn(select(content, { alpha: ["two"], empty: [] })), { alpha: ["two"], empty: [] });
  t.deepEqual(casesIn(select(content, { alpha: [] })), { alpha: [] });
  t.deepEqual(casesIn(select(content, {})), {});
});

test("what the image does not have is refused by name", (t) => {
  const content = contentsOf("x86_64", false);
  for (const [wanted, message] of [
    [{ bar: [] }, "image: has no suite bar"],
    [{ foo: ["alpha", "gamma"] }, "image: has no case foo.gamma"],
    [{ gone: ["lost"] }, "image: has no suite gone"],
    [{ foo: ["alpha", "alpha"] }, "image: foo.alpha cannot run twice in one boot"],
  ] as const) {
    const error = t.throws(() => select(content, wanted), { instanceOf: RigError, message });
    t.truthy(error.hint);
  }
});

/** A raw image, as arm64 guests have it, and the file that it was made from. */
function raw(variant: Variant): { readonly content: Buffer; readonly linked: Buffer } {
  const path = imageOf(variant);
  return { content: contentOf(objcopy(path, variant, "-O", "binary")), linked: contentOf(path) };
}

/** What a raw image would be read as: the linked file with the bytes of the raw one where they came from. */
function backIn(linked: Buffer, content: Buffer, skip = 0): Buffer {
  const copy = Buffer.from(linked);
  const { segments } = readElf(bytesOf("linked", linked));
  const base = segments.map(({ address }) => address).reduce((least, one) => (one < least ? one : least));
  for (const { address, offset, fileBytes } of segments) {
    const from = skip + Number(address - base);
    content.copy(copy, offset, from, Math.min(from + fileBytes, content.length));
  }
  return copy;
}

test("a raw image is changed by the addresses of the file it was made from", (t) => {
  const wanted = { foo: ["beta", "alpha"], strange: ["last"] };
  for (const variant of ["arm64", "arm64-wide", "arm64-pie", "x86_64"] as const) {
    const { content, linked } = raw(variant);
    const symbols = { name: "image.dbg", content: linked };
    const result = select(content, wanted, { symbols });
    t.is(result.length, content.length);
    t.deepEqual(casesIn(started(backIn(linked, result))), wanted, variant);
    // A header in front moves everything: then the table itself is looked for.
    const after = Buffer.concat([Buffer.alloc(72, 0x90), content]);
    const moved = select(after, wanted, { symbols });
    t.deepEqual(casesIn(backIn(linked, moved, 72)), wanted, variant);
  }
});

test("a raw image that cannot be changed says why", (t) => {
  const { content, linked } = raw("arm64");
  const symbols = { name: "image.dbg", content: linked };
  const wanted = { foo: ["alpha"] };
  const refused = (image: Uint8Array, options: Parameters<typeof select>[2], message: RegExp): void => {
    const error = t.throws(() => select(image, wanted, options), { instanceOf: RigError, message });
    t.truthy(error.hint);
  };
  refused(content, {}, /^image: not an ELF file/);
  refused(gzipSync(content), { symbols }, /^image: the test table of image\.dbg is not in it$/);
  refused(Buffer.alloc(0), { symbols }, /^image: the test table of image\.dbg is not in it$/);
  refused(Buffer.alloc(0), {}, /^image: not an ELF file/);
  const twice = Buffer.concat([Buffer.alloc(8), content, content]);
  refused(twice, { symbols }, /^image: holds the test table more than once$/);
  const other = Buffer.from(contentsOf("arm64", true));
  other.writeUInt8(other.readUInt8(tableIn(other).fileOffset) ^ 1, tableIn(other).fileOffset);
  refused(other, { symbols }, /^image: does not hold the tables of image\.dbg$/);
});

test("a stripped image, with the file that has its symbols", (t) => {
  for (const variant of VARIANTS) {
    const symbols = { name: "image.dbg", content: contentsOf(variant, false) };
    const wanted = { foo_bar: ["zeta"], at_start: ["only"] };
    const result = select(contentsOf(variant, true), wanted, { symbols });
    t.deepEqual(casesIn(result), wanted, variant);
  }
  // The container of a guest is a 32-bit ELF, its symbols are in a 64-bit one.
  const symbols = { name: "image.dbg", content: contentsOf("x86_64", false) };
  const result = select(contentsOf("multiboot", true), { foo: ["beta"] }, { symbols });
  t.deepEqual(casesIn(result), { foo: ["beta"] });
});

test("what start-up code writes to the table follows the records", (t) => {
  const own = compile("x86_64-pie", ["boot.c", "own-relocations.c"]);
  writeFileSync(own, withOwnRelocations(contentOf(own)));
  const wrapped = objcopy(own, "x86_64-pie", "-R", ".rela.dyn", "-I", "elf64-x86-64", "-O", "elf32-i386");
  const images = {
    rela: contentOf(compile("arm64-rela", ["boot.c"])),
    pie: contentOf(compile("arm64-pie", ["boot.c"])),
    own: contentOf(own),
    wrapped: contentOf(wrapped),
  };
  for (const [name, content] of Object.entries(images)) {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(["one", "two", "three", "four"]),
        fc.subarray(["alpha", "beta", "empty"]),
        (cases, suites) => {
          const wanted = pick({ alpha: cases, beta: ["one"], empty: [] }, suites);
          const result = select(content, wanted);
          t.deepEqual(casesIn(started(result)), wanted, name);
          t.deepEqual(
            descriptionsIn(started(result)),
            cases.includes("two") && "alpha" in wanted ? ["two"] : [],
          );
        },
      ),
      { numRuns: 60 },
    );
  }
});

/** The cases that have a description: a pointer that only some records relocate. */
const descriptionsIn = (content: Buffer): readonly string[] =>
  tableIn(content).suites.flatMap(({ cases }) =>
    cases.filter(({ description }) => description !== undefined).map(({ name }) => name),
  );

/** Of processor time. */
const LIMIT_MS = 10_000;

/** The copy of an image, or nothing when it was refused as it should be. Anything else is a failure. */
function copyOrRefusal(content: Buffer, symbols: Buffer | undefined, wanted: Cases): Buffer | undefined {
  const startMs = cpuMs();
  try {
    const options = symbols === undefined ? {} : { symbols: { name: "image.dbg", content: symbols } };
    return select(content, wanted, options);
  } catch (error) {
    if (error instanceof RigError && error.hint !== undefined) return undefined;
    throw error;
  } finally {
    const tookMs = cpuMs() - startMs;
    if (tookMs > LIMIT_MS) throw new Error(`took ${tookMs} ms`);
  }
}

const changes = fc.array(
  fc.record({
    place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    value: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)),
  }),
  { minLength: 1, maxLength: 12 },
);

function damagedBy(
  content: Buffer,
  flips: readonly { readonly place: number; readonly value: number }[],
): Buffer {
  const copy = Buffer.from(content);
  for (const { place, value } of flips) copy[Math.floor(place * copy.length)] = value;
  return copy;
}

test("damaged images and damaged symbols: a refusal, or an image of the same length", (t) => {
  const boot = compile("x86_64-pie", ["boot.c", "own-relocations.c"]);
  const own = withOwnRelocations(contentOf(boot));
  const inputs = [...VARIANTS.map((variant) => contentsOf(variant, false)), own];
  const every = inputs.map((content) => allOf(content));
  let refused = 0;
  let copied = 0;
  fc.assert(
    fc.property(
      fc.nat(inputs.length - 1),
      fc.constantFrom("image", "symbols", "both"),
      changes,
      (n, where, flips) => {
        const content = inputs[n] ?? Buffer.alloc(0);
        const bad = damagedBy(content, flips);
        const wanted = Object.fromEntries(Object.entries(every[n] ?? {}).slice(1));
        const copy = copyOrRefusal(
          where === "symbols" ? content : bad,
          where === "image" ? undefined : bad,
          wanted,
        );
        if (copy === undefined) refused += 1;
        else copied += 1;
        return copy === undefined || copy.length === content.length;
      },
    ),
    { numRuns: 2000 },
  );
  t.true(refused > 100 && copied > 100, `${refused} refused, ${copied} copied`);
  for (let length = 0; length < own.length; length += 7) {
    const cut = own.subarray(0, length);
    t.is(copyOrRefusal(cut, own, {})?.length ?? length, length);
    t.is(copyOrRefusal(own, cut, {}), undefined);
  }
});

test("an image that is only read stays as it was", (t) => {
  const path = newPath();
  writeFileSync(path, contentsOf("arm64", false));
  const content = contentOf(path);
  select(content, { foo: ["beta"] });
  t.true(content.equals(contentsOf("arm64", false)));
});
