/**
 * Deaths of OSv: page faults outside the application, exceptions, and the abort after either.
 */
import type { Frame } from "../core/fault.js";
import type { ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";

const OPENING =
  /^(page fault outside application, addr: (?:0x)?[0-9a-f]{1,16}|trying to execute null pointer|general protection fault|exception nested too deeply|double fault, halting|unhandled exception|Aborted: .{1,120})/;
const DETAILS: readonly RegExp[] = [
  /^(?:\[registers\]|\[backtrace\]|Aborted$|Halting\.?$|RIP: |RFL: |R[A-D]X: |R[SD]I: |RBP: |R\d\d?: |\d+ +\S+)/,
];
const REGISTER = /\b(R[A-Z0-9]{1,3}): (?:0x)?([0-9a-f]{16})/g;
const FRAME = /^0x([0-9a-f]{8,16}) <(.{1,200})>$/;

/** `f+123`, with its offset in decimal. */
function frameIn(text: string): Frame | undefined {
  const [, address, symbol] = FRAME.exec(text) ?? [];
  if (address === undefined || symbol === undefined) return undefined;
  const name = symbol.replace(/\+\d{1,9}$/, "");
  return { address, ...(name !== "???" && { symbol, function: name }) };
}

/** Sources of the forms: arch/x64/mmu.cc, arch/x64/exceptions.cc, runtime.cc of OSv. */
export const family: ReportFamily = {
  name: "osv",
  system: "osv",
  hints: ["outside application", "trying to execute null", "exception nested", "double fault, halting"],
  begin({ text: whole }) {
    const cause = OPENING.exec(whole.trim())?.[1];
    if (cause === undefined || cause === "general protection fault") return undefined;
    return listedDraft({
      details: DETAILS,
      registers: REGISTER,
      frameIn,
      adopts: /^Aborted$/,
      finish: ({ registers, callTrace }) => ({
        type: "fault",
        outlook: "goes-on",
        fault: { kind: "trap", title: `OSv: ${cause}`, registers, callTrace },
      }),
    });
  },
};
