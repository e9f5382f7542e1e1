/**
 * The bytes in which a guest keeps the rounds of its benchmarks: read as they are written, and damage is a benchmark that was not
 * counted, never another count.
 */
import test from "ava";
import fc from "fast-check";
import { readBenchmarks } from "../../src/image/benchmarks.js";
import { amount } from "../amount.js";

const [HEAD, ENTRY, ENTRIES, COUNT, COUNTS] = [16, 40, 256, 8, 4096];

/** Written from docs/protocol.md, apart from the reader. */
function seal(view: DataView, at: number, words: number, seed: number): number {
  let hash = 2_166_136_261 ^ seed;
  for (let nth = 0; nth < words; nth += 1)
    hash = Math.imul(hash ^ view.getUint32(at + 4 * nth, true), 16_777_619);
  return hash >>> 0;
}

interface Entry {
  readonly entry: number;
  readonly unit?: number;
  readonly first?: number;
  readonly rounds?: number;
  readonly calls?: number;
  readonly counts: readonly bigint[];
  readonly limit?: bigint;
}
const NONE = 0xffff_ffff_ffff_ffffn;
const placeOf = (nth: number): number => HEAD + ENTRIES * ENTRY + nth * COUNT;

function bytesWith(entries: readonly Entry[], said = entries.length): Uint8Array {
  const bytes = new Uint8Array(placeOf(COUNTS));
  const view = new DataView(bytes.buffer);
  let taken = 0;
  entries.forEach(({ counts, ...one }, nth) => {
    const { entry, unit = 1, first = taken, rounds = counts.length, calls = 1, limit = NONE } = one;
    const at = HEAD + nth * ENTRY;
    counts.forEach((count, index) => {
      view.setBigUint64(placeOf(taken + index), count, true);
    });
    [entry, unit, first, rounds, calls, seal(view, placeOf(taken), 2 * counts.length, nth)].forEach(
      (word, index) => {
        view.setUint32(at + 4 * index, word, true);
      },
    );
    view.setBigUint64(at + 24, limit, true);
    view.setUint32(at + 36, seal(view, at, 9, nth), true);
    taken += counts.length;
  });
  view.setUint32(0, 0x31627475, true);
  view.setUint32(4, said, true);
  view.setUint32(8, taken, true);
  view.setUint32(12, seal(view, 0, 3, 0), true);
  return bytes;
}

const TWO: readonly Entry[] = [
  { entry: 3, counts: [100n, 100n, 102n], limit: 120n },
  { entry: 7, unit: 2, calls: 4, counts: [800n, 1200n] },
];
const WHOLE = bytesWith(TWO);

test("rounds as the guest writes them", (t) => {
  t.deepEqual(
    [...readBenchmarks(WHOLE)],
    [
      [3, { unit: "instructions", counts: [100, 100, 102], limit: 120 }],
      [7, { unit: "nanoseconds", counts: [200, 300] }],
    ],
  );
});

test("nothing was counted where the bytes are none, too few, or contradict themselves", (t) => {
  t.is(readBenchmarks(new Uint8Array(WHOLE.length)).size, 0);
  t.is(readBenchmarks(WHOLE.subarray(0, WHOLE.length - 1)).size, 0);
  t.is(readBenchmarks(new Uint8Array()).size, 0);
  t.is(readBenchmarks(bytesWith(TWO, 4_000_000_000)).size, 2);
  for (const wrong of [
    { unit: 0 },
    { unit: 3 },
    { rounds: 0 },
    { rounds: 4097 },
    { rounds: 0xffff_ffff },
    { first: 4096 },
    { first: 0xffff_ffff },
    { first: 1 },
    { calls: 0 },
  ])
    t.is(
      readBenchmarks(bytesWith([{ entry: 3, counts: [1n, 2n], ...wrong }])).size,
      0,
      JSON.stringify(wrong),
    );
});

test("no damage throws, and none makes another count", (t) => {
  const last = placeOf(5) - 1;
  const place = fc.oneof(
    fc.integer({ min: 0, max: HEAD + 2 * ENTRY - 1 }),
    fc.integer({ min: placeOf(0), max: last }),
  );
  // Of words, since the seal is made of them: bytes that fit each other in neighbouring words would be no accident.
  const mask = fc.integer({ min: 1, max: 0xffff_ffff });
  const places = fc.array(fc.tuple(place, mask), { minLength: 1, maxLength: 3 });
  const known = new Map([...readBenchmarks(WHOLE)].map(([entry, rounds]) => [entry, JSON.stringify(rounds)]));
  fc.assert(
    fc.property(places, (damage) => {
      const bytes = Uint8Array.from(WHOLE);
      const view = new DataView(bytes.buffer);
      for (const [at, by] of damage) {
        const word = at - (at % 4);
        view.setUint32(word, view.getUint32(word, true) ^ by, true);
      }
      for (const [entry, rounds] of readBenchmarks(bytes))
        t.true(JSON.stringify(rounds) === known.get(entry));
    }),
    { numRuns: amount(3000, 200) },
  );
});
