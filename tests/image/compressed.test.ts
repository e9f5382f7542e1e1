/**
 * Compressed debug sections: the same frames as without, for every way of compressing that the tools have, and in both
 * widths; and hand-made sections that lie about what they hold.
 */
import { constants, deflateSync } from "node:zlib";
import * as zlib from "node:zlib";
import test from "ava";
import { unpacked } from "../../src/image/elf/compressed.js";
import { readSymbolsOf } from "../../src/image/read-symbols.js";
import { readSymbols } from "../../src/image/elf/symbols.js";
import { readElf } from "../../src/image/elf.js";
import { bytesOf } from "../../src/image/elf/bytes.js";
import { compile, type Compiler, contentOf, objcopy } from "./images.js";

const SOURCES = ["inlined.c", "outside.c"];
const HAS_ZSTD = "zstdDecompressSync" in zlib;

const firstOf = (path: string): bigint =>
  readSymbols(readElf(bytesOf(path, contentOf(path))), (name) => name === "first")[0]?.address ?? 0n;

for (const compiler of ["x86_64", "i386", "arm64"] as const satisfies readonly Compiler[])
  for (const way of ["zlib", "zlib-gnu", "zstd"] as const)
    test(`${compiler}: frames of sections that are compressed with ${way}`, (t) => {
      const path = compile(compiler, SOURCES, ["-g"]);
      const address = firstOf(path);
      const whole = readSymbolsOf(path);
      const packed = readSymbolsOf(objcopy(path, compiler, `--compress-debug-sections=${way}`));
      t.true((whole.frames(address)[0]?.line ?? 0) > 0);
      if (way === "zstd" && !HAS_ZSTD) {
        t.regex(packed.lack ?? "", /compressed with zstd, which this version of Node cannot read: .*objcopy/);
        t.deepEqual(packed.frames(address), [{ function: "first", isInlined: false }]);
        return;
      }
      t.is(packed.lack, undefined);
      for (let at = address; at < address + 64n; at += 1n) t.deepEqual(packed.frames(at), whole.frames(at));
    });

const TEXT = Buffer.from("what a section holds ".repeat(50));

function header64(type: number, size: number): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(type, 0);
  header.writeBigUInt64LE(BigInt(size), 8);
  return header;
}

const section = (type: number, size: number, packed: Uint8Array): Buffer =>
  Buffer.concat([header64(type, size), packed]);

test("a section is what its header says, or it is damaged", (t) => {
  const packed = deflateSync(TEXT, { level: constants.Z_BEST_COMPRESSION });
  t.deepEqual(unpacked(section(1, TEXT.length, packed), "elf64", 1 << 20), { bytes: TEXT });
  t.deepEqual(unpacked(section(1, 0, packed), "elf64", 1 << 20), { bytes: Buffer.alloc(0) });
  const lies = [
    section(1, TEXT.length + 1, packed),
    section(1, TEXT.length - 1, packed),
    section(1, 2 ** 40, packed),
    section(1, TEXT.length, packed.subarray(0, -8)),
    section(1, TEXT.length, Buffer.from("no deflate stream")),
    header64(1, TEXT.length).subarray(0, 20),
    Buffer.alloc(0),
  ];
  for (const lie of lies) {
    const got = unpacked(lie, "elf64", 1 << 20);
    t.true("lack" in got && got.lack.includes("damaged"), lie.toString("hex", 0, 32));
  }
  const strange = unpacked(section(7, TEXT.length, packed), "elf64", 1 << 20);
  t.true("lack" in strange && strange.lack.includes("type 7"));
});

test("the header of a 32-bit file is shorter, and that of the GNU tools is big-endian", (t) => {
  const packed = deflateSync(TEXT);
  const short = Buffer.alloc(12);
  short.writeUInt32LE(1, 0);
  short.writeUInt32LE(TEXT.length, 4);
  t.deepEqual(unpacked(Buffer.concat([short, packed]), "elf32", 1 << 20), { bytes: TEXT });
  const gnu = Buffer.alloc(12);
  gnu.write("ZLIB");
  gnu.writeBigUInt64BE(BigInt(TEXT.length), 4);
  t.deepEqual(unpacked(Buffer.concat([gnu, packed]), "gnu", 1 << 20), { bytes: TEXT });
  gnu.write("ZLIX");
  t.true("lack" in unpacked(Buffer.concat([gnu, packed]), "gnu", 1 << 20));
});

test("no more comes out than there is room for", (t) => {
  const bomb = section(1, 64 << 20, deflateSync(Buffer.alloc(64 << 20)));
  t.true("lack" in unpacked(bomb, "elf64", 1 << 20));
});
