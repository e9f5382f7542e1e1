/**
 * Where counters of gcc lie, in images as gcc 10 to 15 would make them: layouts by hand for each version and width, and
 * tables that are damaged. What a real compiler makes is tested in runner/coverage.test.ts.
 */
import test from "ava";
import fc from "fast-check";
import { RigError } from "../../src/core/errors.js";
import { gcdaOf } from "../../src/coverage/gcda.js";
import { bytesOf } from "../../src/image/elf/bytes.js";
import type { Elf } from "../../src/image/elf.js";
import { withImage } from "../../src/image/elf/bytes.js";
import { readElf } from "../../src/image/elf.js";
import { gcovIn, hasGcov, lacksGcovTable, majorOf } from "../../src/image/gcov.js";
import { amount } from "../amount.js";
import { compile, objcopy } from "./images.js";

const BASE = 0x1000;
const SIZE = 0x400;
const COUNTERS = 0x9000;
const KINDS: Readonly<Record<number, number>> = { 10: 8, 11: 8, 12: 8, 13: 8, 14: 9, 15: 10 };
const versionOf = (gcc: number): number =>
  ((0x41 + Math.floor(gcc / 10)) << 24) | ((0x30 + (gcc % 10)) << 16) | 0x322a;

/** An image with one object and two functions, of which the second one belongs to another object. */
function image(gcc: number, bits: 32 | 64, change?: (bytes: Buffer) => void): Elf {
  const word = bits / 8;
  const bytes = Buffer.alloc(SIZE);
  const put = (at: number, value: number): void => {
    if (word === 8) bytes.writeBigUInt64LE(BigInt(value), at);
    else bytes.writeUInt32LE(value, at);
  };
  const [info, list, one, other, name] = [0x40, 0x180, 0x1c0, 0x200, 0x280];
  put(0, BASE + info);
  const hasChecksum = gcc >= 12;
  bytes.writeUInt32LE(versionOf(gcc), info);
  const stamp = info + 2 * word;
  bytes.writeUInt32LE(0x51a2b3c4, stamp);
  if (hasChecksum) bytes.writeUInt32LE(0xc0ffee, stamp + 4);
  const named = word === 8 ? stamp + 8 : stamp + (hasChecksum ? 8 : 4);
  put(named, BASE + name);
  put(named + word, 0xdead);
  const functions = named + word + (KINDS[gcc] ?? 0) * word;
  bytes.writeUInt32LE(2, functions);
  put(functions + word, BASE + list);
  put(list, BASE + one);
  put(list + word, BASE + other);
  for (const [at, owner, ident] of [
    [one, BASE + info, 7],
    [other, BASE + 0x100, 8],
  ] as const) {
    put(at, owner);
    [ident, 70, 700].forEach((value, nth) => bytes.writeUInt32LE(value, at + word + 4 * nth));
    const counters = at + Math.ceil((word + 12) / word) * word;
    bytes.writeUInt32LE(3, counters);
    put(counters + word, COUNTERS);
  }
  bytes.write("/build/ring.c.gcda\0", name, "latin1");
  change?.(bytes);
  const section = { type: 1, flags: 0, link: 0 };
  return {
    bytes: bytesOf("image", bytes),
    architecture: bits === 64 ? "x86_64" : "i386",
    bits,
    sections: [
      { ...section, name: ".data", address: BigInt(BASE), offset: 0, sizeBytes: SIZE },
      { ...section, name: ".gcov_info", address: 0n, offset: 0, sizeBytes: word },
    ],
    segments: [],
    notes: [],
  } as unknown as Elf;
}

for (const gcc of [10, 11, 12, 13, 14, 15])
  for (const bits of [32, 64] as const)
    test(`the tables of gcc ${String(gcc)} on ${String(bits)} bits`, (t) => {
      const map = gcovIn(image(gcc, bits));
      t.deepEqual(map?.objects, [
        {
          dataFile: "/build/ring.c.gcda",
          version: versionOf(gcc),
          gcc,
          stamp: 0x51a2b3c4,
          ...(gcc >= 12 && { checksum: 0xc0ffee }),
          functions: [
            {
              ident: 7,
              linesChecksum: 70,
              graphChecksum: 700,
              counters: [{ kind: 0, first: 0, count: 3 }],
            },
            undefined,
          ],
          counters: 3,
        },
      ]);
      t.deepEqual(map?.ranges, [{ address: COUNTERS, bytes: 24 }]);
      const memory = Buffer.alloc(24);
      memory.writeBigUInt64LE(5n, 8);
      const counts = map?.counts([memory]);
      t.deepEqual(counts, [BigUint64Array.of(0n, 5n, 0n)]);
      t.is(map?.counts([memory.subarray(1)]), undefined);
      t.is(map?.counts([undefined]), undefined);
      const [object] = map?.objects ?? [];
      const words =
        object === undefined
          ? []
          : [...new Uint32Array(gcdaOf(object, counts?.[0] ?? new BigUint64Array()).buffer)];
      const unit = gcc >= 12 ? 4 : 1;
      t.deepEqual(words, [
        ...[0x67636461, versionOf(gcc), 0x51a2b3c4, ...(gcc >= 12 ? [0xc0ffee] : [])],
        ...[0xa1000000, 2 * unit, 1, 5],
        ...[0x01000000, 3 * unit, 7, 70, 700],
        ...[0x01a10000, 6 * unit, 0, 0, 5, 0, 0, 0],
        ...[0x01000000, 0, 0],
      ]);
    });

test("versions are four characters", (t) => {
  t.is(majorOf(0x4232322a), 12);
  t.is(majorOf(0x4235312a), 15);
  t.is(majorOf(0), undefined);
});

test("an image without counters has no map, and one that contradicts itself is one error", (t) => {
  const elf = image(12, 64);
  t.is(gcovIn({ ...elf, sections: elf.sections.slice(0, 1) }), undefined);
  for (const [change, says] of [
    [(bytes: Buffer) => bytes.writeUInt32LE(0x1234, 0x40), /names no version of gcc/],
    [(bytes: Buffer) => bytes.writeUInt32LE(versionOf(29), 0x40), /has not the layout of gcc 29|is at 0x/],
    [(bytes: Buffer) => bytes.write("/build/ring.c.o\0", 0x280), /has not the layout of gcc 12/],
    [(bytes: Buffer) => bytes.writeUInt32LE(0x7fffffff, 0x40 + 32 + 8 * 8), /too many functions/],
    [(bytes: Buffer) => bytes.writeUInt32LE(0x7fffffff, 0x1c0 + 24), /too many counters/],
    [(bytes: Buffer) => bytes.writeBigUInt64LE(0x99999999n, 0), /which the file does not hold/],
    [(bytes: Buffer) => bytes.writeUInt8(4, 0x1c0 + 39), /has counters where no memory can be/],
  ] as const) {
    const error = t.throws(() => gcovIn(image(12, 64, change)), { instanceOf: RigError });
    t.regex(error.message, says);
  }
});

test("whatever is changed in the tables is data or one error", (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(SIZE - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
      fc.constantFrom(10, 12, 15),
      fc.constantFrom(32 as const, 64 as const),
      (changes, gcc, bits) => {
        const change = (bytes: Buffer): void => {
          for (const [at, value] of changes) bytes[at] = value;
        };
        try {
          const map = gcovIn(image(gcc, bits, change));
          map?.counts(map.ranges.map((range) => Buffer.alloc(Math.min(range.bytes, 1 << 20))));
          return true;
        } catch (error) {
          if (error instanceof RigError) return true;
          throw error;
        }
      },
    ),
    { numRuns: amount(5000, 300) },
  );
  t.pass();
});

test("a table that the linker has dropped is known by the counters that it left", (t) => {
  const counts = ["-O0", "-fprofile-arcs", "-fprofile-info-section"];
  const drops = [
    "-ffunction-sections",
    "-fdata-sections",
    "-Wl,--gc-sections",
    "-Wl,-u,counted",
    "-Wl,-e,counted",
  ];
  const has = (path: string): readonly boolean[] =>
    withImage(path, (bytes) => [hasGcov(readElf(bytes)), lacksGcovTable(readElf(bytes))]);
  for (const architecture of ["x86_64", "arm64"] as const) {
    t.deepEqual(has(compile(architecture, ["counted.c"], counts)), [true, false], architecture);
    const dropped = compile(architecture, ["counted.c"], [...counts, ...drops]);
    t.deepEqual(has(dropped), [false, true], architecture);
    t.deepEqual(has(objcopy(dropped, architecture, "--strip-all")), [false, false]);
    t.deepEqual(has(compile(architecture, ["counted.c"])), [false, false]);
  }
});
