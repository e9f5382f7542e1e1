/**
 * Makes line feeds of the carriage returns of a log that has no line feed at all, as some serial programs save it. A log
 * with line feeds passes through untouched.
 */

const LF = 0x0a;
const CR = 0x0d;

/** Bytes without a line feed after which a log with carriage returns is taken for one that has no other line end. */
const LONGEST_FIRST_LINE = 64 * 1024;

const NOTHING = new Uint8Array(0);

export class LineEnds {
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #end: "lf" | "cr" | undefined;

  /** The bytes that are ready once this chunk is there; they are valid as long as the chunk is. */
  feed(chunk: Uint8Array): Uint8Array {
    if (this.#end === "lf") return chunk;
    if (this.#end === "cr") return lineFeeds(chunk);
    // Whichever way a log comes in pieces, the same bytes decide.
    const room = LONGEST_FIRST_LINE - this.#heldBytes;
    const window = chunk.subarray(0, room);
    if (window.includes(LF)) return this.#decide("lf", chunk);
    if (chunk.length >= room) return this.#decide(this.#holds(window) ? "cr" : "lf", chunk);
    this.#held.push(Uint8Array.from(chunk));
    this.#heldBytes += chunk.length;
    return NOTHING;
  }

  /** The log is over: what was held back. */
  rest(): Uint8Array {
    if (this.#end !== undefined) return NOTHING;
    return this.#decide(this.#holds(NOTHING) ? "cr" : "lf", NOTHING);
  }

  /** True where a carriage return stands in front of something that is none: the first of a line end does not count. */
  #holds(window: Uint8Array): boolean {
    const bytes = [...this.#held, window];
    const all = Buffer.concat(bytes);
    const first = all.indexOf(CR);
    return first >= 0 && all.subarray(first).some((byte) => byte !== CR);
  }

  #decide(end: "lf" | "cr", chunk: Uint8Array): Uint8Array {
    this.#end = end;
    const all = this.#held.length === 0 ? chunk : Buffer.concat([...this.#held, chunk]);
    this.#held = [];
    return end === "lf" ? all : lineFeeds(all);
  }
}

function lineFeeds(chunk: Uint8Array): Uint8Array {
  return chunk.includes(CR) ? chunk.map((byte) => (byte === CR ? LF : byte)) : chunk;
}
