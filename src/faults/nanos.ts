/**
 * Deaths in Nanos: signals of its program, faults of its kernel, assertions; and the trap of Toro, which is as short.
 */
import type { Frame } from "../core/fault.js";
import type { ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";

const SIGNAL = /^\*\*\* (signal \d{1,2}) received by tid \d{1,10}, errno -?\d{1,5}, code -?\d{1,5}/;
const OPENINGS: readonly (readonly [RegExp, string])[] = [
  [SIGNAL, "$1"],
  [/^frame trace:\s*$/, "kernel fault"],
  [/^no fault handler for frame/, "kernel fault"],
  [/^PAGE FAULT(?: IN .{1,60})?,? ?(?:[a-z]{1,8} )?(?:at |rip ).{0,120}$/, "page fault"],
  [/^assertion (.{1,200}) failed at (\S{1,300}):(\d{1,7})\b.{0,120}$/, "assertion failed: $1"],
];
const DETAILS: readonly RegExp[] = [
  /^(?:fault address|\*\*\* Thread context|interrupt:|frame:|type:|active |error code|address:|vector|lastvector|stack trace|frame trace|core dump|rax:|\w{2,6}: +[0-9a-f]{8,16})/,
];
const FRAME = /^([0-9a-f]{16}): +([0-9a-f]{16})(?: +\((.{1,200}?) \+ [0-9a-f]{1,16}\/[0-9a-f]{1,16}\))?$/;
const REGISTER = /\b(r[a-z0-9]{1,2}|rip|rflags): ([0-9a-f]{16})/g;

function frameIn(text: string): Frame | undefined {
  const [, , address, name] = FRAME.exec(text) ?? [];
  if (address === undefined) return undefined;
  return { address, ...(name !== undefined && { symbol: name, function: name }) };
}

/** Sources of the forms: src/unix/signal.c, src/x86_64/interrupt.c, src/runtime/crypto.h of Nanos. */
export const family: ReportFamily = {
  name: "nanos",
  system: "nanos",
  hints: ["*** signal ", "frame trace:", "no fault handler", "PAGE FAULT", "assertion "],
  begin({ text: whole }) {
    const text = whole.trim();
    for (const [pattern, words] of OPENINGS) {
      const match = pattern.exec(text);
      if (match === null) continue;
      const title = words.replace("$1", match[1] ?? "");
      const place = words.startsWith("assertion") ? { file: match[2] ?? "", line: Number(match[3]) } : {};
      return listedDraft({
        details: DETAILS,
        registers: REGISTER,
        frameIn,
        adopts: /^frame trace:/,
        finish: ({ registers, callTrace }) => ({
          type: "fault",
          outlook: "goes-on",
          fault: {
            kind: words.startsWith("assertion") ? "assertion" : "trap",
            title: `Nanos: ${title}`,
            ...place,
            registers,
            callTrace,
          },
        }),
      });
    }
    return undefined;
  },
};
