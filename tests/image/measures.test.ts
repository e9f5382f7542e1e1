/**
 * The bytes in which a guest keeps what its cases did with memory: read as they are written, and no damage makes them say
 * less than nothing.
 */
import test from "ava";
import fc from "fast-check";
import { readMeasures } from "../../src/image/measures.js";
import { amount } from "../amount.js";

const [HEAD, ENTRY, ENTRIES, LEAK, LEAKS] = [16, 64, 4096, 80, 256];

/** Written from docs/protocol.md, apart from the reader. */
function seal(view: DataView, at: number, words: number, seed: number): number {
  let hash = 2_166_136_261 ^ seed;
  for (let nth = 0; nth < words; nth += 1)
    hash = Math.imul(hash ^ view.getUint32(at + 4 * nth, true), 16_777_619);
  return hash >>> 0;
}

interface Entry {
  readonly entry: number;
  readonly state: number;
  readonly values: readonly bigint[];
  readonly limits?: readonly bigint[];
}
const NONE = 0xffff_ffff_ffff_ffffn;

function bytesWith(
  entries: readonly Entry[],
  leaks: readonly (readonly [entry: number, bytes: bigint, ...trace: bigint[]])[] = [],
  said = [entries.length, leaks.length],
): Uint8Array {
  const bytes = new Uint8Array(HEAD + ENTRIES * ENTRY + LEAKS * LEAK);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x316d7475, true);
  view.setUint32(4, said[0] ?? 0, true);
  view.setUint32(8, said[1] ?? 0, true);
  view.setUint32(12, seal(view, 0, 3, 0), true);
  entries.forEach(({ entry, state, values, limits = [NONE, NONE, NONE] }, nth) => {
    const at = HEAD + nth * ENTRY;
    view.setUint32(at, entry, true);
    view.setUint32(at + 4, state, true);
    values.forEach((value, index) => {
      view.setBigInt64(at + 8 + 8 * index, value, true);
    });
    limits.forEach((value, index) => {
      view.setBigUint64(at + 32 + 8 * index, value, true);
    });
    view.setUint32(at + 60, seal(view, at, 15, nth), true);
  });
  leaks.forEach(([entry, size, ...trace], nth) => {
    const at = HEAD + ENTRIES * ENTRY + nth * LEAK;
    view.setBigUint64(at, size, true);
    trace.forEach((address, depth) => {
      view.setBigUint64(at + 8 + 8 * depth, address, true);
    });
    view.setUint32(at + 72, entry, true);
    view.setUint32(at + 76, seal(view, at, 19, nth), true);
  });
  return bytes;
}

const TWO: readonly Entry[] = [
  { entry: 1, state: 2, values: [64n, 1n, 5000n], limits: [NONE, 3n, 4096n] },
  { entry: 4, state: 3, values: [-64n, -1n, 0n] },
];
const WHOLE = bytesWith(TWO, [
  [1, 40n, 0x1001n, 0x2001n],
  [1, 24n, 0x1001n],
]);

test("measures as the guest writes them", (t) => {
  t.deepEqual(
    [...readMeasures(WHOLE)],
    [
      [
        1,
        {
          again: "held",
          values: { leaked_bytes: 64, leaked_blocks: 1, peak_bytes: 5000 },
          limits: { leaked_blocks: 3, peak_bytes: 4096 },
          held: [
            { bytes: 40, trace: ["1000", "2000"] },
            { bytes: 24, trace: ["1000"] },
          ],
        },
      ],
      [
        4,
        {
          again: "failed",
          values: { leaked_bytes: -64, leaked_blocks: -1, peak_bytes: 0 },
          limits: {},
          held: [],
        },
      ],
    ],
  );
});

test("nothing was measured where the bytes are none, too few, or say more than there is room for", (t) => {
  t.is(readMeasures(new Uint8Array(WHOLE.length)).size, 0);
  t.is(readMeasures(WHOLE.subarray(0, WHOLE.length - 1)).size, 0);
  t.is(readMeasures(new Uint8Array()).size, 0);
  t.is(readMeasures(bytesWith(TWO, [], [4_000_000_000, 4_000_000_000])).size, 2);
});

test("no damage throws, and none makes a leak smaller than it is", (t) => {
  // Words, since the seal is made of them: bytes that fit each other in neighbouring words would be no accident.
  const word = fc.integer({ min: 0, max: (HEAD + 2 * ENTRY) / 4 - 1 });
  const places = fc.array(fc.tuple(word, fc.integer({ min: 1, max: 0xffff_ffff })), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(places, (flips) => {
      const damaged = WHOLE.slice();
      const view = new DataView(damaged.buffer);
      for (const [at, mask] of flips) view.setUint32(4 * at, view.getUint32(4 * at, true) ^ mask, true);
      const read = readMeasures(damaged).get(1);
      return read === undefined || read.values.leaked_bytes === 64;
    }),
    { numRuns: amount(20_000, 1000) },
  );
  t.pass();
});
