/**
 * One serial line for the console of a guest and for the debugger of the stub that is in the guest: console until the guest
 * says that it waits, packets from then on. Guests that were linked with guest/lib/ukgdb speak like that. What the packets
 * say is not looked at: the console that is in some of them is the proxy's to unpack.
 */
import { Duplex } from "node:stream";
import { Queue } from "../../src/core/queue.js";
import type { Boot, Connection } from "../machine.js";

/** The line that a guest prints before it takes its first packet. Source: guest/lib/ukgdb. */
const WAITS = /\[libukgdb\] (?:<[^>]*> )?Waiting for a debugger on this line/;
/** More of a line is not looked at. */
const MOST_CHARS = 1024;

const NEWLINE = 0x0a;

export interface SharedLine {
  /** The console, up to the line with which the guest waits, and what is put into it by `print`. */
  readonly output: AsyncIterable<Uint8Array>;
  /** Where the stub speaks. */
  readonly stub: Connection;
  /** Adds to the console: what came in a packet. */
  readonly print: (bytes: Uint8Array) => void;
  /** Resolves when the guest waits: true; or when its line is over and it never has: false. */
  readonly waits: Promise<boolean>;
}

/** Where a chunk ends the line of which `before` is the beginning, and that line says that the guest waits; else -1. */
function endOfWait(before: string, chunk: Uint8Array): { readonly at: number; readonly line: string } {
  let line = before;
  let from = 0;
  for (;;) {
    const end = chunk.indexOf(NEWLINE, from);
    line += Buffer.from(chunk.subarray(from, end < 0 ? chunk.length : end)).toString("latin1");
    if (end < 0) return { at: -1, line: line.slice(-MOST_CHARS) };
    if (WAITS.test(line)) return { at: end + 1, line: "" };
    line = "";
    from = end + 1;
  }
}

/** Shares the line of a boot that takes input. */
export function shareLine(boot: Pick<Boot, "output">, type: NonNullable<Boot["type"]>): SharedLine {
  const output = new Queue<Uint8Array>();
  let settle: ((isWaiting: boolean) => void) | undefined;
  const waits = new Promise<boolean>((resolve) => (settle = resolve));
  const stub = new Duplex({
    read: () => undefined,
    write: (chunk: Uint8Array, _encoding, done) => {
      type(chunk);
      done();
    },
  });
  // A guest that is gone is reported by its boot.
  stub.on("error", () => undefined);
  // How it ended is reported by the boot.
  void (async () => {
    let line = "";
    let isShared = false;
    for await (const chunk of boot.output) {
      const bytes = Uint8Array.from(chunk);
      if (isShared) {
        stub.push(bytes);
        continue;
      }
      const found = endOfWait(line, bytes);
      line = found.line;
      if (found.at < 0) {
        output.push(bytes);
        continue;
      }
      isShared = true;
      output.push(bytes.subarray(0, found.at));
      settle?.(true);
      if (found.at < bytes.length) stub.push(bytes.subarray(found.at));
    }
  })()
    .catch(() => undefined)
    .finally(() => {
      settle?.(false);
      stub.push(null);
      output.close();
    });
  const print = (bytes: Uint8Array): void => {
    output.push(bytes);
  };
  return { output, stub, print, waits };
}
