/**
 * Puts the values of a position-independent image where its start-up code would put them, for one range of bytes.
 * Only relative relocations with an addend are known; images that hold their values in place stay as they are.
 */
import { damaged } from "./bytes.js";
import { SHT, type Architecture, type Elf } from "../elf.js";

export const RELATIVE: Readonly<Record<Architecture, number | undefined>> = {
  i386: undefined,
  x86_64: 8,
  arm64: 1027,
};
/** Unikraft's own table of relocations (lib/ukreloc): it outlives `strip`, and a conversion to a 32-bit container. */
export const OWN_TABLE = ".uk_reloc";
export const RELA_BYTES = 24;
const PIECE_RECORDS = 4096;

/** What a range looks like once it is relocated, and whether the guest's own start-up code writes to it. */
export interface Relocated {
  readonly bytes: Buffer;
  readonly isRelocated: boolean;
}

/** A relocated copy of the bytes at an address; the image is loaded where it was linked. */
export function relocate(elf: Elf, address: bigint, bytes: Buffer): Relocated {
  const copy = Buffer.from(bytes);
  const relative = RELATIVE[elf.architecture];
  let isRelocated = elf.sections.some((one) => one.name === OWN_TABLE && one.sizeBytes > 0);
  // Sections of a sound file do not overlap, so together they are no longer than it: more would be a way to hang.
  let leftBytes = elf.bytes.size;
  if (elf.bits !== 64 || relative === undefined) return { bytes: copy, isRelocated };
  for (const section of elf.sections) {
    // A relocation section without an address (--emit-relocs) is the linker's own: nobody applies it again.
    if (section.type !== SHT.rela || section.address === 0n) continue;
    leftBytes -= section.sizeBytes;
    if (leftBytes < 0) throw damaged(elf.bytes.name, "the relocations are longer than the file");
    const total = Math.floor(section.sizeBytes / RELA_BYTES);
    for (let first = 0; first < total; first += PIECE_RECORDS) {
      const count = Math.min(PIECE_RECORDS, total - first);
      const piece = elf.bytes.read(
        section.offset + first * RELA_BYTES,
        count * RELA_BYTES,
        "the relocations",
      );
      for (let at = 0; at < piece.length; at += RELA_BYTES) {
        const offset = Number(piece.readBigUInt64LE(at) - address);
        if (piece.readUInt32LE(at + 8) !== relative || offset < 0 || offset + 8 > copy.length) continue;
        isRelocated = true;
        if (copy.readBigUInt64LE(offset) === 0n)
          copy.writeBigUInt64LE(piece.readBigUInt64LE(at + 16), offset);
      }
    }
  }
  return { bytes: copy, isRelocated };
}
