/**
 * Stops of a guest under its machine's stub: lets it run to the next one, and says where it stands and what stands in its
 * memory there. Which places are of interest is up to those that follow it.
 * Source: GDB manual, "Remote Protocol", "Packets" (`g`, `m`, `M`, `Z1`, `Z3`, `c`) and "Stop Reply Packets"; the layout of `g` is
 * that of QEMU 7.2.
 */
import { expanded } from "../../src/rsp/framing.js";
import { bytesOf, hexOf, isEnd, isStop } from "../../src/rsp/packets.js";
import type { MemoryRange } from "../../src/image/evidence.js";
import type { Architecture } from "../machine.js";
import { wordAt } from "../qemu/stack.js";
import type { Asking } from "./asking.js";

/** What was read; undefined where nothing is mapped. */
export type Pieces = readonly (Uint8Array | undefined)[];

/** Where registers stand in the bytes of `g`, and how wide they are. */
export interface Registers {
  readonly bytes: 4 | 8;
  readonly pc: number;
  readonly sp: number;
  /** Of the frame pointer. */
  readonly frame: number;
  /** Of the address after the call; absent where it stands on the stack. */
  readonly link?: number;
}

export const REGISTERS: Readonly<Record<Architecture, Registers>> = {
  i386: { bytes: 4, pc: 8 * 4, sp: 4 * 4, frame: 5 * 4 },
  x86_64: { bytes: 8, pc: 16 * 8, sp: 7 * 8, frame: 6 * 8 },
  arm64: { bytes: 8, pc: 32 * 8, sp: 31 * 8, frame: 29 * 8, link: 30 * 8 },
};

/** The guest is gone, or its stub says something else than it has to. */
export class Over extends Error {}

/** Sends a packet. @returns its answer, with its run lengths written out */
export const say = async (asking: Asking, packet: string): Promise<string> => {
  const answer = await asking.ask(packet);
  return expanded(answer) ?? answer;
};

/** Sends a packet whose answer is that it was done. @throws Over where it was not */
export async function order(asking: Asking, packet: string): Promise<void> {
  if ((await say(asking, packet)) !== "OK") throw new Over();
}

/** A stop at an instruction (`1`), or at a read of a byte (`3`): sets (`Z`) or removes (`z`) it. */
export const point = (asking: Asking, kind: "Z1" | "z1" | "Z3" | "z3", address: number): Promise<void> =>
  order(asking, `${kind},${address.toString(16)},1`);

/** Lets it run to its next stop. @returns the reply that says why it stands. @throws Over where there is none */
export async function resume(asking: Asking): Promise<string> {
  const stop = await say(asking, "c");
  if (!isStop(stop) || isEnd(stop)) throw new Over();
  return stop;
}

/** Where a guest stands. */
export interface Standing {
  /** Address of the next instruction. */
  readonly at: number;
  readonly registers: Uint8Array;
}

/** The registers of a guest that stands. @throws Over where they cannot be read */
export async function standingAt(asking: Asking, { pc, bytes }: Registers): Promise<Standing> {
  const registers = bytesOf(await say(asking, "g"));
  // The other places stand before that of the counter.
  if (registers === undefined || registers.length < pc + bytes) throw new Over();
  return { at: wordAt(registers, pc, bytes), registers };
}

/** Lets it run to its next stop. @throws Over where there is none */
export async function go(asking: Asking, places: Registers): Promise<Standing> {
  await resume(asking);
  return standingAt(asking, places);
}

/** Bytes of one read: QEMU rejects more, since an answer of 7.2 has room for twice as many digits. */
const READ_BYTES = 2048;

/** Reads memory. @returns undefined where nothing is mapped, or less than all of it */
export async function read(asking: Asking, { address, bytes }: MemoryRange): Promise<Uint8Array | undefined> {
  const pieces: Promise<string>[] = [];
  for (let at = 0; at < bytes; at += READ_BYTES) {
    const length = Math.min(READ_BYTES, bytes - at);
    pieces.push(say(asking, `m${(address + at).toString(16)},${length.toString(16)}`));
  }
  const found = (await Promise.all(pieces)).map(bytesOf);
  const whole = found.flatMap((piece) => piece ?? []);
  if (whole.length < found.length) return undefined;
  const [first] = whole;
  const all = whole.length === 1 && first !== undefined ? first : Buffer.concat(whole);
  return all.length === bytes ? all : undefined;
}

/**
 * Questions go out together, and their answers come in order. Nothing is on its way when the guest is to run: QEMU takes a
 * late acknowledgement for Ctrl-C.
 */
export const readAll = (asking: Asking, ranges: readonly MemoryRange[]): Promise<Pieces> =>
  Promise.all(ranges.map((range) => read(asking, range)));

/** The memory of a guest that stands. */
export interface StandingGuest {
  /** Undefined where nothing is mapped. */
  readonly read: (range: MemoryRange) => Promise<Uint8Array | undefined>;
  /** False where it cannot be written. What was translated of code that is written is translated anew. */
  readonly write: (address: number, bytes: Uint8Array) => Promise<boolean>;
}

/** Bytes of one write: a packet of QEMU 7.2 has room for twice as many digits, and its head. */
const PIECE_BYTES = 1024;

/** The guest that this stub has stopped. */
export const standing = (asking: Asking): StandingGuest => ({
  read: (range) => read(asking, range),
  write: async (address, bytes) => {
    const pieces: Promise<string>[] = [];
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      const place = `${(address + at).toString(16)},${piece.length.toString(16)}`;
      pieces.push(say(asking, `M${place}:${hexOf(piece)}`));
    }
    return (await Promise.all(pieces)).every((answer) => answer === "OK");
  },
});
