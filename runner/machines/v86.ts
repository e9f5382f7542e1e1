/** The embedded emulator: i386 inside Node, with nothing to install. */
import { readFileSync } from "node:fs";
import type { MachineEnd } from "../../src/core/fault.js";
import { KIT_END, type Machine } from "../machine.js";
import { ByteQueue } from "../queue.js";
import type { EngineEnd } from "../v86/engine.js";
import { runGuest } from "../v86/pool.js";

function endOf(end: EngineEnd): MachineEnd {
  switch (end.kind) {
    case "exit": {
      const how = end.value === KIT_END.normal ? "normal" : end.value === KIT_END.crash ? "crash" : "unknown";
      return { kind: "ended", how, detail: `the guest ended v86 with ${String(end.value)}` };
    }
    case "halt":
      return { kind: "ended", how: "unknown", detail: "the guest halted its processor" };
    case "reset":
      return { kind: "ended", how: "crash", detail: "the guest reset its machine" };
    case "crash":
      return { kind: "ended", how: "crash", detail: `v86 could not go on: ${end.message}` };
    case "stopped":
      return { kind: "ended", how: "unknown", detail: "stopped" };
  }
}

export const machine: Machine = {
  name: "v86",
  summary: "i386 inside Node; nothing to install",
  architecture: "i386",
  bootsAny: false,
  lack: () => undefined,
  boot: ({ path, words }, { memoryMiB }) => {
    const output = new ByteQueue();
    let stop = (): void => undefined;
    const end = new Promise<MachineEnd>((resolve, reject) => {
      const over = (settle: () => void): void => {
        output.close();
        settle();
      };
      stop = runGuest(
        { image: readFileSync(path), commandLine: words.join(" "), memoryMiB },
        {
          output: (bytes) => {
            output.push(bytes);
          },
          end: (how) => {
            over(() => {
              resolve(endOf(how));
            });
          },
          failed: (error) => {
            over(() => {
              reject(error);
            });
          },
        },
      );
    });
    end.catch(() => undefined);
    return { output, end, stop: () => stop() };
  },
};
