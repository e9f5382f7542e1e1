/** The kinds of findings, and the names that people know them by. A leaf: events, policies and models import it. */

export type FindingKind =
  | "ubsan" // undefined behaviour, of any compiler's runtime
  | "kasan" // memory errors, by the kernel's own sanitizer
  | "kmsan" // uses of uninitialised memory
  | "kcsan" // data races
  | "kfence" // memory errors, by sampling
  | "asan" // memory errors of a program
  | "lsan" // memory that a program lost
  | "msan" // uses of uninitialised memory in a program
  | "tsan" // data races of a program
  | "kmemleak" // memory that the kernel lost
  | "locking" // lockdep, RCU, sleeping in atomic context
  | "warning" // WARN() of Linux
  | "leak" // memory that a case holds after its end
  | "limit"; // more of something than a case may have

const LABELS: Readonly<Record<FindingKind, string>> = {
  ubsan: "UBSAN",
  kasan: "KASAN",
  kmsan: "KMSAN",
  kcsan: "KCSAN",
  kfence: "KFENCE",
  asan: "ASan",
  lsan: "LSan",
  msan: "MSan",
  tsan: "TSan",
  kmemleak: "kmemleak",
  locking: "locking",
  warning: "WARNING",
  leak: "leak",
  limit: "limit",
};

/** All kinds, in the order in which reports name them. */
export const FINDING_KINDS = Object.keys(LABELS) as readonly FindingKind[];

/** Kinds that are measured because somebody asked for a limit: whatever a policy says of sanitizers, they count. */
export const isMeasured = (kind: FindingKind): boolean => kind === "leak" || kind === "limit";

/** The name that people know a kind by. */
export const labelOf = (kind: FindingKind): string => LABELS[kind];
