/**
 * The contract of a machine: what boots an image and hands over what its serial line says. A machine is one frozen value
 * in a file of runner/machines; it judges nothing and knows no test.
 */
import type { MachineEnd, Register } from "../src/core/fault.js";
import type { Plan } from "../src/core/plan.js";

export type Architecture = Plan["architecture"];

/** What a guest has besides a processor, memory and a serial line: nothing of it unless it is asked for. */
export interface Hardware {
  /** Path of an initial RAM disk. */
  readonly initrd?: string;
  /** Processors; absent: one. */
  readonly cpus?: number;
  /** Networks, as QEMU's -netdev has them: `user,hostfwd=tcp::8080-:80`. */
  readonly networks?: readonly string[];
  /** Disks: `FILE[,format=…]`. */
  readonly drives?: readonly string[];
  /** Folders of the host by 9P: `FOLDER[,tag=…][,writable]`. */
  readonly folders?: readonly string[];
  /** Devices, as QEMU's -device has them. */
  readonly devices?: readonly string[];
  /** Further words for QEMU. */
  readonly words?: readonly string[];
}

/** What a machine boots. */
export interface BootImage {
  /** Path of the file that is loaded. */
  readonly path: string;
  /** What is loaded instead of the file's own content. */
  readonly content?: Uint8Array;
  readonly architecture: Architecture;
  /** Built with our guest kit: it runs on the smallest machine and ends it with a code that says how. */
  readonly isKit: boolean;
  /** Words for the guest's command line. */
  readonly words: readonly string[];
  /** Absent where it has none. */
  readonly hardware?: Hardware;
}

/** What a recording is made of: what the guest met that is not in its image, and states of its machine. */
export interface RecordingFiles {
  readonly log: string;
  /** An empty disk (src/image/empty-disk.ts) before it is recorded. */
  readonly disk: string;
}

export interface Translations {
  readonly path: string;
  /** Of the guest's memory. */
  readonly ranges: readonly { readonly address: number; readonly bytes: number }[];
}

export interface BootOptions {
  readonly memoryMiB: number;
  readonly acceleration: "tcg" | "kvm";
  /** Records the boot in these files, or replays what was recorded there; for TCG and a machine that `canRecord`. */
  readonly recording?: { readonly mode: "record" | "replay"; readonly files: RecordingFiles };
  /** Holds the guest at its first instruction, for the debugger that speaks to `Boot.stub`. */
  readonly debug?: true;
  /** Notes in a file the code of these ranges that the guest runs, when it first does; for TCG and a machine that `notesCode`. */
  readonly translations?: Translations;
  /** Reads these ranges at each moment before and after a case of the kit: see `Boot.boundaries`; for a machine that `hearsCases`. */
  readonly boundaries?: Translations["ranges"];
  /** The guest's clock goes by the instructions that it executes; for TCG and a machine that `countsInstructions`. */
  readonly instructions?: true;
  /** Opens the serial line in the other direction too: see `Boot.type`. */
  readonly takesInput?: true;
  /** Opens a second serial line, for the debugger that speaks to `Boot.stub`; for a machine that `hasSecondLine`. */
  readonly secondLine?: true;
}

/** A moment before (`begin`) or after a case, as the kit announces it (guest/include/uk/boundary.h). */
export interface Boundary {
  readonly moment: "begin" | "end";
  readonly suite: string;
  readonly name: string;
  /** Content of the ranges of `BootOptions.boundaries`; undefined for one that is outside of the memory. */
  readonly pieces: readonly (Uint8Array | undefined)[];
}

/** What is known of a guest from outside, once it is paused or gone. */
export interface GuestSnapshot {
  /** Of the first processor, as the emulator names them; none when it was gone before anybody looked. */
  readonly registers: readonly Register[];
  /** Where its memory lies; absent where the machine cannot tell. */
  readonly memory?: { readonly address: number; readonly bytes: number };
  /** Bytes of its memory from a physical address; undefined where the machine cannot tell. */
  read(address: number, length: number): Promise<Uint8Array | undefined>;
}

/** A connection in both directions; every stream of Node's that is one will do. */
export interface Connection {
  readonly writable: boolean;
  write(bytes: Uint8Array | string): unknown;
  on(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  on(event: "end" | "close" | "error", listener: () => void): unknown;
  /** Ends it, once what was written is through. */
  end(): unknown;
  destroy(): unknown;
}

/**
 * The time of a boot that is replayed, counted in instructions that the guest has executed. The guest stands still whenever
 * one of these is called; undefined or false: the emulator reports an error, or is gone.
 */
export interface History {
  now(): Promise<number | undefined>;
  /** The next run ends there at the latest, with a stop like that of Ctrl-C. A place before now is refused. */
  stopAt(icount: number): Promise<boolean>;
  /** Runs there, from the last state before it that was kept where that is nearer; a stop is reported as of `stopAt`. */
  goTo(icount: number): Promise<boolean>;
  /** Keeps the present state under a name. */
  keep(name: string): Promise<boolean>;
}

/** One boot while it runs. */
export interface Boot {
  /** What the serial line says; ends when the machine is gone. A chunk is valid until the next one is asked for. */
  readonly output: AsyncIterable<Uint8Array>;
  /**
   * How the machine ended by itself, once `output` is over. Rejects with a RigError when it could not be started or
   * failed on its own.
   */
  readonly end: Promise<MachineEnd>;
  /** Ends the machine at once; `end` then still resolves. */
  stop(): void;
  /** Looks into the guest. One that still runs is paused by it, and stays so. */
  inspect(): Promise<GuestSnapshot>;
  /** Reads memory of the guest while it runs; absent where the machine cannot. Undefined where it has none. */
  peek?(address: number, length: number): Promise<Uint8Array | undefined>;
  /** Whether its processor sleeps and nothing can wake it; absent where the machine cannot tell. */
  sleepsForEver?(): Promise<boolean>;
  /** Milliseconds for which the guest could have run and had to wait for a processor of this host. */
  waitedMs(): number;
  /** Gives back what an ended boot still holds. */
  release(): void;
  /** Sends bytes to the guest on its serial line; absent unless `BootOptions.takesInput` asked for it. */
  readonly type?: (bytes: Uint8Array | string) => void;
  /**
   * Where a GDB stub is spoken to (GDB manual, "Remote Protocol"): the machine's, which `BootOptions.debug` asked for, or that of
   * the guest on its second serial line, which `BootOptions.secondLine` did.
   */
  readonly stub?: Connection;
  /** Those that were heard so far, where `BootOptions.boundaries` asked for them. */
  readonly boundaries?: readonly Boundary[];
  /** Of a boot that is replayed. */
  readonly history?: History;
  /**
   * Of a boot that is recorded, once it has ended: the number of instructions that can be replayed; undefined where it ended
   * in a way that leaves no recording.
   */
  readonly recorded?: Promise<number | undefined>;
}

/** Why a machine cannot boot anything here, and what to type to change that. */
export interface MissingTool {
  readonly what: string;
  readonly hint: string;
}

export interface Machine {
  readonly name: string;
  /** One line for `uktest machines`. */
  readonly summary: string;
  readonly architecture: Architecture;
  /** What is missing here; nothing when it can boot. */
  lack(): MissingTool | undefined;
  /** True when it can boot images that our kit did not build. */
  readonly bootsAny: boolean;
  /** True when it has a GDB stub of its own, so that any image can be debugged on it. */
  readonly hasStub?: true;
  /** True when its guests can have an initrd, networks, disks and other devices: see `Hardware`. */
  readonly takesHardware?: true;
  /** True where what it boots is not up to us: hardware, or a command. */
  readonly isBoard?: true;
  /** True when its processor cannot stop after one instruction. */
  readonly lacksStep?: true;
  /** True when its guests can read their serial line. */
  readonly hasInput?: true;
  /** True when its guests can have a second serial line, for a debugger alone. */
  readonly hasSecondLine?: true;
  /** True when it can record a boot and replay it under its stub, backwards too. */
  readonly canRecord?: true;
  /** True when its guests can announce the moments between cases. */
  readonly hearsCases?: true;
  /** True when it can note which code of a guest it runs. */
  readonly notesCode?: true;
  /** True when its guests can count the instructions that they execute, each of them. */
  readonly countsInstructions?: true;
  /** The QEMU program that can use KVM for it; absent where the machine has no KVM. */
  readonly kvmBinary?: string;
  /** What to tell the user before the first boot; absent where nothing has to be done by hand. */
  readonly notice?: string;
  /** True for a board that can be started from here; absent where a boot is always a start. */
  readonly isReset?: boolean;
  /**
   * Gets ready for a boot that comes soon; absent where there is nothing to get ready. The options are known where a whole
   * image of the kit is what will most likely be booted; a machine that is ready for something else does no harm.
   */
  readonly warm?: (options: BootOptions | undefined) => void;
  /**
   * Loads the emulator of a further boot of a kit's image while others run; absent where nothing is gained by it. What no
   * boot takes is for `cool`.
   */
  readonly loadAhead?: (options: BootOptions) => void;
  /** Gives back what is kept for further boots; absent where nothing is. */
  readonly cool?: () => void;
  boot(image: BootImage, options: BootOptions): Boot;
}

/** A machine as a module of a project may have it: what it cannot do may be left out. */
export type OwnMachine = Omit<Machine, "boot" | "lack" | "bootsAny"> &
  Partial<Pick<Machine, "lack" | "bootsAny">> & {
    boot(image: BootImage, options: BootOptions): Pick<Boot, "output" | "end" | "stop"> & Partial<Boot>;
  };

/** Exit codes of a machine that a kit guest ends: docs/protocol.md, "End of the machine". */
export const KIT_END = { normal: 0x10, crash: 0x11 } as const;

/** QEMU's debug port makes of a value what a process can return. */
export const debugExitCode = (value: number): number => ((value << 1) | 1) & 0xff;

/** The end of a guest that lets its processor sleep where nothing can wake it, in words. */
export const HALTED = "the guest halted its processor with interrupts off";
