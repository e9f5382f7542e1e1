/** What a program may ask of the library. Types only, so that they need nothing of ours. */

/** Options that all functions have. */
export interface CommonOptions {
  /** Stops: boots end, and the events come to a proper end that says so. */
  readonly signal?: AbortSignal;
  /** Lines for people: what is built, which machine was taken. Default: none. */
  readonly log?: (line: string) => void;
}

/** Which images. */
export interface ImageOptions extends CommonOptions {
  /** A folder of suites, the beginning of a suite's name, `suite.case`, or a glob. Default: all that should be green. */
  readonly patterns?: readonly string[];
  /** An image that is there already, of the kit or of Unikraft, instead of the project's. */
  readonly image?: string;
  /** The ELF with its symbols, where the image has none. */
  readonly symbols?: string;
  /** `qemu-x86_64`, `qemu-i386`, `qemu-arm64`, `v86`, `serial:…`. Default: what is installed. */
  readonly machine?: string;
  /** Several machines: everything runs on each of them. */
  readonly machines?: readonly string[];
  /** The configuration of the project. Default: the nearest `uktest.config.*`. */
  readonly config?: string;
  /** Words for the command line of the guest. */
  readonly append?: readonly string[];
  /** Values of ukstore to set before the first suite, each as `LIBRARY/NAME=VALUE`. */
  readonly set?: readonly string[];
  readonly profile?: string;
  /** Several profiles: everything is built with each of them, `default` is none. */
  readonly profiles?: readonly string[];
  readonly compiler?: "gcc" | "clang";
  /** False: boot what was built before. */
  readonly build?: boolean;
}

/** How it runs; each option means what the one of the command line with the same name means. */
export interface RunOptions extends ImageOptions {
  readonly ubsan?: "fail" | "warn" | "off";
  /** Bytes that a passed case may still hold after its end. */
  readonly maxLeak?: number;
  readonly require?: "console" | "plan" | "memory";
  readonly memoryMiB?: number;
  readonly acceleration?: "auto" | "kvm" | "tcg";
  readonly timeoutMs?: number;
  readonly silenceMs?: number;
  readonly caseTimeoutMs?: number;
  readonly runTimeoutMs?: number;
  readonly isolate?: "auto" | "suite" | "case" | "off";
  readonly maxCrashes?: number;
  readonly retries?: number;
  readonly flaky?: "pass" | "fail";
  readonly failFast?: number;
  readonly shard?: { readonly index: number; readonly total: number };
  readonly shuffle?: number;
  readonly repeat?: number;
  readonly jobs?: number;
  /** Folder in which the run is kept: its raw consoles. */
  readonly record?: string;
  readonly quarantine?: string;
  readonly knownFindings?: string;
  /** Finds out which lines run; `clang` compiles with clang. They are events of type `coverage`, and in the model. */
  readonly coverage?: "gcc" | "clang" | "object";
  /** Percent of the lines that have to run. */
  readonly coverageMin?: number;
  /** A commit of git: lines that have changed since are reported by themselves. */
  readonly coverageBase?: string;
  /** Rounds in which each benchmark is counted. */
  readonly bench?: number;
  /** Reads the values of ukstore when a guest has stopped. */
  readonly store?: boolean;
}

/** How saved logs are read. */
export interface ReportOptions extends CommonOptions {
  readonly image?: string;
  readonly symbols?: string;
  readonly ubsan?: "fail" | "warn" | "off";
  /** `auto`, `unikraft`, `tap`, or one of the project. Default: auto. */
  readonly dialect?: string;
  /** The configuration whose dialects and fault families count. Default: the nearest `uktest.config.*`. */
  readonly config?: string;
  /** Root of the sources. Default: the current folder. */
  readonly root?: string;
}

export interface MergeOptions extends CommonOptions {
  /** Number of records that have to be there. */
  readonly expect?: number;
}
