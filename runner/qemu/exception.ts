/**
 * What a crashed Unikraft guest of 0.21 or later knows of its exception and does not print: the record that its handler
 * keeps on the stack, found by the registers that the crash screen shows. It believes only a record that agrees with them.
 *
 * Source of the layout: Unikraft 0.21, plat/native/arch/x86_64/include, except.h and regs.h. The screens of arm64 show the
 * syndrome register, which says more.
 */
import type { Exception, Register } from "../../src/core/fault.js";
import type { Architecture, GuestSnapshot } from "../machine.js";

/** Offsets of a record's fields and where the saved registers begin, in bytes. */
interface Layout {
  /** The register that is looked for, and its offset in the saved registers. */
  readonly counter: string;
  readonly counterAt: number;
  /** Others that have to agree. */
  readonly others: readonly (readonly [name: string, at: number])[];
  readonly number: number;
  readonly text: number;
  readonly code: number;
  /** The register that the screen shows the code in. */
  readonly shownCode: string;
  readonly address: number;
  readonly registers: number;
  readonly bytes: number;
}

const X86_64: Layout = {
  counter: "RIP",
  counterAt: 0x88,
  others: [
    ["RSP", 0xa0],
    ["RAX", 0x58],
  ],
  text: 0,
  number: 8,
  code: 16,
  shownCode: "ORIG_RAX",
  registers: 32,
  address: 40,
  bytes: 48,
};

/** Everything that a guest writes at its crash lies in the first part of its memory: stacks, and the image itself. */
const SEARCHED_BYTES = 16 << 20;
const PIECE_BYTES = 1 << 20;
const TEXT_BYTES = 32;
/** Places that are tried: a guest may fill its memory with them. */
const MOST_PLACES = 32;

/** The places in memory that hold these eight bytes on their own boundary. */
async function* placesOf(value: bigint, inside: GuestSnapshot): AsyncGenerator<number> {
  let left = MOST_PLACES;
  const wanted = Buffer.alloc(8);
  wanted.writeBigUInt64LE(value);
  for (let from = 0; from < SEARCHED_BYTES; from += PIECE_BYTES) {
    const piece = await inside.read(from, PIECE_BYTES);
    if (piece === undefined) return;
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1))
      if (at % 8 === 0 && (left -= 1) >= 0) yield from + at;
    if (left <= 0) return;
  }
}

async function wordAt(address: number, inside: GuestSnapshot): Promise<bigint | undefined> {
  const bytes = await inside.read(address, 8);
  return bytes === undefined || bytes.length < 8
    ? undefined
    : Buffer.from(bytes.buffer, bytes.byteOffset, 8).readBigUInt64LE();
}

/** A name that the guest has for an exception. */
async function textAt(address: bigint, inside: GuestSnapshot): Promise<string | undefined> {
  const bytes = address < 2n ** 40n ? await inside.read(Number(address), TEXT_BYTES) : undefined;
  if (bytes === undefined) return undefined;
  const text = Buffer.from(bytes).toString("latin1");
  const end = text.indexOf("\0");
  return end >= 3 && /^[\w ]+$/.test(text.slice(0, end)) ? text.slice(0, end) : undefined;
}

/**
 * The exception after a crash screen; undefined where memory holds no record of it.
 * @param shown the registers that the screen shows
 */
export async function exceptionOf(
  architecture: Architecture,
  shown: readonly Register[],
  inside: GuestSnapshot,
): Promise<Exception | undefined> {
  if (architecture !== "x86_64") return undefined;
  const layout = X86_64;
  const valueOf = (name: string): bigint | undefined => {
    const value = shown.find((one) => one.name === name)?.value;
    return value === undefined ? undefined : BigInt(`0x${value}`);
  };
  const counter = valueOf(layout.counter);
  const code = valueOf(layout.shownCode);
  if (counter === undefined || code === undefined) return undefined;
  for await (const at of placesOf(counter, inside)) {
    const saved = at - layout.counterAt;
    if (saved <= 0 || !(await agrees(saved, layout, valueOf, inside))) continue;
    const found = await recordOf(saved, code, layout, inside);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function agrees(
  saved: number,
  { others }: Layout,
  valueOf: (name: string) => bigint | undefined,
  inside: GuestSnapshot,
): Promise<boolean> {
  for (const [name, at] of others) if ((await wordAt(saved + at, inside)) !== valueOf(name)) return false;
  return true;
}

/** The record that points to these saved registers and has the code of the screen. */
async function recordOf(
  saved: number,
  code: bigint,
  { registers, number, text, code: codeAt, address, bytes }: Layout,
  inside: GuestSnapshot,
): Promise<Exception | undefined> {
  for await (const at of placesOf(BigInt(saved), inside)) {
    const record = await inside.read(at - registers, bytes);
    if (record === undefined || record.length < bytes) continue;
    const fields = Buffer.from(record.buffer, record.byteOffset, bytes);
    if (fields.readBigUInt64LE(codeAt) !== code) continue;
    const trap = fields.readUInt32LE(number);
    const name = await textAt(fields.readBigUInt64LE(text), inside);
    if (name === undefined || trap > 31) continue;
    const hex = (value: bigint): string => value.toString(16);
    return { number: trap, name, code: hex(code), address: hex(fields.readBigUInt64LE(address)) };
  }
  return undefined;
}
