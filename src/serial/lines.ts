/**
 * Bytes to numbered lines, in linear time and constant memory whatever comes.
 * It does not interpret a line; serial/segments.ts does.
 */

/** Longest line that is kept, in bytes; the rest of it is counted and dropped. */
const LINE_CAP_BYTES = 64 * 1024;

export interface RawLine {
  /** From 1. */
  readonly number: number;
  /** Offset of the first byte in the log, from 0. */
  readonly byteOffset: number;
  /** One character per byte, without the line feed. */
  readonly text: string;
  readonly droppedBytes: number;
  /** False for the rest of a log that does not end in a line feed. */
  readonly terminated: boolean;
}

const LF = 0x0a;

/** Bytes to a string of one character per byte. Buffer does this natively; TextDecoder's latin1 is windows-1252. */
const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1", from, to);

/**
 * Splits a byte stream into lines. `lines()` walks one chunk; a line that continues in the next chunk is carried over.
 * A reader may `skip()` ahead over lines that it has counted itself, which is how long runs of passed results stay cheap.
 */
export class LineSplitter {
  constructor(private readonly capBytes = LINE_CAP_BYTES) {}

  #number = 1;
  /** Offset in the log of the chunk's first byte. */
  #chunkOffset = 0;
  #carry = "";
  #carryDropped = 0;
  /** Offset in the log where the carried line starts. */
  #carryOffset = 0;
  #chunk: Uint8Array = new Uint8Array(0);
  #position = 0;

  /** Hands over the next chunk. The bytes are read until the next call of `feed` only. */
  feed(chunk: Uint8Array): void {
    this.#chunkOffset += this.#chunk.length;
    this.#chunk = chunk;
    this.#position = 0;
  }

  /** The next line that the chunk completes. */
  next(): RawLine | undefined {
    const chunk = this.#chunk;
    const from = this.#position;
    const end = chunk.indexOf(LF, from);
    if (end < 0) {
      this.#keep(from, chunk.length);
      this.#position = chunk.length;
      return undefined;
    }
    this.#position = end + 1;
    return this.#take(from, end, true);
  }

  /** What is left when the stream has ended, if anything. */
  rest(): RawLine | undefined {
    if (this.#carry === "" && this.#carryDropped === 0) return undefined;
    return this.#take(this.#chunk.length, this.#chunk.length, false);
  }

  /** The bytes of the chunk that are still unread; only where no line is carried over. */
  unread(): { readonly bytes: Uint8Array; readonly from: number } | undefined {
    return this.#carry === "" && this.#carryDropped === 0
      ? { bytes: this.#chunk, from: this.#position }
      : undefined;
  }

  /** Passes over `lines` whole lines that end in front of `position` of the chunk; returns where the first stands. */
  skip(lines: number, position: number): { readonly line: number; readonly byteOffset: number } {
    const first = { line: this.#number, byteOffset: this.#chunkOffset + this.#position };
    this.#number += lines;
    this.#position = position;
    return first;
  }

  #take(from: number, end: number, terminated: boolean): RawLine {
    const carried = this.#carry !== "" || this.#carryDropped > 0;
    const byteOffset = carried ? this.#carryOffset : this.#chunkOffset + from;
    this.#keep(from, end);
    const line = {
      number: this.#number,
      byteOffset,
      text: this.#carry,
      droppedBytes: this.#carryDropped,
      terminated,
    };
    this.#number += 1;
    this.#carry = "";
    this.#carryDropped = 0;
    return line;
  }

  #keep(from: number, end: number): void {
    if (from === end) return;
    if (this.#carry === "" && this.#carryDropped === 0) this.#carryOffset = this.#chunkOffset + from;
    const kept = Math.min(end, from + this.capBytes - this.#carry.length);
    this.#carry += latin1(this.#chunk, from, kept);
    this.#carryDropped += end - kept;
  }
}
