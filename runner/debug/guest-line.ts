/**
 * The serial line of a guest on which its own stub speaks, and the console beside it. A guest that was linked with
 * guest/lib/ukgdb has a second line for the debugger, or shares the only one: console until it says that it waits, packets from
 * then on. What the packets say is not looked at: the console that is in some of them is the proxy's to unpack.
 */
import { Duplex } from "node:stream";
import { Queue } from "../../src/core/queue.js";
import type { Boot, Connection } from "../machine.js";

/** The line that a guest prints before it takes its first packet. Source: guest/lib/ukgdb. */
const WAITS = /\[libukgdb\] (?:<[^>]*> )?Waiting for a debugger on (this|the second) line/;
/** More of a line is not looked at. */
const MOST_CHARS = 1024;

const NEWLINE = 0x0a;

export interface GuestLine {
  /** The console; of a line that is shared, up to the line with which the guest waits, and what `print` adds to it. */
  readonly output: AsyncIterable<Uint8Array>;
  /** Where the stub speaks. */
  readonly stub: Connection;
  /** Adds to the console what came in a packet; absent where the console has its own line. */
  readonly print?: (bytes: Uint8Array) => void;
  /** On which line the guest waits, once it does; undefined when its console is over and it never has. */
  readonly waits: Promise<WhichLine | undefined>;
}

/** The console's line, or another one. */
export type WhichLine = "this" | "the second";

interface Found {
  readonly at: number;
  readonly line: string;
  readonly which?: WhichLine;
}

/** Where a chunk ends the line of which `before` is the beginning, and that line says that the guest waits; else -1. */
function endOfWait(before: string, chunk: Uint8Array): Found {
  let line = before;
  let from = 0;
  for (;;) {
    const end = chunk.indexOf(NEWLINE, from);
    line += Buffer.from(chunk.subarray(from, end < 0 ? chunk.length : end)).toString("latin1");
    if (end < 0) return { at: -1, line: line.slice(-MOST_CHARS) };
    const which = WAITS.exec(line)?.[1];
    if (which === "this" || which === "the second") return { at: end + 1, line: "", which };
    line = "";
    from = end + 1;
  }
}

type Settle = (which: WhichLine | undefined) => void;

/** A promise that is settled from outside. */
function settledLater(): { readonly waits: GuestLine["waits"]; readonly settle: Settle } {
  let settle: Settle = () => undefined;
  const waits = new Promise<WhichLine | undefined>((resolve) => (settle = resolve));
  return { waits, settle };
}

/**
 * Reads the console up to its end.
 * @param after takes what follows on the line with which the guest waits; absent where that is console too
 */
async function read(
  boot: Pick<Boot, "output">,
  output: Queue<Uint8Array>,
  settle: Settle,
  after?: (bytes: Uint8Array) => void,
): Promise<void> {
  let line = "";
  let isWaiting = false;
  try {
    for await (const chunk of boot.output) {
      const bytes = Uint8Array.from(chunk);
      const found = isWaiting ? undefined : endOfWait(line, bytes);
      if (found !== undefined) line = found.line;
      if (found !== undefined && found.at >= 0) {
        isWaiting = true;
        output.push(after === undefined ? bytes : bytes.subarray(0, found.at));
        settle(found.which);
        if (found.at < bytes.length) after?.(bytes.subarray(found.at));
      } else if (isWaiting && after !== undefined) after(bytes);
      else output.push(bytes);
    }
  } catch {
    // How it ended is reported by the boot.
  } finally {
    settle(undefined);
    output.close();
  }
}

/** The line of a boot that takes input, which console and debugger share. */
export function shareLine(boot: Pick<Boot, "output" | "type">): GuestLine {
  const output = new Queue<Uint8Array>();
  const { waits, settle } = settledLater();
  const stub = new Duplex({
    read: () => undefined,
    write: (chunk: Uint8Array, _encoding, done) => {
      boot.type?.(chunk);
      done();
    },
  });
  // A guest that is gone is reported by its boot.
  stub.on("error", () => undefined);
  void read(boot, output, settle, (bytes) => stub.push(bytes)).finally(() => stub.push(null));
  const print = (bytes: Uint8Array): void => {
    output.push(bytes);
  };
  return { output, stub, print, waits };
}

/** The second line of a boot, which is the debugger's alone. */
export function ownLine(boot: Pick<Boot, "output">, stub: Connection): GuestLine {
  const output = new Queue<Uint8Array>();
  const { waits, settle } = settledLater();
  void read(boot, output, settle);
  return { output, stub, waits };
}
