/**
 * Undefined behaviour by the minimal runtime of clang, which names the check and the address and nothing else.
 */
import type { ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";
import { checkOfHandler } from "./facts/ubsan-checks.js";

const LINE = /^ubsan: ([a-z][a-z-]{2,40})(?: by 0x([0-9a-f]{1,16})(?:\b.{0,80})?)?$/;

/** Source of the form: compiler-rt/lib/ubsan_minimal/ubsan_minimal_handlers.cpp of LLVM 6 to 20. */
export const family: ReportFamily = {
  name: "minimal-runtime",
  precedence: 85,
  system: "program",
  hints: ["ubsan: "],
  begin({ text: whole }) {
    const [, handler, address] = LINE.exec(whole.trim()) ?? [];
    if (handler === undefined) return undefined;
    return listedDraft({
      details: [],
      finish: () => ({
        type: "finding",
        finding: {
          kind: "ubsan",
          check: checkOfHandler("", handler),
          message: handler.replaceAll("-", " "),
          callTrace: address === undefined ? [] : [{ address }],
        },
      }),
    });
  },
};
