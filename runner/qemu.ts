/**
 * Boots a guest in QEMU, looks into it and says how it ended. How its process starts is in qemu/process.ts; it knows
 * nothing of a particular machine: those are in runner/machines.
 */
import type { ChildProcess } from "node:child_process";
import type { Duplex } from "node:stream";
import { RigError } from "../src/core/errors.js";
import type { MachineEnd } from "../src/core/fault.js";

import { cpuWaitMs } from "./host/cpu-wait.js";
import { findProgram } from "./process/parent-death-signal.js";
import type { Architecture, Boot, BootImage, BootOptions, GuestSnapshot, MissingTool } from "./machine.js";
import { type Pause, watchPause } from "./qemu/paused-vm.js";
import { expectGuest, isRunning, type QemuChild, type QemuOrder, startQemu } from "./qemu/process.js";
import { openQmp, type Qmp } from "./qemu/qmp.js";
import { mendLog } from "./qemu/replay-log.js";
import { beginRecording, finishRecording, historyOf, type RecordingOrder } from "./qemu/recording.js";
import { registersOf, sleepsForEver } from "./qemu/registers.js";

export interface QemuGuest extends QemuOrder {
  /** Physical address of the first byte of memory. */
  readonly memoryBase: number;
  /** What QEMU's own exit code says about the guest. */
  readonly ends: ReadonlyMap<number, "normal" | "crash">;
  /** Whether it is recorded, or replayed; absent for a boot like every other. */
  readonly recording?: RecordingOrder;
}

/** What is missing for a QEMU program; nothing when it is there. */
export const missingForQemu = (binary: string, debianPackage: string): MissingTool | undefined =>
  findProgram(binary) === undefined
    ? { what: `${binary} is not installed`, hint: `apt-get install ${debianPackage}` }
    : undefined;

/** Characters of QEMU's own complaints that are kept. */
const COMPLAINT_CHARS = 2000;

/** What to do about complaints that do not say it. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /without PVH ELF Note|Cannot load x86-64 image/,
    "This is no file that boots: give the image that the build made of it (the one without .dbg)",
  ],
];

/** Starts a QEMU that waits for an image of the kit, of which everything else is known already. */
export const warmQemu =
  (architecture: Architecture, guestOf: (image: BootImage, options: BootOptions) => QemuGuest) =>
  (options: BootOptions | undefined): void => {
    if (options !== undefined)
      expectGuest(guestOf({ path: "", architecture, isKit: true, words: [] }, options));
  };

/** Boots a guest. */
export function bootQemu(guest: QemuGuest): Boot {
  const { child, memory, pipe, stub, release } = startQemu(guest);
  const qmp = openQmp(child.stdio[3] as unknown as Duplex);
  let stopped = false;
  let paused: Pause | undefined;
  const pauses = watchPause(child.pid ?? -1, qmp, (pause) => {
    paused = pause;
    child.kill("SIGKILL");
  });
  child.on("close", pauses.end);
  // A debugger pauses its guest as it likes.
  if (stub !== undefined) pauses.expect();
  const end = endOf(child, qmp, guest, { wasStopped: () => stopped, wasPaused: () => paused });
  // Whoever reads the output first must not meet an unhandled rejection.
  end.catch(() => undefined);
  const record = guest.recording?.mode === "record" ? recorderOf(child, qmp, guest.recording) : undefined;
  const read = (address: number, length: number): Promise<Uint8Array | undefined> =>
    Promise.resolve(memory?.read(address - guest.memoryBase, length));
  let waited = 0;
  let isReleased = false;
  return {
    output: pipe?.bytes ?? (child.stdout as AsyncIterable<Uint8Array>),
    end,
    stop: () => {
      stopped = true;
      if (record === undefined) child.kill("SIGKILL");
      else record.finish();
    },
    inspect: async () => {
      pauses.expect();
      return {
        registers: isRunning(child) && !stopped ? await registersNow(qmp) : [],
        ...(memory !== undefined && { memory: { address: guest.memoryBase, bytes: memory.bytes } }),
        read,
      };
    },
    ...(memory !== undefined && { peek: read }),
    sleepsForEver: async () => isRunning(child) && sleepsForEver(await registersText(qmp)),
    waitedMs: () => (waited = Math.max(waited, child.pid === undefined ? 0 : cpuWaitMs(child.pid))),
    release: () => {
      if (isReleased) return;
      isReleased = true;
      release();
    },
    ...(stub !== undefined && { stub }),
    ...(child.stdin !== null && { type: (bytes) => void child.stdin?.write(bytes) }),
    ...(record !== undefined && { recorded: record.recorded }),
    ...(guest.recording?.mode === "replay" && { history: historyOf(qmp, child.pid ?? -1) }),
  };
}

/** Ends the recording of a boot: once the guest is at its end, or when it is stopped. */
function recorderOf(
  child: ChildProcess,
  qmp: Qmp,
  { files }: RecordingOrder,
): { readonly finish: () => void; readonly recorded: Promise<number | undefined> } {
  let last: Promise<number | undefined> | undefined;
  const finish = (): void => void (last ??= finishRecording(child, qmp));
  qmp.on("SHUTDOWN", finish);
  beginRecording(qmp);
  const recorded = new Promise<number | undefined>((resolve) => {
    child.on("error", () => {
      resolve(undefined);
    });
    child.on("close", (code) => {
      if (code === 0 && last !== undefined) mendLog(files.log);
      resolve(code === 0 ? last : undefined);
    });
  });
  return { finish, recorded };
}

/** A monitor that says nothing for so long says nothing at all. */
const ANSWER_MS = 1000;

async function registersNow(qmp: Qmp): Promise<GuestSnapshot["registers"]> {
  const stopped = qmp.ask("stop");
  const text = await registersText(qmp);
  await Promise.race([stopped, late()]);
  return registersOf(text);
}

const late = (): Promise<undefined> =>
  new Promise((resolve) => setTimeout(resolve, ANSWER_MS, undefined).unref());

/** What the monitor says of registers; nothing where it does not answer. */
async function registersText(qmp: Qmp): Promise<string> {
  const asked = qmp.ask("human-monitor-command", { "command-line": "info registers" });
  const text = await Promise.race([asked, late()]);
  return typeof text === "string" ? text : "";
}

/** Why the guest went, as QEMU says it. */
interface Shutdown {
  readonly reason?: string;
}

/** Ends of a guest that prove that something went wrong in it, in words. */
const BAD_ENDS: Readonly<Record<string, { readonly detail: string; readonly cause: "reset" | "crash" }>> = {
  "guest-reset": { detail: "the guest reset its machine", cause: "reset" },
  "guest-panic": { detail: "the guest panicked", cause: "crash" },
};

/**
 * A guest that is faster than our first word to the monitor is not told of; one that could have ended QEMU with a code
 * of its own did something else.
 */
const UNHEARD = { detail: "the guest reset its machine or turned it off", cause: "reset" } as const;

/** What we did to QEMU, or somebody else. */
interface Interventions {
  readonly wasStopped: () => boolean;
  readonly wasPaused: () => Pause | undefined;
}

/** How QEMU ended, in words about the guest. */
function endOf(
  child: QemuChild,
  qmp: Qmp,
  { binary, ends }: QemuGuest,
  { wasStopped, wasPaused }: Interventions,
): Promise<MachineEnd> {
  let complaint = "";
  let bad: (typeof BAD_ENDS)[string] | undefined = ends.size > 0 ? UNHEARD : undefined;
  let isHeard = false;
  qmp.on("SHUTDOWN", (data) => {
    // One that was recorded has stopped there, and is ended after it.
    if (!isHeard) bad = BAD_ENDS[(data as Shutdown | undefined)?.reason ?? ""];
    isHeard = true;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    complaint = (complaint + chunk).slice(0, COMPLAINT_CHARS);
    // KVM that fails pauses the guest for ever and QEMU stays: nobody else would end it.
    if (complaint.includes("KVM internal error")) child.kill("SIGKILL");
  });
  return new Promise<MachineEnd>((resolve, reject) => {
    child.on("error", (error) => {
      reject(new RigError(`${binary} could not be started: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      if (wasStopped()) return resolve({ kind: "ended", how: "unknown", detail: "stopped" });
      const pause = wasPaused();
      if (pause !== undefined) return reject(new RigError(`${binary} ${pause.what}`, pause.hint));
      const how = code === null ? undefined : ends.get(code);
      if (how !== undefined)
        return resolve({ kind: "ended", how, detail: `${binary} returned ${String(code)}` });
      if (code === 0 && bad !== undefined)
        return resolve({ kind: "ended", how: bad === UNHEARD ? "unknown" : "crash", ...bad });
      if (code === 0) return resolve({ kind: "ended", how: "unknown", detail: `${binary} returned 0` });
      const words = complaint.trim().split("\n")[0] ?? "";
      const what = code === null ? `was killed by ${String(signal)}` : `failed with ${String(code)}`;
      const hint = HINTS.find(([pattern]) => pattern.test(words))?.[1];
      reject(new RigError(`${binary} ${what}${words === "" ? "" : `: ${words}`}`, hint));
    });
  });
}
