/**
 * Undefined behaviour by the minimal runtime of clang, which names the check and the address and nothing else.
 */
import type { ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";

const LINE = /^ubsan: ([a-z][a-z-]{2,40})(?: by 0x([0-9a-f]{1,16})(?:\b.{0,80})?)?$/;

/**
 * Source of the form: compiler-rt/lib/ubsan_minimal/ubsan_minimal_handlers.cpp of LLVM 6 to 20.
 * @param checkOf the compilers' name of the check after a message and the name of its handler
 */
export const minimalRuntime = (checkOf: (message: string, handler: string) => string): ReportFamily => ({
  name: "minimal-runtime",
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
          check: checkOf("", handler),
          message: handler.replaceAll("-", " "),
          callTrace: address === undefined ? [] : [{ address }],
        },
      }),
    });
  },
});
