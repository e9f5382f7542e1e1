/**
 * Stands between a debugger and the stub of an emulator. It knows when the guest runs, shows the debugger what the guest
 * prints, reports how the guest ended, and adds what a stub lacks. Breakpoints and memory are between the two.
 *
 * What the guest prints are `O` packets: a debugger shows them in their place, on a terminal as in an editor. They may only be
 * sent while the guest runs, so what it has printed by a stop is sent in front of the stop.
 */
import { expanded } from "../../src/rsp/framing.js";
import {
  hexOf,
  isEnd,
  isKill,
  isResume,
  isStop,
  monitorCommand,
  output,
  outputOf,
  SIGNAL,
  withFeature,
} from "../../src/rsp/packets.js";
import { after } from "../host/clock.js";
import type { Connection } from "../machine.js";
import { type Channel, openChannel } from "./channel.js";

export interface Watching {
  /** The debugger lets the guest run. */
  readonly resumed: () => void;
  /**
   * The guest has stopped, and the debugger does not know yet: resolves once all that it has printed was shown.
   */
  readonly stopped: () => Promise<void>;
  /** The guest has printed, and its stub says what: only one in the guest does. */
  readonly printed?: (bytes: Uint8Array) => void;
  /** A `monitor` command. @returns the text that answers it; undefined for one that is for the emulator */
  readonly monitor: (command: string) => string | undefined;
  /** The debugger ends the guest. */
  readonly killed?: () => void;
  /** The debugger has left, or its connection broke. */
  readonly left: () => void;
}

export interface Proxy {
  /** A debugger that has connected; a second one is turned away. */
  readonly attach: (debuggerStream: Connection) => void;
  /** Shows the debugger what the guest has printed. */
  readonly show: (bytes: Uint8Array) => void;
  /** Asks the guest to stop, as Ctrl-C in the debugger does; nothing happens where it does not run. */
  readonly interrupt: () => void;
  /** The guest has ended. @param reply what a waiting debugger gets: see `exited` and `signalled` */
  readonly end: (reply: string) => void;
  readonly close: () => void;
}

/** Bytes of one `O` packet: a few lines. */
const PIECE_BYTES = 1024;
/** Milliseconds that the beginning of a line waits for its rest: an editor shows each packet as a line of its own. */
const LINE_MS = 100;
const NEWLINE = 0x0a;

/** What is between two packets. */
interface State {
  debug: Channel | undefined;
  isRunning: boolean;
  isOver: boolean;
  /** Printed and not shown yet. */
  unshown: Uint8Array[];
  /** Stops waiting for the rest of a line. */
  stopWaiting: (() => void) | undefined;
  /** A packet has come from the debugger that is there. */
  hasSpoken: boolean;
  /** The debugger wants a stop that has not come yet: between two of its steps the guest stands still. */
  isAsked: boolean;
  /** The debugger's last packet: some answers of the stub are not all that is to be said. */
  asked: string;
}

function flush(state: State): void {
  state.stopWaiting?.();
  state.stopWaiting = undefined;
  if (state.debug === undefined) return;
  const all = Buffer.concat(state.unshown);
  state.unshown = [];
  for (let at = 0; at < all.length; at += PIECE_BYTES)
    state.debug.send(output(all.subarray(at, at + PIECE_BYTES)));
}

/** Passes on what the stub says. */
async function answered(data: string, state: State, { stopped, printed }: Watching): Promise<void> {
  const plain = expanded(data) ?? data;
  const text = state.isRunning ? outputOf(plain) : undefined;
  if (text !== undefined) return printed?.(text);
  const { asked } = state;
  state.asked = "";
  if (state.isRunning) {
    // At an end the emulator goes too, and `end` knows better how its guest ended.
    if (!isStop(plain) || isEnd(plain)) return;
    await stopped();
    if (state.isOver) return;
    flush(state);
    state.isRunning = false;
    if (state.isAsked) {
      // A step that was under way has ended first; its debugger would take just the next one.
      state.isAsked = false;
      state.debug?.send(data.replace(/^T05/, `T0${String(SIGNAL.INT)}`));
      return;
    }
  }
  state.debug?.send(asked.startsWith("qSupported") ? withFeature(data, "QStartNoAckMode+") : data);
}

/** Answers in the stub's place; false for what is for the stub. */
function answers(data: string, { debug }: State, { monitor }: Watching): boolean {
  if (data === "QStartNoAckMode") {
    debug?.send("OK");
    debug?.stopAcks();
    return true;
  }
  // A guest that was started for its debugger is ended by one that leaves, and does not go on.
  if (data.startsWith("qAttached")) {
    debug?.send("0");
    return true;
  }
  const command = monitorCommand(data);
  const said = command === undefined ? undefined : monitor(command);
  if (said === undefined) return false;
  debug?.send(said === "" ? "OK" : hexOf(Buffer.from(said)));
  return true;
}

/** What needs no debugger to speak. */
const partsOf = (state: State, stub: Connection): Pick<Proxy, "show" | "end" | "close"> => ({
  show: (bytes) => {
    state.unshown.push(Uint8Array.from(bytes));
    if (!state.isRunning) return;
    if (bytes.includes(NEWLINE)) flush(state);
    else
      state.stopWaiting ??= after(LINE_MS, () => {
        if (state.isRunning) flush(state);
      });
  },
  end: (reply) => {
    if (state.isRunning && !state.isOver) {
      flush(state);
      state.debug?.send(reply);
    }
    state.isOver = true;
    state.isRunning = false;
    state.stopWaiting?.();
    state.debug?.close();
  },
  close: () => {
    state.isOver = true;
    state.stopWaiting?.();
    state.debug?.close();
    stub.destroy();
  },
});

/** Begins to speak to the stub. */
export function openProxy(stub: Connection, watching: Watching): Proxy {
  const state: State = {
    debug: undefined,
    isRunning: false,
    isOver: false,
    unshown: [],
    stopWaiting: undefined,
    asked: "",
    hasSpoken: false,
    isAsked: false,
  };
  const target = openChannel(stub, {
    packet: (data) => void answered(data, state, watching),
    closed: () => undefined,
  });
  const packet = (data: string): void => {
    state.hasSpoken = true;
    if (answers(data, state, watching)) return;
    state.asked = data;
    if (isResume(data)) {
      state.isRunning = true;
      flush(state);
      watching.resumed();
    }
    if (isKill(data)) {
      state.isOver = true;
      watching.killed?.();
    }
    target.send(data);
    if (isResume(data) && state.isAsked) target.interrupt();
  };
  const interrupt = (): void => {
    if (state.isRunning) target.interrupt();
  };
  const ofDebugger = (): void => {
    state.isAsked = true;
    interrupt();
  };
  // A connection without a packet was no debugger's: the next one may be.
  const closed = (): void => {
    if (state.hasSpoken) return watching.left();
    state.debug = undefined;
    state.isAsked = false;
  };
  const attach = (stream: Connection): void => {
    if (state.debug === undefined && !state.isOver)
      state.debug = openChannel(stream, { packet, interrupt: ofDebugger, closed });
    else stream.destroy();
  };
  return { ...partsOf(state, stub), attach, interrupt };
}
