/**
 * Gives each guest a thread to run in, which is kept for the next guest: the calling one has to read what they say. A
 * thread whose guest crashed or had to be stopped is not used again.
 */
import { setFlagsFromString } from "node:v8";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { RigError } from "../../src/core/errors.js";
import type { GuestSnapshot } from "../machine.js";
import type { EngineEnd, EngineGuest, EngineHooks } from "./engine.js";
import type { FromWorker, ToWorker } from "./worker.js";

const idle: Worker[] = [];

export interface PoolHooks extends EngineHooks {
  readonly failed: (error: Error) => void;
}

/** A guest of the pool: what an engine can do, wherever it is. */
export interface Guest {
  stop(): void;
  inspect(): Promise<GuestSnapshot>;
  peek(address: number, length: number): Promise<Uint8Array | undefined>;
  readonly type: (bytes: Uint8Array) => void;
  release(): void;
}

const isReusable = (end: EngineEnd | undefined): boolean => end?.kind === "exit" || end?.kind === "halt";

/**
 * Compile WebAssembly once and fast. The slow compiler of hot code takes longer than most guests run, on the processors
 * that the guest and its reader need; measured, long ones are not faster with it either. It counts for all threads.
 */
const COMPILE_FAST = "--liftoff-only";

function freshWorker(): Worker {
  setFlagsFromString(COMPILE_FAST);
  const bundled = fileURLToPath(new URL("./worker.cjs", import.meta.url));
  return new Worker(existsSync(bundled) ? bundled : new URL("./worker.js", import.meta.url));
}

/** Starts the thread of the next guest, so that the emulator is there when the guest is. */
export function warm(): void {
  if (idle.length > 0) return;
  const worker = freshWorker();
  // Nobody waits for it, and its failure is that of the guest that comes.
  worker.unref();
  idle.push(worker);
}

/** Ends the threads that no guest needs: ending them takes a while, and the process would wait for it. */
export function cool(): void {
  for (const worker of idle.splice(0)) void worker.terminate();
}

type Ask = (question: ToWorker) => Promise<FromWorker | undefined>;

/** Questions to a worker, answered in their order; a worker that is gone answers none. */
function questions(tell: (message: ToWorker) => void): {
  readonly ask: Ask;
  readonly answered: (message: FromWorker) => void;
  readonly isGone: () => void;
} {
  const waiting: ((message: FromWorker | undefined) => void)[] = [];
  return {
    ask: (question) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        tell(question);
      }),
    answered: (message) => {
      waiting.shift()?.(message);
    },
    isGone: () => {
      for (const resolve of waiting.splice(0)) resolve(undefined);
    },
  };
}

/** Reads memory of the guest of a worker, between two slices of its time where it runs. */
const readerOf =
  (ask: Ask): Guest["peek"] =>
  async (address, length) => {
    const piece = await ask({ type: "read", address, length });
    return piece?.type === "bytes" ? piece.bytes : undefined;
  };

/** Pauses the guest of a worker and looks into it. */
async function inspect(ask: Ask, memoryMiB: number): Promise<GuestSnapshot> {
  const answer = await ask({ type: "pause" });
  return {
    registers: answer?.type === "registers" ? answer.registers : [],
    memory: { address: 0, bytes: memoryMiB * 1024 * 1024 },
    read: readerOf(ask),
  };
}

/** Runs a guest. */
export function runGuest(guest: EngineGuest, hooks: PoolHooks): Guest {
  const worker = idle.pop() ?? freshWorker();
  const tell = (message: ToWorker): void => {
    worker.postMessage(message);
  };
  worker.ref();
  let over: EngineEnd | undefined;
  const finish = (end: EngineEnd): void => {
    if (over !== undefined) return;
    over = end;
    hooks.end(end);
  };
  const { ask, answered, isGone } = questions(tell);
  const hear = (message: FromWorker): void => {
    if (message.type === "output") hooks.output(message.bytes);
    else if (message.type === "boundary") hooks.boundary(message.boundary);
    else if (message.type === "end") finish(message.end);
    else if (message.type === "failed") {
      isGone();
      hooks.failed(new RigError(`the embedded emulator failed: ${message.message}`));
    } else answered(message);
  };
  const fail = (error: Error): void => {
    isGone();
    finish({ kind: "crash", message: error.message });
  };
  worker.on("message", hear);
  worker.on("error", fail);
  tell({ type: "boot", guest });
  let isReleased = false;
  return {
    stop: () => {
      finish({ kind: "stopped" });
    },
    inspect: () => inspect(ask, guest.memoryMiB),
    peek: readerOf(ask),
    type: (bytes) => {
      tell({ type: "input", bytes });
    },
    release: () => {
      if (isReleased) return;
      isReleased = true;
      isGone();
      // One by one: a worker has listeners of its own, and hears nothing any more without them.
      worker.off("message", hear);
      worker.off("error", fail);
      if (!isReusable(over)) return void worker.terminate();
      tell({ type: "release" });
      // A worker that waits keeps nobody alive.
      worker.unref();
      idle.push(worker);
    },
  };
}
