/**
 * Reads little-endian fields one after the other, as DWARF has them. It never throws and never goes back: after the
 * end everything is zero and `isCut` says so, which makes a damaged section a short one.
 */

/** A place in some bytes that moves as it is read. */
export class Cursor {
  /** True once something was asked for that is not there. */
  isCut = false;

  constructor(
    readonly bytes: Buffer,
    public at: number,
    readonly end: number = bytes.length,
  ) {
    if (!(at >= 0 && at <= end && end <= bytes.length)) {
      this.end = bytes.length;
      this.#cut();
    }
  }

  get left(): number {
    return this.end - this.at;
  }

  u8(): number {
    return this.at < this.end ? (this.bytes[this.at++] ?? 0) : this.#cut();
  }

  u16(): number {
    return this.#take(2) ? this.bytes.readUInt16LE(this.at - 2) : 0;
  }

  u32(): number {
    return this.#take(4) ? this.bytes.readUInt32LE(this.at - 4) : 0;
  }

  /** Imprecise from 2^53 on: no guest has code up there. */
  u64(): number {
    const low = this.u32();
    return low + this.u32() * 0x1_0000_0000;
  }

  /** An unsigned number of 1, 2, 3, 4 or 8 bytes; any other width is skipped and reads as zero. */
  uint(width: number): number {
    switch (width) {
      case 1:
        return this.u8();
      case 2:
        return this.u16();
      case 3:
        return this.u16() + this.u8() * 0x1_0000;
      case 4:
        return this.u32();
      case 8:
        return this.u64();
      default:
        this.skip(width);
        return 0;
    }
  }

  /** LEB128 (DWARF 5, 7.6); imprecise from 2^53 on. */
  uleb(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  }

  sleb(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
      if (byte < 0x80) return (byte & 0x40) === 0 ? value : value - scale;
    }
  }

  skip(length: number): void {
    this.#take(length);
  }

  skipLeb(): void {
    while (this.u8() >= 0x80);
  }

  /** Steps over a text and its NUL; says where the text begins. */
  skipText(): number {
    const start = this.at;
    const end = this.bytes.indexOf(0, start);
    if (end < 0 || end >= this.end) this.#cut();
    else this.at = end + 1;
    return start;
  }

  /** The next bytes as a cursor of their own; fewer where fewer are left. */
  part(length: number): Cursor {
    const start = this.at;
    const end = Number.isFinite(length) ? Math.min(this.end, start + Math.max(0, length)) : this.end;
    this.at = end;
    return new Cursor(this.bytes, start, end);
  }

  #take(length: number): boolean {
    if (length >= 0 && this.at + length <= this.end) {
      this.at += length;
      return true;
    }
    this.#cut();
    return false;
  }

  #cut(): number {
    this.at = this.end;
    this.isCut = true;
    return 0;
  }
}

/** The length that begins a unit, and the width of the offsets in it (DWARF 5, 7.4). */
export function unitLength(cursor: Cursor): { readonly length: number; readonly offsetBytes: 4 | 8 } {
  const short = cursor.u32();
  return short === 0xffff_ffff ? { length: cursor.u64(), offsetBytes: 8 } : { length: short, offsetBytes: 4 };
}
