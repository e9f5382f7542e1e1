/**
 * A small client of QEMU's machine protocol over an open socket: commands out, answers and events in. It knows no
 * command by name. Source of the format: QEMU, `docs/interop/qmp-spec.txt` (one JSON document a line).
 */
import type { Duplex } from "node:stream";

export interface Qmp {
  /** What QEMU answers; undefined when it refuses, or is gone before it could. */
  ask(command: string, given?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Calls back for every event of that name, with its data. */
  on(event: string, listener: (data: unknown) => void): void;
}

/** An answer of QEMU's is a few KiB; without an end of line this much is no answer. */
const MOST_CHARS = 4 << 20;

interface Message {
  readonly return?: unknown;
  readonly error?: unknown;
  readonly event?: string;
  readonly data?: unknown;
}

/** A line as a message; undefined for anything else. */
function messageOf(line: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Speaks over `socket`, which QEMU has as its monitor. */
export function openQmp(socket: Duplex): Qmp {
  const waiting: ((answer: unknown) => void)[] = [];
  const listeners = new Map<string, ((data: unknown) => void)[]>();
  let isGone = false;
  let rest = "";
  const hear = (line: string): void => {
    const message = messageOf(line);
    if (message === undefined) return;
    if (message.event !== undefined)
      for (const listener of listeners.get(message.event) ?? []) listener(message.data);
    if ("return" in message) waiting.shift()?.(message.return);
    else if ("error" in message) waiting.shift()?.(undefined);
  };
  const leave = (): void => {
    isGone = true;
    for (const resolve of waiting.splice(0)) resolve(undefined);
  };
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MOST_CHARS) socket.destroy();
    for (const line of lines) hear(line);
  });
  socket.on("error", leave);
  socket.on("close", leave);
  const ask: Qmp["ask"] = (command, given) =>
    new Promise((resolve) => {
      if (isGone) return resolve(undefined);
      waiting.push(resolve);
      socket.write(
        `${JSON.stringify({ execute: command, ...(given !== undefined && { arguments: given }) })}\n`,
      );
    });
  // Everything else is refused until the client has said this.
  void ask("qmp_capabilities");
  return {
    ask,
    on: (event, listener) => listeners.set(event, [...(listeners.get(event) ?? []), listener]),
  };
}
