/**
 * What a dialect read on the console: claims, which may be missing, doubled, cut or a lie.
 * Only assemble.ts turns them into events; nothing else may believe them.
 */
import type { ExcerptLine, FaultKind, FaultRecord, Frame } from "./fault.js";
import type { FindingKind } from "./finding-kinds.js";
import type { Outlook } from "./fault.js";
import type { Segment } from "./segment.js";

/** How far the boot has come, by the guest's own words. */
export type Milestone =
  | "boot-step" // the boot code went on: whatever case ran before it has returned
  | "banner" // `Powered by`: printed after all tests, before main()
  | "kernel" // the version line of the banner
  | "main-called"
  | "main-returned"
  | "exit-called"
  | "halting" // the boot code stops the system, with its reason code; the platform has the last word
  | "shutting-down" // the same since 0.21, where no platform prints anything after it
  | "halted";

export type ClaimBody =
  /** A case begins; the one before it has returned. */
  | { readonly type: "header"; readonly suite: string; readonly name: string; readonly description?: string }
  | { readonly type: "result"; readonly status: "passed" | "failed" | "omitted"; readonly message: string }
  /** Many passed results in a row of which only the number matters any more. */
  | { readonly type: "passes"; readonly count: number }
  /** Where the failure in front of it stands. */
  | { readonly type: "location"; readonly file: string; readonly line: number }
  /** An end of case that says its status itself (TAP, and guests that print control lines). */
  | {
      readonly type: "case-end";
      readonly status: "passed" | "failed" | "skipped";
      readonly reason?: string;
      readonly durationMs?: number;
      /** What the guest itself counted in it; see docs/protocol.md. */
      readonly counted?: {
        readonly suite: string;
        readonly name: string;
        readonly assertions: number;
        readonly failed: number;
      };
    }
  /** The guest speaks the kit's protocol: what its image holds, and how much of it was selected. */
  | {
      readonly type: "tests-planned";
      readonly build?: string;
      readonly suites: number;
      readonly cases: number;
      readonly selected?: number;
    }
  | { readonly type: "suite-begins"; readonly suite: string }
  /** The suite's init function asked for it: none of its cases run. */
  | { readonly type: "suite-skipped"; readonly suite: string; readonly reason: string }
  /** The cases of the suite are over, its exit function begins. */
  | { readonly type: "suite-exits"; readonly suite: string }
  /** `outside`: assertions of the suite that failed outside its cases. */
  | {
      readonly type: "suite-done";
      readonly suite: string;
      readonly cases: number;
      readonly failed: number;
      readonly outside: number;
    }
  /** The running case has a time-out of its own. */
  | { readonly type: "case-limit"; readonly suite: string; readonly name: string; readonly limitMs: number }
  /** A case will give `count` results, one for each parameter. */
  | { readonly type: "parameters"; readonly suite: string; readonly name: string; readonly count: number }
  | {
      readonly type: "statistics";
      readonly what: "suites" | "cases" | "assertions";
      readonly failed: number;
      readonly total: number;
    }
  | {
      readonly type: "finding";
      readonly check: string;
      readonly message: string;
      readonly file: string;
      readonly line: number;
      readonly column: number;
      /** Absent: `ubsan`. */
      readonly kind?: FindingKind;
      readonly function?: string;
      readonly system?: string;
      readonly callTrace?: readonly Frame[];
      readonly excerpt?: readonly ExcerptLine[];
    }
  /** `stackTop`: see FaultDescription. Without an outlook it ends the boot. */
  | {
      readonly type: "fault";
      readonly fault: FaultRecord;
      readonly stackTop?: string | undefined;
      readonly outlook?: Outlook;
    }
  | { readonly type: "suite-init-failed"; readonly suite: string }
  | { readonly type: "boot-init-failed"; readonly address: string; readonly error: number }
  | {
      readonly type: "milestone";
      readonly milestone: Milestone;
      readonly code?: number;
      readonly text?: string;
    }
  /** A stream of tests begins, or goes on, that says itself when it is over: nothing else is its end. */
  | { readonly type: "tests-begin" }
  /** The guest's stream of tests is over and whole, by its own protocol. */
  | {
      readonly type: "tests-ended";
      readonly counted?: {
        readonly cases: number;
        readonly failed: number;
        readonly skipped: number;
        /** Assertions that failed outside any case. */
        readonly outside: number;
      };
    }
  /** Firmware or a fresh kernel: whatever ran before is gone. */
  | { readonly type: "restarted" }
  /** A line that cannot be believed and cannot be ignored. */
  | {
      readonly type: "suspect";
      readonly code:
        | "garbled-line"
        | "ambiguous-line"
        | "lookalike"
        | "form-conflict"
        | "line-too-long"
        | "tap-invalid"
        | "stream-invalid"
        | "unplanned-stream"
        | "unread-stream";
      readonly text: string;
    }
  /** Output that says why the guest dies, if it dies right after it. */
  | { readonly type: "last-words"; readonly kind: FaultKind; readonly title: string }
  /** Everything else: output of the application or of the kernel. */
  /** The case that runs has passed, and runs once more for what it does with memory. */
  | { readonly type: "case-again" }
  | {
      readonly type: "output";
      /** What a dialect took the line for, where that is no result: a plan, a count, an end. */
      readonly means?: string;
    };

/** A claim and the line it was read from. */
export type Claim = ClaimBody & { readonly at: Segment };
