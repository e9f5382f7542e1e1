/**
 * Panics and CPU exceptions of IncludeOS.
 */
import type { Frame } from "../core/fault.js";
import type { ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";

const PANIC = /^\*{4} (?:CPU \d{1,3} )?PANIC:? ?\*{0,4}:?\s*(.{0,200})$/;
const EXCEPTION =
  /^(?:>{3,4} !CPU EXCEPTION! <{3,4}|\*{4} CPU EXCEPTION.{0,80}|Exception .{1,80} \(\d{1,3}\)(?: in .{1,80})?)$/;
const DETAILS: readonly RegExp[] = [
  /^(?:CPU: |Reason: |Message: |Heap is|Heap:|Cannot|\[\d+\] 0x|\s*R[A-Z0-9]{1,3}:|-{4,}|={4,}|Panic|Error code|Backtrace|System (?:halted|reboot))/i,
];
const FRAME = /^\[\d{1,3}\] (?:0x)?([0-9a-f]{8,16}) \+ 0x[0-9a-f]{1,8}: (.{1,200})$/;
const REGISTER = /\b(R[A-Z0-9]{1,3}): {1,3}(?:0x)?([0-9a-f]{16}|[0-9a-f]{8})/g;

function frameIn(text: string): Frame | undefined {
  const [, address, name] = FRAME.exec(text) ?? [];
  return address === undefined ? undefined : { address, symbol: name ?? "", function: name ?? "" };
}

/** Sources of the forms: src/kernel/panic.cpp, src/arch/x86_64/exceptions.cpp of IncludeOS. */
export const family: ReportFamily = {
  name: "includeos",
  system: "includeos",
  hints: ["**** ", "CPU EXCEPTION"],
  begin({ text: whole }) {
    const text = whole.trim();
    const panic = PANIC.exec(text);
    if (panic === null && !EXCEPTION.test(text)) return undefined;
    let reason = panic?.[1] || undefined;
    return listedDraft({
      details: DETAILS,
      registers: REGISTER,
      frameIn,
      adopts: /PANIC|CPU EXCEPTION/,
      notice(next) {
        reason ??= /^(?:Reason|Message): (.{1,200})$/.exec(next)?.[1];
      },
      finish: ({ registers, callTrace }) => ({
        type: "fault",
        outlook: "goes-on",
        fault: {
          kind: panic === null ? "trap" : "crash",
          title: `IncludeOS ${panic === null ? "CPU exception" : "panic"}${reason === undefined ? "" : `: ${reason}`}`,
          registers,
          callTrace,
        },
      }),
    });
  },
};
