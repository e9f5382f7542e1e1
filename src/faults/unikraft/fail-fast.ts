/**
 * The stop after the first failed assertion of a guest built with LIBUKTEST_FAILFAST.
 * It ignores what the kernel did not print, unless `allowBare` says that nothing has a prefix in this boot.
 */
import type { FaultFamily } from "../../core/fault/family.js";

const MESSAGE = "Crashing on first failure!";

/** The family. Source of the form: Unikraft lib/uktest/include/uk/test.h; the message has no line feed. */
export const failFast = ({ allowBare }: { readonly allowBare: boolean }): FaultFamily => ({
  name: "fail-fast",
  begin(segment) {
    const { prefix } = segment;
    const known =
      prefix === undefined
        ? allowBare && segment.first && segment.body.trimEnd() === MESSAGE
        : prefix.level === "crit" && segment.body.startsWith(MESSAGE);
    if (!known) return undefined;
    // The prefix names the line of the macro in test.h beside the file of the test: only the file is true.
    const file = prefix?.source?.file;
    return {
      take: () => false,
      finish: () => ({
        kind: "fail-fast",
        title: "stopped at the first failed assertion (LIBUKTEST_FAILFAST)",
        ...(file !== undefined && { file }),
        registers: [],
        callTrace: [],
      }),
    };
  },
});
