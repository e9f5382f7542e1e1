/**
 * Asks a stub for one thing after the other. It knows no packet by name.
 * Source: GDB manual, "Remote Protocol", "Overview": each packet has one answer, that to a resume is the next stop.
 */
import type { Connection } from "../machine.js";
import { openChannel } from "./channel.js";

export interface Asking {
  /** Sends a packet. Resolves with its answer, as it stands in its frame; never where the stub is gone. */
  readonly ask: (packet: string) => Promise<string>;
  /** The stop after something else has let the target run. */
  readonly stop: () => Promise<string>;
  readonly interrupt: () => void;
  readonly close: () => void;
}

/** Output of a command that the emulator's monitor has run stands in front of the answer. */
const isOutput = (packet: string): boolean => /^O[0-9a-f]{2}/.test(packet);

/** Begins to ask. @param said output on its way, as a packet */
export function openAsking(stub: Connection, said: (packet: string) => void): Asking {
  const waiting: ((packet: string) => void)[] = [];
  const early: string[] = [];
  const channel = openChannel(stub, {
    packet: (data) => {
      if (isOutput(data)) return said(data);
      const next = waiting.shift();
      if (next === undefined) early.push(data);
      else next(data);
    },
    closed: () => undefined,
  });
  const stop = (): Promise<string> =>
    new Promise((resolve) => {
      const first = early.shift();
      if (first === undefined) waiting.push(resolve);
      else resolve(first);
    });
  return {
    ask: (packet) => {
      channel.send(packet);
      return stop();
    },
    stop,
    interrupt: channel.interrupt,
    close: () => {
      stub.destroy();
    },
  };
}
