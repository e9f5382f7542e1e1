/**
 * The stub of a guest that is replayed, for a debugger that goes back in time too. It stands in front of the emulator's own one
 * and is a connection like that: what it adds are the packets that go back, and the ends of the recording.
 * Source: GDB manual, "Remote Protocol", "Packets" (`bc`, `bs`) and "Stop Reply Packets" (`replaylog`).
 */
import { duplexPair } from "node:stream";
import {
  atEndOfLog,
  backwards,
  bytesOf,
  hexOf,
  isResume,
  isTrap,
  pointOf,
  REVERSIBLE,
  SIGNAL,
  stoppedBy,
  withFeature,
} from "../../src/rsp/packets.js";
import type { Architecture, Connection, History } from "../machine.js";
import { type Asking, openAsking } from "./asking.js";
import { openChannel } from "./channel.js";
import { arm, type Found, goToHit, type Hit, isWatchpoint, lastBefore, type Past } from "./reverse.js";
import { type ReplayedConsole, timelineOf } from "./timeline.js";

export interface ReplayOrder {
  readonly stub: Connection;
  readonly history: History;
  /** Instructions of the whole recording. */
  readonly last: number;
  readonly architecture: Architecture;
  readonly printing: ReplayedConsole;
  /** The emulator cannot go where the debugger wants to; why, in words. */
  readonly failed: (why: unknown) => void;
}

export interface ReplayedStub {
  readonly stub: Connection;
  /** Whether the guest stands at the end of what was recorded. */
  readonly isAtEnd: () => boolean;
}

/** Number of the register with the address of the next instruction. Source: gdb, `amd64-tdep.h`, `i386-tdep.h`, `arch/aarch64.h`. */
const PC: Readonly<Record<Architecture, number>> = { x86_64: 16, i386: 8, arm64: 32 };

/** Asks for it. Registers of all these processors are sent from their lowest byte on. */
async function addressIn(stub: Asking, architecture: Architecture): Promise<number | undefined> {
  const bytes = bytesOf(await stub.ask(`p${PC[architecture].toString(16)}`));
  return bytes === undefined || bytes.length === 0 ? undefined : Number(`0x${hexOf(bytes.toReversed())}`);
}

/** For a debugger that wants what cannot be done; its number means nothing. */
const ERROR = "E22";

/** Lets the guest run, up to the end of its recording. @returns the reply to the debugger */
async function forwards({ stub, timeline }: Past, last: number, packet: string): Promise<string> {
  if ((await timeline.now()) >= last) return atEndOfLog("end");
  await timeline.stopAt(last);
  const reply = await stub.ask(packet);
  if (isTrap(reply)) return reply;
  return (await timeline.now()) >= last ? atEndOfLog("end") : reply;
}

/** Where the debugger gets to, and the reply to it. */
function placeOf(found: Found, now: number): Hit {
  if (found === "nothing") return { icount: 0, reply: atEndOfLog("begin") };
  // A search that was given up has found nothing, and the user is where it began.
  return found === "interrupted" ? { icount: now, reply: stoppedBy(SIGNAL.INT) } : found;
}

/** Lets the guest go back. @returns the reply to the debugger */
async function back(past: Past, how: "step" | "continue"): Promise<string> {
  const { timeline, points } = past;
  const now = await timeline.now();
  if (now === 0) return atEndOfLog("begin");
  await arm(past, false);
  if (how === "continue") await timeline.keep();
  const isWatching = [...points].some(isWatchpoint);
  const one = { icount: now - 1, reply: stoppedBy(SIGNAL.TRAP) };
  // A debugger looks for its breakpoints after a step by itself, and not for what was written in it.
  const found =
    how === "continue" ? await lastBefore(past, now) : isWatching ? await lastBefore(past, now, 1) : one;
  const place = how === "step" && found === "nothing" ? one : placeOf(found, now);
  if (how === "continue" && place === found) await goToHit(past, found);
  else await timeline.goTo(place.icount, () => false);
  await arm(past, true);
  return place.reply;
}

/** Notes which breakpoints are set. */
async function set(
  points: Set<string>,
  stub: Asking,
  packet: string,
  { isSet, point }: NonNullable<ReturnType<typeof pointOf>>,
): Promise<string> {
  const reply = await stub.ask(packet);
  if (reply === "OK" && isSet) points.add(point);
  else if (reply === "OK") points.delete(point);
  return reply;
}

/** Begins to speak to the emulator's stub. */
export function replayedStub({
  stub,
  history,
  last,
  architecture,
  printing,
  failed,
}: ReplayOrder): ReplayedStub {
  const [ours, theirs] = duplexPair();
  const points = new Set<string>();
  let isAsked = false;
  let isAtEnd = false;
  const asking = openAsking(stub, (data) => {
    channel.send(data);
  });
  const timeline = timelineOf(asking, history, printing);
  // gdb/aarch64-tdep.c: its watchpoints are those of a processor that stops before the access.
  const isWatchedAfter = architecture === "arm64";
  const past: Past = {
    ...{ stub: asking, timeline, points, isWatchedAfter },
    pc: () => addressIn(asking, architecture),
    isAsked: () => isAsked,
  };
  const moved = async (packet: string): Promise<string> => {
    isAsked = false;
    const how = backwards(packet);
    const reply = await (how === undefined ? forwards(past, last, packet) : back(past, how));
    isAtEnd = reply === atEndOfLog("end");
    return reply;
  };
  const answer = async (packet: string): Promise<string> => {
    if (isResume(packet)) return moved(packet);
    const point = pointOf(packet);
    if (point !== undefined) return set(points, asking, packet, point);
    const reply = await asking.ask(packet);
    return packet.startsWith("qSupported") ? REVERSIBLE.reduce(withFeature, reply) : reply;
  };
  const channel = openChannel(ours, {
    packet: (packet) => {
      answer(packet).then(channel.send, (error: unknown) => {
        failed(error);
        channel.send(ERROR);
      });
    },
    interrupt: () => {
      isAsked = true;
      asking.interrupt();
    },
    closed: asking.close,
  });
  return { stub: theirs, isAtEnd: () => isAtEnd };
}
