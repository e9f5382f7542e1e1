/**
 * How many questions a second a stub answers, one after the other: that of QEMU, the same through our proxy, and the one in a guest
 * over its serial line.
 */
import { createConnection } from "node:net";
import { openChannel } from "../../runner/debug/channel.js";
import { listenOn } from "../../runner/debug/listening.js";
import { openProxy } from "../../runner/debug/proxy.js";
import type { Boot, Connection } from "../../runner/machine.js";
import { machine } from "../../runner/machines/qemu-x86_64.js";
import { guestLine, opening, type Stub, waiting } from "../../src/debug/guest-stub.js";
import { median, row, say } from "./rows.js";

const QUESTIONS = 2000;
/** 64 bytes of the guest's own code. */
const QUESTION = "m100000,40";
const ROUNDS = 5;

/** Milliseconds for all of them. */
async function ask(stream: Connection): Promise<number> {
  const start = performance.now();
  await new Promise<void>((resolve, reject) => {
    let left = QUESTIONS;
    const channel = openChannel(stream, {
      packet: (answer) => {
        if (!/^[0-9a-f*]{4}/.test(answer)) return reject(new Error(`the stub answers ${answer}`));
        left -= 1;
        if (left === 0) resolve();
        else channel.send(QUESTION);
      },
      closed: () => {
        reject(new Error("the stub is gone"));
      },
    });
    channel.send(QUESTION);
  });
  return performance.now() - start;
}

/** The connection to a stub, once it listens. */
async function stubOf(boot: Boot, which: Stub): Promise<Connection> {
  if (which === "guest") return (await guestLine(boot, new AbortController().signal)).stub;
  if (boot.stub === undefined) throw new Error("no stub");
  return boot.stub;
}

/** A guest that waits for its debugger, for as long as something is measured. */
async function withGuest(path: string, which: Stub, use: (stub: Connection) => Promise<number>) {
  const plain = { path, architecture: "x86_64", isKit: true, words: [] } as const;
  const image = which === "guest" ? waiting(plain, machine) : plain;
  const boot = machine.boot(image, { memoryMiB: 64, acceleration: "tcg", ...opening(which, machine) });
  try {
    return await use(await stubOf(boot, which));
  } finally {
    boot.stop();
    await boot.end;
    boot.release();
  }
}

/** The same over the proxy, to which a debugger connects by a socket. */
async function overProxy(stub: Connection): Promise<number> {
  const proxy = openProxy(stub, {
    resumed: () => undefined,
    stopped: () => Promise.resolve(),
    monitor: () => undefined,
    left: () => undefined,
  });
  const listening = await listenOn("0", (socket) => {
    proxy.attach(socket);
  });
  const port = Number(listening.address.replace(/^.*:/, ""));
  const socket = createConnection({ host: "127.0.0.1", port, noDelay: true });
  try {
    return await ask(socket);
  } finally {
    socket.destroy();
    listening.close();
  }
}

/** Prints the rates. @param image of a guest; @param withStub the same with the library ukgdb */
export async function benchRoundTrips(image: string, withStub: string): Promise<void> {
  const [direct, proxied, own]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    direct.push(await withGuest(image, "machine", ask));
    proxied.push(await withGuest(image, "machine", overProxy));
    own.push(await withGuest(withStub, "guest", ask));
  }
  const rate = (values: readonly number[]): string => ((QUESTIONS * 1000) / median(values)).toFixed(0);
  say("");
  row("64 bytes of memory, one after the other", "a second");
  row("the stub of QEMU", rate(direct));
  row("the same over the proxy", rate(proxied));
  row("the stub in the guest, over its serial line", rate(own));
}
