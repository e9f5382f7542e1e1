/** A thread that runs one guest after the other; pool.ts talks to it. */
import { parentPort } from "node:worker_threads";
import { compile, type EngineEnd, type EngineGuest, startEngine } from "./engine.js";
import type { WasmModule } from "./wasm.js";

export type ToWorker = {
  readonly type: "boot";
  readonly guest: EngineGuest;
  readonly code?: WasmModule;
};

export type FromWorker =
  | { readonly type: "output"; readonly bytes: Uint8Array }
  | { readonly type: "end"; readonly end: EngineEnd }
  | { readonly type: "failed"; readonly message: string };

const port = parentPort;
let compiled: WasmModule | undefined;

const tell = (message: FromWorker): void => port?.postMessage(message);

port?.on("message", ({ guest, code }: ToWorker) => {
  compiled = compiled ?? code ?? compile();
  startEngine(compiled, guest, {
    output: (bytes) => {
      tell({ type: "output", bytes });
    },
    end: (end) => {
      tell({ type: "end", end });
    },
  }).catch((error: unknown) => {
    tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  });
});
