/**
 * Makes a copy of an image in which only the wanted cases run: bytes in, bytes out. What becomes of the test table is
 * decided in rearrange.ts, of init functions in leave-out.ts; here it is put in the place where the image has it.
 */
import { RigError } from "../core/errors.js";
import { addressSpaceOf, type AddressSpace } from "./elf/address-space.js";
import { bytesOf, type ImageBytes } from "./elf/bytes.js";
import { isElf, readElf, type Elf } from "./elf.js";
import type { WordBytes } from "./testtab/layout.js";
import { leaveOut } from "./select/leave-out.js";
import { joinedBytes } from "./elf/linked.js";
import { otherBuild, placementOf, type Placement } from "./elf/placement.js";
import { rearrange } from "./select/rearrange.js";
import { moveRelocations } from "./select/relocation-slots.js";
import { readTestTable, type TestTable } from "./testtab.js";

/**
 * What is to run: names of cases by suite, in the order in which they shall run. A suite that is absent is skipped
 * whole, its init function included; suites themselves keep the order of the boot.
 */
export type Wanted = ReadonlyMap<string, readonly string[]>;

/** A file in memory; its name is for messages. */
export interface NamedBytes {
  readonly name: string;
  readonly content: Uint8Array;
}

export interface SelectOptions {
  /** The ELF with the test table and the symbols, where the image itself is raw or stripped. */
  readonly symbols?: NamedBytes;
  /** Addresses of functions in the init table that shall not be called either. */
  readonly without?: readonly bigint[];
}

/**
 * A copy of an image in which only the wanted cases run; the same bytes when all are wanted in the order of the table.
 * Only the test table changes, and what start-up code writes to it, so that it works with every release: images of our
 * kit and of Unikraft 0.6 to 0.17, ELF, also x86_64 in a 32-bit container, raw arm64 `Image`, position independent or
 * not, with symbols or stripped.
 * @throws RigError that says why it cannot be done, and what to do
 */
export const selectInImage = (image: NamedBytes, wanted: Wanted, options: SelectOptions = {}): Buffer =>
  selectorOf(image, options.symbols).select(wanted, options.without).content;

/** A copy of an image. */
export interface Selected {
  readonly content: Buffer;
  /** The test table in it; cases that do not run are not in it. */
  readonly table: TestTable;
}

/** Makes copies of one image. */
export interface Selector {
  /** The ELF that tells where the image has its tests, as it was linked. */
  readonly linked: Elf;
  /** Throws as `selectInImage` does. */
  readonly select: (wanted: Wanted, without?: readonly bigint[]) => Selected;
}

/**
 * Reads an image once for many selections in it; its bytes must not change any more.
 * @param base what is copied: the image, or its beginning as far as a machine loads it
 * @throws RigError as above
 */
export function selectorOf(
  image: NamedBytes,
  symbols?: NamedBytes,
  base: Uint8Array = image.content,
): Selector {
  const bytes = bytesOf(image.name, image.content);
  const linked = linkedOf(bytes, symbols);
  const table = readTestTable(linked);
  const placement = placementOf(bytes, linked, table);
  const space = addressSpaceOf(linked);
  const select: Selector["select"] = (wanted, without = []) => {
    const { bytes: records, suites, words, moved } = rearrange(table, wanted);
    const outside = leaveOut(linked, table, without);
    const content = Buffer.from(base);
    const change: Change = { content, placement, linked, space };
    put(change, table.address, records);
    for (const [address, value] of outside) put(change, address, word(value, table.wordBytes));
    moveRelocations(image.name, content, placement, { moved, words: new Map([...words, ...outside]) });
    return { content, table: { ...table, bytes: records, suites } };
  };
  return { linked, select };
}

function linkedOf(image: ImageBytes, symbols: NamedBytes | undefined): Elf {
  if (symbols !== undefined) return joinedBytes(image, symbols);
  if (isElf(image.read(0, Math.min(image.size, 4), "its beginning"))) return readElf(image);
  throw new RigError(
    `${image.name}: not an ELF file, so it does not tell where its tests are`,
    "Pass the .dbg file that was linked together with it.",
  );
}

interface Change {
  readonly content: Buffer;
  readonly placement: Placement;
  readonly linked: Elf;
  readonly space: AddressSpace;
}

/** Puts bytes in the place of those that were linked at an address. */
function put({ content, placement, linked, space }: Change, address: bigint, bytes: Uint8Array): void {
  const before = space.read(address, bytes.length, "a table of it").bytes;
  const at = placement.find(address, bytes.length);
  if (at === undefined || !content.subarray(at, at + bytes.length).equals(before))
    throw otherBuild(placement.image, linked.bytes.name);
  content.set(bytes, at);
}

function word(value: bigint, wordBytes: WordBytes): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes.subarray(0, wordBytes);
}
