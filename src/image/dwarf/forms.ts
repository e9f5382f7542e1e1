/**
 * Reads the value of an attribute in any of the forms there are. It follows nothing: an index stays an index and an
 * offset an offset, because what they are relative to may stand after them.
 * Source: DWARF 5, 7.5.6, and the GNU extensions of DWARF 4.
 */
import type { Cursor } from "./cursor.js";

export interface Value {
  readonly kind:
    | "address"
    | "addressIndex"
    | "constant"
    /** Offset in .debug_info. */
    | "reference"
    /** Offset of a text in .debug_info, .debug_str or .debug_line_str. */
    | "ownText"
    | "text"
    | "lineText"
    | "textIndex"
    | "sectionOffset"
    | "listIndex"
    /** Nothing that is ever looked at. */
    | "other";
  readonly value: number;
}

/** What the widths of some forms depend on. */
export interface FormContext {
  /** Offset of the unit's header in its section. */
  readonly offset: number;
  readonly version: number;
  readonly addressBytes: number;
  readonly offsetBytes: 4 | 8;
}

const OTHER: Value = { kind: "other", value: 0 };

const FORM = { block: 0x09, string: 0x08, indirect: 0x16, implicitConst: 0x21 } as const;

/** Forms of a fixed width in bytes: only a number is read. */
const FIXED: ReadonlyMap<number, readonly [kind: Value["kind"], width: number]> = new Map([
  [0x05, ["constant", 2]],
  [0x06, ["constant", 4]],
  [0x07, ["constant", 8]],
  [0x0b, ["constant", 1]],
  [0x0c, ["constant", 1]], // flag
  [0x19, ["other", 0]], // flag_present
  [0x1c, ["other", 4]], // ref_sup4
  [0x1e, ["other", 16]], // data16: an MD5 sum
  [0x20, ["other", 8]], // ref_sig8
  [0x24, ["other", 8]], // ref_sup8
  [0x25, ["textIndex", 1]],
  [0x26, ["textIndex", 2]],
  [0x27, ["textIndex", 3]],
  [0x28, ["textIndex", 4]],
  [0x29, ["addressIndex", 1]],
  [0x2a, ["addressIndex", 2]],
  [0x2b, ["addressIndex", 3]],
  [0x2c, ["addressIndex", 4]],
]);

/** Forms that are an offset of a section, as wide as the unit's offsets. */
const OFFSETS: ReadonlyMap<number, Value["kind"]> = new Map([
  [0x0e, "text"],
  [0x17, "sectionOffset"],
  [0x1d, "other"], // strp_sup
  [0x1f, "lineText"],
  [0x1f20, "other"], // GNU_ref_alt
  [0x1f21, "other"], // GNU_strp_alt
]);

const LEBS: ReadonlyMap<number, Value["kind"]> = new Map([
  [0x0f, "constant"],
  [0x1a, "textIndex"],
  [0x1b, "addressIndex"],
  [0x22, "other"], // loclistx
  [0x23, "listIndex"],
  [0x1f01, "addressIndex"], // GNU_addr_index
  [0x1f02, "textIndex"], // GNU_str_index
]);

/** Forms that are relative to the unit: the width of each, zero for a LEB128. */
const REFERENCES: ReadonlyMap<number, number> = new Map([
  [0x11, 1],
  [0x12, 2],
  [0x13, 4],
  [0x14, 8],
  [0x15, 0],
]);

function blockLength(cursor: Cursor, form: number): number {
  switch (form) {
    case 0x0a:
      return cursor.u8();
    case 0x03:
      return cursor.u16();
    case 0x04:
      return cursor.u32();
    default:
      return cursor.uleb();
  }
}

/** Reads one value. A form that is not known ends the reading of its section: nobody knows how long it is. */
export function readValue(cursor: Cursor, form: number, implicit: number, context: FormContext): Value {
  const fixed = FIXED.get(form);
  if (fixed !== undefined) return { kind: fixed[0], value: cursor.uint(fixed[1]) };
  const offset = OFFSETS.get(form);
  if (offset !== undefined) return { kind: offset, value: cursor.uint(context.offsetBytes) };
  const leb = LEBS.get(form);
  if (leb !== undefined) return { kind: leb, value: cursor.uleb() };
  const width = REFERENCES.get(form);
  if (width !== undefined) {
    const distance = width === 0 ? cursor.uleb() : cursor.uint(width);
    return { kind: "reference", value: context.offset + distance };
  }
  switch (form) {
    case 0x01:
      return { kind: "address", value: cursor.uint(context.addressBytes) };
    case FORM.string:
      return { kind: "ownText", value: cursor.skipText() };
    case 0x0d:
      return { kind: "constant", value: cursor.sleb() };
    case 0x10: {
      // DWARF 2 made a reference across units as wide as an address.
      const bytes = context.version <= 2 ? context.addressBytes : context.offsetBytes;
      return { kind: "reference", value: cursor.uint(bytes) };
    }
    case FORM.implicitConst:
      return { kind: "constant", value: implicit };
    case FORM.indirect: {
      const real = cursor.uleb();
      // Neither can stand after itself.
      if (real === FORM.indirect || real === FORM.implicitConst) cursor.skip(cursor.left + 1);
      return cursor.isCut ? OTHER : readValue(cursor, real, 0, context);
    }
    case 0x03:
    case 0x04:
    case FORM.block:
    case 0x0a:
    case 0x18: // exprloc
      cursor.skip(blockLength(cursor, form));
      return OTHER;
    default:
      cursor.skip(cursor.left + 1);
      return OTHER;
  }
}

/** The width in bytes of a form that always has the same in its unit; undefined for any other. */
export function concurrencyOf(form: number, context: FormContext): number | undefined {
  if (form === FORM.implicitConst) return 0;
  if (form === 0x01) return context.addressBytes;
  if (OFFSETS.has(form)) return context.offsetBytes;
  const width = FIXED.get(form)?.[1] ?? REFERENCES.get(form);
  return width === 0 && form === 0x15 ? undefined : width;
}
