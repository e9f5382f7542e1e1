/**
 * Reads the tables of .debug_abbrev, which say what the entries of a unit are made of. It reads no entry.
 * Source: DWARF 5, 7.5.3.
 */
import { Cursor } from "./cursor.js";
import { type FormContext, concurrencyOf } from "./forms.js";

export interface AttributeForm {
  readonly name: number;
  readonly form: number;
  /** The value of DW_FORM_implicit_const. */
  readonly implicit: number;
}

export interface Abbreviation {
  readonly tag: number;
  readonly hasChildren: boolean;
  readonly attributes: readonly AttributeForm[];
  /** Bytes of all attributes together, where every entry has the same. */
  readonly width: number | undefined;
}

export type Abbreviations = ReadonlyMap<number, Abbreviation>;

const IMPLICIT_CONST = 0x21;

function attributesOf(cursor: Cursor): readonly AttributeForm[] {
  const attributes: AttributeForm[] = [];
  for (;;) {
    const name = cursor.uleb();
    const form = cursor.uleb();
    const implicit = form === IMPLICIT_CONST ? cursor.sleb() : 0;
    if (cursor.isCut || (name === 0 && form === 0)) return attributes;
    attributes.push({ name, form, implicit });
  }
}

function widthOfAll(attributes: readonly AttributeForm[], context: FormContext): number | undefined {
  let sum = 0;
  for (const { form } of attributes) {
    const width = concurrencyOf(form, context);
    if (width === undefined) return undefined;
    sum += width;
  }
  return sum;
}

/** The table at an offset, for units of one shape. */
export function readAbbreviations(section: Buffer, offset: number, context: FormContext): Abbreviations {
  const cursor = new Cursor(section, offset);
  const table = new Map<number, Abbreviation>();
  for (let code = cursor.uleb(); code !== 0; code = cursor.uleb()) {
    const tag = cursor.uleb();
    const hasChildren = cursor.u8() !== 0;
    const attributes = attributesOf(cursor);
    if (cursor.isCut) break;
    table.set(code, { tag, hasChildren, attributes, width: widthOfAll(attributes, context) });
  }
  return table;
}
