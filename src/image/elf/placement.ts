/**
 * Finds where in an image the bytes of an address are: in an ELF by its own headers, in a raw one, such as the `Image`
 * of arm64, by the ELF it was made from. Whether they are the bytes that were linked is for whoever changes them to see.
 */
import { RigError } from "../../core/errors.js";
import { addressSpaceOf } from "./address-space.js";
import type { ImageBytes } from "./bytes.js";
import { isElf, readElf, type Elf } from "../elf.js";

export interface Placement {
  /** Name of the image, for messages. */
  readonly image: string;
  /** Headers of the image where it is an ELF, else of the file with its symbols: they tell what the guest relocates. */
  readonly headers: Elf;
  /** Offset in the image of an address; undefined where it does not hold all of the range. */
  readonly find: (address: bigint, length: number) => number | undefined;
}

/** What to say when an image and the file with its symbols do not fit each other. */
export const otherBuild = (image: string, linked: string): RigError =>
  new RigError(
    `${image}: does not hold the tables of ${linked}`,
    "The two files are of different builds: pass the .dbg file that was linked together with the image.",
  );

/** Lowest address that a file fills: a raw image begins with it. */
export const loadBase = ({ segments }: Elf): bigint =>
  segments
    .filter(({ fileBytes }) => fileBytes > 0)
    .reduce<bigint | undefined>(
      (least, { address }) => (least === undefined || address < least ? address : least),
      undefined,
    ) ?? 0n;

/**
 * Where things are in an image. `linked` is the ELF with the test table, `table` its bytes there.
 * @throws RigError when a raw image does not hold the table, or holds it twice
 */
export function placementOf(
  image: ImageBytes,
  linked: Elf,
  table: { readonly address: bigint; readonly bytes: Uint8Array },
): Placement {
  const whole = image.read(0, image.size, "itself");
  return isElf(whole) ? inElf(image) : inRaw(image.name, whole, linked, table);
}

function inElf(image: ImageBytes): Placement {
  const headers = readElf(image);
  const space = addressSpaceOf(headers);
  return {
    image: image.name,
    headers,
    find: (address, length) => {
      try {
        return space.read(address, length, "a part of it").fileOffset;
      } catch (error) {
        if (error instanceof RigError) return undefined;
        throw error;
      }
    },
  };
}

function inRaw(
  name: string,
  whole: Buffer,
  linked: Elf,
  table: { readonly address: bigint; readonly bytes: Uint8Array },
): Placement {
  const expected = Number(table.address - loadBase(linked));
  const isThere = whole.subarray(expected, expected + table.bytes.length).equals(table.bytes);
  const offset = isThere ? expected : whole.indexOf(table.bytes);
  if (offset < 0) {
    throw new RigError(
      `${name}: the test table of ${linked.bytes.name} is not in it`,
      "Is the image packed, or of another build? Pass the unpacked one, and the .dbg file of the same build.",
    );
  }
  if (!isThere && whole.indexOf(table.bytes, offset + 1) >= 0) {
    throw new RigError(
      `${name}: holds the test table more than once`,
      "Which of them the guest reads cannot be told: run the image whole.",
    );
  }
  const base = table.address - BigInt(offset);
  return {
    image: name,
    headers: linked,
    find: (address, length) => {
      const at = address - base;
      return at >= 0n && at + BigInt(length) <= BigInt(whole.length) ? Number(at) : undefined;
    },
  };
}
