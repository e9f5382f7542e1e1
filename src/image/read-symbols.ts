/**
 * Turns the addresses of an image into functions, files, lines and inlined calls: symbol table, line programs and
 * entries of functions put together. Damage makes it know less; it throws for nothing that is inside the sections.
 */
import type { SymbolFrame, Symbols } from "../core/fault/symbols.js";
import { withImage } from "./elf/bytes.js";
import { Functions, type Scope } from "./dwarf/functions.js";
import { pathOf } from "./dwarf/line-header.js";
import { rowAt } from "./dwarf/line-program.js";
import { type LineTable, LineTables } from "./dwarf/line-tables.js";
import { type DebugSections, debugSections } from "./dwarf/sections.js";
import { UnitIndex } from "./dwarf/unit-index.js";
import { isSplit, type Unit, Units } from "./dwarf/units.js";
import { type Elf, readElf } from "./elf.js";
import { functionsOf } from "./elf/functions.js";

type Place = Pick<SymbolFrame, "file" | "line" | "column">;

/** A number that some program could have written: from 1 on. */
const isGiven = (number: number): boolean => number > 0 && Number.isSafeInteger(number);

function place(file: string | undefined, line: number, column: number): Place {
  if (file === undefined) return {};
  if (!isGiven(line)) return { file };
  return isGiven(column) ? { file, line, column } : { file, line };
}

function rowPlace(unit: Unit, table: LineTable | undefined, address: number): Place {
  const row = table === undefined ? undefined : rowAt(table.rows, address);
  if (table === undefined || row === undefined) return {};
  const { files, lines, columns } = table.rows;
  return place(pathOf(table.header, unit, files[row] ?? 0), lines[row] ?? 0, columns[row] ?? 0);
}

function callPlace(
  unit: Unit,
  table: LineTable | undefined,
  { file, line, column }: NonNullable<Scope["call"]>,
): Place {
  if (table === undefined || file === undefined) return {};
  return place(pathOf(table.header, unit, file), line, column);
}

/** Frames of a chain of scopes: each is where the one it calls was called from. */
function framesOf(
  unit: Unit,
  table: LineTable | undefined,
  scopes: readonly Scope[],
  innermost: Place,
  outerName: string | undefined,
): readonly SymbolFrame[] {
  const inward = [...scopes].reverse();
  return inward.map(({ name, call }, depth): SymbolFrame => {
    const callee = inward[depth - 1]?.call;
    const where = callee === undefined ? innermost : callPlace(unit, table, callee);
    return {
      function: name ?? (call === undefined ? outerName : undefined) ?? UNNAMED,
      ...where,
      isInlined: call !== undefined,
    };
  });
}

/** A function whose name is nowhere. */
const UNNAMED = "??";

/**
 * Reads what an image says about its code. The image may be closed afterwards; a unit is decoded when the first address
 * in it is asked for.
 * Sources of the formats: System V ABI, DWARF 2 to 5.
 */
export function readSymbols(elf: Elf): Symbols {
  const sections = debugSections(elf);
  const symbolAt = functionsOf(elf);
  const units = new Units(sections);
  const index = new UnitIndex(sections, units);
  const functions = new Functions(sections, units);
  const tables = new LineTables(sections);
  const frames = (address: number): readonly SymbolFrame[] => {
    if (!sections.isCode(address)) return [];
    const unit = index.unitOf(address);
    const symbol = symbolAt(address)?.name;
    const table = unit === undefined ? undefined : tables.of(unit);
    const where = unit === undefined ? {} : rowPlace(unit, table, address);
    const scopes = unit === undefined ? [] : functions.at(unit, address);
    if (unit !== undefined && scopes.length > 0) return framesOf(unit, table, scopes, where, symbol);
    if (symbol === undefined && where.file === undefined) return [];
    return [{ function: symbol ?? UNNAMED, ...where, isInlined: false }];
  };
  return {
    frames: (address) => frames(Number(address)),
    function: (address) => {
      const found = symbolAt(Number(address));
      return found === undefined ? undefined : { name: found.name, offset: Number(address) - found.address };
    },
    ...(sections.lack !== undefined && { lack: sections.lack }),
    ...(hasSplitUnit(sections, units) && { gap: SPLIT }),
  };
}

const SPLIT = "inlined functions are in .dwo files, which are not read: build without -gsplit-dwarf";

/** Units are looked at only where a text is the name of such a file: nearly no image has one. */
const hasSplitUnit = ({ texts }: DebugSections, units: Units): boolean =>
  texts.includes(".dwo\0") &&
  units.offsets.some((offset) => {
    const unit = units.at(offset);
    return unit !== undefined && isSplit(unit);
  });

/** Reads the symbols of a file; throws a RigError when it cannot be read or is no ELF of a guest. */
export const readSymbolsOf = (path: string): Symbols =>
  withImage(path, (bytes) => readSymbols(readElf(bytes)));
