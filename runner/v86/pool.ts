/**
 * Gives each guest a place to run: the calling thread while it is free, else a worker that is kept for the next guest.
 * A worker whose guest crashed or had to be stopped is not used again.
 */
import { Worker } from "node:worker_threads";
import { RigError } from "../../src/core/errors.js";
import type { Inside } from "../machine.js";
import {
  compile,
  type Engine,
  type EngineEnd,
  type EngineGuest,
  type EngineHooks,
  startEngine,
} from "./engine.js";
import type { WasmModule } from "./wasm.js";
import type { FromWorker, ToWorker } from "./worker.js";

const idle: Worker[] = [];
let code: WasmModule | undefined;
let isHereTaken = false;

export interface PoolHooks extends EngineHooks {
  readonly failed: (error: Error) => void;
}

/** A guest of the pool: what an engine can do, wherever it is. */
export interface Guest {
  stop(): void;
  inspect(): Promise<Inside>;
  release(): void;
}

/** Runs a guest. */
export function runGuest(guest: EngineGuest, hooks: PoolHooks): Guest {
  code ??= compile();
  return isHereTaken ? runInWorker(code, guest, hooks) : runHere(code, guest, hooks);
}

const NOTHING: Inside = { registers: [], read: () => Promise.resolve(undefined) };

function runHere(module: WasmModule, guest: EngineGuest, hooks: PoolHooks): Guest {
  isHereTaken = true;
  let engine: Engine | undefined;
  let [wasStopped, isReleased] = [false, false];
  startEngine(module, guest, hooks).then(
    (started) => {
      engine = started;
      if (wasStopped) started.stop();
      if (isReleased) started.release();
    },
    (error: unknown) => {
      hooks.failed(error instanceof Error ? error : new Error(String(error)));
    },
  );
  return {
    stop: () => {
      wasStopped = true;
      engine?.stop();
    },
    inspect: () =>
      Promise.resolve(
        engine === undefined
          ? NOTHING
          : {
              registers: engine.pause(),
              read: (address, length) => Promise.resolve(engine?.read(address, length)),
            },
      ),
    release: () => {
      if (isReleased) return;
      isReleased = true;
      isHereTaken = false;
      engine?.release();
    },
  };
}

const isReusable = (end: EngineEnd | undefined): boolean => end?.kind === "exit" || end?.kind === "halt";

function runInWorker(module: WasmModule, guest: EngineGuest, hooks: PoolHooks): Guest {
  const worker = idle.pop() ?? new Worker(new URL("./worker.js", import.meta.url));
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
  /** Answers that are waited for, in the order of the questions; a worker that is gone has none. */
  const waiting: ((message: FromWorker | undefined) => void)[] = [];
  const ask = (question: ToWorker): Promise<FromWorker | undefined> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      tell(question);
    });
  const isGone = (): void => {
    for (const resolve of waiting.splice(0)) resolve(undefined);
  };
  worker.on("message", (message: FromWorker) => {
    if (message.type === "output") hooks.output(message.bytes);
    else if (message.type === "end") finish(message.end);
    else if (message.type === "failed") {
      isGone();
      hooks.failed(new RigError(`the embedded emulator failed: ${message.message}`));
    } else waiting.shift()?.(message);
  });
  worker.on("error", (error) => {
    isGone();
    finish({ kind: "crash", message: error.message });
  });
  tell({ type: "boot", guest, code: module });
  let isReleased = false;
  return {
    stop: () => {
      finish({ kind: "stopped" });
    },
    inspect: async () => {
      const answer = await ask({ type: "pause" });
      return {
        registers: answer?.type === "registers" ? answer.registers : [],
        read: async (address, length) => {
          const piece = await ask({ type: "read", address, length });
          return piece?.type === "bytes" ? piece.bytes : undefined;
        },
      };
    },
    release: () => {
      if (isReleased) return;
      isReleased = true;
      isGone();
      worker.removeAllListeners();
      if (!isReusable(over)) return void worker.terminate();
      tell({ type: "release" });
      // A worker that waits keeps nobody alive.
      worker.unref();
      idle.push(worker);
    },
  };
}
