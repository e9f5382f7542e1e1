/**
 * An image as it was linked, where it comes in two files: one that boots, and one with its symbols. A file that holds both
 * is taken as it is; one of symbols only (`objcopy --only-keep-debug`) is put together with the image.
 */
import { bytesOf, type ImageBytes, withImage } from "./bytes.js";
import { type Elf, readElf, type Section, SHF, SHT } from "../elf.js";

/** Whether a file has the symbols of an image and not what it loads: its sections of code are without content. */
export function isSymbolsOnly({ sections }: Elf): boolean {
  const code = sections.filter(({ flags }) => (flags & SHF.execinstr) !== 0);
  return code.length > 0 && code.every(({ type }) => type === SHT.nobits);
}

/** The image, with the sections of the file of its symbols; what has no content there has it from the image. */
export function joined(image: Elf, symbols: Elf): Elf {
  if (!isSymbolsOnly(symbols)) return symbols;
  const own = new Map(image.sections.map((one) => [one.name, one]));
  const sections = symbols.sections.map((one): Section => {
    if (one.type !== SHT.nobits) return { ...one, offset: one.offset + image.bytes.size };
    const held = own.get(one.name);
    const isSame = held?.address === one.address && held.sizeBytes === one.sizeBytes;
    return isSame ? { ...one, offset: held.offset, type: held.type } : one;
  });
  return { ...image, sections, bytes: oneAfterAnother(image.bytes, symbols.bytes) };
}

function oneAfterAnother(first: ImageBytes, second: ImageBytes): ImageBytes {
  return {
    name: first.name,
    size: first.size + second.size,
    read: (offset, length, what) =>
      offset < first.size ? first.read(offset, length, what) : second.read(offset - first.size, length, what),
  };
}

/** Two files in memory, as one. */
export const joinedBytes = (
  image: ImageBytes,
  symbols: { readonly name: string; readonly content: Uint8Array },
): Elf => {
  const elf = readElf(bytesOf(symbols.name, symbols.content));
  return isSymbolsOnly(elf) ? joined(readElf(image), elf) : elf;
};

/**
 * Opens an image and the file of its symbols, hands what was linked to `use` and closes them again.
 * Throws a RigError when one cannot be read or is no ELF, and whatever `use` throws.
 */
export function withLinked<T>(path: string, symbols: string | undefined, use: (elf: Elf) => T): T {
  if (symbols === undefined) return withImage(path, (bytes) => use(readElf(bytes)));
  return withImage(symbols, (bytes) => {
    const elf = readElf(bytes);
    return isSymbolsOnly(elf) ? withImage(path, (image) => use(joined(readElf(image), elf))) : use(elf);
  });
}
