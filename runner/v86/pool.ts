/**
 * Gives each guest a place to run: the calling thread while it is free, else a worker that is kept for the next guest.
 * A worker whose guest crashed or had to be stopped is not used again.
 */
import { Worker } from "node:worker_threads";
import { RigError } from "../../src/core/errors.js";
import { compile, type EngineEnd, type EngineGuest, type EngineHooks, startEngine } from "./engine.js";
import type { WasmModule } from "./wasm.js";
import type { FromWorker, ToWorker } from "./worker.js";

const idle: Worker[] = [];
let code: WasmModule | undefined;
let isHereTaken = false;

export interface PoolHooks extends EngineHooks {
  readonly failed: (error: Error) => void;
}

/** Runs a guest; returns what stops it. */
export function runGuest(guest: EngineGuest, hooks: PoolHooks): () => void {
  code ??= compile();
  if (isHereTaken) return runInWorker(code, guest, hooks);
  isHereTaken = true;
  let stop: (() => void) | undefined;
  let wasStopped = false;
  startEngine(code, guest, {
    output: hooks.output,
    end: (end) => {
      isHereTaken = false;
      hooks.end(end);
    },
  }).then(
    (stopper) => {
      stop = stopper;
      if (wasStopped) stopper();
    },
    (error: unknown) => {
      isHereTaken = false;
      hooks.failed(error instanceof Error ? error : new Error(String(error)));
    },
  );
  return () => {
    wasStopped = true;
    stop?.();
  };
}

const isReusable = (end: EngineEnd): boolean => end.kind === "exit" || end.kind === "halt";

function runInWorker(module: WasmModule, guest: EngineGuest, hooks: PoolHooks): () => void {
  const worker = idle.pop() ?? new Worker(new URL("./worker.js", import.meta.url));
  worker.ref();
  let isOver = false;
  const finish = (end: EngineEnd): void => {
    if (isOver) return;
    isOver = true;
    worker.removeAllListeners();
    if (isReusable(end)) {
      // A worker that waits keeps nobody alive.
      worker.unref();
      idle.push(worker);
    } else void worker.terminate();
    hooks.end(end);
  };
  worker.on("message", (message: FromWorker) => {
    if (message.type === "output") hooks.output(message.bytes);
    else if (message.type === "end") finish(message.end);
    else {
      isOver = true;
      void worker.terminate();
      hooks.failed(new RigError(`the embedded emulator failed: ${message.message}`));
    }
  });
  worker.on("error", (error) => {
    finish({ kind: "crash", message: error.message });
  });
  worker.postMessage({ type: "boot", guest, code: module } satisfies ToWorker);
  return () => {
    finish({ kind: "stopped" });
  };
}
