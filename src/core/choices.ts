/** The words that options of a run may have, for the command line and the library alike. Isolations are in rounds.ts. */

export const UBSAN = ["fail", "warn", "off"] as const;
export const ACCELERATIONS = ["auto", "kvm", "tcg"] as const;
export const FLAKY = ["pass", "fail"] as const;
export const EVIDENCE = ["console", "plan", "memory"] as const;
export const COMPILERS = ["gcc", "clang"] as const;
export const COVERAGE = ["gcc", "clang", "object"] as const;

/** Rounds of a benchmark where no number is given, and the most; source: `UK_TESTBENCH_COUNTS` of the kit. */
export const ROUNDS = 16;
export const MOST_ROUNDS = 4096;
