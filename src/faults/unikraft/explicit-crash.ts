/**
 * Crashes a guest asks for itself, in the few wordings that are always the last thing it says.
 * It ignores any other message of level CRIT, since most are mere messages; `lastWords` in families.ts reads those where the
 * guest halts right after them.
 */
import type { FaultFamily } from "../../core/fault/family.js";

const MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/^Abnormal termination!$/, "abort() called"],
  [/^Stack smashing detected\. SP \S{1,20}$/, "stack smashing detected"],
  [/^EL1 async tag check fault$/, "memory tag check fault"],
  [/^Rust panic handler$/, "Rust panic"],
  // The end of a trap's screen whose beginning is lost.
  [/^Crashing$/, "crash"],
];

/** The family. Sources of the forms: Unikraft lib/nolibc/stdlib.c, lib/uksp/ssp.c, lib/ukrust, traps_arm64.c, traps.c. */
export const explicitCrash: FaultFamily = {
  name: "explicit-crash",
  begin(segment) {
    if (segment.prefix?.level !== "crit") return undefined;
    const line = segment.body.trimEnd();
    const title = MESSAGES.find(([pattern]) => pattern.test(line))?.[1];
    if (title === undefined) return undefined;
    const source = segment.prefix.source;
    return {
      take: () => false,
      finish: () => ({
        kind: "crash",
        title,
        ...(source !== undefined && { file: source.file, line: source.line }),
        registers: [],
        callTrace: [],
      }),
    };
  },
};
