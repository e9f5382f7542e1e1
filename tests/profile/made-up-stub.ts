/** A stub of a guest that is made up: it always stands at the same place, with the registers and the memory it is given. */
import { Duplex } from "node:stream";
import { frame, frameReader } from "../../src/rsp/framing.js";
import { hexOf } from "../../src/rsp/packets.js";

export interface Guest {
  readonly registers: Uint8Array;
  readonly memory: ReadonlyMap<number, number>;
  /** What it answers an interrupt with, or what it stops with by itself. */
  readonly stop?: string;
  readonly stopsAlone?: true;
  /** What is at its PC. */
  readonly code?: string;
  /** Calls, by the addresses after them. */
  readonly calls?: ReadonlyMap<number, number>;
}

/** A stub of a guest that always stands at the same place. Packets that it gets are kept. */
export function stubOf({ registers, memory, stop = "T02thread:01;", stopsAlone, code, calls }: Guest) {
  const packets: string[] = [];
  const reader = frameReader();
  const stub = new Duplex({
    read: () => undefined,
    write: (chunk: Uint8Array, _encoding, done) => {
      for (const one of reader.feed(chunk)) {
        if (one.kind === "interrupt") answer(stop);
        if (one.kind !== "packet") continue;
        packets.push(one.data);
        stub.push("+");
        if (one.data === "c" && stopsAlone !== true) continue;
        answer(one.data === "c" ? stop : one.data === "g" ? hexOf(registers) : read(one.data));
      }
      done();
    },
  });
  const answer = (data: string): void => {
    stub.push(frame(data));
  };
  const read = (packet: string): string => {
    const [, address, length] = /^m([0-9a-f]+),([0-9a-f]+)$/.exec(packet) ?? [];
    if (address === undefined || length === undefined) return packet === "?" ? "T05thread:01;" : "OK";
    if (length === "5") {
      const after = parseInt(address, 16) + 5;
      const call = Buffer.of(0xe8, 0, 0, 0, 0);
      call.writeInt32LE((calls?.get(after) ?? 0) - after, 1);
      return calls?.has(after) === true ? hexOf(call) : "9090909090";
    }
    if (length === "4") return code === undefined ? "E14" : code;
    const bytes = Buffer.alloc(parseInt(length, 16));
    for (let at = 0; at < bytes.length; at += 8) {
      const word = memory.get(parseInt(address, 16) + at);
      // Only what is asked for at once can be read: a window over the end of a stack is refused.
      if (word === undefined) return "E14";
      bytes.writeBigUInt64LE(BigInt(word), at);
    }
    return hexOf(bytes);
  };
  return { stub, packets };
}
