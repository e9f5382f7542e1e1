/**
 * Follows the calls of some functions of a guest under its machine's stub: what stands in memory before and after each, and
 * after a second call of the same kind where one is wanted. These are the moments between cases in an image that does not
 * announce them. It knows nothing of tests.
 * Source: GDB manual, "Remote Protocol", "Packets" (`g`, `G`, `m`, `M`, `Z1`, `c`); the layout of `g` is that of QEMU 7.2.
 */
import { expanded } from "../../src/rsp/framing.js";
import { bytesOf, hexOf, isEnd, isStop } from "../../src/rsp/packets.js";
import type { MemoryRange } from "../../src/image/evidence.js";
import type { Architecture, Connection } from "../machine.js";
import { wordAt } from "../qemu/stack.js";
import { type Asking, openAsking } from "./asking.js";

/** What was read; undefined where nothing is mapped. */
export type Pieces = readonly (Uint8Array | undefined)[];

export interface Call {
  /** Address of the function. */
  readonly function: number;
  readonly before: Pieces;
  /** Absent where it has not returned. */
  after?: Pieces;
  /** After a second call, which began where the first one had ended. */
  again?: Pieces;
}

export interface Following {
  readonly architecture: Architecture;
  /**
   * Addresses of the functions, in rows: within a row they are called in this order, each once. One function of a row has a
   * breakpoint at a time, since QEMU runs the whole page of a breakpoint instruction by instruction.
   */
  readonly rows: readonly (readonly number[])[];
  /** What is read at both ends of a call of the function at an address. */
  readonly ranges: (address: number) => readonly MemoryRange[];
  /** Whether a function is called once more; asked when it has returned. */
  readonly wantsAgain?: (call: Call) => boolean;
  /** Hears of the moment before and after each first call; the guest stands until it is done. */
  readonly at?: (moment: Moment, guest: StandingGuest) => Promise<void>;
}

export interface Moment {
  readonly kind: "before" | "after";
  readonly function: number;
}

/** The memory of a guest that stands. */
export interface StandingGuest {
  /** Undefined where nothing is mapped. */
  readonly read: (range: MemoryRange) => Promise<Uint8Array | undefined>;
  /** False where it cannot be written. What was translated of code that is written is translated anew. */
  readonly write: (address: number, bytes: Uint8Array) => Promise<boolean>;
}

/** Where registers stand in the bytes of `g`, and how wide they are. */
interface Registers {
  readonly bytes: 4 | 8;
  readonly pc: number;
  readonly sp: number;
  /** Of the address after the call; absent where it stands on the stack. */
  readonly link?: number;
}

const REGISTERS: Readonly<Record<Architecture, Registers>> = {
  i386: { bytes: 4, pc: 8 * 4, sp: 4 * 4 },
  x86_64: { bytes: 8, pc: 16 * 8, sp: 7 * 8 },
  arm64: { bytes: 8, pc: 32 * 8, sp: 31 * 8, link: 30 * 8 },
};

/** The guest is gone, or its stub says something else than it has to. */
class Over extends Error {}

/**
 * Lets a guest that stands at its first instruction run, and stops it at each call.
 * @returns the calls in their order, which grow while the guest runs; a guest that ends, or a stub that fails, ends them
 */
export function followCalls(stub: Connection, following: Following): readonly Call[] {
  const calls: Call[] = [];
  const asking = openAsking(stub, () => undefined);
  const follow = async (): Promise<void> => {
    await say(asking, "?");
    const next = new Map<number, number | undefined>();
    for (const row of following.rows) row.forEach((address, at) => next.set(address, row[at + 1]));
    for (const [first] of following.rows) if (first !== undefined) await point(asking, "Z", first);
    for (;;) await followed(asking, following, next, calls);
  };
  follow().catch((error: unknown) => {
    if (!(error instanceof Over)) throw error;
    // The guest goes on without its debugger, and without its breakpoints; nothing answers where it is gone.
    void asking.ask("D");
  });
  return calls;
}

const say = async (asking: Asking, packet: string): Promise<string> => {
  const answer = await asking.ask(packet);
  return expanded(answer) ?? answer;
};

async function point(asking: Asking, kind: "Z" | "z", address: number): Promise<void> {
  const answer = await say(asking, `${kind}1,${address.toString(16)},1`);
  if (answer !== "OK") throw new Over();
}

/** Lets it run to its next stop; the address that it stands at, and its registers. */
async function go(asking: Asking, { pc, bytes }: Registers) {
  const stop = await say(asking, "c");
  if (!isStop(stop) || isEnd(stop)) throw new Over();
  const registers = bytesOf(await say(asking, "g"));
  // The other places stand before that of the counter.
  if (registers === undefined || registers.length < pc + bytes) throw new Over();
  return { at: wordAt(registers, pc, bytes), registers };
}

async function read(asking: Asking, { address, bytes }: MemoryRange): Promise<Uint8Array | undefined> {
  const found = bytesOf(await say(asking, `m${address.toString(16)},${bytes.toString(16)}`));
  return found?.length === bytes ? found : undefined;
}

/**
 * Questions go out together, and their answers come in order. Nothing is on its way when the guest is to run: QEMU takes a
 * late acknowledgement for Ctrl-C.
 */
const readAll = (asking: Asking, ranges: readonly MemoryRange[]): Promise<Pieces> =>
  Promise.all(ranges.map((range) => read(asking, range)));

/** Bytes of one write: a packet of QEMU 7.2 has room for twice as many digits, and its head. */
const PIECE_BYTES = 1024;

const standing = (asking: Asking): StandingGuest => ({
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

/** One call, from its first instruction to the one after it. */
async function followed(
  asking: Asking,
  { architecture, ranges, wantsAgain, at: heard }: Following,
  next: ReadonlyMap<number, number | undefined>,
  calls: Call[],
): Promise<void> {
  const places = REGISTERS[architecture];
  const { at, registers } = await go(asking, places);
  if (!next.has(at)) throw new Over();
  const wanted = ranges(at);
  const [back, before] = await Promise.all([
    returnOf(asking, places, registers),
    readAll(asking, wanted),
    // One that stays would stop the guest there again at once; a case is called once.
    point(asking, "z", at),
  ]);
  const entry: Entry = { registers, return: back };
  const call: Call = { function: at, before };
  calls.push(call);
  await heard?.({ kind: "before", function: at }, standing(asking));
  await point(asking, "Z", entry.return);
  const end = await toReturn(asking, places, entry);
  call.after = await readAll(asking, wanted);
  await heard?.({ kind: "after", function: at }, standing(asking));
  if (wantsAgain?.(call) === true) {
    await enter(asking, places, entry);
    await toReturn(asking, places, entry);
    call.again = await readAll(asking, wanted);
    await write(asking, `G${hexOf(end)}`);
  }
  const following = next.get(at);
  await Promise.all([
    point(asking, "z", entry.return),
    ...(following === undefined ? [] : [point(asking, "Z", following)]),
  ]);
}

/** The moment of a call: registers at the first instruction, and where it returns to. */
interface Entry {
  readonly registers: Uint8Array;
  readonly return: number;
}

async function returnOf(
  asking: Asking,
  { bytes, sp, link }: Registers,
  registers: Uint8Array,
): Promise<number> {
  if (link !== undefined) return wordAt(registers, link, bytes);
  const top = await read(asking, { address: wordAt(registers, sp, bytes), bytes });
  if (top === undefined) throw new Over();
  return wordAt(top, 0, bytes);
}

/** A function that calls itself returns there more than once: the last return has a stack no deeper than the entry's. */
async function toReturn(asking: Asking, places: Registers, entry: Entry): Promise<Uint8Array> {
  const top = wordAt(entry.registers, places.sp, places.bytes);
  for (;;) {
    const { at, registers } = await go(asking, places);
    const now = wordAt(registers, places.sp, places.bytes);
    if (at !== entry.return) throw new Over();
    if (now >= top) return registers;
    // Off the breakpoint by one instruction, and on.
    await point(asking, "z", entry.return);
    await say(asking, "s");
    await point(asking, "Z", entry.return);
  }
}

async function write(asking: Asking, packet: string): Promise<void> {
  if ((await say(asking, packet)) !== "OK") throw new Over();
}

/** Begins the call anew: the registers as they were, the address after the call where it has to be. */
async function enter(asking: Asking, places: Registers, entry: Entry): Promise<void> {
  await write(asking, `G${hexOf(entry.registers)}`);
  if (places.link !== undefined) return;
  const word = Buffer.alloc(8);
  word.writeBigUInt64LE(BigInt(entry.return));
  const top = wordAt(entry.registers, places.sp, places.bytes);
  const bytes = word.subarray(0, places.bytes);
  await write(asking, `M${top.toString(16)},${String(places.bytes)}:${hexOf(bytes)}`);
}
