/**
 * What an editor debugs, from its start to its end: the guest of a session as `uktest debug` boots it, or a core, in a gdb that
 * speaks MI. It answers no request.
 */
import { type Hear, type Mi, startMi } from "../../runner/debug/mi.js";
import { sessionFolder } from "../../runner/debug/listening.js";
import { KIT_ROOT } from "../../runner/build/kit.js";
import { RigError } from "../core/errors.js";
import type { Tool } from "../core/events.js";
import { messageOf } from "../core/reason.js";
import type { DebugArguments, Surroundings } from "../debug/arguments.js";
import { coreFor } from "../debug/core.js";
import type { DebuggedGuest } from "../debug/guest.js";
import { listenFor } from "../debug/listen-for.js";
import { definitions, SETTINGS, settingsFor } from "../debug/script.js";
import { type Debuggee, runSession } from "../debug/session.js";
import type { MiRecord } from "../mi/records.js";
import { tupleOf, tuplesOf } from "../mi/values.js";
import { setSessionStops } from "./breakpoints.js";
import { type Client, type Live, newLive } from "./live.js";
import { goOn, hit, stopped, taken } from "./run-control.js";
import { fold } from "./stack.js";

export interface OpenOrder {
  readonly args: DebugArguments;
  /** The guest waits at its first instruction. */
  readonly stopOnEntry: boolean;
}

export interface Opening {
  readonly tool: Tool;
  readonly client: Client;
  /** Ends it. */
  readonly stop: AbortSignal;
  /** Called once, when breakpoints can be set. */
  readonly ready: (opened: Opened) => void;
}

/** What stands still and waits for the editor. */
export interface Opened {
  readonly live: Live;
  /** The editor has set what it wants to: lets the guest run. @returns what is to be said once that is answered */
  readonly begin: () => Promise<() => void>;
}

/** Hands what gdb says to whom it is for. */
function hearing(client: Client, live: () => Live | undefined): Hear {
  return (record: MiRecord) => {
    const one = live();
    if (record.kind === "target") return client.print("stdout", record.text);
    if (record.kind === "other") return client.print("stderr", `${record.text}\n`);
    if (one === undefined) return;
    // Where the guest has stopped is what the editor shows by itself.
    if (record.kind === "console")
      return one.running.isRunning ? undefined : client.print("console", record.text);
    if (record.kind === "exec" && record.name === "running") return taken(one);
    if (record.kind === "exec" && record.name === "stopped")
      return void stopped(one, record.values).catch((error: unknown) => {
        // It stands all the same, and an editor that does not know could only end it.
        client.print("stderr", `uktest: ${messageOf(error)}\n`);
        client.send("stopped", { reason: "pause", threadId: 1, allThreadsStopped: true });
      });
    if (record.kind !== "notify") return;
    if (record.name === "thread-group-exited") return one.over();
    if (record.name === "breakpoint-modified") hit(one, tupleOf(record.values, "bkpt"));
  };
}

/** The end of what is debugged, for those who wait for it. */
function ending(stop: AbortSignal): { readonly over: () => void; readonly ended: Promise<void> } {
  let over = (): void => undefined;
  const ended = new Promise<void>((resolve) => (over = resolve));
  stop.addEventListener("abort", () => {
    over();
  });
  if (stop.aborted) over();
  return { over, ended };
}

/** A gdb that ends by itself has failed. */
const noMore = async ({ end }: Mi): Promise<never> => {
  throw new RigError(`gdb has ended with ${String(await end)}`, "see what it has printed");
};

/** A guest that has ended while it stood still: gdb would notice with the next command. */
async function gone({ ended }: DebuggedGuest, { running, over }: Live): Promise<never> {
  await ended;
  if (!running.isRunning) over();
  return new Promise<never>(() => undefined);
}

async function withGuest(
  { guest, ready: { target, where, symbols, breaks }, gdb }: Debuggee,
  { args: { recordReplay }, stopOnEntry }: OpenOrder,
  { client, stop, ready }: Opening,
): Promise<number> {
  const { address, folder, close } = await listenFor(guest);
  const sources = [KIT_ROOT, target.project.root];
  const script = folder.write("commands.gdb", `${definitions({ sources, cases: where.cases }).join("\n")}\n`);
  const { over, ended } = ending(stop);
  let heard: Live | undefined;
  const settings = settingsFor(target).flatMap((one) => ["-iex", one]);
  const mi = startMi(
    gdb,
    [...settings, symbols, "-x", script],
    hearing(client, () => heard),
  );
  const live = newLive({ mi, client, cases: where.cases, what: recordReplay ? "recording" : "guest", over });
  const begin = async (): Promise<() => void> => {
    heard = live;
    if (!stopOnEntry) await goOn(live);
    return () => {
      if (stopOnEntry) client.send("stopped", { reason: "entry", threadId: 1, allThreadsStopped: true });
    };
  };
  const prepare = async (): Promise<void> => {
    await mi.run("-gdb-set mi-async on");
    await mi.run(`-target-select remote ${address}`);
    await setSessionStops(live, { stops: where.stops, breaks });
    ready({ live, begin });
    await ended;
  };
  try {
    await Promise.race([prepare(), noMore(mi), gone(guest, live), ended]);
    return stop.aborted ? 1 : 0;
  } finally {
    await mi.stop();
    close();
  }
}

/** A guest of the project, or of an image that is there. @returns 1 where it is red, 0 else */
async function openGuest(order: OpenOrder, opening: Opening): Promise<number> {
  const { client, stop, tool } = opening;
  const surroundings: Surroundings = {
    ...{ tool, stop, handOver: () => undefined },
    say: (line) => {
      client.print("console", `uktest: ${line}\n`);
    },
  };
  let isRed = (): boolean => false;
  await runSession(order.args, surroundings, (debuggee) => {
    isRed = debuggee.guest.account.isRed;
    return withGuest(debuggee, order, opening);
  });
  return isRed() ? 1 : 0;
}

/** A core, which waits for its end. */
async function openCore(path: string, { args }: OpenOrder, opening: Opening): Promise<number> {
  const { client, stop, ready } = opening;
  const { gdb, core, symbols, sources, cases, what } = await coreFor(path, args, (line) => {
    client.print("console", `uktest: ${line}\n`);
  });
  const folder = sessionFolder();
  const script = folder.write("commands.gdb", `${definitions({ sources, cases }).join("\n")}\n`);
  const { over, ended } = ending(stop);
  let heard: Live | undefined;
  const settings = SETTINGS.flatMap((one) => ["-iex", one]);
  const mi = startMi(
    gdb,
    [...settings, symbols, "-c", core, "-x", script],
    hearing(client, () => heard),
  );
  const live = newLive({ mi, client, cases, what: "core", over });
  const begin = async (): Promise<() => void> => {
    heard = live;
    live.running.wrong = { kind: "core", text: what };
    await fold(live, 1);
    return () => {
      client.print("console", `uktest: ${what}\n`);
      const text = { text: what, description: what };
      client.send("stopped", { reason: "exception", threadId: 1, allThreadsStopped: true, ...text });
    };
  };
  const prepare = async (): Promise<void> => {
    if (tuplesOf(await mi.run("-thread-info"), "threads").length === 0)
      throw new RigError(`${core} shows gdb no thread`, "the record is not whole");
    ready({ live, begin });
    await ended;
  };
  try {
    await Promise.race([prepare(), noMore(mi), ended]);
    return 0;
  } finally {
    await mi.stop();
    folder.remove();
  }
}

/**
 * Opens what is debugged, and resolves when that has ended.
 * @returns 1 where the guest was red, 0 else
 * @throws UsageError, RigError
 */
export const open = (order: OpenOrder, opening: Opening): Promise<number> =>
  order.args.core === undefined ? openGuest(order, opening) : openCore(order.args.core, order, opening);
