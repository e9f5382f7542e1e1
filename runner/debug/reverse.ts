/**
 * Looks for the last place before the present one at which a breakpoint or watchpoint stops the guest. An emulator runs
 * forwards only (QEMU's own way back, packet `bc`, never answers in 7.2), so a stretch of the past is run again and its stops are
 * noted; where there are none, an earlier and longer one is.
 */
import { isTrap, isWatch } from "../../src/rsp/packets.js";
import type { Asking } from "./asking.js";
import type { Timeline } from "./timeline.js";

export interface Past {
  readonly stub: Asking;
  readonly timeline: Timeline;
  /** Breakpoints and watchpoints, in the words of their packets. */
  readonly points: ReadonlySet<string>;
  /** A watchpoint is reported after its access, as gdb expects it of a processor that stops before: it goes back by itself. */
  readonly isWatchedAfter: boolean;
  /** Address of the next instruction; undefined where the stub does not say. */
  readonly pc: () => Promise<number | undefined>;
  /** Whether the user wants it to end. */
  readonly isAsked: () => boolean;
}

/** Where something would have stopped the guest. */
export interface Hit {
  readonly icount: number;
  /** The stub's word for it. */
  readonly reply: string;
}

export type Found = Hit | "nothing" | "interrupted";

/** Instructions of the first stretch, and how many times longer each next one is. */
const FIRST = 1000;
const LONGER = 8;

/** After so many stops of a stretch its end is looked at first: it may have thousands. */
const MOST_HITS = 64;

/** Whether a point watches memory, in the words of its packet. */
export const isWatchpoint = (point: string): boolean => /^[234]/.test(point);

async function setAll({ stub }: Pick<Past, "stub">, points: readonly string[], isOn: boolean): Promise<void> {
  for (const point of points) await stub.ask(`${isOn ? "Z" : "z"}${point}`);
}

/** Sets the breakpoints, or removes them: on its way to a place the emulator shall stop at none. */
export const arm = (past: Pick<Past, "stub" | "points">, isOn: boolean): Promise<void> =>
  setAll(past, [...past.points], isOn);

/** A stop, as the debugger wants it. */
const hitAt = ({ isWatchedAfter }: Past, now: number, reply: string): Hit => ({
  icount: isWatch(reply) && !isWatchedAfter ? now - 1 : now,
  reply,
});

/** The stops of a stretch. */
interface Stretch {
  readonly hit: Hit | undefined;
  /** Where it was left, as there were too many. */
  readonly left?: number;
}

/** Takes a step without these points, which would stop the guest at once again. @returns what the stub says of it */
async function stepWithout(past: Past, points: readonly string[]): Promise<string> {
  await setAll(past, points, false);
  const reply = await past.stub.ask("s");
  await setAll(past, points, true);
  return reply;
}

/**
 * Leaves a stop.
 * @param isStuck the guest has stopped there before: QEMU stops in front of some accesses of arm64, and never after them
 * @returns the access that was made on the way, if any
 */
async function leave(past: Past, reply: string, isStuck: boolean): Promise<Hit | undefined> {
  const { timeline, points } = past;
  if (isWatch(reply)) {
    if (!isStuck) return undefined;
    await stepWithout(past, [...points]);
    return hitAt(past, await timeline.now(), reply);
  }
  const stepped = await stepWithout(
    past,
    [...points].filter((point) => !isWatchpoint(point)),
  );
  return isWatch(stepped) ? hitAt(past, await timeline.now(), stepped) : undefined;
}

/** Runs a stretch with the breakpoints set. No watched memory is accessed by its last instruction: see `lastStep`. */
async function run(past: Past, end: number): Promise<Stretch | "interrupted"> {
  const { stub, timeline, isAsked } = past;
  let hit: Hit | undefined;
  let before: number | undefined;
  for (let hits = 0; hits < MOST_HITS; hits += 1) {
    await timeline.stopAt(end);
    const reply = await stub.ask("c");
    if (isAsked()) return "interrupted";
    const now = await timeline.now();
    if (!isTrap(reply) || now >= end) return { hit };
    hit = (await leave(past, reply, now === before)) ?? hitAt(past, now, reply);
    before = now;
    if ((await timeline.now()) >= end) return { hit };
  }
  return { hit, left: await timeline.now() };
}

/**
 * Looks at the last instruction of a stretch alone. QEMU that has to stop at one place for the end of a stretch and for a
 * watchpoint forgets the second one half-way, and aborts at the next access ("Raised interrupt while not in I/O function").
 */
async function lastStep(past: Past, end: number): Promise<Found> {
  const { stub, timeline, points, isAsked } = past;
  const watched = [...points].filter(isWatchpoint);
  if (watched.length === 0) return "nothing";
  if (!(await timeline.goTo(end - 1, isAsked))) return "interrupted";
  await setAll(past, watched, true);
  const reply = await stub.ask("s");
  await setAll(past, watched, false);
  return isWatch(reply) ? hitAt(past, end, reply) : "nothing";
}

/** The last hit from `start` on and before `end`. */
async function lastIn(past: Past, start: number, end: number): Promise<Found> {
  const atEnd = await lastStep(past, end);
  if (atEnd !== "nothing") return atEnd;
  if (!(await past.timeline.goTo(start, past.isAsked))) return "interrupted";
  await arm(past, true);
  const stretch = await run(past, end);
  await arm(past, false);
  if (stretch === "interrupted") return stretch;
  const { hit, left } = stretch;
  if (left !== undefined) {
    const middle = Math.floor((left + end) / 2);
    for (const [from, to] of [
      [middle, end],
      [left, middle],
    ] as const) {
      const later = from < to ? await lastIn(past, from, to) : "nothing";
      if (later !== "nothing") return later;
    }
  }
  return hit ?? "nothing";
}

/**
 * Looks for it; no breakpoint is set before and after that, and the guest stands anywhere.
 * @param now the present place
 * @param furthest so many instructions are looked through at the most
 * @throws RigError
 */
export async function lastBefore(past: Past, now: number, furthest = now): Promise<Found> {
  const least = Math.max(0, now - furthest);
  let end = now;
  for (let length = FIRST; end > least; length *= LONGER) {
    const start = Math.max(least, end - length);
    const found = await lastIn(past, start, end);
    if (found !== "nothing") return found;
    end = start;
  }
  return "nothing";
}

/** Whether a breakpoint is at an address. */
const isBreakpointAt = (points: ReadonlySet<string>, address: number): boolean =>
  [...points].some((point) => !isWatchpoint(point) && parseInt(point.split(",")[1] ?? "", 16) === address);

/**
 * Goes to a stop that was found; no breakpoint may be set meanwhile. An instruction that raises an exception is not counted, so the
 * first one of its handler is at the same place in time, and QEMU goes to either of them. A step from the place before leads to
 * the one with the breakpoint.
 */
export async function goToHit({ stub, timeline, points, pc }: Past, { icount, reply }: Hit): Promise<void> {
  const never = (): boolean => false;
  await timeline.goTo(icount, never);
  if (isWatch(reply) || icount === 0) return;
  const address = await pc();
  if (address === undefined || isBreakpointAt(points, address)) return;
  await timeline.goTo(icount - 1, never);
  await stub.ask("s");
}
