/** The embedded emulator: i386 inside Node, with nothing to install. */
import { readFileSync } from "node:fs";
import type { MachineEnd } from "../../src/core/fault.js";
import { type Boundary, HALTED, KIT_END, type Machine } from "../machine.js";
import { cpuWaitMs } from "../host/cpu-wait.js";
import { Queue } from "../../src/core/queue.js";
import { BOUNDARY_WORD } from "../v86/boundaries.js";
import type { EngineEnd } from "../v86/engine.js";
import { cool, runGuest, warm } from "../v86/pool.js";

function endOf(end: EngineEnd): MachineEnd {
  switch (end.kind) {
    case "exit": {
      const how = end.value === KIT_END.normal ? "normal" : end.value === KIT_END.crash ? "crash" : "unknown";
      return { kind: "ended", how, detail: `the guest ended v86 with ${String(end.value)}` };
    }
    case "halt":
      return { kind: "ended", how: "unknown", detail: HALTED, cause: "halt" };
    case "reset":
      return { kind: "ended", how: "crash", detail: "the guest reset its machine", cause: "reset" };
    case "crash":
      return { kind: "ended", how: "crash", detail: `v86 could not go on: ${end.message}`, cause: "crash" };
    case "stopped":
      return { kind: "ended", how: "unknown", detail: "stopped" };
  }
}

export const machine: Machine = {
  name: "v86",
  summary: "i386 inside Node; nothing to install",
  architecture: "i386",
  bootsAny: false,
  hasInput: true,
  hearsCases: true,
  lacksStep: true,
  lack: () => undefined,
  warm,
  cool,
  boot: ({ path, content, words }, { memoryMiB, takesInput, boundaries: ranges }) => {
    const boundaries: Boundary[] = [];
    const output = new Queue<Uint8Array>();
    let settle: { resolve: (end: MachineEnd) => void; reject: (error: Error) => void } | undefined;
    const end = new Promise<MachineEnd>((resolve, reject) => {
      settle = { resolve, reject };
    });
    end.catch(() => undefined);
    const guest = runGuest(
      {
        image: content ?? readFileSync(path),
        commandLine: [...words, ...(ranges === undefined ? [] : [BOUNDARY_WORD])].join(" "),
        memoryMiB,
        ...(ranges !== undefined && { boundaries: ranges }),
      },
      {
        boundary: (one) => {
          boundaries.push(one);
        },
        output: (bytes) => {
          output.push(bytes);
        },
        end: (how) => {
          output.close();
          settle?.resolve(endOf(how));
        },
        failed: (error) => {
          output.close();
          settle?.reject(error);
        },
      },
    );
    const { type, ...others } = guest;
    return {
      ...{ output, end, boundaries, ...others, waitedMs: () => cpuWaitMs(process.pid) },
      ...(takesInput === true && { type: (bytes) => type(Buffer.from(bytes)) }),
    };
  },
};
