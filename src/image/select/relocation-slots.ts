/**
 * Keeps a changed image changed: what a position-independent guest writes into its own tables at start-up follows the
 * records that were moved. It rewrites relocations that are there and makes none.
 */
import { RigError } from "../../core/errors.js";
import { SHT } from "../elf.js";
import { loadBase, type Placement } from "../elf/placement.js";
import { OWN_TABLE, RELA_BYTES, RELATIVE } from "../elf/relocations.js";

/** What becomes of the places that start-up code may write to. */
export interface Moves {
  /** New address of a word in a record that moved; the same one for all others. */
  readonly moved: (address: bigint) => bigint;
  /** New values of words, by their address; what is 0 in the file must stay so. */
  readonly words: ReadonlyMap<bigint, bigint>;
}

interface Slots {
  /** Where the first record is in the file. */
  readonly offset: number;
  readonly count: number;
  /** What addresses in the records are relative to. */
  readonly base: bigint;
  /** Offsets in a record. */
  readonly value: number;
  readonly applies: (record: Buffer) => boolean;
}

/** `{ u64 place, u64 value, u32 size, u32 flags }` after a signature of four bytes (Unikraft lib/ukreloc, 0.14 on). */
const OWN = { signature: 0x0badb0b0, headBytes: 4, value: 8, size: 16 } as const;
/** `Elf64_Rela`: place, type, value. */
const RELA = { type: 8, value: 16 } as const;

function slotsOf(content: Buffer, { headers, find }: Placement): readonly Slots[] {
  const base = loadBase(headers);
  const relative = RELATIVE[headers.architecture];
  // Sections of a sound file do not overlap: more than the file holds would be a way to hang.
  let leftBytes = content.length;
  return headers.sections.flatMap((section): readonly Slots[] => {
    if (section.address === 0n || section.sizeBytes < RELA_BYTES || section.sizeBytes > leftBytes) return [];
    const isOwn = section.name === OWN_TABLE;
    if (!isOwn && (section.type !== SHT.rela || relative === undefined)) return [];
    leftBytes -= section.sizeBytes;
    // What is not in the image is not applied either: a .dbg file has more than is loaded.
    const start = find(section.address, section.sizeBytes);
    if (start === undefined) return [];
    if (!isOwn) {
      const applies = (record: Buffer): boolean => record.readUInt32LE(RELA.type) === relative;
      const count = Math.floor(section.sizeBytes / RELA_BYTES);
      return [{ offset: start, count, base: 0n, value: RELA.value, applies }];
    }
    if (content.readUInt32LE(start) !== OWN.signature) return [];
    const applies = (record: Buffer): boolean => record.readUInt32LE(OWN.size) !== 0;
    const count = Math.floor((section.sizeBytes - OWN.headBytes) / RELA_BYTES);
    return [{ offset: start + OWN.headBytes, count, base, value: OWN.value, applies }];
  });
}

/**
 * Rewrites the relocations of `content` in place.
 * @throws RigError when a place must not be written to and nothing else is relocated that could take its turn
 */
export function moveRelocations(name: string, content: Buffer, placement: Placement, moves: Moves): void {
  for (const slots of slotsOf(content, placement)) {
    const dropped: Buffer[] = [];
    let kept: Buffer | undefined;
    for (let n = 0; n < slots.count; n += 1) {
      const at = slots.offset + n * RELA_BYTES;
      const record = content.subarray(at, at + RELA_BYTES);
      if (!slots.applies(record)) continue;
      const place = record.readBigUInt64LE(0) + slots.base;
      const value = moves.words.get(place);
      if (value === 0n) dropped.push(record);
      else if (value !== undefined)
        record.writeBigUInt64LE(BigInt.asUintN(64, value - slots.base), slots.value);
      else {
        kept = record;
        record.writeBigUInt64LE(BigInt.asUintN(64, moves.moved(place) - slots.base), 0);
      }
    }
    if (dropped.length > 0 && kept === undefined) {
      throw new RigError(
        `${name}: the guest fills in what is to be left out, and relocates nothing else`,
        "Run the image whole.",
      );
    }
    // The table has no form for "nothing": a record that is applied twice does the same as once.
    for (const record of dropped) kept?.copy(record);
  }
}
