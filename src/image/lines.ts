/**
 * All lines of an image that have code, by the addresses of that code. It knows no functions and no inlined calls: an
 * instruction is of the line that the compiler says it is of. Damage makes it know less.
 */
import type { Elf } from "./elf.js";
import { type FunctionSymbol, functionSymbolsOf } from "./elf/functions.js";
import { pathOf } from "./dwarf/line-header.js";
import { LineTables } from "./dwarf/line-tables.js";
import { debugSections } from "./dwarf/sections.js";
import { Units } from "./dwarf/units.js";

/** Code without a break that is of one line. */
export interface LineRange {
  /** First address, and the one after the last. */
  readonly low: number;
  readonly high: number;
  /** Index in `paths`. */
  readonly file: number;
  readonly line: number;
}

export interface ImageLines {
  /** As the compiler was given them. */
  readonly paths: readonly string[];
  /** By their addresses; ranges of functions that the linker has merged may overlap. */
  readonly ranges: readonly LineRange[];
  readonly functions: readonly FunctionSymbol[];
  /** Why there are none, or not all, in words. */
  readonly lack?: string;
}

const MOST_RANGES = 8_000_000;

/** The lines of an image with its debug information. */
export function linesIn(elf: Elf): ImageLines {
  const sections = debugSections(elf);
  const units = new Units(sections);
  const tables = new LineTables(sections);
  const paths: string[] = [];
  const known = new Map<string, number>();
  const ranges: LineRange[] = [];
  const read = new Set<number>();
  for (const offset of units.offsets) {
    const unit = units.at(offset);
    if (unit?.lineTable === undefined || read.has(unit.lineTable)) continue;
    read.add(unit.lineTable);
    const table = tables.of(unit);
    if (table === undefined) continue;
    const fileOf = indexer(paths, known, (file) => pathOf(table.header, unit, file));
    const { addresses, files, lines, sequences } = table.rows;
    for (const { high, first, end } of sequences)
      for (let row = first; row < end && ranges.length < MOST_RANGES; row += 1) {
        const low = addresses[row] ?? 0;
        const next = row + 1 < end ? (addresses[row + 1] ?? high) : high;
        const [file, line] = [fileOf(files[row] ?? 0), lines[row] ?? 0];
        // Code that the compiler has made up is of line 0.
        if (next > low && line > 0 && file !== undefined) ranges.push({ low, high: next, file, line });
      }
  }
  ranges.sort((a, b) => a.low - b.low);
  return {
    ...{ paths, ranges, functions: functionSymbolsOf(elf) },
    ...(sections.lack !== undefined && { lack: sections.lack }),
  };
}

/** Gives each path one number; files of a table that have no path have none. */
function indexer(
  paths: string[],
  known: Map<string, number>,
  pathAt: (file: number) => string | undefined,
): (file: number) => number | undefined {
  const own = new Map<number, number | undefined>();
  return (file) => {
    if (own.has(file)) return own.get(file);
    const path = pathAt(file);
    const index = path === undefined ? undefined : (known.get(path) ?? paths.push(path) - 1);
    if (path !== undefined && index !== undefined) known.set(path, index);
    own.set(file, index);
    return index;
  };
}
