/**
 * The addresses that an entry covers: one stretch, or a list in .debug_ranges or .debug_rnglists. It keeps no list that
 * nobody could have meant.
 * Source: DWARF 4, 2.17.3; DWARF 5, 2.17.3 and 7.25.
 */
import { Cursor } from "./cursor.js";
import { AT, type Entry } from "./entries.js";
import type { Value } from "./forms.js";
import type { DebugSections } from "./sections.js";
import { addressOf, type Unit } from "./units.js";

/** From `low` on, `high` excluded. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Entries of one list that are read. A unit may have a stretch for each of its functions, a function has a few. */
export const MOST_OF = { unit: 1_000_000, entry: 512 } as const;

export const covers = (ranges: readonly Range[], address: number): boolean =>
  ranges.some(({ low, high }) => address >= low && address < high);

/** The ranges of an entry; none for a declaration. */
export function rangesOf(
  sections: DebugSections,
  unit: Unit,
  { values }: Entry,
  most: number = MOST_OF.entry,
): readonly Range[] {
  const list = values.get(AT.ranges);
  if (list !== undefined) {
    const cursor = listAt(sections, unit, list);
    return unit.version < 5 ? oldList(cursor, unit, most) : newList(cursor, sections, unit, most);
  }
  const low = addressOf(sections, unit, values.get(AT.lowPc));
  const end = values.get(AT.highPc);
  if (low === undefined || end === undefined) return [];
  const high = end.kind === "constant" ? low + end.value : addressOf(sections, unit, end);
  return high === undefined || high <= low ? [] : [{ low, high }];
}

/** Where a list begins. */
function listAt({ ranges, rangeLists }: DebugSections, unit: Unit, { kind, value }: Value): Cursor {
  if (unit.version < 5) return new Cursor(ranges, value);
  if (kind !== "listIndex") return new Cursor(rangeLists, value);
  const index = new Cursor(rangeLists, unit.rangeListsBase + value * unit.offsetBytes);
  return new Cursor(rangeLists, unit.rangeListsBase + index.uint(unit.offsetBytes));
}

function oldList(cursor: Cursor, { addressBytes, lowPc }: Unit, most: number): readonly Range[] {
  const ranges: Range[] = [];
  const isLargest = (value: number): boolean => value >= (addressBytes === 8 ? 2 ** 64 : 2 ** 32) - 1;
  let base = lowPc;
  for (let step = 0; step < most; step += 1) {
    const low = cursor.uint(addressBytes);
    const high = cursor.uint(addressBytes);
    if (cursor.isCut || (low === 0 && high === 0)) break;
    if (isLargest(low)) base = high;
    else if (high > low) ranges.push({ low: base + low, high: base + high });
  }
  return ranges;
}

/** Kinds of entries of a list (DWARF 5, 7.25). */
const RLE = {
  end: 0,
  baseIndex: 1,
  startIndexEndIndex: 2,
  startIndexLength: 3,
  offsetPair: 4,
  base: 5,
  startEnd: 6,
  startLength: 7,
} as const;

function newList(cursor: Cursor, sections: DebugSections, unit: Unit, most: number): readonly Range[] {
  const ranges: Range[] = [];
  let base = unit.lowPc;
  const indexed = (): number =>
    addressOf(sections, unit, { kind: "addressIndex", value: cursor.uleb() }) ?? Number.NaN;
  const given = (): number => cursor.uint(unit.addressBytes);
  const add = (low: number, high: number): void => {
    if (high > low) ranges.push({ low, high });
  };
  for (let step = 0; step < most && !cursor.isCut; step += 1) {
    switch (cursor.u8()) {
      case RLE.baseIndex:
        base = indexed();
        break;
      case RLE.startIndexEndIndex:
        add(indexed(), indexed());
        break;
      case RLE.startIndexLength: {
        const low = indexed();
        add(low, low + cursor.uleb());
        break;
      }
      case RLE.offsetPair:
        add(base + cursor.uleb(), base + cursor.uleb());
        break;
      case RLE.base:
        base = given();
        break;
      case RLE.startEnd:
        add(given(), given());
        break;
      case RLE.startLength: {
        const low = given();
        add(low, low + cursor.uleb());
        break;
      }
      case RLE.end:
      default:
        return ranges;
    }
  }
  return ranges;
}
