/**
 * Finds the bytes of the test table in an image: by the name of its section, which survives `strip`, or by symbols.
 * It does not look into them; an image without a table is a RigError that says what to do.
 */
import { RigError } from "../../core/errors.js";
import { addressSpaceOf } from "../elf/address-space.js";
import { damaged } from "../elf/bytes.js";
import { SHT, type Elf } from "../elf.js";
import type { ElfSymbol } from "../elf/symbols.js";

/** Name of the section with the test table. */
export const SECTION = ".uk_testtab";
const MAX_TABLE_BYTES = 4 << 20;

export interface Location {
  readonly address: bigint;
  /** As they are in the file, before any relocation. */
  readonly bytes: Buffer;
  /** Offset in the file of the first of them. */
  readonly fileOffset: number;
  /** Offset after the last record, where symbols tell it. */
  readonly recordsEnd?: number;
}

const noTable = (name: string): RigError =>
  new RigError(
    `${name}: has no test table`,
    "Is CONFIG_LIBUKTEST on, and a suite registered? For an image that is packed or rewritten, pass its .dbg file.",
  );

const addressOf = (symbols: readonly ElfSymbol[], ...names: readonly string[]): bigint | undefined =>
  names
    .map((name) => symbols.find((one) => one.name === name)?.address)
    .find((address) => address !== undefined);

function wholeRange(elf: Elf, symbols: readonly ElfSymbol[]): Omit<Location, "recordsEnd"> {
  const section = elf.sections.find((one) => one.name === SECTION && one.sizeBytes > 0);
  if (section?.type === SHT.nobits) {
    throw new RigError(
      `${elf.bytes.name}: names a test table but does not hold it`,
      "This is a file of debug information only: pass the image itself, or the .dbg file that was linked.",
    );
  }
  if (section !== undefined) {
    if (section.sizeBytes > MAX_TABLE_BYTES) {
      throw damaged(elf.bytes.name, `the test table claims ${section.sizeBytes} bytes`);
    }
    const bytes = elf.bytes.read(section.offset, section.sizeBytes, "the test table");
    return { address: section.address, bytes, fileOffset: section.offset };
  }
  const start = addressOf(symbols, "uk_testtab_start");
  const end = addressOf(symbols, "uk_asserttab_end");
  if (start === undefined || end === undefined || end <= start) throw noTable(elf.bytes.name);
  if (end - start > BigInt(MAX_TABLE_BYTES))
    throw damaged(elf.bytes.name, `the test table claims ${end - start} bytes`);
  return { address: start, ...addressSpaceOf(elf).read(start, Number(end - start), "the test table") };
}

/** The test table of an image, narrowed to what its symbols enclose where it has any. */
export function locateTable(elf: Elf, symbols: readonly ElfSymbol[]): Location {
  const whole = wholeRange(elf, symbols);
  const inside = (...names: readonly string[]): number | undefined => {
    const address = addressOf(symbols, ...names);
    const distance = address === undefined ? -1n : address - whole.address;
    return distance >= 0n && distance <= BigInt(whole.bytes.length) ? Number(distance) : undefined;
  };
  const start = inside("uk_testtab_start") ?? 0;
  const end = inside("uk_asserttab_end") ?? whole.bytes.length;
  const recordsEnd = inside("uk_testtab_end", "uk_asserttab_start");
  if (end <= start) throw noTable(elf.bytes.name);
  const location = {
    address: whole.address + BigInt(start),
    bytes: whole.bytes.subarray(start, end),
    fileOffset: whole.fileOffset + start,
  };
  if (recordsEnd === undefined || recordsEnd < start || recordsEnd > end) return location;
  return { ...location, recordsEnd: recordsEnd - start };
}
