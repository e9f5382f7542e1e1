/**
 * Runs a line program and keeps its rows, sequence by sequence. Whatever it is given, it takes a byte for each step and
 * stops with the program.
 * Source: DWARF 5, 6.2.2 and 6.2.5.
 */
import { type LineHeader, takeFile } from "./line-header.js";
import { textAt } from "./sections.js";

/** Rows without a break, by address; the last is only an end. */
export interface Sequence {
  readonly low: number;
  readonly high: number;
  /** Indices of the rows. */
  readonly first: number;
  readonly end: number;
}

export interface Rows {
  readonly addresses: readonly number[];
  readonly files: readonly number[];
  readonly lines: readonly number[];
  readonly columns: readonly number[];
  /** By `low`. */
  readonly sequences: readonly Sequence[];
}

/** Standard opcodes (DWARF 5, 6.2.5.2). */
const LNS = {
  copy: 1,
  advancePc: 2,
  advanceLine: 3,
  setFile: 4,
  setColumn: 5,
  negateStatement: 6,
  basicBlock: 7,
  addConstantPc: 8,
  advancePcFixed: 9,
  prologueEnd: 10,
  epilogueBegin: 11,
  setIsa: 12,
} as const;

/** Extended opcodes (DWARF 5, 6.2.5.3). */
const LNE = { endSequence: 1, setAddress: 2, defineFile: 3 } as const;

class Machine {
  readonly rows = {
    addresses: [] as number[],
    files: [] as number[],
    lines: [] as number[],
    columns: [] as number[],
    sequences: [] as Sequence[],
  };
  #address = 0;
  #file = 1;
  #line = 1;
  #column = 0;
  #first = 0;

  constructor(
    readonly header: LineHeader,
    readonly isCode: (address: number) => boolean,
  ) {}

  run(): void {
    const { header } = this;
    const { program } = header;
    const base = header.operands.length + 1;
    while (program.left > 0) {
      const opcode = program.u8();
      if (opcode >= base) this.#special(opcode - base);
      else if (opcode === 0) this.#extended();
      else this.#standard(opcode, header.operands[opcode - 1] ?? 0, 255 - base);
    }
  }

  #special(adjusted: number): void {
    const { lineBase, lineRange } = this.header;
    this.#advance(Math.floor(adjusted / lineRange));
    this.#line += lineBase + (adjusted % lineRange);
    this.#row();
  }

  #advance(operations: number): void {
    this.#address += operations * this.header.instructionBytes;
  }

  #row(): void {
    const { rows } = this;
    rows.addresses.push(this.#address);
    rows.files.push(this.#file);
    rows.lines.push(this.#line);
    rows.columns.push(this.#column);
  }

  #standard(opcode: number, operands: number, largest: number): void {
    const { program, lineRange } = this.header;
    switch (opcode) {
      case LNS.copy:
        return this.#row();
      case LNS.advancePc:
        return this.#advance(program.uleb());
      case LNS.advanceLine:
        this.#line += program.sleb();
        return;
      case LNS.setFile:
        this.#file = program.uleb();
        return;
      case LNS.setColumn:
        this.#column = program.uleb();
        return;
      case LNS.addConstantPc:
        return this.#advance(Math.floor(largest / lineRange));
      case LNS.advancePcFixed:
        this.#address += program.u16();
        return;
      case LNS.negateStatement:
      case LNS.basicBlock:
      case LNS.prologueEnd:
      case LNS.epilogueBegin:
        return;
      default:
        // LNS.setIsa, and opcodes of versions to come: the header says how many numbers follow.
        for (let n = 0; n < operands; n += 1) program.skipLeb();
    }
  }

  #extended(): void {
    const body = this.header.program.part(this.header.program.uleb());
    switch (body.u8()) {
      case LNE.endSequence:
        return this.#endSequence();
      case LNE.setAddress:
        this.#address = body.uint(body.left);
        return;
      case LNE.defineFile: {
        const name = textAt(body.bytes, body.skipText()) ?? "";
        this.header.files.push(takeFile(body, name));
        return;
      }
      default:
        return;
    }
  }

  #endSequence(): void {
    const { rows } = this;
    const end = rows.addresses.length;
    const low = rows.addresses[this.#first];
    // What the linker dropped is left at address zero.
    if (low !== undefined && this.#address > low && this.isCode(low)) {
      rows.sequences.push({ low, high: this.#address, first: this.#first, end });
      this.#first = end;
    } else {
      for (const column of [rows.addresses, rows.files, rows.lines, rows.columns])
        column.length = this.#first;
    }
    this.#address = 0;
    this.#file = 1;
    this.#line = 1;
    this.#column = 0;
  }
}

/** The rows of a line program; `isCode` says which sequences are in the image at all. */
export function runLineProgram(header: LineHeader, isCode: (address: number) => boolean): Rows {
  const machine = new Machine(header, isCode);
  machine.run();
  machine.rows.sequences.sort((a, b) => a.low - b.low);
  return machine.rows;
}

/** Sequences that overlap are damage, or functions that were merged. */
const MOST_NESTED = 32;

/** How many of the ascending numbers in `[from, to)` are at most `limit`, as the index after them. */
function after(at: (index: number) => number, from: number, to: number, limit: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the row that an address belongs to: of several with one address, the last. */
export function rowAt({ addresses, sequences }: Rows, address: number): number | undefined {
  const last = after((at) => sequences[at]?.low ?? 0, 0, sequences.length, address);
  for (let at = last - 1; at >= 0 && at >= last - MOST_NESTED; at -= 1) {
    const sequence = sequences[at];
    if (sequence === undefined || address >= sequence.high) continue;
    return after((row) => addresses[row] ?? 0, sequence.first, sequence.end, address) - 1;
  }
  return undefined;
}
