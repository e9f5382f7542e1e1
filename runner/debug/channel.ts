/**
 * One end of a GDB remote connection: packets in and out over a stream, acknowledged and repeated as the protocol asks for.
 * It does not know what a packet means.
 * Source: GDB manual, "Remote Protocol", "Packet Acknowledgment".
 */
import type { Connection } from "../machine.js";
import { frame, type Framed, frameReader } from "../../src/rsp/framing.js";

export interface Heard {
  /** A whole packet, as sent: see `Framed`. */
  readonly packet: (data: string) => void;
  /** The byte that asks for a stop. */
  readonly interrupt?: () => void;
  /** The other side is gone; called once. */
  readonly closed: () => void;
}

export interface Channel {
  /** Sends a packet. @param data as it stands in a frame, escaped where it has to be */
  readonly send: (data: string) => void;
  readonly interrupt: () => void;
  /** Neither side acknowledges anything from here on. */
  readonly stopAcks: () => void;
  /** Ends the connection, once what was sent is through. */
  readonly close: () => void;
}

/** A line that damages every packet ends at some point. */
const MOST_REPEATS = 50;

/** Speaks over a stream. */
export function openChannel(stream: Connection, heard: Heard): Channel {
  const reader = frameReader();
  let acks = true;
  let isOpen = true;
  let last: Uint8Array | undefined;
  let repeats = 0;
  const write = (bytes: Uint8Array | string): void => {
    if (isOpen && stream.writable) stream.write(bytes);
  };
  const leave = (): void => {
    if (!isOpen) return;
    isOpen = false;
    heard.closed();
  };
  const repeat = (): void => {
    if (!acks || last === undefined) return;
    repeats += 1;
    if (repeats > MOST_REPEATS) stream.destroy();
    else write(last);
  };
  const hear = (one: Framed): void => {
    switch (one.kind) {
      case "packet":
        if (acks) write("+");
        return heard.packet(one.data);
      case "damaged":
        return acks ? write("-") : undefined;
      case "ack":
        repeats = 0;
        return;
      case "nak":
        return repeat();
      case "interrupt":
        return heard.interrupt?.();
    }
  };
  stream.on("data", (chunk: Uint8Array) => {
    reader.feed(chunk).forEach(hear);
  });
  stream.on("error", leave);
  stream.on("close", leave);
  stream.on("end", leave);
  return {
    send: (data) => {
      last = frame(data);
      repeats = 0;
      write(last);
    },
    interrupt: () => {
      write("\x03");
    },
    stopAcks: () => {
      acks = false;
    },
    close: () => {
      stream.end();
    },
  };
}
