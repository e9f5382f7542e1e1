/** Line programs of an image by their offset, each run when it is first needed. */
import { Cursor } from "./cursor.js";
import { type LineHeader, readLineHeader } from "./line-header.js";
import { type Rows, runLineProgram } from "./line-program.js";
import type { DebugSections } from "./sections.js";
import type { Unit } from "./units.js";

export interface LineTable {
  readonly header: LineHeader;
  readonly rows: Rows;
}

export class LineTables {
  readonly #known = new Map<number, LineTable | undefined>();

  constructor(private readonly sections: DebugSections) {}

  /** The lines of a unit; undefined where it has none. */
  of(unit: Unit): LineTable | undefined {
    const at = unit.lineTable;
    if (at === undefined) return undefined;
    if (!this.#known.has(at)) this.#known.set(at, this.#read(at, unit));
    return this.#known.get(at);
  }

  #read(at: number, unit: Unit): LineTable | undefined {
    const header = readLineHeader(new Cursor(this.sections.lines, at), this.sections, unit);
    return header === undefined ? undefined : { header, rows: runLineProgram(header, this.sections.isCode) };
  }
}
