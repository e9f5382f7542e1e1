/**
 * Runs one i386 guest in the calling thread, in the emulator v86. It hooks names of v86 that its interface does not
 * promise, and does not start when one of them is gone; the package is pinned for that reason.
 */
import { messageOf } from "../../src/core/reason.js";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { RigError } from "../../src/core/errors.js";
import type { Register } from "../../src/core/fault.js";
import type { MemoryRange } from "../../src/image/evidence.js";
import type { Boundary } from "../machine.js";
import { hearBoundaries, type ReadGuest } from "./boundaries.js";
import { type Ports, recycle, reuseEntries } from "./ports.js";
import { Instance, Module, type WasmModule } from "./wasm.js";

export interface EngineGuest {
  /** The whole image: a multiboot ELF. */
  readonly image: Uint8Array;
  readonly commandLine: string;
  readonly memoryMiB: number;
  /** What is read at the moments between cases; absent where nothing wants to know. */
  readonly boundaries?: readonly MemoryRange[];
}

export type EngineEnd =
  /** The guest wrote its end to the debug port. */
  | { readonly kind: "exit"; readonly value: number }
  | { readonly kind: "halt" }
  | { readonly kind: "reset" }
  /** The emulator itself could not go on: a fault the guest did not handle, in words of the emulator. */
  | { readonly kind: "crash"; readonly message: string }
  | { readonly kind: "stopped" };

export interface EngineHooks {
  /** Bytes of the serial line; the guest goes on when it returns. */
  readonly output: (bytes: Uint8Array) => void;
  /** A moment that the guest has announced; it goes on when this returns. */
  readonly boundary: (boundary: Boundary) => void;
  /** Called once. */
  readonly end: (end: EngineEnd) => void;
}

/** A guest that was started. */
export interface Engine {
  /** Ends the guest, if it still runs. */
  stop(): void;
  /** Stops the guest without ending it, and returns its registers. */
  pause(): readonly Register[];
  /** Bytes of its memory; undefined outside of it. */
  read(address: number, length: number): Uint8Array | undefined;
  /** Sends bytes to the guest on its serial line. */
  type(bytes: Uint8Array): void;
  /** Gives the emulator back; the next one in this thread has to wait for that. */
  release(): Promise<void>;
}

type PortWriter = (value: number) => void;

interface Cpu {
  readonly io: Ports & {
    register_write(port: number, device: object, w8: PortWriter, w16?: PortWriter, w32?: PortWriter): void;
    register_read(port: number, device: object, r8: () => number): void;
  };
  main_loop(): number;
  device_raise_irq?(line: number): void;
  device_lower_irq?(line: number): void;
  reboot_internal(): void;
  readonly reg32: Int32Array;
  readonly instruction_pointer: Int32Array;
}

interface Emulator {
  readonly v86?: { readonly cpu?: Partial<Cpu> };
  add_listener(event: string, listener: (value: number) => void): void;
  read_memory(address: number, length: number): Uint8Array;
  run(): void;
  stop(): void;
  destroy(): Promise<void>;
}

type V86Class = new (options: Readonly<Record<string, unknown>>) => Emulator;

/** The emulator: its machine, compiled, and its script, on its way. */
export interface Prepared {
  readonly machine: WasmModule;
  readonly script: Promise<{ readonly V86: V86Class }>;
}

/** Loads the emulator, once for all guests of a thread. */
export function prepare(): Prepared {
  const script = import("v86") as unknown as Prepared["script"];
  // Whoever starts a guest hears of a failure.
  script.catch(() => undefined);
  return { machine: new Module(readFileSync(machineFile())), script };
}

/** The emulator's machine: beside the bundle, or in its package where nothing is bundled. */
function machineFile(): string {
  const bundled = fileURLToPath(new URL("./v86.wasm", import.meta.url));
  return existsSync(bundled)
    ? bundled
    : join(dirname(createRequire(import.meta.url).resolve("v86")), "v86.wasm");
}

/** Ports that end the machine: our kit's, and the default one of QEMU's device. */
const EXIT_PORTS = [0xf4, 0x501];
const UART = { data: 0x3f8, lineStatus: 0x3fd, interrupt: 4 } as const;
/** Transmitter empty: the next byte may come. */
const UART_READY = 0x60;
/** A byte has come. */
const UART_RECEIVED = 0x01;
const OUTPUT_BYTES = 64 * 1024;

/**
 * Starts a guest.
 * @throws RigError when this v86 is not the one that is pinned
 */
export async function startEngine(
  { machine, script }: Prepared,
  guest: EngineGuest,
  hooks: EngineHooks,
): Promise<Engine> {
  const { V86 } = await script;
  const { image, commandLine, memoryMiB } = guest;
  const emulator = new V86({
    wasm_fn: (env: object) => Promise.resolve(new Instance(machine, env).exports),
    multiboot: { buffer: new Uint8Array(image).buffer },
    cmdline: commandLine,
    memory_size: memoryMiB * 1024 * 1024,
    vga_memory_size: 1024 * 1024,
    net_device: { type: "none" },
    autostart: false,
    disable_keyboard: true,
    disable_mouse: true,
    disable_speaker: true,
  });
  await new Promise<void>((resolve) => {
    emulator.add_listener("emulator-loaded", () => {
      resolve();
    });
  });
  return hookIn(emulator, hooks, guest);
}

/** Thrown to leave the guest in the middle of an instruction: nothing after it is executed. */
const LEAVE = new Error("the guest has left");

function hookIn(emulator: Emulator, hooks: EngineHooks, { memoryMiB, boundaries }: EngineGuest): Engine {
  const cpu = emulator.v86?.cpu;
  if (
    cpu?.io?.register_write === undefined ||
    cpu.main_loop === undefined ||
    cpu.reboot_internal === undefined
  )
    throw new RigError("this version of the v86 package has other insides", "install the pinned one: npm ci");
  const { io } = cpu;
  reuseEntries(io);
  const serial = new SerialLine(hooks.output);
  let over: EngineEnd | undefined;
  const finish = (end: EngineEnd): void => {
    if (over !== undefined) return;
    over = end;
    serial.flush();
    emulator.stop();
    hooks.end(end);
  };
  const leave = (end: EngineEnd): never => {
    finish(end);
    throw LEAVE;
  };
  for (const port of EXIT_PORTS) {
    const exit = (value: number): never => leave({ kind: "exit", value });
    io.register_write(port, {}, exit, exit, exit);
  }
  const reboot = "reboot_internal";
  cpu[reboot] = () => leave({ kind: "reset" });
  io.register_write(UART.data, {}, (value) => {
    serial.put(value);
  });
  const type = inputOf(cpu, io);
  const read = readerOf(emulator, memoryMiB * 1024 * 1024);
  if (boundaries !== undefined) hearBoundaries(io, read, boundaries, hooks.boundary);
  emulator.add_listener("cpu-event-halt", () => leave({ kind: "halt" }));
  let isPaused = false;
  guard(cpu, cpu.main_loop, serial, () => isPaused || over !== undefined, finish);
  emulator.run();
  return {
    stop: () => {
      finish({ kind: "stopped" });
    },
    pause: () => {
      isPaused = true;
      emulator.stop();
      return registersOf(cpu);
    },
    read,
    type,
    // A halted guest keeps its timers, and with them the process, until it is destroyed.
    release: async () => {
      await emulator.destroy().catch(() => undefined);
      recycle(io);
    },
  };
}

const readerOf =
  (emulator: Emulator, memoryBytes: number): ReadGuest =>
  (address, length) =>
    address < 0 || length < 0 || address + length > memoryBytes
      ? undefined
      : emulator.read_memory(address, length).slice();

/** Lets the guest read bytes, each with an interrupt. */
function inputOf(cpu: Partial<Cpu>, io: Cpu["io"]): (bytes: Uint8Array) => void {
  const typed: number[] = [];
  io.register_read(UART.lineStatus, {}, () => (typed.length > 0 ? UART_READY | UART_RECEIVED : UART_READY));
  io.register_read(UART.data, {}, () => {
    const byte = typed.shift() ?? 0;
    if (typed.length === 0) cpu.device_lower_irq?.(UART.interrupt);
    return byte;
  });
  return (bytes) => {
    typed.push(...bytes);
    cpu.device_raise_irq?.(UART.interrupt);
  };
}

/** In the order of v86's own array. */
const NAMES = ["EAX", "ECX", "EDX", "EBX", "ESP", "EBP", "ESI", "EDI"];

const hex = (value: number | undefined): string => ((value ?? 0) >>> 0).toString(16).padStart(8, "0");

const registersOf = ({ reg32, instruction_pointer: next }: Partial<Cpu>): readonly Register[] =>
  reg32 === undefined || next === undefined
    ? []
    : [
        ...NAMES.map((name, index) => ({ name, value: hex(reg32[index]) })),
        { name: "EIP", value: hex(next[0]) },
      ];

/** Puts the guest's time slices into a try: what leaves one is the end of the machine, not of the process. */
function guard(
  cpu: Partial<Cpu>,
  slice: Cpu["main_loop"],
  serial: SerialLine,
  isOver: () => boolean,
  finish: (end: EngineEnd) => void,
): void {
  cpu.main_loop = function (this: Cpu) {
    if (isOver()) return 0;
    try {
      const pauseMs = slice.call(this);
      serial.flush();
      return pauseMs;
    } catch (error) {
      if (error !== LEAVE) finish({ kind: "crash", message: messageOf(error) });
      return 0;
    }
  };
}

/** Collects bytes, so that not every one of them is a message. */
class SerialLine {
  readonly #buffer = new Uint8Array(OUTPUT_BYTES);
  #length = 0;

  constructor(private readonly output: (bytes: Uint8Array) => void) {}

  put(byte: number): void {
    this.#buffer[this.#length] = byte;
    this.#length += 1;
    if (this.#length === OUTPUT_BYTES) this.flush();
  }

  flush(): void {
    if (this.#length === 0) return;
    const bytes = this.#buffer.slice(0, this.#length);
    this.#length = 0;
    this.output(bytes);
  }
}
