/**
 * Notes how a number of a guest changes while a function runs, and in which calls: a watchpoint of its machine's stub stops
 * the guest at each write. It knows no meaning of the number.
 * Source: GDB manual, "Remote Protocol", "Packets" (`Z2`) and "Stop Reply Packets" (`watch`).
 */
import type { MemoryRange } from "../../src/image/evidence.js";
import { wordAt } from "../qemu/stack.js";
import type { Asking } from "./asking.js";
import type { Change } from "./following.js";
import { order, read, type Registers, resume, say, type Standing, standingAt } from "./stops.js";

/** So many changes are noted: each one stops the guest. */
const MOST_CHANGES = 500;

/** Frames of the calls of a change: it is known by the inner ones. */
const MOST_FRAMES = 16;

export interface Counter {
  /** Lets the guest run to its next stop that is none of the counter. @throws Over where there is none */
  readonly go: () => Promise<Standing>;
  /** Ends the noting. @returns what has changed; undefined where that is not known */
  readonly end: () => Promise<readonly Change[] | undefined>;
}

/** Watches a number of a guest that stands; undefined where its stub cannot. */
export async function watchCounter(
  asking: Asking,
  places: Registers,
  range: MemoryRange,
): Promise<Counter | undefined> {
  const where = `2,${range.address.toString(16)},${String(range.bytes)}`;
  let last = await valueOf(asking, range);
  if (last === undefined || (await say(asking, `Z${where}`)) !== "OK") return undefined;
  const changes: Change[] = [];
  let isWatched = true;
  const unwatch = async (): Promise<void> => {
    if (isWatched) await order(asking, `z${where}`);
    isWatched = false;
  };
  const valueThen = async (): Promise<bigint | undefined> => {
    const now = await valueOf(asking, range);
    if (now !== last) return now;
    // An arm64 stands before its write, and would stop there for ever.
    await order(asking, `z${where}`);
    await say(asking, "s");
    await order(asking, `Z${where}`);
    return valueOf(asking, range);
  };
  const note = async ({ at, registers }: Standing): Promise<void> => {
    const now = await valueThen();
    if (changes.length === MOST_CHANGES || now === undefined) return unwatch();
    // Nothing has changed where the same number was written.
    if (last !== undefined && now !== last)
      changes.push({ by: now - last, stack: [at, ...(await callersOf(asking, places, registers))] });
    last = now;
  };
  let isWhole = true;
  return {
    go: async () => {
      for (;;) {
        const reply = await resume(asking);
        const standing = await standingAt(asking, places);
        if (!/^T[0-9a-f]{2}(?:[^;]{0,40};){0,4}watch:/.test(reply)) return standing;
        await note(standing);
        isWhole &&= isWatched;
      }
    },
    end: async () => {
      await unwatch();
      return isWhole ? changes : undefined;
    },
  };
}

async function valueOf(asking: Asking, range: MemoryRange): Promise<bigint | undefined> {
  const bytes = await read(asking, range);
  if (bytes === undefined) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return range.bytes === 8 ? view.getBigInt64(0, true) : BigInt(view.getInt32(0, true));
}

/** The addresses after the calls that led here, by the chain of frames. */
async function callersOf(
  asking: Asking,
  { frame, bytes }: Registers,
  registers: Uint8Array,
): Promise<readonly number[]> {
  const callers: number[] = [];
  let at = wordAt(registers, frame, bytes);
  while (callers.length < MOST_FRAMES && Number.isSafeInteger(at) && at > 0) {
    const pair = await read(asking, { address: at, bytes: 2 * bytes });
    if (pair === undefined) break;
    const [outer, back] = [wordAt(pair, 0, bytes), wordAt(pair, bytes, bytes)];
    if (back === 0 || !Number.isSafeInteger(back)) break;
    callers.push(back);
    // Frames lie further and further up; anything else is no chain.
    if (outer <= at) break;
    at = outer;
  }
  return callers;
}
