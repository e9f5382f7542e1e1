/** A thread that runs one guest after the other; pool.ts talks to it. */
import { messageOf } from "../../src/core/reason.js";
import { parentPort } from "node:worker_threads";
import type { Register } from "../../src/core/fault.js";
import type { Boundary } from "../machine.js";
import { type Engine, type EngineEnd, type EngineGuest, prepare, startEngine } from "./engine.js";

export type ToWorker =
  | { readonly type: "boot"; readonly guest: EngineGuest }
  | { readonly type: "pause" }
  | { readonly type: "read"; readonly address: number; readonly length: number }
  | { readonly type: "input"; readonly bytes: Uint8Array }
  | { readonly type: "release" };

export type FromWorker =
  | { readonly type: "output"; readonly bytes: Uint8Array }
  | { readonly type: "boundary"; readonly boundary: Boundary }
  | { readonly type: "end"; readonly end: EngineEnd }
  | { readonly type: "registers"; readonly registers: readonly Register[] }
  | { readonly type: "bytes"; readonly bytes?: Uint8Array }
  | { readonly type: "failed"; readonly message: string };

const port = parentPort;
// Before the first guest comes: whoever starts this thread has still something to do.
const code = prepare();
let engine: Engine | undefined;
let isFree: Promise<void> = Promise.resolve();

const tell = (message: FromWorker): void => port?.postMessage(message);

function boot({ guest }: Extract<ToWorker, { type: "boot" }>): void {
  startEngine(code, guest, {
    output: (bytes) => {
      tell({ type: "output", bytes });
    },
    boundary: (boundary) => {
      tell({ type: "boundary", boundary });
    },
    end: (end) => {
      tell({ type: "end", end });
    },
  }).then(
    (started) => {
      engine = started;
    },
    (error: unknown) => {
      tell({ type: "failed", message: messageOf(error) });
    },
  );
}

port?.on("message", (message: ToWorker) => {
  switch (message.type) {
    case "boot":
      return void isFree.then(() => {
        boot(message);
      });
    case "pause":
      return tell({ type: "registers", registers: engine?.pause() ?? [] });
    case "read": {
      const bytes = engine?.read(message.address, message.length);
      return tell({ type: "bytes", ...(bytes !== undefined && { bytes }) });
    }
    case "input":
      return engine?.type(message.bytes);
    case "release":
      isFree = engine?.release() ?? isFree;
      engine = undefined;
      return;
  }
});
