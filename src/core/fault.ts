/**
 * The record of one crash, as data. It says what a fault is; recognising one is the business of src/faults.
 */

export type FaultKind =
  | "trap" // a CPU exception nobody handled
  | "assertion" // a kernel or libc assertion
  | "crash" // an explicit crash: UK_CRASH(), abort()
  | "fail-fast" // the guest stops at its first failed assertion because it was built to
  | "suite-init" // a suite's init function failed: its cases never run
  | "init-assertion" // an assertion failed in the init function of a suite
  | "exit-assertion" // an assertion failed in a suite after its cases: in its exit function
  | "boot-assertion" // an assertion failed outside any suite: in main(), for example
  | "boot-init" // an init function stopped the boot
  | "exit" // exit() inside a case
  | "halt" // the machine stopped inside a case, without a word
  | "reset" // the guest started again
  | "silence" // output stops inside a case
  | "stall" // the guest says of itself that a task or processor makes no progress
  | "build" // the image could not be built
  | "time-out"; // a limit of the host fired, and the machine was stopped

/** How the machine of a boot ended, where the host ran it itself. */
export type MachineEnd =
  /** `unknown`: it is gone and its exit code says nothing about the guest. */
  | ({
      readonly kind: "ended";
      readonly how: "normal" | "crash" | "unknown";
      readonly detail: string;
      /** What the guest itself did to end it, where the machine saw that; `detail` says it in words. */
      readonly cause?: "reset" | "halt" | "crash";
      /** The host ended it after the guest's final line: a line that is not finished was cut by that. */
      readonly isCut?: true;
    } & Whereabouts)
  /** The host stopped it for a reason that has nothing to do with this guest. */
  | { readonly kind: "stopped"; readonly detail: string }
  /** A limit fired: `detail` says which, in words. */
  | ({ readonly kind: "timed-out"; readonly detail: string } & Whereabouts);

/** Where the guest was at its end. */
interface Whereabouts {
  readonly registers?: readonly Register[];
  readonly callTrace?: readonly Frame[];
}

/** An exception of the processor, as the guest's own handler has it in memory. */
export interface Exception {
  /** Of the vector. */
  readonly number: number;
  readonly name: string;
  /** Hexadecimal, without 0x, as the address. */
  readonly code: string;
  /** Of a page fault. */
  readonly address: string;
}

export interface Register {
  readonly name: string;
  /** Hexadecimal, as printed, without 0x. */
  readonly value: string;
}

/** What a frame is part of, where that is not the program under test. */
export type Machinery =
  | "crash" // the way from a crash to its screen
  | "library" // memcpy() and its like: the fault is the caller's
  | "test" // what calls the cases
  | "boot"; // what calls the tests

/** A place on the stack. What the image says of it is there only where the image is known; see symbolized.ts. */
export interface Frame {
  /**
   * Hexadecimal, without 0x; empty where the guest hides its addresses and prints names instead. Frames that were inlined
   * share the address of the frame after them.
   */
  readonly address: string;
  /** As the guest printed it: `ukplat_entry+424`. */
  readonly symbol?: string;
  /** From the image, as everything below. */
  readonly function?: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** Only of a frame that was inlined into the one after it. */
  readonly isInlined?: boolean;
  readonly machinery?: Machinery;
  /** Stands for so many frames in the middle of an endless trace that were not kept; its address is empty. */
  readonly leftOut?: number;
  /** The guest found it on the stack and is not sure that it is part of the chain. */
  readonly isUnreliable?: boolean;
}

export interface ExcerptLine {
  readonly line: number;
  readonly text: string;
}

/** A few lines of a file of the program. */
export interface SourceExcerpt {
  /** As the image names it. */
  readonly file: string;
  /** The line that they are shown for. */
  readonly line: number;
  /** The line of the first of `texts`. */
  readonly firstLine: number;
  readonly texts: readonly string[];
}

export interface FaultRecord {
  readonly kind: FaultKind;
  /** One line that names it: `page fault at 0x1234567000`. */
  readonly title: string;
  /** What printed it, where that is neither Unikraft nor the host: `linux`, `zephyr`, `rust`. */
  readonly system?: string;
  readonly file?: string;
  readonly line?: number;
  readonly registers: readonly Register[];
  /** Innermost first. */
  readonly callTrace: readonly Frame[];
  /** The same for the same crash in another run or build: `trap: read_from < parse`. */
  readonly fingerprint?: string;
  /** Around the first frame of the program under test. */
  readonly source?: SourceExcerpt;
  /** The console around it, with line numbers of the raw log. */
  readonly excerpt: readonly ExcerptLine[];
}

/** What becomes of the guest after a fault. */
export type Outlook =
  /** Nothing comes any more. */
  | "ends"
  /** The kernel may go on, and the case it happened in is lost. */
  | "goes-on"
  /** A program died: where tests follow, it was a child of theirs and none of our business. */
  | "last-breath"
  /** The usual end of a guest whose tests are over; a fault where they are not. */
  | "closes";
