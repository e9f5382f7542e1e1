/**
 * Lets a guest under a stub run to a place, without a debugger. It looks at nothing when the guest is there.
 * Source: GDB manual, "Remote Protocol", "Packets" (`Z0`, `c`) and "Stop Reply Packets".
 */
import { expanded } from "../../src/rsp/framing.js";
import { isEnd, isStop } from "../../src/rsp/packets.js";
import type { Architecture, Connection } from "../machine.js";
import { openChannel } from "./channel.js";

/** Length of a breakpoint instruction in bytes: the last field of `Z0`. */
const KIND: Readonly<Record<Architecture, number>> = { x86_64: 1, i386: 1, arm64: 4 };

export interface RunTo {
  readonly architecture: Architecture;
  /** Address of an instruction. */
  readonly address: number;
  /** After so many milliseconds the guest has not come there. */
  readonly limitMs: number;
}

/** True when the guest has stopped there; false when it has ended, or has not come there in time. */
export function runTo(stub: Connection, { architecture, address, limitMs }: RunTo): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(false);
    }, limitMs);
    const done = (isThere: boolean): void => {
      clearTimeout(timer);
      resolve(isThere);
    };
    const packets = [`Z0,${address.toString(16)},${String(KIND[architecture])}`, "c"];
    const channel = openChannel(stub, {
      packet: (data) => {
        const next = packets.shift();
        // Each answer lets the next packet go; that to the last one is the stop.
        if (next !== undefined) channel.send(next);
        else if (isStop(expanded(data) ?? data)) done(!isEnd(data));
      },
      closed: () => {
        done(false);
      },
    });
    channel.send("?");
  });
}
