/**
 * Reads the symbol table of an image, in pieces, and keeps the symbols that are asked for.
 * A stripped image has none, which is no error; a symbol table that lies outside the file is one.
 */
import { damaged } from "./bytes.js";
import { SHT, textIn, wordAt, type Elf } from "../elf.js";

export interface ElfSymbol {
  /** As the compiler named it: what link-time optimisation appends after a dot is cut off. */
  readonly name: string;
  readonly address: bigint;
}

export interface SizedSymbol extends ElfSymbol {
  /** Size of what it names; 0 where the file says none. */
  readonly bytes: number;
}

const LAYOUTS = {
  32: { bytes: 16, section: 14, value: 4, size: 8 },
  64: { bytes: 24, section: 6, value: 8, size: 16 },
} as const;

const PIECE_SYMBOLS = 4096;
const MAX_SYMBOLS = 4_000_000;
const MAX_NAMES_BYTES = 256 << 20;
const MAX_NAME_BYTES = 1024;
const MAX_KEPT = 100_000;

/** Whether an image has a symbol table; a stripped one has none. */
export const hasSymbols = ({ sections }: Elf): boolean => sections.some(({ type }) => type === SHT.symtab);

/** The defined symbols that satisfy `wanted`, in the order of the table. */
export function readSymbols(
  elf: Elf,
  wanted: (name: string, address: bigint) => boolean,
): readonly SizedSymbol[] {
  const table = elf.sections.find((one) => one.type === SHT.symtab);
  const strings = table === undefined ? undefined : elf.sections[table.link];
  if (table === undefined || strings === undefined) return [];
  const layout = LAYOUTS[elf.bits];
  const total = Math.floor(table.sizeBytes / layout.bytes);
  if (total > MAX_SYMBOLS || strings.sizeBytes > MAX_NAMES_BYTES) {
    throw damaged(elf.bytes.name, `the symbol table claims ${total} symbols`);
  }
  const names = elf.bytes.read(strings.offset, strings.sizeBytes, "the names of the symbols");
  const kept: SizedSymbol[] = [];
  for (let first = 0; first < total; first += PIECE_SYMBOLS) {
    const count = Math.min(PIECE_SYMBOLS, total - first);
    const piece = elf.bytes.read(
      table.offset + first * layout.bytes,
      count * layout.bytes,
      "the symbol table",
    );
    for (let at = 0; at < piece.length; at += layout.bytes) {
      if (piece.readUInt16LE(at + layout.section) === 0) continue;
      const name = textIn(names, piece.readUInt32LE(at), MAX_NAME_BYTES)?.split(".", 1)[0];
      const address = wordAt(piece, at + layout.value, elf.bits);
      if (name === undefined || !wanted(name, address)) continue;
      if (kept.length === MAX_KEPT)
        throw damaged(elf.bytes.name, "the symbol table has too many symbols of tests");
      kept.push({ name, address, bytes: Number(wordAt(piece, at + layout.size, elf.bits)) });
    }
  }
  return kept;
}
