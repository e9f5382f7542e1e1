/**
 * A serial port without hardware: both ends of a pseudo terminal, made by script(1). What is said goes in at one end, and
 * the other one has a path. It must be ended, which pulls the plug.
 */
import { spawn } from "node:child_process";
import { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

export interface TerminalPair {
  /** The device that a program opens. */
  readonly path: string;
  /** Says bytes, so many at a time. */
  readonly say: (bytes: Uint8Array, atOnce?: number) => Promise<void>;
  /** The other end, as a stream: what is written to it is said, and what the program writes is read from it. */
  readonly other: Duplex;
  /** Both ends are gone. */
  readonly unplug: () => void;
}

export async function terminalPair(): Promise<TerminalPair> {
  const holder = "stty raw -echo; tty; exec sleep 120";
  const child = spawn("script", ["-qec", holder, "/dev/null"], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.on("error", () => undefined);
  const other = new Duplex({
    read: () => undefined,
    write: (bytes: Uint8Array, _encoding, done) => void child.stdin.write(bytes, done),
  });
  const path = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.on("error", reject);
    child.on("exit", () => {
      reject(new Error(`script(1) gave no terminal: ${text}`));
    });
    let isKnown = false;
    child.stdout.on("data", (chunk: Buffer) => {
      if (isKnown) return other.push(chunk);
      text += chunk.toString("latin1");
      const found = /(\/dev\/\S+)\s/.exec(text)?.[1];
      isKnown = found !== undefined;
      if (found !== undefined) resolve(found);
      return isKnown;
    });
  });
  return {
    path,
    other,
    say: async (bytes, atOnce = bytes.length) => {
      for (let at = 0; at < bytes.length; at += atOnce) {
        child.stdin.write(bytes.subarray(at, at + atOnce));
        // Else the kernel hands several pieces over as one, and nothing would be tested.
        if (at % 256 === 0) await sleep(1);
      }
    },
    unplug: () => void child.kill("SIGKILL"),
  };
}
