/**
 * Starts the process of one QEMU: its words, the files it inherits, the pipe of its serial line. One may be started
 * before anybody knows what it shall boot: it waits for that while it is being loaded. What a guest does is not looked at.
 */
import { endedAtExit } from "../process/at-exit.js";
import { shellWord } from "../../src/text/shell-word.js";
import { stage } from "../host/stages.js";
import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { closeSync, mkdtempSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex, Readable, Writable } from "node:stream";
import { findProgram, withParentDeathSignal } from "../process/parent-death-signal.js";
import type { BootImage } from "../machine.js";
import {
  fill,
  type GuestMemory,
  guestMemory,
  anonymousCopy,
  anonymousFile,
} from "../files/anonymous-file.js";
import { giveBack, openPipe, type Pipe, pipeEnds } from "../process/polled-pipe.js";

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

/** A QEMU, whatever it boots. */
export interface QemuShape {
  readonly binary: string;
  /** Value of `-M`. */
  readonly board: string;
  readonly arguments: readonly string[];
  readonly memoryMiB: number;
  /** Whom the debugger speaks to: QEMU's stub, which holds the guest at its first instruction, or the guest on a second line. */
  readonly debugger?: keyof typeof DEBUGGER | undefined;
  /** Its standard input is the serial line. */
  readonly takesInput?: boolean | undefined;
}

export interface QemuOrder extends QemuShape {
  readonly image: Pick<BootImage, "path" | "content">;
  /** Words for the guest. */
  readonly commandLine: readonly string[];
}

/** Its standard input is null where the serial line takes none. */
export type QemuChild = ChildProcessByStdio<Writable | null, Readable, Readable>;

export interface QemuProcess {
  readonly child: QemuChild;
  /** Absent where this host has no files without a name. */
  readonly memory: GuestMemory | undefined;
  /** Absent where this host has no pipes: the serial line is the standard output of `child` then. */
  readonly pipe: Pipe | undefined;
  /** Absent unless the guest is debugged. */
  readonly stub: Duplex | undefined;
  /** Gives back what it held, once it is gone. */
  readonly release: () => void;
}

/** No emulator outlives the process that started it, however that ends (short of being killed itself). */
const running = endedAtExit<ChildProcess>((child) => {
  child.kill("SIGKILL");
});

export const isRunning = (child: ChildProcess): boolean => running.has(child);

/** Numbers under which QEMU inherits our files; the monitor is the first of them. */
const FIRST_FILE = 4;
const inherited = (index: number): string => `/proc/self/fd/${String(FIRST_FILE + index)}`;

const memoryObject = (memoryMiB: number): string =>
  `memory-backend-file,id=ram,size=${String(memoryMiB)}M,share=on,mem-path=${inherited(0)}`;

interface Files {
  readonly memory: GuestMemory | undefined;
  /** Numbers of further files, which follow that of the memory. */
  readonly more: readonly number[];
}

/** What is connected to the debugger. Without one, a guest that is held does nothing. */
const DEBUGGER = {
  stub: ["-gdb", "chardev:debugger", "-S"],
  // The second of its kind gets the ports and the interrupt of COM2.
  line: ["-device", "isa-serial,chardev=debugger"],
} as const;

/** The debugger on the file of that number. */
const debuggerOn = (file: number, who: keyof typeof DEBUGGER): readonly string[] => [
  ...["-chardev", `socket,id=debugger,fd=${String(file)}`],
  ...DEBUGGER[who],
];

function spawnQemu(
  { binary, board, memoryMiB, arguments: own, debugger: who, takesInput = false }: QemuShape,
  words: readonly string[],
  { memory, more }: Files,
): Pick<QemuProcess, "child" | "pipe" | "stub"> {
  const files = memory === undefined ? more : [memory.file, ...more];
  const [program, all] = withParentDeathSignal("KILL", binary, [
    ...["-M", `${board}${memory === undefined ? "" : ",memory-backend=ram"}`],
    ...["-m", String(memoryMiB)],
    ...COMMON,
    ...(memory === undefined ? [] : ["-object", memoryObject(memoryMiB)]),
    ...own,
    ...(who === undefined ? [] : debuggerOn(FIRST_FILE + files.length, who)),
    ...words,
  ]);
  // What a guest has printed by a stop has to be here by then: our own pipe is asked now and then.
  const isForDebugger = who !== undefined || takesInput;
  const pipe = isForDebugger ? undefined : openPipe();
  stage(() => [program, ...all].map(shellWord).join(" "));
  const child = spawn(program, all, {
    stdio: [
      takesInput ? "pipe" : "ignore",
      pipe?.writer ?? "pipe",
      "pipe",
      "pipe",
      ...files,
      ...(who === undefined ? [] : ["pipe" as const]),
    ],
    // Ctrl-C is for the debugger that shares the terminal.
    detached: isForDebugger,
  }) as QemuChild;
  // A guest that is gone needs no more of it.
  child.stdin?.on("error", () => undefined);
  if (pipe !== undefined) {
    closeSync(pipe.writer);
    child.on("exit", () => {
      pipe.hurry();
    });
  }
  running.add(child);
  const forget = (): void => void running.delete(child);
  child.on("error", forget);
  child.on("close", forget);
  const stub = who !== undefined ? (child.stdio.at(-1) as unknown as Duplex) : undefined;
  return { child, pipe, stub };
}

/** Starts a QEMU that boots this. */
export function startQemu(order: QemuOrder): QemuProcess {
  const waiting = takeWaiting(order);
  if (waiting !== undefined) return waiting;
  const memory = guestMemory(order.memoryMiB * 1024 * 1024);
  const kernel = kernelOf(order.image, memory === undefined ? 0 : 1);
  const words = [
    ...(order.commandLine.length > 0 ? ["-append", order.commandLine.join(" ")] : []),
    ...["-kernel", kernel.path],
  ];
  const more = kernel.file === undefined ? [] : [kernel.file];
  return {
    ...spawnQemu(order, words, { memory, more }),
    memory,
    release: () => {
      memory?.close();
      kernel.done();
    },
  };
}

/** Where QEMU finds an image, and what has to be done once it has read it. */
interface Kernel {
  readonly path: string;
  readonly file?: number;
  readonly done: () => void;
}

function kernelOf({ path, content }: QemuOrder["image"], index: number): Kernel {
  if (content === undefined) return { path, done: () => undefined };
  const file = anonymousCopy(content);
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

/** A QEMU that waits for what it shall boot. */
interface Waiting {
  readonly shape: QemuShape;
  readonly process: QemuProcess;
  /** Where it waits for that. */
  readonly orders: number;
  /** An empty file that it has inherited, for an image that stands on no disk. */
  readonly kernel: number;
  /** Gives back what it held, once it was killed. */
  readonly drop: () => void;
}

/** Larger images are not for one that waits. */
const MOST_KERNEL_BYTES = 64 << 20;

let waiting: Waiting | undefined;

/**
 * Starts a QEMU of this shape that waits for what it shall boot. Loading its program takes as long as understanding the
 * command. It reads a configuration from a pipe, and until that ends it has done nothing. Without pipes nothing happens.
 * Source: QEMU `-readconfig`, as it is since 1.0; what a section `machine` says is added to `-M`.
 */
export function expectGuest(shape: QemuShape): void {
  if (process.platform !== "linux" || findProgram(shape.binary) === undefined) return;
  if (waiting !== undefined) {
    if (isSameShape(waiting.shape, shape)) return;
    expectNothing();
  }
  const memory = guestMemory(shape.memoryMiB * 1024 * 1024);
  const kernel = memory === undefined ? undefined : anonymousFile(MOST_KERNEL_BYTES);
  const orders = kernel === undefined ? undefined : pipeEnds();
  if (memory === undefined || kernel === undefined || orders === undefined) {
    if (kernel !== undefined) closeSync(kernel);
    return memory?.close();
  }
  const more = [orders.reader, kernel];
  const started = spawnQemu(shape, ["-readconfig", inherited(1)], { memory, more });
  // Whoever takes it hears of it.
  started.child.on("error", () => undefined);
  started.child.unref();
  const close = (): void => {
    memory.close();
    closeSync(kernel);
  };
  const release = (): void => {
    close();
    giveBack(orders.reader);
  };
  const drop = (): void => {
    close();
    closeSync(orders.writer);
    // One that is about to die could still read what the next one is sent.
    closeSync(orders.reader);
  };
  waiting = { shape, process: { ...started, memory, release }, orders: orders.writer, kernel, drop };
}

/** Ends the QEMU that waits, if it has got nothing to boot. */
export function expectNothing(): void {
  if (waiting === undefined) return;
  const { child } = waiting.process;
  child.kill("SIGKILL");
  // We do not end before it is gone.
  child.ref();
  waiting.drop();
  waiting = undefined;
}

/** What fits into one line of such a configuration; QEMU has nothing to quote a quotation mark with. */
const isPlain = (value: string): boolean => /^[^"\r\n]{1,1000}$/.test(value);

/** The QEMU that waits, with what to boot, where it is such a one. One that waits for something else is ended. */
function takeWaiting({ image, commandLine, ...shape }: QemuOrder): QemuProcess | undefined {
  if (waiting === undefined || shape.debugger !== undefined || shape.takesInput === true) return undefined;
  const { process: found, orders, kernel } = waiting;
  const append = commandLine.join(" ");
  const isIt =
    found.child.exitCode === null &&
    found.child.signalCode === null &&
    (image.content?.length ?? 0) <= MOST_KERNEL_BYTES &&
    (image.content !== undefined || isPlain(image.path)) &&
    (append === "" || isPlain(append)) &&
    isSameShape(waiting.shape, shape) &&
    (image.content === undefined || hasTaken(kernel, image.content));
  if (!isIt) {
    expectNothing();
    return undefined;
  }
  waiting = undefined;
  const path = image.content === undefined ? image.path : inherited(2);
  const lines = ["[machine]", `kernel = "${path}"`, ...(append === "" ? [] : [`append = "${append}"`])];
  try {
    writeSync(orders, `${lines.join("\n")}\n`);
  } catch {
    // It is gone by now, and its end says why.
  }
  closeSync(orders);
  found.child.ref();
  return found;
}

function hasTaken(file: number, content: Uint8Array): boolean {
  try {
    fill(file, content);
    return true;
  } catch {
    // There was more room when it was made; whoever boots the usual way says what is wrong.
    return false;
  }
}

const isSameShape = (one: QemuShape, other: QemuShape): boolean =>
  one.binary === other.binary &&
  one.board === other.board &&
  one.memoryMiB === other.memoryMiB &&
  one.arguments.join("\0") === other.arguments.join("\0");
