/**
 * The record of one crash, as data. It says what a fault is; recognising one is the business of src/faults.
 */

export type FaultKind =
  | "trap" // a CPU exception nobody handled
  | "assertion" // a kernel or libc assertion
  | "crash" // an explicit crash: UK_CRASH(), abort()
  | "fail-fast" // the guest stops at its first failed assertion because it was built to
  | "suite-init" // a suite's init function failed: its cases never run
  | "boot-init" // an init function stopped the boot
  | "exit" // exit() inside a case
  | "halt" // the machine stopped inside a case, without a word
  | "reset" // the guest started again
  | "silence" // output stops inside a case
  | "build" // the image could not be built
  | "time-out"; // a limit of the host fired, and the machine was stopped

/** How the machine of a boot ended, where the host ran it itself. */
export type MachineEnd =
  /** `unknown`: it is gone and its exit code says nothing about the guest. */
  | { readonly kind: "ended"; readonly how: "normal" | "crash" | "unknown"; readonly detail: string }
  /** A limit fired: `detail` says which, in words. */
  | {
      readonly kind: "timed-out";
      readonly detail: string;
      /** Where the guest was when it was stopped. */
      readonly registers?: readonly Register[];
      readonly callTrace?: readonly Frame[];
    };

export interface Register {
  readonly name: string;
  /** Hexadecimal, as printed, without 0x. */
  readonly value: string;
}

export interface Frame {
  /** Hexadecimal, without 0x. */
  readonly address: string;
  /** As the guest printed it: `ukplat_entry+424`. */
  readonly symbol?: string;
}

export interface ExcerptLine {
  readonly line: number;
  readonly text: string;
}

export interface FaultRecord {
  readonly kind: FaultKind;
  /** One line that names it: `page fault at 0x1234567000`. */
  readonly title: string;
  readonly file?: string;
  readonly line?: number;
  readonly registers: readonly Register[];
  readonly callTrace: readonly Frame[];
  /** The console around it, with line numbers of the raw log. */
  readonly excerpt: readonly ExcerptLine[];
}
