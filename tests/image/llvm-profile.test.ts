/**
 * Raw profiles of counters that clang has put into an image, for each release's layout: records by hand, images that are
 * damaged. What a real compiler makes is tested in runner/coverage.test.ts.
 */
import test from "ava";
import { RigError } from "../../src/core/errors.js";
import { bytesOf } from "../../src/image/elf/bytes.js";
import type { Elf } from "../../src/image/elf.js";
import { llvmCountersIn } from "../../src/image/llvm-profile.js";
import { amount } from "../amount.js";
import { assertDamageIsData } from "./damage.js";

const COUNTERS = 0x9000;
const NAMES = "a\x01b\x01c";
/** Counters of each of its functions. */
const COUNTS = [1, 3, 2];
const RELEASES = [
  { llvm: 14, version: 8n, bytes: { 64: 48, 32: 40 }, count: { 64: 40, 32: 28 }, words: 11 },
  { llvm: 17, version: 8n, bytes: { 64: 48, 32: 40 }, count: { 64: 40, 32: 28 }, words: 11 },
  { llvm: 18, version: 9n, bytes: { 64: 64, 32: 48 }, count: { 64: 48, 32: 32 }, words: 14 },
  { llvm: 19, version: 10n, bytes: { 64: 64, 32: 48 }, count: { 64: 48, 32: 32 }, words: 16 },
] as const;
type Release = (typeof RELEASES)[number];

/** An image with its three sections, the records not loaded; those of i386 end before what aligns a next one. */
function image({ bytes, count }: Release, bits: 32 | 64, change?: (records: Buffer) => void): Elf {
  const records = Buffer.alloc(COUNTS.length * bytes[bits]);
  let first = COUNTERS;
  COUNTS.forEach((own, nth) => {
    const at = nth * bytes[bits];
    if (bits === 64) records.writeBigInt64LE(BigInt(first - at), at + 16);
    else records.writeInt32LE(first - at, at + 16);
    records.writeUInt32LE(own, at + count[bits]);
    first += own * 8;
  });
  change?.(records);
  const stored = bits === 32 && bytes[32] === 40 ? records.subarray(0, -4) : records;
  const content = Buffer.concat([stored, Buffer.from(NAMES, "latin1")]);
  const section = { type: 1, flags: 0, link: 0 };
  return {
    bytes: bytesOf("image", content),
    architecture: bits === 64 ? "x86_64" : "i386",
    bits,
    sections: [
      { ...section, name: "__llvm_prf_data", address: 0n, offset: 0, sizeBytes: stored.length },
      { ...section, name: "__llvm_prf_cnts", address: BigInt(COUNTERS), offset: 0, sizeBytes: 48 },
      { ...section, name: "__llvm_prf_names", address: 0n, offset: stored.length, sizeBytes: NAMES.length },
    ],
    segments: [],
    notes: [],
  };
}

const content = Uint8Array.from({ length: 48 }, (_, at) => at);
const counts = new BigUint64Array(content.buffer);

for (const release of RELEASES)
  for (const bits of [64, 32] as const)
    test(`a profile for LLVM ${String(release.llvm)}, ${String(bits)} bits`, (t) => {
      const found = llvmCountersIn(image(release, bits));
      t.deepEqual(found?.ranges, [{ address: COUNTERS, bytes: 48 }]);
      const profile = found?.profile(release.llvm, counts);
      if (profile === undefined) return void t.fail();
      t.is(profile.readBigUInt64LE(0), bits === 64 ? 0xff6c70726f667281n : 0xff6c70726f665281n);
      t.is(profile.readBigUInt64LE(8), release.version);
      const data = release.words * 8;
      const counters = data + COUNTS.length * release.bytes[bits];
      t.deepEqual(profile.subarray(counters, counters + 48), Buffer.from(content));
      t.deepEqual(found?.counts(content), counts);
      t.is(found?.counts(content.subarray(1)), undefined);
      t.is(profile.toString("latin1", counters + 48), `${NAMES}\0\0\0`, "padded to words");
      for (const { llvm, bytes } of RELEASES)
        t.is(found?.fits(llvm), bytes[64] === release.bytes[64], String(llvm));
      t.is(found?.profile(13, counts), undefined);
      t.is(found?.profile(release.llvm, counts.subarray(1)), undefined);
    });

test("records that have not the counters that are there belong to another release", (t) => {
  const [release] = RELEASES;
  for (const change of [
    (records: Buffer) => records.writeUInt32LE(4, 48 + 40),
    // An address, as LLVM up to 13 has it.
    (records: Buffer) => records.writeBigInt64LE(BigInt(COUNTERS + 32), 96 + 16),
    (records: Buffer) => records.writeBigInt64LE(-1n, 16),
  ])
    t.is(llvmCountersIn(image(release, 64, change))?.fits(14), false);
});

test("an image without counters has none, and sections that cannot be are an error", (t) => {
  const whole = image(RELEASES[0], 64);
  t.is(llvmCountersIn({ ...whole, sections: whole.sections.slice(1) }), undefined);
  const sized = (sizeBytes: number): Elf => ({
    ...whole,
    sections: whole.sections.map((one) => (one.name === "__llvm_prf_cnts" ? { ...one, sizeBytes } : one)),
  });
  t.is(llvmCountersIn(sized(0)), undefined);
  for (const size of [47, 2 ** 40]) t.throws(() => llvmCountersIn(sized(size)), { instanceOf: RigError });
});

test("damaged records are data: no profile, or one of the size that there is", (t) => {
  const release = RELEASES[0];
  const whole = image(release, 64);
  assertDamageIsData(
    Buffer.from(whole.bytes.read(0, whole.bytes.size, "all")),
    amount(20_000, 1000),
    (changed) => {
      const profile = llvmCountersIn({ ...whole, bytes: bytesOf("image", changed) })?.profile(14, counts);
      return profile === undefined || profile.length <= release.words * 8 + 3 * 48 + 48 + 8;
    },
  );
  t.pass();
});
