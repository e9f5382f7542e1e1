/**
 * Which unit an address belongs to: by .debug_aranges where a unit is in it, else by what its first entry says. It opens
 * no unit that the table knows.
 * Source: DWARF 5, 6.1.2.
 */
import { Cursor, unitLength } from "./cursor.js";
import { MOST_OF, type Range, rangesOf } from "./ranges.js";
import type { DebugSections } from "./sections.js";
import type { Unit, Units } from "./units.js";

interface Owned extends Range {
  readonly unit: number;
}

/** Ranges may nest where a linker has merged functions: so many are looked at below the nearest. */
const MOST_NESTED = 32;

/** The stretches that .debug_aranges lists. */
function listed(section: Buffer): readonly Owned[] {
  const all: Owned[] = [];
  const cursor = new Cursor(section, 0);
  while (cursor.left > 0) {
    const start = cursor.at;
    const { length, offsetBytes } = unitLength(cursor);
    const set = cursor.part(length);
    set.skip(2);
    const unit = set.uint(offsetBytes);
    const addressBytes = set.u8();
    const selectorBytes = set.u8();
    if (set.isCut || selectorBytes !== 0 || (addressBytes !== 4 && addressBytes !== 8)) continue;
    // Pairs are aligned to their own size, counted from the start of the set.
    const pair = 2 * addressBytes;
    set.skip((pair - ((set.at - start) % pair)) % pair);
    while (set.left >= pair) {
      const low = set.uint(addressBytes);
      const size = set.uint(addressBytes);
      if (size > 0) all.push({ low, high: low + size, unit });
    }
  }
  return all;
}

/** Finds the unit of an address; made when the first is asked for. */
export class UnitIndex {
  #owned: readonly Owned[] | undefined;

  constructor(
    private readonly sections: DebugSections,
    private readonly units: Units,
  ) {}

  unitOf(address: number): Unit | undefined {
    this.#owned ??= this.#make();
    const owned = this.#owned;
    let low = 0;
    let high = owned.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((owned[middle]?.low ?? 0) <= address) low = middle + 1;
      else high = middle;
    }
    for (let at = low - 1; at >= 0 && at >= low - MOST_NESTED; at -= 1) {
      const one = owned[at];
      if (one !== undefined && address < one.high) return this.units.at(one.unit);
    }
    return undefined;
  }

  #make(): readonly Owned[] {
    const fromTable = listed(this.sections.unitRanges);
    const known = new Set(fromTable.map(({ unit }) => unit));
    const fromUnits = this.units.offsets.flatMap((offset) => {
      const unit = known.has(offset) ? undefined : this.units.at(offset);
      if (unit === undefined) return [];
      return rangesOf(this.sections, unit, unit.root, MOST_OF.unit).map((one) => ({ ...one, unit: offset }));
    });
    return [...fromTable, ...fromUnits]
      .filter(({ low }) => this.sections.isCode(low))
      .sort((a, b) => a.low - b.low);
  }
}
