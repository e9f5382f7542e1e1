/**
 * The table of function names that an image with the library uksymtab holds: made from the symbols of a first link, and
 * linked in. It lies after the code, so that it moves no function; that this holds is checked.
 *
 * Layout, little endian, from a boundary of four bytes: number of functions; for each, ascending, three words: offset of its
 * first byte from `uk_image_start`, its length in bytes, offset of its name from the table; then the names, each with a NUL.
 * guest/lib/uksymtab reads it.
 */
import { writeFileSync } from "node:fs";
import { withImage } from "../../src/image/elf/bytes.js";
import { type FunctionSymbol, functionSymbolsOf } from "../../src/image/elf/functions.js";
import { readElf } from "../../src/image/elf.js";
import { readSymbols } from "../../src/image/elf/symbols.js";
import { RigError } from "../../src/core/errors.js";

/** The library that wants it. */
export const SYMBOL_LIBRARY = "uksymtab";

/** A link moves nothing after the first one with a table; more would never end. */
const MOST_LINKS = 4;

const WORD_BYTES = 4;
const ENTRY_WORDS = 3;

interface Functions {
  readonly start: number;
  readonly all: readonly FunctionSymbol[];
}

function functionsIn(path: string): Functions {
  return withImage(path, (bytes) => {
    const elf = readElf(bytes);
    const [start] = readSymbols(elf, (name) => name === "uk_image_start");
    if (start === undefined) throw new RigError(`${path} does not say where it begins`);
    return {
      start: Number(start.address),
      all: functionSymbolsOf(elf).filter(({ sizeBytes }) => sizeBytes > 0),
    };
  });
}

/** The table as assembly. */
export function tableText({ start, all }: Functions): string {
  const names = (1 + ENTRY_WORDS * all.length) * WORD_BYTES;
  let at = names;
  const rows = all.map(({ address, sizeBytes, name }) => {
    const row = `\t.long ${String(address - start)}, ${String(sizeBytes)}, ${String(at)}`;
    at += Buffer.byteLength(name, "latin1") + 1;
    return row;
  });
  const texts = all.map(({ name }) => `\t.asciz "${name.replaceAll(/["\\]/g, "\\$&")}"`);
  return [
    '\t.section .uk_symtab, "a"',
    "\t.balign 4",
    `\t.long ${String(all.length)}`,
    ...rows,
    ...texts,
    '\t.section .note.GNU-stack, ""',
    "",
  ].join("\n");
}

export interface Linking {
  /** Path of what was linked without a table, and is linked again. */
  readonly linked: string;
  /** Path for the table's source. */
  readonly source: string;
  /** Compiles the source; false where that failed. */
  readonly compile: () => Promise<boolean>;
  /** Links with the table; false where that failed. */
  readonly link: () => Promise<boolean>;
}

/**
 * Puts the table into an image.
 * @returns false where a tool failed
 * @throws RigError where the functions still move after so many links
 */
export async function linkWithTable({ linked, source, compile, link }: Linking): Promise<boolean> {
  let text = tableText(functionsIn(linked));
  for (let links = 0; links < MOST_LINKS; links += 1) {
    writeFileSync(source, text);
    if (!(await compile()) || !(await link())) return false;
    const next = tableText(functionsIn(linked));
    if (next === text) return true;
    text = next;
  }
  throw new RigError("the functions of the image move with each link", "leave the library uksymtab out");
}
