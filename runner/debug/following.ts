/** What following the calls of functions of a guest needs, and what comes of it. It follows none itself: see calls.ts. */
import type { MemoryRange } from "../../src/image/evidence.js";
import type { Architecture } from "../machine.js";
import type { Pieces, StandingGuest } from "./stops.js";

/** A change of a number of the guest. */
export interface Change {
  /** What it was changed by; below 0 where it fell. */
  readonly by: bigint;
  /** Addresses in the calls that changed it, innermost first. */
  readonly stack: readonly number[];
}

export interface Call {
  /** Address of the function. */
  readonly function: number;
  readonly before: Pieces;
  /** Absent where it has not returned. */
  after?: Pieces;
  /** After a second call, which began where the first one had ended. */
  again?: Pieces;
  /** How the counter changed in that second call; absent where it was not watched, or changed too often. */
  changes?: readonly Change[];
}

export interface Following {
  readonly architecture: Architecture;
  /**
   * Addresses of the functions, in rows: within a row they are called in this order, each once. One function of a row has a
   * breakpoint at a time, since QEMU runs the whole page of a breakpoint instruction by instruction.
   */
  readonly rows: readonly (readonly number[])[];
  /**
   * Where the guest finds them, by the same rows. It is of no use where a function is called once more, and is given up where
   * something else reads it.
   */
  readonly table?: FunctionTable;
  /** What is read at both ends of a call of the function at an address. */
  readonly ranges: (address: number) => readonly MemoryRange[];
  /** Whether a function is called once more; asked when it has returned. */
  readonly wantsAgain?: (call: Call) => boolean;
  /** A signed number of eight or four bytes whose changes in a second call are noted; absent where none is. */
  readonly counter?: MemoryRange;
  /** Hears of the moment before and after each first call; the guest stands until it is done. */
  readonly at?: (moment: Moment, guest: CallableGuest) => Promise<void>;
}

/** A call of a function that takes a word, and the address of eight bytes for its result, and returns 0. */
export interface GuestCall {
  /** Address of the function. */
  readonly function: number;
  readonly argument: bigint;
}

export interface CallableGuest extends StandingGuest {
  /**
   * Calls a function of it, with interrupts masked, and puts everything back.
   * @returns the eight bytes of its result; "error" where it returned another number than 0, "stuck" where it did not return
   */
  readonly call: (call: GuestCall) => Promise<Uint8Array | "error" | "stuck">;
}

export interface Moment {
  readonly kind: "before" | "after";
  readonly function: number;
}

export interface FunctionTable {
  /** The code that calls them. What reads the table from elsewhere does something else with it. */
  readonly caller: MemoryRange;
  readonly rows: readonly TableRow[];
}

/** Addresses of words of the guest. */
export interface TableRow {
  /** Of the pointers to the functions of the row, in the same order. */
  readonly functions: readonly number[];
  /** Of the pointer to the end of the row. */
  readonly end: number;
}
