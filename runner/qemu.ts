/**
 * Starts one QEMU and hands over its serial line. It knows how QEMU is found, started, read and ended, and nothing of a
 * particular machine: those are in runner/machines.
 */
import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { accessSync, closeSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Duplex, Readable } from "node:stream";
import { RigError } from "../src/core/errors.js";
import type { MachineEnd } from "../src/core/fault.js";

import { hostWaitMs } from "./host-wait.js";
import type { Boot, BootImage, Inside, Lack } from "./machine.js";
import { guestMemory, namelessCopy } from "./nameless.js";
import { openPipe } from "./pipe.js";
import { openQmp, type Qmp } from "./qmp.js";
import { registersOf, sleepsForEver } from "./registers.js";

/** What every guest gets: no defaults, no display, no network, no host files, the serial line on our pipe. */
const COMMON = [
  "-nodefaults",
  "-no-user-config",
  "-display",
  "none",
  "-serial",
  "stdio",
  "-no-reboot",
  ...["-chardev", "socket,id=monitor,fd=3", "-mon", "chardev=monitor,mode=control"],
] as const;

export interface QemuGuest {
  readonly binary: string;
  /** Value of `-M`. */
  readonly board: string;
  readonly arguments: readonly string[];
  readonly image: Pick<BootImage, "path" | "content">;
  readonly memoryMiB: number;
  /** Physical address of the first byte of memory. */
  readonly memoryBase: number;
  /** What QEMU's own exit code says about the guest. */
  readonly ends: ReadonlyMap<number, "normal" | "crash">;
}

/** The path of a program, as the shell would find it. */
export function findProgram(name: string): string | undefined {
  for (const folder of name.includes("/") ? [""] : (process.env["PATH"] ?? "").split(delimiter)) {
    const path = folder === "" ? name : join(folder, name);
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

/** The words that start a program so that it dies with us, however we die, where this host can do that. */
export function leashed(binary: string, words: readonly string[]): readonly [string, readonly string[]] {
  const leash = process.platform === "linux" ? findProgram("setpriv") : undefined;
  const path = findProgram(binary);
  // A program that is not there is named by whoever fails to start it.
  return leash === undefined || path === undefined
    ? [binary, words]
    : [leash, ["--pdeathsig", "KILL", path, ...words]];
}

/** Numbers under which QEMU inherits our files; the monitor is the first of them. */
const FIRST_FILE = 4;
const inherited = (index: number): string => `/proc/self/fd/${String(FIRST_FILE + index)}`;

/** Where QEMU finds an image, and what has to be done once it has read it. */
interface Kernel {
  readonly path: string;
  readonly file?: number;
  readonly done: () => void;
}

function kernelOf({ path, content }: QemuGuest["image"], index: number): Kernel {
  if (content === undefined) return { path, done: () => undefined };
  const file = namelessCopy(content);
  if (file !== undefined) {
    return {
      path: inherited(index),
      file,
      done: () => {
        closeSync(file);
      },
    };
  }
  const folder = mkdtempSync(join(tmpdir(), "uktest-image-"));
  const copy = join(folder, "image");
  writeFileSync(copy, content);
  return {
    path: copy,
    done: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What to do about complaints that do not say it. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /without PVH ELF Note|Cannot load x86-64 image/,
    "This is no file that boots: give the image that the build made of it (the one without .dbg)",
  ],
];

/** Boots a guest. */
export function bootQemu(guest: QemuGuest): Boot {
  watchExit();
  const memory = guestMemory(guest.memoryMiB * 1024 * 1024);
  const kernel = kernelOf(guest.image, memory === undefined ? 0 : 1);
  const words = [
    ...["-M", `${guest.board}${memory === undefined ? "" : ",memory-backend=ram"}`],
    ...["-m", String(guest.memoryMiB)],
    ...COMMON,
    ...(memory === undefined ? [] : ["-object", memoryObject(guest.memoryMiB)]),
    ...guest.arguments,
    ...["-kernel", kernel.path],
  ];
  const [program, all] = leashed(guest.binary, words);
  const files = [memory?.file, kernel.file].filter((file) => file !== undefined);
  const pipe = openPipe();
  const child = spawn(program, all, {
    stdio: ["ignore", pipe?.writer ?? "pipe", "pipe", "pipe", ...files],
  }) as ChildProcessByStdio<null, Readable, Readable>;
  if (pipe !== undefined) {
    closeSync(pipe.writer);
    child.on("exit", () => {
      pipe.hurry();
    });
  }
  running.add(child);
  const qmp = openQmp(child.stdio[3] as unknown as Duplex);
  let stopped = false;
  const end = endOf(child, qmp, guest, () => stopped);
  // Whoever reads the output first must not meet an unhandled rejection.
  end.catch(() => undefined);
  let waited = 0;
  let isReleased = false;
  return {
    output: pipe?.bytes ?? (child.stdout as AsyncIterable<Uint8Array>),
    end,
    stop: () => {
      stopped = true;
      child.kill("SIGKILL");
    },
    inspect: async () => ({
      registers: running.has(child) && !stopped ? await registersNow(qmp) : [],
      read: (address, length) => Promise.resolve(memory?.read(address - guest.memoryBase, length)),
    }),
    sleepsForEver: async () => running.has(child) && sleepsForEver(await registersText(qmp)),
    waitedMs: () => (waited = Math.max(waited, child.pid === undefined ? 0 : hostWaitMs(child.pid))),
    release: () => {
      if (isReleased) return;
      isReleased = true;
      memory?.close();
      kernel.done();
    },
  };
}

const memoryObject = (memoryMiB: number): string =>
  `memory-backend-file,id=ram,size=${String(memoryMiB)}M,share=on,mem-path=${inherited(0)}`;

/** A monitor that says nothing for so long says nothing at all. */
const ANSWER_MS = 1000;

async function registersNow(qmp: Qmp): Promise<Inside["registers"]> {
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
const BAD_ENDS: Readonly<Record<string, { readonly detail: string; readonly deed: "reset" | "crash" }>> = {
  "guest-reset": { detail: "the guest reset its machine", deed: "reset" },
  "guest-panic": { detail: "the guest panicked", deed: "crash" },
};

/**
 * A guest that is faster than our first word to the monitor is not told of; one that could have ended QEMU with a code
 * of its own did something else.
 */
const UNHEARD = { detail: "the guest reset its machine or turned it off", deed: "reset" } as const;

/** How QEMU ended, in words about the guest. */
function endOf(
  child: ChildProcessByStdio<null, Readable, Readable>,
  qmp: Qmp,
  { binary, ends }: QemuGuest,
  wasStopped: () => boolean,
): Promise<MachineEnd> {
  let complaint = "";
  let bad: (typeof BAD_ENDS)[string] | undefined = ends.size > 0 ? UNHEARD : undefined;
  qmp.on("SHUTDOWN", (data) => {
    bad = BAD_ENDS[(data as Shutdown | undefined)?.reason ?? ""];
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    complaint = (complaint + chunk).slice(0, COMPLAINT_CHARS);
    // KVM that fails pauses the guest for ever and QEMU stays: nobody else would end it.
    if (complaint.includes("KVM internal error")) child.kill("SIGKILL");
  });
  return new Promise<MachineEnd>((resolve, reject) => {
    child.on("error", (error) => {
      running.delete(child);
      reject(new RigError(`${binary} could not be started: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      running.delete(child);
      if (wasStopped()) return resolve({ kind: "ended", how: "unknown", detail: "stopped" });
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
