/** One end of a GDB remote connection that a test plays: it hears frames, and answers nothing by itself. */
import type { Socket } from "node:net";
import { frame, type Framed, frameReader } from "../../src/rsp/framing.js";
import { until } from "../runner/processes.js";

/** One end of a connection that a test speaks over. */
export interface End {
  readonly socket: Socket;
  readonly say: (text: string) => void;
  /** Sends a packet. */
  readonly send: (data: string) => void;
  /** What has come, one word each: packets with `$` in front. */
  readonly heard: readonly string[];
  /** Whether that has come, in a minute at the most. */
  readonly hears: (...words: readonly string[]) => Promise<boolean>;
}

const wordOf = (one: Framed): string => (one.kind === "packet" ? `$${one.data}` : one.kind);

/** Speaks over a connection. */
export function endOf(socket: Socket): End {
  const reader = frameReader();
  const heard: string[] = [];
  socket.on("data", (chunk: Buffer) => heard.push(...reader.feed(chunk).map(wordOf)));
  socket.on("error", () => undefined);
  return {
    socket,
    heard,
    say: (text) => void socket.write(Buffer.from(text, "latin1")),
    send: (data) => void socket.write(frame(data)),
    hears: (...words) => until(() => words.every((word) => heard.includes(word))),
  };
}
