/**
 * Panics of RIOT: the reason stands on the line after the first.
 */
import type { ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";
import { assertedIn } from "./facts/asserted.js";

const OPENING = /^\*{3} RIOT kernel panic:?\s*(.{0,200})$/;
const HARD_FAULT = /^Context before hardfault:$/;
const ASSERTED = /^(?<file>\S{1,300}):(?<line>\d{1,7}) => (?:FAILED ASSERTION\.?)?$/;
const DETAILS: readonly RegExp[] = [
  /^(?:\*{3} (?:halted|rebooting)|pid \| |\s*\d+ \| |SUM|r\d{1,2}: |xpsr: |Misc$|EXC_RET|Active thread|Attempting to reconstruct|code: |CFSR|HFSR|DFSR|AFSR|MMFAR|BFAR)/,
];
const REGISTER = /\b(r\d{1,2}|sp|lr|pc|psr|xpsr): 0x([0-9a-f]{8})/g;

/** Sources of the forms: core/lib/panic.c, core/lib/assert.c, cpu/cortexm_common/vectors_cortexm.c of RIOT. */
export const family: ReportFamily = {
  name: "riot",
  system: "riot",
  hints: ["RIOT kernel panic", "before hardfault", " => "],
  begin({ text: whole }) {
    const text = whole.trim();
    const opening = OPENING.exec(text);
    const asserted = assertedIn(ASSERTED, text);
    if (opening === null && asserted === undefined && !HARD_FAULT.test(text)) return undefined;
    let reason = opening?.[1] || (HARD_FAULT.test(text) ? "hard fault" : undefined);
    const isOwn = (next: string): boolean => reason === next;
    const draft = listedDraft({
      details: DETAILS,
      registers: REGISTER,
      adopts: /RIOT kernel panic|before hardfault/,
      last: /^\*{3} (?:halted|rebooting)/,
      finish: ({ registers, callTrace }) => ({
        type: "fault",
        outlook: "goes-on",
        fault: {
          ...(asserted ?? { kind: "crash", title: `RIOT kernel panic: ${reason ?? "no reason"}` }),
          registers,
          callTrace,
        },
      }),
    });
    return {
      take(line) {
        const next = line.text.trim();
        if (next !== "" && !next.startsWith("***")) reason ??= next;
        const taken = draft.take(line);
        return taken === "no" && isOwn(next) ? "yes" : taken;
      },
      adopts: (line) => draft.adopts?.(line) === true,
      finish: () => draft.finish(),
    };
  },
};
