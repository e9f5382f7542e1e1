/**
 * Assertions of the kernel: UK_ASSERT() in all generations, and nolibc's assert(), which is the same macro.
 * It ignores what the kernel did not print, unless `allowBare` says that nothing has a prefix in this boot; the crash
 * screen that follows since 0.21 is joined by with-screen.ts.
 */
import type { FaultFamily } from "../../core/fault/family.js";

/** Bytes of a message that Unikraft's print buffer holds; after them come a NUL and stale memory. */
const BUFFER_BYTES = 191;
const MESSAGE = /^Assertion failure:(.*)$/;

/** The family. Source of the form: Unikraft lib/ukdebug/include/uk/assert.h. */
export const assertion = ({ allowBare }: { readonly allowBare: boolean }): FaultFamily => ({
  name: "assertion",
  begin(segment) {
    const { prefix } = segment;
    const bare = prefix === undefined;
    if (bare ? !(allowBare && segment.first && segment.last) : prefix.level !== "crit") return undefined;
    const body = segment.nulAt.includes(BUFFER_BYTES) ? segment.body.slice(0, BUFFER_BYTES) : segment.body;
    const expression = MESSAGE.exec(body)?.[1]?.trim();
    if (expression === undefined || (bare && expression === "")) return undefined;
    const source = prefix?.source;
    return {
      take: () => false,
      finish: () => ({
        kind: "assertion",
        title: expression === "" ? "assertion failure" : `assertion failure: ${expression.slice(0, 240)}`,
        ...(source !== undefined && { file: source.file, line: source.line }),
        registers: [],
        callTrace: [],
      }),
    };
  },
});
