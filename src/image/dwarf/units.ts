/**
 * The units of .debug_info: their headers, what their first entry says, and the values that are relative to them. It
 * walks into none of them.
 * Source: DWARF 5, 7.5.1 and 3.1; versions 2 to 5.
 */
import { type Abbreviations, readAbbreviations } from "./abbreviations.js";
import { Cursor, unitLength } from "./cursor.js";
import { AT, entryAt, type Entry, type EntryContext, TAG } from "./entries.js";
import type { Value } from "./forms.js";
import { type DebugSections, textAt } from "./sections.js";

export interface Unit extends EntryContext {
  readonly root: Entry;
  /** Where its line program begins. */
  readonly lineTable: number | undefined;
  readonly name: string | undefined;
  /** Folder that relative file names are relative to. */
  readonly directory: string | undefined;
  readonly lowPc: number;
  readonly textOffsetsBase: number;
  readonly addressesBase: number;
  readonly rangeListsBase: number;
}

/** Unit types that hold functions (DWARF 5, 7.5.1): compile, partial, skeleton. */
const CODE_UNITS: ReadonlySet<number> = new Set([1, 3, 4]);
const ROOTS: ReadonlySet<number> = new Set([TAG.compileUnit, TAG.partialUnit, TAG.skeletonUnit]);
const SKELETON = 4;
const MOST_UNITS = 200_000;

type Header = Omit<EntryContext, "abbreviations"> & {
  readonly abbreviationsAt: number;
  readonly next: number;
};

function headerAt(section: Buffer, offset: number): Header | undefined {
  const cursor = new Cursor(section, offset);
  const { length, offsetBytes } = unitLength(cursor);
  const next = cursor.at + length;
  if (cursor.isCut || !(length > 0)) return undefined;
  const version = cursor.u16();
  const type = version >= 5 ? cursor.u8() : 1;
  const early = version >= 5 ? cursor.u8() : 0;
  const abbreviationsAt = cursor.uint(offsetBytes);
  const addressBytes = version >= 5 ? early : cursor.u8();
  if (type === SKELETON) cursor.skip(8);
  const isKnown = version >= 2 && version <= 5 && CODE_UNITS.has(type);
  const end = isKnown ? Math.min(next, section.length) : 0;
  return { offset, version, addressBytes, offsetBytes, first: cursor.at, end, abbreviationsAt, next };
}

/** All units of an image; each is opened when it is asked for. */
export class Units {
  readonly #headers: readonly Header[];
  readonly #opened = new Map<number, Unit | undefined>();
  readonly #tables = new Map<string, Abbreviations>();

  constructor(private readonly sections: DebugSections) {
    const headers: Header[] = [];
    for (let offset = 0; headers.length < MOST_UNITS;) {
      const header = headerAt(sections.info, offset);
      if (header === undefined) break;
      if (header.end > 0) headers.push(header);
      offset = header.next;
    }
    this.#headers = headers;
  }

  /** Offsets of all units, ascending. */
  get offsets(): readonly number[] {
    return this.#headers.map(({ offset }) => offset);
  }

  /** The unit that begins at an offset. */
  at(offset: number): Unit | undefined {
    if (this.#opened.has(offset)) return this.#opened.get(offset);
    const header = this.#before(offset);
    const unit = header?.offset === offset ? this.#open(header) : undefined;
    this.#opened.set(offset, unit);
    return unit;
  }

  /** The unit that the entry at an offset belongs to. */
  holding(offset: number): Unit | undefined {
    const header = this.#before(offset);
    return header === undefined || offset >= header.end ? undefined : this.at(header.offset);
  }

  #before(offset: number): Header | undefined {
    let low = 0;
    let high = this.#headers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#headers[middle]?.offset ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.#headers[low - 1];
  }

  #open(header: Header): Unit | undefined {
    const { version, addressBytes, offsetBytes, abbreviationsAt } = header;
    const key = [abbreviationsAt, version, addressBytes, offsetBytes].join(" ");
    const abbreviations =
      this.#tables.get(key) ?? readAbbreviations(this.sections.abbreviations, abbreviationsAt, header);
    this.#tables.set(key, abbreviations);
    const context: EntryContext = { ...header, abbreviations };
    const root = entryAt(this.sections.info, context, header.first);
    return root === undefined || !ROOTS.has(root.tag) ? undefined : unitOf(this.sections, context, root);
  }
}

function unitOf(sections: DebugSections, context: EntryContext, root: Entry): Unit {
  const offsetOf = (...names: readonly number[]): number | undefined =>
    names.map((name) => root.values.get(name)?.value).find((value) => value !== undefined);
  // Without a base the lists begin after the header of the first of them.
  const afterHeader = context.offsetBytes === 8 ? 16 : 8;
  const bases = {
    textOffsetsBase: offsetOf(AT.textOffsetsBase) ?? afterHeader,
    addressesBase:
      offsetOf(AT.addressesBase, AT.gnuAddressesBase) ?? (context.version >= 5 ? afterHeader : 0),
    rangeListsBase: offsetOf(AT.rangeListsBase) ?? afterHeader + 4,
  };
  const shape = { ...context, ...bases };
  return {
    ...shape,
    root,
    lineTable: offsetOf(AT.lineTable),
    name: textOf(sections, shape, root.values.get(AT.name)),
    directory: textOf(sections, shape, root.values.get(AT.directory)),
    lowPc: addressOf(sections, shape, root.values.get(AT.lowPc)) ?? 0,
  };
}

type Bases = Pick<Unit, "addressBytes" | "offsetBytes" | "textOffsetsBase" | "addressesBase">;

/** Whether a unit has only its lines here, and its functions in a `.dwo` file (`-gsplit-dwarf`). */
export const isSplit = ({ root }: Unit): boolean =>
  root.values.has(AT.otherFile) || root.values.has(AT.gnuOtherFile);

/** A text in any of the places where DWARF keeps one. */
export function textOf(sections: DebugSections, unit: Bases, value: Value | undefined): string | undefined {
  switch (value?.kind) {
    case "ownText":
      return textAt(sections.info, value.value);
    case "text":
      return textAt(sections.texts, value.value);
    case "lineText":
      return textAt(sections.lineTexts, value.value);
    case "textIndex": {
      const at = unit.textOffsetsBase + value.value * unit.offsetBytes;
      const cursor = new Cursor(sections.textOffsets, at);
      const offset = cursor.uint(unit.offsetBytes);
      return cursor.isCut ? undefined : textAt(sections.texts, offset);
    }
    case "address":
    case "addressIndex":
    case "constant":
    case "reference":
    case "sectionOffset":
    case "listIndex":
    case "other":
    case undefined:
      return undefined;
  }
}

/** An address, given or looked up. */
export function addressOf(
  sections: DebugSections,
  { addressBytes, addressesBase }: Bases,
  value: Value | undefined,
): number | undefined {
  if (value?.kind === "address") return value.value;
  if (value?.kind !== "addressIndex") return undefined;
  const cursor = new Cursor(sections.addresses, addressesBase + value.value * addressBytes);
  const address = cursor.uint(addressBytes);
  return cursor.isCut ? undefined : address;
}
