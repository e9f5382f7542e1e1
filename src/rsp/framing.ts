/**
 * Frames of the GDB remote protocol: packets to bytes and bytes to packets. What a packet means is in packets.ts; when
 * one is acknowledged or sent again is up to the caller.
 * Source: GDB manual, "Remote Protocol", "Overview".
 */

/** What stands on the line. */
export type Framed =
  | {
      readonly kind: "packet";
      /** Between `$` and `#`, as sent: escapes and run lengths are still in it. One character a byte. */
      readonly data: string;
    }
  /** A frame whose sum does not match, or that has no end. */
  | { readonly kind: "damaged" }
  | { readonly kind: "ack" }
  | { readonly kind: "nak" }
  /** The byte that asks a running target to stop. */
  | { readonly kind: "interrupt" };

/** More than any packet of a debugger holds; what has no end by then is none. */
const MOST_BYTES = 1 << 20;

const INTERRUPT = 0x03;

const sumOf = (data: string): number => {
  let sum = 0;
  for (let at = 0; at < data.length; at += 1) sum = (sum + data.charCodeAt(at)) & 0xff;
  return sum;
};

/** A packet as bytes. @param data without `$`, `#` and `}` of its own: see `escaped` */
export const frame = (data: string): Uint8Array =>
  Buffer.from(`$${data}#${sumOf(data).toString(16).padStart(2, "0")}`, "latin1");

/** Text of any bytes, so that a frame can hold it. */
export const escaped = (text: string): string =>
  text.replace(/[#$}*]/g, (one) => `}${String.fromCharCode(one.charCodeAt(0) ^ 0x20)}`);

/** The text that `escaped` was given. An escape without a character after it is dropped. */
export const unescaped = (data: string): string =>
  data.replace(/\}([^]?)/g, (_, one: string) =>
    one === "" ? "" : String.fromCharCode(one.charCodeAt(0) ^ 0x20),
  );

/** What a repetition adds to its count, so that the count is a character one can see. */
const REPEAT_BASE = 29;

/**
 * A reply with its run lengths written out: `0* ` is four zeros. The text stays escaped.
 * @returns undefined where a count is none, or what comes out is longer than any packet
 */
export function expanded(data: string): string | undefined {
  if (!data.includes("*")) return data;
  let text = "";
  // Looking at the end of a text that grows would copy all of it each time.
  let last = "";
  for (let at = 0; at < data.length; at += 1) {
    const one = data.charAt(at);
    if (one !== "*") {
      text += one;
      last = one;
      continue;
    }
    at += 1;
    const more = data.charCodeAt(at) - REPEAT_BASE;
    if (text === "" || !(more > 2) || text.length + more > MOST_BYTES) return undefined;
    text += last.repeat(more);
  }
  return text;
}

/** Reads one direction of a line, in any pieces. */
export interface FrameReader {
  /** What these bytes complete, in their order. What is no frame is passed over. */
  feed(bytes: Uint8Array): readonly Framed[];
}

/** Where the reader stands: outside of a frame, in one, or at one of the two digits of its sum. */
type State = "outside" | "data" | "first digit" | "second digit";

const OUTSIDE: Readonly<Record<string, Framed>> = {
  "+": { kind: "ack" },
  "-": { kind: "nak" },
  [String.fromCharCode(INTERRUPT)]: { kind: "interrupt" },
};

/** Makes a reader. */
export function frameReader(): FrameReader {
  let state: State = "outside";
  let data = "";
  let digits = "";
  const begin = (): void => {
    state = "data";
    data = "";
  };
  const end = (): Framed => {
    state = "outside";
    const isWhole = /^[0-9a-f]{2}$/i.test(digits) && parseInt(digits, 16) === sumOf(data);
    const framed: Framed = isWhole ? { kind: "packet", data } : { kind: "damaged" };
    data = "";
    return framed;
  };
  const inFrame = (one: string): Framed | undefined => {
    if (state === "data") {
      if (one === "#") state = "first digit";
      // It is never sent inside a frame, so the end of the one before was lost.
      else if (one === "$") {
        begin();
        return { kind: "damaged" };
      } else if (data.length >= MOST_BYTES) {
        state = "outside";
        return { kind: "damaged" };
      } else data += one;
      return undefined;
    }
    digits = state === "first digit" ? one : digits + one;
    if (state === "second digit") return end();
    state = "second digit";
    return undefined;
  };
  return {
    feed: (bytes) => {
      const found: Framed[] = [];
      for (const one of Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1")) {
        const framed = state === "outside" ? OUTSIDE[one] : inFrame(one);
        if (state === "outside" && one === "$") begin();
        if (framed !== undefined) found.push(framed);
      }
      return found;
    },
  };
}
