/**
 * The functions of a symbol table, by address: those with a size up to their end, others and the labels of assembly up to
 * the next. It does not guess beyond the end of a function.
 * Source: System V ABI, "Symbol Table"; the mapping symbols of the ELF supplements for Arm.
 */
import { contentOf, type Elf, SHF, SHT, textIn } from "../elf.js";

export interface FunctionSymbol {
  readonly name: string;
  readonly address: number;
  /** 0 where the table does not have it. */
  readonly sizeBytes: number;
}

interface Symbol {
  readonly address: number;
  readonly sizeBytes: number;
  readonly nameAt: number;
  readonly isFunction: boolean;
  /** Higher is better, among those of one address. */
  readonly rank: number;
}

const LAYOUTS = {
  32: { bytes: 16, value: 4, size: 8, info: 12, section: 14 },
  64: { bytes: 24, info: 4, section: 6, value: 8, size: 16 },
} as const;

const TYPE = { none: 0, function: 2, indirect: 10 } as const;
const LOCAL = 0;
const MOST_SYMBOLS = 4_000_000;
const MAX_NAME_BYTES = 1024;
/** Functions of one address, or one inside another: so many are looked at below the nearest. */
const MOST_NESTED = 16;

/** Makes the lookup of a symbol table; without a table nothing is ever found. */
export function functionsOf(elf: Elf): (address: number) => FunctionSymbol | undefined {
  const table = elf.sections.find((one) => one.type === SHT.symtab);
  const strings = table === undefined ? undefined : elf.sections[table.link];
  if (table === undefined || strings === undefined) return () => undefined;
  const names = contentOf(elf, strings);
  const symbols = symbolsIn(contentOf(elf, table), elf, names);
  const functions = symbols.filter(({ isFunction }) => isFunction);
  const labels = symbols.filter(({ isFunction }) => !isFunction);
  return (address) => {
    const found = covering(functions, address) ?? labelAt(labels, functions, address);
    const name = found === undefined ? undefined : textIn(names, found.nameAt, MAX_NAME_BYTES);
    return found === undefined || name === undefined
      ? undefined
      : { name, address: found.address, sizeBytes: found.sizeBytes };
  };
}

/** All functions, ascending, each address once; of several names of one the one that a lookup gives. */
export function functionSymbolsOf(elf: Elf): readonly FunctionSymbol[] {
  const table = elf.sections.find((one) => one.type === SHT.symtab);
  const strings = table === undefined ? undefined : elf.sections[table.link];
  if (table === undefined || strings === undefined) return [];
  const names = contentOf(elf, strings);
  const functions = symbolsIn(contentOf(elf, table), elf, names).filter(({ isFunction }) => isFunction);
  // The best of an address stands last.
  return functions.flatMap(({ address, sizeBytes, nameAt }, at) => {
    if (functions[at + 1]?.address === address) return [];
    return [{ name: textIn(names, nameAt, MAX_NAME_BYTES) ?? "", address, sizeBytes }];
  });
}

function symbolsIn(rows: Buffer, { bits, sections }: Elf, names: Buffer): readonly Symbol[] {
  const layout = LAYOUTS[bits];
  const isCode = sections.map(({ flags }) => (flags & SHF.execinstr) !== 0);
  const word = (at: number): number =>
    rows.readUInt32LE(at) + (bits === 64 ? rows.readUInt32LE(at + 4) * 0x1_0000_0000 : 0);
  const symbols: Symbol[] = [];
  const last = Math.min(rows.length, MOST_SYMBOLS * layout.bytes) - layout.bytes;
  for (let at = 0; at <= last; at += layout.bytes) {
    const info = rows[at + layout.info] ?? 0;
    const type = info & 0xf;
    if (type !== TYPE.function && type !== TYPE.none && type !== TYPE.indirect) continue;
    if (isCode[rows.readUInt16LE(at + layout.section)] !== true) continue;
    const nameAt = rows.readUInt32LE(at);
    const first = names[nameAt] ?? 0;
    // Without a name, a local label, or one that only says what follows it: code or data.
    if (first === 0 || first === 0x24 || (first === 0x2e && type === TYPE.none)) continue;
    const sizeBytes = word(at + layout.size);
    const rank = (sizeBytes > 0 ? 2 : 0) + (info >> 4 === LOCAL ? 0 : 1);
    const isFunction = type !== TYPE.none;
    symbols.push({ address: word(at + layout.value), sizeBytes, nameAt, isFunction, rank });
  }
  return symbols.sort((a, b) => a.address - b.address || a.rank - b.rank);
}

/** Index of the last symbol at or below an address; -1 for none. */
function below(symbols: readonly Symbol[], address: number): number {
  let low = 0;
  let high = symbols.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((symbols[middle]?.address ?? 0) <= address) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function covering(functions: readonly Symbol[], address: number): Symbol | undefined {
  const last = below(functions, address);
  for (let at = last; at >= 0 && at > last - MOST_NESTED; at -= 1) {
    const one = functions[at];
    // What has no size reaches up to the next, and no further.
    if (one !== undefined && (one.sizeBytes === 0 ? at === last : address < one.address + one.sizeBytes))
      return one;
  }
  return undefined;
}

/** The nearest label, unless a function has begun and ended after it: then there is only padding. */
function labelAt(
  labels: readonly Symbol[],
  functions: readonly Symbol[],
  address: number,
): Symbol | undefined {
  const label = labels[below(labels, address)];
  const before = functions[below(functions, address)];
  return before !== undefined && label !== undefined && label.address <= before.address ? undefined : label;
}
