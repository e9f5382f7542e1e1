import test from "ava";
import fc from "fast-check";
import { RigError } from "../../src/core/errors.js";
import type { Plan } from "../../src/core/plan.js";
import { addressSpaceOf } from "../../src/image/elf/address-space.js";
import { bytesOf } from "../../src/image/elf/bytes.js";
import { readElf } from "../../src/image/elf.js";
import { planOf } from "../../src/image/plan.js";
import { relocate } from "../../src/image/elf/relocations.js";
import { readSymbols } from "../../src/image/elf/symbols.js";
import { readTestTable } from "../../src/image/testtab.js";
import { cpuMs } from "../cpu.js";
import { contentOf, imageOf, strippedImageOf, VARIANTS, type Variant } from "./images.js";

/** Of processor time. */
const LIMIT_MS = 10_000;

/** The plan of an image, or undefined when it was refused as it should be. Anything else is a failure. */
function planOrRefusal(content: Uint8Array): Plan | undefined {
  const startMs = cpuMs();
  try {
    return planOf(readTestTable(readElf(bytesOf("image", content))));
  } catch (error) {
    if (error instanceof RigError && error.hint !== undefined) return undefined;
    throw error;
  } finally {
    const tookMs = cpuMs() - startMs;
    if (tookMs > LIMIT_MS) throw new Error(`took ${tookMs} ms`);
  }
}

/** True for a plan that the rest of the house can rely on. */
function isSound(plan: Plan): boolean {
  const cases = [...plan.suites.flatMap((suite) => suite.cases), ...plan.orphans];
  const ascending = (sites: readonly number[]): boolean =>
    sites.every((line, n) => Number.isInteger(line) && line > (sites[n - 1] ?? 0));
  return (
    JSON.stringify(JSON.parse(JSON.stringify(plan))) === JSON.stringify(plan) &&
    cases.every((one) => ascending(one.sites) && (one.line === undefined || one.line > 0))
  );
}

for (const variant of VARIANTS) {
  test(`${variant}: cut at every byte, it is refused`, (t) => {
    for (const path of [imageOf(variant), strippedImageOf(variant)]) {
      const content = contentOf(path);
      t.not(planOrRefusal(content), undefined);
      const accepted = [...content.keys()].filter((length) => planOrRefusal(content.subarray(0, length)));
      // The section headers come last, so nothing can be missing without being missed.
      t.deepEqual(accepted, []);
    }
  });
}

const contents = new Map<Variant, readonly Buffer[]>();
const contentsOf = (variant: Variant): readonly Buffer[] => {
  const known = contents.get(variant) ?? [contentOf(imageOf(variant)), contentOf(strippedImageOf(variant))];
  contents.set(variant, known);
  return known;
};

const flips = fc.array(
  fc.record({
    place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    // Extremes and small steps reach further than any random byte does.
    value: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)),
  }),
  { minLength: 1, maxLength: 12 },
);

test("bytes changed at random: a refusal or a sound plan", (t) => {
  let refused = 0;
  let planned = 0;
  fc.assert(
    fc.property(fc.constantFrom(...VARIANTS), fc.boolean(), flips, (variant, stripped, changes) => {
      const content = Buffer.from(contentsOf(variant)[stripped ? 1 : 0] ?? []);
      for (const { place, value } of changes) content[Math.floor(place * content.length)] = value;
      const plan = planOrRefusal(content);
      if (plan === undefined) refused += 1;
      else planned += 1;
      return plan === undefined || isSound(plan);
    }),
    { numRuns: 3000 },
  );
  t.true(refused > 100 && planned > 100, `${refused} refused, ${planned} planned`);
});

test("every byte of headers and table, one at a time", (t) => {
  const content = contentOf(strippedImageOf("i386"));
  let refused = 0;
  for (const at of content.keys()) {
    for (const value of [0, 0x7f, 0xff]) {
      const changed = Buffer.from(content);
      changed[at] = value;
      const plan = planOrRefusal(changed);
      if (plan === undefined) refused += 1;
      else if (!isSound(plan)) t.fail(`byte ${at} = ${value}`);
    }
  }
  t.true(refused > 300, `${refused} refused`);
});

test("random bytes after a sound beginning", (t) => {
  const header = contentOf(imageOf("x86_64")).subarray(0, 64);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4096 }), (tail) => {
      const plan = planOrRefusal(Buffer.concat([header, tail]));
      return plan === undefined || isSound(plan);
    }),
    { numRuns: 500 },
  );
  t.is(planOrRefusal(header), undefined);
});

test("many headers for the same bytes are no way to make it read for ever", (t) => {
  const bytes = bytesOf("image", contentOf(imageOf("x86_64-pie")));
  const elf = readElf(bytes);
  const startMs = cpuMs();
  const rela = elf.sections.filter((section) => section.name === ".rela.dyn");
  t.is(rela.length, 1);
  const relocations = { ...elf, sections: Array.from({ length: 100_000 }, () => rela).flat() };
  t.throws(() => relocate(relocations, 0n, Buffer.alloc(64)), {
    instanceOf: RigError,
    message: "image: the relocations are longer than the file",
  });
  const loaded = { ...elf, segments: Array.from({ length: 2000 }, () => elf.segments).flat() };
  t.throws(() => readTestTable(loaded), { instanceOf: RigError, message: /loaded in \d+ parts$/ });
  const large = elf.sections.map((section) => ({ ...section, sizeBytes: 2 ** 40 }));
  t.throws(() => readSymbols({ ...elf, sections: large }, () => true), {
    instanceOf: RigError,
    message: /claims \d+ symbols$/,
  });
  t.true(cpuMs() - startMs < LIMIT_MS);
});

test("texts are bounded one by one and together", (t) => {
  // A text ends at the last byte of each 5000.
  const content = Buffer.alloc(50_000, 0x61);
  for (let end = 4999; end < content.length; end += 5000) content[end] = 0;
  const segments = [{ address: 0n, offset: 0, fileBytes: content.length }];
  const bytes = bytesOf("image", content);
  const space = addressSpaceOf({
    bytes,
    bits: 64,
    architecture: "x86_64",
    sections: [],
    segments,
    notes: [],
  });
  t.is(space.text(4999n - 4095n, "it").length, 4095);
  t.throws(() => space.text(4999n - 4096n, "it"), { instanceOf: RigError, message: "image: it has no end" });
  t.throws(
    () => {
      for (let at = 0; at < content.length; at++) if (at % 5000 > 1000) space.text(BigInt(at), "it");
    },
    { instanceOf: RigError, message: "image: the texts of the test table are too long" },
  );
});
