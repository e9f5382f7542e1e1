/**
 * Starts one QEMU and hands over its serial line. It knows how QEMU is found, started, read and ended, and nothing of a
 * particular machine: those are in runner/machines.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, closeSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { RigError } from "../src/core/errors.js";
import type { MachineEnd } from "../src/core/fault.js";
import type { Boot, Lack } from "./machine.js";
import { openPipe } from "./pipe.js";

/** What every guest gets: no defaults, no display, no network, no host files, the serial line on our pipe. */
const COMMON = [
  "-nodefaults",
  "-no-user-config",
  "-display",
  "none",
  "-serial",
  "stdio",
  "-no-reboot",
] as const;

export interface QemuGuest {
  readonly binary: string;
  readonly arguments: readonly string[];
  /** What QEMU's own exit code says about the guest. */
  readonly ends: ReadonlyMap<number, "normal" | "crash">;
}

/** The path of a program, as the shell would find it. */
export function findProgram(name: string): string | undefined {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // The next folder may have it.
    }
  }
  return undefined;
}

/** What is missing for a QEMU program; nothing when it is there. */
export const qemuLack = (binary: string, debianPackage: string): Lack | undefined =>
  findProgram(binary) === undefined
    ? { what: `${binary} is not installed`, hint: `apt-get install ${debianPackage}` }
    : undefined;

const running = new Set<ChildProcess>();
let watchesExit = false;

/** No emulator outlives the process that started it, however that ends (short of being killed itself). */
function watchExit(): void {
  if (watchesExit) return;
  watchesExit = true;
  process.on("exit", () => {
    for (const child of running) child.kill("SIGKILL");
  });
}

/** Characters of QEMU's own complaints that are kept. */
const COMPLAINT_CHARS = 2000;

/** Boots a guest. */
export function bootQemu({ binary, arguments: guest, ends }: QemuGuest): Boot {
  watchExit();
  const pipe = openPipe();
  const child = spawn(binary, [...COMMON, ...guest], { stdio: ["ignore", pipe?.writer ?? "pipe", "pipe"] });
  if (pipe !== undefined) {
    closeSync(pipe.writer);
    child.on("exit", () => {
      pipe.hurry();
    });
  }
  running.add(child);
  let complaint = "";
  let stopped = false;
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    complaint = (complaint + chunk).slice(0, COMPLAINT_CHARS);
    // KVM that fails pauses the guest for ever and QEMU stays: nobody else would end it.
    if (complaint.includes("KVM internal error")) child.kill("SIGKILL");
  });
  const end = new Promise<MachineEnd>((resolve, reject) => {
    child.on("error", (error) => {
      running.delete(child);
      reject(new RigError(`${binary} could not be started: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      running.delete(child);
      if (stopped) return resolve({ kind: "ended", how: "unknown", detail: "stopped" });
      const how = code === null ? undefined : ends.get(code);
      if (how !== undefined)
        return resolve({ kind: "ended", how, detail: `${binary} returned ${String(code)}` });
      if (code === 0) return resolve({ kind: "ended", how: "unknown", detail: `${binary} returned 0` });
      const words = complaint.trim().split("\n")[0] ?? "";
      const what = code === null ? `was killed by ${String(signal)}` : `failed with ${String(code)}`;
      reject(new RigError(`${binary} ${what}${words === "" ? "" : `: ${words}`}`));
    });
  });
  // Whoever reads the output first must not meet an unhandled rejection.
  end.catch(() => undefined);
  return {
    output: pipe?.bytes ?? (child.stdout as AsyncIterable<Uint8Array>),
    end,
    stop: () => {
      stopped = true;
      child.kill("SIGKILL");
    },
  };
}
