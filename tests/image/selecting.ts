/**
 * What the tests of the selection share: a selection in short, what an image says afterwards, and the start-up code of a
 * position-independent guest, which writes to its tables before anybody reads them.
 */
import { bytesOf } from "../../src/image/elf/bytes.js";
import { readElf } from "../../src/image/elf.js";
import { selectInImage, type SelectOptions, type Wanted } from "../../src/image/select.js";
import { readTestTable, type TestTable } from "../../src/image/testtab.js";

/** Names of cases by suite. */
export type Cases = Readonly<Record<string, readonly string[]>>;

export const wantedOf = (cases: Cases): Wanted => new Map(Object.entries(cases));

export const select = (content: Uint8Array, cases: Cases, options: SelectOptions = {}): Buffer =>
  selectInImage({ name: "image", content }, wantedOf(cases), options);

export const tableIn = (content: Uint8Array): TestTable => readTestTable(readElf(bytesOf("image", content)));

/** The suites that do something, and their cases in the order in which they run. */
export const casesIn = (content: Uint8Array): Cases =>
  Object.fromEntries(
    tableIn(content)
      .suites.filter(({ cases, hasInit }) => cases.length > 0 || hasInit)
      .map(({ name, cases }) => [name, cases.map((one) => one.name)]),
  );

export const allOf = (content: Uint8Array): Cases =>
  Object.fromEntries(tableIn(content).suites.map(({ name, cases }) => [name, cases.map((one) => one.name)]));

/** The words that start-up code writes, by address: `Elf64_Rela` records, or those of Unikraft. */
function written(content: Buffer): readonly (readonly [bigint, bigint])[] {
  const { sections, segments } = readElf(bytesOf("image", content));
  const base = segments.map(({ address }) => address).reduce((least, one) => (one < least ? one : least));
  return sections.flatMap(({ name, type, offset, sizeBytes }): readonly (readonly [bigint, bigint])[] => {
    const head = name === ".uk_reloc" ? 4 : 0;
    if (head === 0 && type !== 4) return [];
    const records = Array.from({ length: Math.floor((sizeBytes - head) / 24) }, (_, n) =>
      content.subarray(offset + head + n * 24, offset + head + (n + 1) * 24),
    );
    return head === 0
      ? records.map((one) => [one.readBigUInt64LE(0), one.readBigUInt64LE(16)])
      : records
          .filter((one) => one.readUInt32LE(16) === 8)
          .map((one) => [one.readBigUInt64LE(0) + base, one.readBigUInt64LE(8) + base]);
  });
}

/** The image as it is in memory once its start-up code has run. */
export function started(content: Buffer): Buffer {
  const memory = Buffer.from(content);
  const { segments } = readElf(bytesOf("image", content));
  for (const [address, value] of written(content)) {
    const home = segments.find(
      (one) => address >= one.address && address < one.address + BigInt(one.fileBytes),
    );
    if (home === undefined) throw new Error(`start-up code writes to 0x${address.toString(16)}`);
    memory.writeBigUInt64LE(value, home.offset + Number(address - home.address));
  }
  return memory;
}

/** Fills the room of own-relocations.c with what the linker's relocations say. */
export function withOwnRelocations(content: Buffer): Buffer {
  const copy = Buffer.from(content);
  const { sections, segments } = readElf(bytesOf("image", content));
  const base = segments.map(({ address }) => address).reduce((least, one) => (one < least ? one : least));
  const room = sections.find(({ name }) => name === ".uk_reloc");
  const entries = written(content).filter(([address]) => address !== 0n);
  if (room === undefined) throw new Error("no room for relocations");
  for (const [n, [address, value]] of entries.entries()) {
    const at = room.offset + 4 + n * 24;
    if (at + 24 > room.offset + room.sizeBytes) throw new Error("too many relocations");
    copy.writeBigUInt64LE(address - base, at);
    copy.writeBigUInt64LE(value - base, at + 8);
    copy.writeUInt32LE(8, at + 16);
  }
  return copy;
}
