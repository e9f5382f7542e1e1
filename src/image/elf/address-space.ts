/**
 * Finds what the file holds for an address of the guest, through segments and, where there are none, sections.
 * It refuses addresses that the file does not fill: a string there is a damaged table, not an empty one.
 */
import { damaged } from "./bytes.js";
import { SHT, textIn, type Elf } from "../elf.js";

const STRING_MAX_BYTES = 4096;
/** Of all strings of one image together: a hostile table cannot point at the same megabytes again and again. */
const STRINGS_MAX_BYTES = 16 << 20;

const MAX_REGIONS = 1024;

interface Region {
  readonly address: bigint;
  readonly end: bigint;
  readonly offset: number;
}

const region = (address: bigint, offset: number, sizeBytes: number): Region => ({
  address,
  end: address + BigInt(Math.trunc(sizeBytes)),
  offset,
});

export interface AddressSpace {
  /** The bytes of a range and where they are; throws a RigError unless the file holds all of them. */
  readonly read: (
    address: bigint,
    length: number,
    what: string,
  ) => { readonly bytes: Buffer; readonly fileOffset: number };
  /** The NUL-terminated UTF-8 text at an address, at most 4 KiB; invalid bytes become U+FFFD. */
  readonly text: (address: bigint, what: string) => string;
}

/** The addresses that an image fills. */
export function addressSpaceOf(elf: Elf): AddressSpace {
  const regions = [
    ...elf.segments.map((one) => region(one.address, one.offset, one.fileBytes)),
    ...elf.sections
      .filter((one) => one.address !== 0n && one.type !== SHT.nobits)
      .map((one) => region(one.address, one.offset, one.sizeBytes)),
  ];
  if (regions.length > MAX_REGIONS) {
    throw damaged(elf.bytes.name, `the image claims to be loaded in ${regions.length} parts`);
  }
  const find = (address: bigint, what: string): { readonly offset: number; readonly room: number } => {
    const found = regions.find((one) => address >= one.address && address < one.end);
    if (found === undefined)
      throw damaged(elf.bytes.name, `${what} is at 0x${address.toString(16)}, which the file does not hold`);
    const offset = found.offset + Number(address - found.address);
    return { offset, room: Math.min(Number(found.end - address), elf.bytes.size - offset) };
  };
  const known = new Map<bigint, string>();
  let budgetBytes = STRINGS_MAX_BYTES;
  const readText = (address: bigint, what: string): string => {
    const { offset, room } = find(address, what);
    const text = textIn(elf.bytes.read(offset, Math.min(room, STRING_MAX_BYTES), what), 0);
    if (text === undefined) throw damaged(elf.bytes.name, `${what} has no end`);
    budgetBytes -= text.length;
    if (budgetBytes < 0) throw damaged(elf.bytes.name, "the texts of the test table are too long");
    return text;
  };
  return {
    read: (address, length, what) => {
      const fileOffset = find(address, what).offset;
      return { bytes: elf.bytes.read(fileOffset, length, what), fileOffset };
    },
    text: (address, what) => {
      const text = known.get(address) ?? readText(address, what);
      known.set(address, text);
      return text;
    },
  };
}
