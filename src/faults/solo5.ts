/**
 * Deaths under Solo5, the monitor of MirageOS and of others: traps, aborts, and an exit with another code than 0.
 */
import type { ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";

const TRAP = /^Solo5: trap: (type=\S{1,12}(?: ec=0x[0-9a-f]{1,16})?)/;
const ABORT = /^Solo5: ABORT: (\S{1,300}?):(\d{1,7}): (.{1,200})$/;
const CALLED = /^Solo5: (?:solo5_exit\((-?\d{1,10})\)|(solo5_abort)\(\)) called/;
const DETAILS: readonly RegExp[] = [/^Solo5: (?:trap|ABORT): /, /^\s+(?:rip|cs|rflags|rsp|cr2)=/];
const REGISTER = /\b(rip|rsp|rflags|cr2|cs|ss)=0x([0-9a-f]{1,16})/g;

/** Sources of the forms: bindings/cpu_x86_64.c, bindings/abort.c, bindings/exit.c of Solo5 0.6 to 0.9. */
export const family: ReportFamily = {
  name: "solo5",
  system: "solo5",
  hints: ["Solo5: "],
  begin(first) {
    const text = first.text.trim();
    const [, type] = TRAP.exec(text) ?? [];
    const [, file, line, words] = ABORT.exec(text) ?? [];
    const [, code, abort] = CALLED.exec(text) ?? [];
    const wasLeft = abort !== undefined || (code !== undefined && Number(code) !== 0);
    if (type === undefined && words === undefined && !wasLeft) return undefined;
    const title =
      type === undefined ? (words ?? `${abort ?? `solo5_exit(${code ?? ""})`} was called`) : `trap, ${type}`;
    const draft = listedDraft({
      details: DETAILS,
      registers: REGISTER,
      adopts: /^Solo5: ABORT: /,
      finish: ({ registers, callTrace }) => ({
        type: "fault",
        outlook: "ends",
        fault: {
          kind: type === undefined ? "crash" : "trap",
          title: `Solo5: ${title}`,
          ...(type === undefined && file !== undefined && { file, line: Number(line) }),
          registers,
          callTrace,
        },
      }),
    });
    // The registers of a trap stand on its own line.
    draft.take(first);
    return draft;
  },
};
