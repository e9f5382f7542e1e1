/**
 * Walks the entries of a unit: a visitor is shown those of the tags it wants, with their values, and says where to go
 * on. It resolves nothing. Every step goes forward, so a walk ends with the unit.
 * Source: DWARF 5, 2.3 and 7.5.2.
 */
import type { Abbreviation, Abbreviations } from "./abbreviations.js";
import { Cursor } from "./cursor.js";
import { type FormContext, readValue, type Value } from "./forms.js";

export const TAG = {
  entryPoint: 0x03,
  compileUnit: 0x11,
  inlined: 0x1d,
  subprogram: 0x2e,
  partialUnit: 0x3c,
  skeletonUnit: 0x4a,
} as const;

/** Attributes that somebody looks at. */
export const AT = {
  sibling: 0x01,
  name: 0x03,
  lineTable: 0x10,
  lowPc: 0x11,
  highPc: 0x12,
  directory: 0x1b,
  abstractOrigin: 0x31,
  specification: 0x47,
  ranges: 0x55,
  callColumn: 0x57,
  callFile: 0x58,
  callLine: 0x59,
  linkageName: 0x6e,
  textOffsetsBase: 0x72,
  addressesBase: 0x73,
  rangeListsBase: 0x74,
  otherFile: 0x76,
  gnuOtherFile: 0x2130,
  gnuRangesBase: 0x2132,
  gnuAddressesBase: 0x2133,
} as const;

const KEPT: ReadonlySet<number> = new Set(Object.values(AT));

/** Where the entries of a unit are and how they are read. */
export interface EntryContext extends FormContext {
  readonly abbreviations: Abbreviations;
  /** Offset of the first entry. */
  readonly first: number;
  /** Offset after the last. */
  readonly end: number;
}

export interface Entry {
  /** Offset in .debug_info. */
  readonly offset: number;
  readonly tag: number;
  readonly hasChildren: boolean;
  /** Offset after its attributes. */
  readonly after: number;
  readonly values: ReadonlyMap<number, Value>;
}

/** Into the children, past them, or no further. */
export type Step = "into" | "over" | "stop";

function valuesOf(cursor: Cursor, { attributes }: Abbreviation, context: FormContext): Map<number, Value> {
  const values = new Map<number, Value>();
  for (const { name, form, implicit } of attributes) {
    const value = readValue(cursor, form, implicit, context);
    if (KEPT.has(name) && value.kind !== "other") values.set(name, value);
  }
  return values;
}

function skipValues(cursor: Cursor, { attributes, width }: Abbreviation, context: FormContext): void {
  if (width !== undefined) cursor.skip(width);
  else for (const { form, implicit } of attributes) readValue(cursor, form, implicit, context);
}

/** The entry at an offset; undefined where there is none. */
export function entryAt(section: Buffer, context: EntryContext, offset: number): Entry | undefined {
  if (!(offset >= context.first && offset < context.end)) return undefined;
  const cursor = new Cursor(section, offset, Math.min(context.end, section.length));
  const abbreviation = context.abbreviations.get(cursor.uleb());
  if (abbreviation === undefined) return undefined;
  const values = valuesOf(cursor, abbreviation, context);
  const { tag, hasChildren } = abbreviation;
  return cursor.isCut ? undefined : { offset, tag, hasChildren, after: cursor.at, values };
}

/**
 * Shows all wanted entries from an offset on: those of the whole unit, or with `within` only those below the entry
 * whose children begin there.
 */
export function walk(
  section: Buffer,
  context: EntryContext,
  from: number,
  wanted: ReadonlySet<number>,
  visit: (entry: Entry) => Step,
): void {
  const cursor = new Cursor(section, from, Math.min(context.end, section.length));
  let depth = 0;
  /** Entries deeper than this are passed over. */
  let limit = Number.POSITIVE_INFINITY;
  while (cursor.left > 0) {
    const offset = cursor.at;
    const code = cursor.uleb();
    if (code === 0) {
      depth -= 1;
      if (depth < 0) return;
      if (depth <= limit) limit = Number.POSITIVE_INFINITY;
      continue;
    }
    const abbreviation = context.abbreviations.get(code);
    if (abbreviation === undefined) return;
    const { tag, hasChildren } = abbreviation;
    if (depth > limit || !wanted.has(tag)) {
      skipValues(cursor, abbreviation, context);
      if (hasChildren) depth += 1;
      continue;
    }
    const values = valuesOf(cursor, abbreviation, context);
    if (cursor.isCut) return;
    const step = visit({ offset, tag, hasChildren, after: cursor.at, values });
    if (step === "stop") return;
    if (!hasChildren) continue;
    const sibling = values.get(AT.sibling);
    const isAhead = sibling?.kind === "reference" && sibling.value > cursor.at && sibling.value < cursor.end;
    if (step === "over" && isAhead) cursor.at = sibling.value;
    else {
      if (step === "over") limit = depth;
      depth += 1;
    }
  }
}
