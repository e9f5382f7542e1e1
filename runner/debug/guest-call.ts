/**
 * Calls a function of a guest that stands under its machine's stub, where its own code stands between two calls, and puts
 * everything back. Interrupts are masked for the while. It knows no function by name.
 * Sources: GDB manual, "Remote Protocol", "Packets" (`G`, `M`, `Z1`) and "Interrupts"; System V ABI for i386 and x86_64,
 * "Function Calling Sequence"; AAPCS64, "Parameter passing"; the layout of `g` is that of QEMU 7.2.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { hexOf, isEnd, isStop } from "../../src/rsp/packets.js";
import type { Architecture } from "../machine.js";
import { wordAt } from "../qemu/stack.js";
import type { Asking } from "./asking.js";
import type { CallableGuest, GuestCall } from "./following.js";
import { order, Over, point, read, REGISTERS, say, standing, standingAt } from "./stops.js";

/** Where the registers that a call is about stand in the bytes of `g`. */
interface Convention {
  /** Of the first two arguments; absent where they stand on the stack. */
  readonly arguments?: readonly [number, number];
  /** Of what is returned. */
  readonly result: number;
  /** Of four bytes with the masks of interrupts, and those bits. */
  readonly flags: number;
  readonly mask: (flags: number) => number;
}

const withoutIf = (flags: number): number => flags & ~0x200;

const CONVENTIONS: Readonly<Record<Architecture, Convention>> = {
  i386: { result: 0, flags: 9 * 4, mask: withoutIf },
  x86_64: { arguments: [5 * 8, 4 * 8], result: 0, flags: 17 * 8, mask: withoutIf },
  arm64: { arguments: [0, 8], result: 0, flags: 33 * 8, mask: (flags) => flags | 0x3c0 },
};

/** Below the stack of the code that stands: no leaf uses more than 128 bytes there. */
const AWAY_BYTES = 512;
const RESULT_BYTES = 8;
/** A getter takes microseconds: one that takes longer waits for something that does not come. */
const LONGEST_MS = 3000;

/** One call; see `CallableGuest`. @throws Over where the guest or its stub is gone */
async function callIn(
  asking: Asking,
  architecture: Architecture,
  call: GuestCall,
): ReturnType<CallableGuest["call"]> {
  const places = REGISTERS[architecture];
  const { at, registers: before } = await standingAt(asking, places);
  const { registers, result, top } = await prepared(asking, architecture, before, call, at);
  // Where it returns to there may be a breakpoint already: QEMU takes the same one twice, and gives back one.
  await point(asking, "Z1", at);
  await order(asking, `G${hexOf(registers)}`);
  const hasStopped = await runBriefly(asking);
  const now = await standingAt(asking, places);
  const isBack = hasStopped && now.at === at && wordAt(now.registers, places.sp, places.bytes) >= top;
  const found = isBack ? await read(asking, { address: result, bytes: RESULT_BYTES }) : undefined;
  await order(asking, `G${hexOf(before)}`);
  await point(asking, "z1", at);
  if (!isBack) return "stuck";
  const code = Buffer.from(now.registers).readInt32LE(CONVENTIONS[architecture].result);
  return code !== 0 || found === undefined ? "error" : found;
}

/** The registers of a call, whose stack and result lie below those of the code that stands. */
async function prepared(
  asking: Asking,
  architecture: Architecture,
  before: Uint8Array,
  { function: address, argument }: GuestCall,
  returns: number,
) {
  const { bytes, pc, sp, link } = REGISTERS[architecture];
  const { arguments: places, flags, mask } = CONVENTIONS[architecture];
  const registers = Buffer.from(before);
  const put = (at: number, value: number | bigint, into = registers): void => {
    if (bytes === 8) into.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), at);
    else into.writeUInt32LE(Number(BigInt.asUintN(32, BigInt(value))), at);
  };
  // Upwards: the address after the call where it is pushed, at 16 what else is pushed, at 32 the result.
  const frame = Buffer.alloc(48);
  const begin = Math.floor((wordAt(before, sp, bytes) - AWAY_BYTES) / 16) * 16;
  const result = begin + 32;
  const pushed = link === undefined ? 16 - bytes : 16;
  [argument, BigInt(result)].forEach((value, nth) => {
    if (places === undefined) put(16 + nth * bytes, value, frame);
    else put(places[nth] ?? 0, value);
  });
  if (link === undefined) put(pushed, returns, frame);
  else put(link, returns);
  put(sp, begin + pushed);
  put(pc, address);
  registers.writeInt32LE(mask(registers.readInt32LE(flags)) | 0, flags);
  await order(asking, `M${begin.toString(16)},${frame.length.toString(16)}:${hexOf(frame)}`);
  return { registers, result, top: begin + pushed };
}

/** Lets it run to its next stop. @returns false where it had to be stopped */
async function runBriefly(asking: Asking): Promise<boolean> {
  const stop = say(asking, "c");
  const timer = new AbortController();
  const isDue = await Promise.race([
    stop.then(() => false),
    sleep(LONGEST_MS, true, { signal: timer.signal }).catch(() => false),
  ]);
  timer.abort();
  if (isDue) asking.interrupt();
  const reply = await stop;
  if (!isStop(reply) || isEnd(reply)) throw new Over();
  return !isDue;
}

/** The guest that this stub has stopped, whose functions can be called. */
export const callable = (asking: Asking, architecture: Architecture): CallableGuest => ({
  ...standing(asking),
  call: (call) => callIn(asking, architecture, call),
});
