/**
 * What an image says must happen: suites, cases and assertion sites of its test table.
 * Types only; src/image reads them from an ELF and src/core/planned.ts checks a boot against them.
 */

/** When in the boot a suite runs; known only where the image still has symbols. */
export interface Stage {
  /** `constructor` (before the heap), or the init class. */
  readonly name: "constructor" | "early" | "plat" | "lib" | "rootfs" | "sys" | "late" | "unknown";
  /** 0 to 9, lower first. */
  readonly priority: number;
  /** Suites of its class and priority that run before it, in the order in which they were linked; absent for the first. */
  readonly place?: number;
}

export interface PlannedCase {
  readonly name: string;
  readonly description?: string;
  /** The source file as the compiler was given it. */
  readonly file: string;
  /** Line of the case's definition, where the table has it. */
  readonly line?: number;
  /** Words that its suite gives it; absent where it gives none. */
  readonly tags?: readonly string[];
  /** Lines of the assertion sites, ascending, each once. */
  readonly sites: readonly number[];
}

export interface PlannedSuite {
  readonly name: string;
  readonly stage?: Stage;
  /** In the order in which the guest runs them. */
  readonly cases: readonly PlannedCase[];
}

/** A case whose suite is never registered: it can never run. */
export interface OrphanCase extends PlannedCase {
  /** Name of the missing suite, where symbols tell it. */
  readonly suite?: string;
}

export interface Plan {
  /** Path or name of the image. */
  readonly image: string;
  readonly architecture: "i386" | "x86_64" | "arm64";
  /** The linker's id of the build, in hexadecimal, where the image has one. */
  readonly buildId?: string;
  /** In the order of the table, which is the order of names. */
  readonly suites: readonly PlannedSuite[];
  readonly orphans: readonly OrphanCase[];
}
