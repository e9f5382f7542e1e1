/**
 * The caller of a function of a PC that has no frame of its own, as leaves of optimised code have none: its return address
 * lies above the stack pointer, and is known by the call in front of it, which names the function. It knows no names.
 * Source: Intel SDM, volume 2, CALL (E8 rel32: the target counts from the next instruction).
 */
import { wordAt } from "../qemu/stack.js";

/** Bytes of a guest; undefined where nothing is mapped. */
type Read = (address: number, bytes: number) => Promise<Uint8Array | undefined>;

export interface Standpoint {
  /** First address of the function that runs. */
  readonly entry: number;
  readonly sp: number;
  /** The frame pointer: frames of callers lie from there on. */
  readonly frame: number;
  /** Width of a word. */
  readonly bytes: 4 | 8;
  /** The first caller by the chain of frames; absent where there is none. */
  readonly caller?: number | undefined;
}

/** A leaf saves so many registers at most, and has no other words on its stack that are worth a look. */
const MOST_WORDS = 8;

const CALL = 0xe8;
const CALL_BYTES = 5;

/** Call sites that are kept: code does not change, and a damaged stack has any number of addresses. */
const MOST_KNOWN = 20_000;

/** Finds callers without frames; `read` reads code, and `stack` the stack. */
export function directCalls(
  read: Read,
  isCode: (address: number) => boolean,
): (from: Standpoint, stack: Read) => Promise<number | undefined> {
  const targets = new Map<number, number | undefined>();
  const targetOf = async (back: number): Promise<number | undefined> => {
    if (targets.has(back)) return targets.get(back);
    const code = back < CALL_BYTES ? undefined : await read(back - CALL_BYTES, CALL_BYTES);
    const target =
      code?.[0] === CALL
        ? back + new DataView(code.buffer, code.byteOffset, code.byteLength).getInt32(1, true)
        : undefined;
    if (targets.size < MOST_KNOWN) targets.set(back, target);
    return target;
  };
  return async ({ entry, sp, frame, bytes, caller }, stack) => {
    // It has a frame: the chain says who called it.
    if (caller !== undefined && (await targetOf(caller)) === entry) return undefined;
    for (let at = sp; at < Math.min(sp + MOST_WORDS * bytes, frame); at += bytes) {
      const word = await stack(at, bytes);
      if (word === undefined) return undefined;
      const back = wordAt(word, 0, bytes);
      if (isCode(back - 1) && (await targetOf(back)) === entry) return back;
    }
    return undefined;
  };
}
