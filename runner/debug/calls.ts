/**
 * Follows the calls of some functions of a guest under its machine's stub: what stands in memory before and after each, and
 * after a second call of the same kind where one is wanted. These are the moments between cases in an image that does not
 * announce them. It knows nothing of tests. Calls through a table of functions cost less to follow: table-calls.ts.
 * Source: GDB manual, "Remote Protocol", "Packets" (`?`, `D`, `G`, `M`, `Z1`).
 */
import { hexOf } from "../../src/rsp/packets.js";
import type { Connection } from "../machine.js";
import { wordAt } from "../qemu/stack.js";
import { type Asking, openAsking } from "./asking.js";
import type { Call, Following } from "./following.js";
import { watchCounter } from "./counter.js";
import {
  go,
  order,
  Over,
  point,
  read,
  readAll,
  REGISTERS,
  type Registers,
  say,
  type Standing,
} from "./stops.js";
import { callable } from "./guest-call.js";
import { followTable } from "./table-calls.js";

export type { Call, Change, Following, Moment } from "./following.js";
export type { Pieces, StandingGuest } from "./stops.js";

/**
 * Lets a guest that stands at its first instruction run, and stops it at each call.
 * @returns the calls in their order, which grow while the guest runs; a guest that ends, or a stub that fails, ends them
 */
export function followCalls(stub: Connection, following: Following): readonly Call[] {
  const calls: Call[] = [];
  const asking = openAsking(stub, () => undefined);
  const follow = async (): Promise<void> => {
    await say(asking, "?");
    const { table, wantsAgain } = following;
    const rows =
      table === undefined || wantsAgain !== undefined
        ? following.rows
        : await followTable(asking, following, table, calls);
    const next = new Map<number, number | undefined>();
    for (const row of rows) row.forEach((address, at) => next.set(address, row[at + 1]));
    for (const [first] of rows) if (first !== undefined) await point(asking, "Z1", first);
    for (;;) await followed(asking, following, next, calls);
  };
  follow().catch((error: unknown) => {
    if (!(error instanceof Over)) throw error;
    // The guest goes on without its debugger, and without its breakpoints; nothing answers where it is gone.
    void asking.ask("D");
  });
  return calls;
}

/** One call, from its first instruction to the one after it. */
async function followed(
  asking: Asking,
  { architecture, ranges, wantsAgain, counter, at: heard }: Following,
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
    point(asking, "z1", at),
  ]);
  const entry: Entry = { registers, return: back };
  const call: Call = { function: at, before };
  calls.push(call);
  await heard?.({ kind: "before", function: at }, callable(asking, architecture));
  await point(asking, "Z1", entry.return);
  const end = await toReturn(asking, places, entry);
  call.after = await readAll(asking, wanted);
  await heard?.({ kind: "after", function: at }, callable(asking, architecture));
  if (wantsAgain?.(call) === true) {
    await enter(asking, places, entry);
    const watched = counter && (await watchCounter(asking, places, counter));
    await toReturn(asking, places, entry, watched?.go);
    const changes = await watched?.end();
    if (changes !== undefined) call.changes = changes;
    call.again = await readAll(asking, wanted);
    await order(asking, `G${hexOf(end)}`);
  }
  const following = next.get(at);
  await Promise.all([
    point(asking, "z1", entry.return),
    ...(following === undefined ? [] : [point(asking, "Z1", following)]),
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
async function toReturn(
  asking: Asking,
  places: Registers,
  entry: Entry,
  onward: () => Promise<Standing> = () => go(asking, places),
): Promise<Uint8Array> {
  const top = wordAt(entry.registers, places.sp, places.bytes);
  for (;;) {
    const { at, registers } = await onward();
    const now = wordAt(registers, places.sp, places.bytes);
    if (at !== entry.return) throw new Over();
    if (now >= top) return registers;
    // Off the breakpoint by one instruction, and on.
    await point(asking, "z1", entry.return);
    await say(asking, "s");
    await point(asking, "Z1", entry.return);
  }
}

/** Begins the call anew: the registers as they were, the address after the call where it has to be. */
async function enter(asking: Asking, places: Registers, entry: Entry): Promise<void> {
  await order(asking, `G${hexOf(entry.registers)}`);
  if (places.link !== undefined) return;
  const word = Buffer.alloc(8);
  word.writeBigUInt64LE(BigInt(entry.return));
  const top = wordAt(entry.registers, places.sp, places.bytes);
  const bytes = word.subarray(0, places.bytes);
  await order(asking, `M${top.toString(16)},${String(places.bytes)}:${hexOf(bytes)}`);
}
