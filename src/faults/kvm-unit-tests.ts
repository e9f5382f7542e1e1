/**
 * Exceptions that kvm-unit-tests did not expect, and its assertions.
 */
import type { Frame } from "../core/fault.js";
import type { ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";
import { assertedIn } from "./facts/asserted.js";

const UNHANDLED = /^Unhandled (?:cpu )?(?:exception|vector|CPU\d{1,3} exception|trap)\b[: ](.{0,160})$/i;
const ASSERTED = /^(?<file>\S{1,300}):(?<line>\d{1,7}): assert failed: (?<words>.{1,240})$/;

const DETAILS: readonly RegExp[] = [
  /^(?:error_code=|rflags=|cr\d=|STACK:|\tSTACK|Vector:|PSTATE|ESR_EL1|FAR_EL1|PC: |SP: |PSW:|Load |NIP:|MSR:|\(\S+ \S+\)|[a-z0-9]{2,4} ?[:=] ?[0-9a-f]{8,16})/i,
];
const REGISTER =
  /\b([a-z][a-z0-9]{1,5}|[A-Z]{2,4}\d{0,2}) ?[=:] ?(?:0x)?([0-9a-f]{16}|[0-9a-f]{8})(?![0-9a-f])/g;

function frames(text: string): readonly Frame[] {
  const chain = /^STACK:((?: @?[0-9a-f]{1,16})+)/.exec(text)?.[1];
  const addresses = chain?.trim().split(" ") ?? [];
  return addresses.map((one) => ({ address: one.replace("@", "") }));
}

/** Sources of the forms: lib/x86/desc.c, lib/arm64/processor.c, lib/powerpc/processor.c, lib/assert.h. */
export const family: ReportFamily = {
  name: "kvm-unit-tests",
  system: "kvm-unit-tests",
  hints: ["nhandled ", "assert failed: "],
  begin({ text: whole }) {
    const text = whole.trim();
    const unhandled = UNHANDLED.exec(text)?.[1];
    const asserted = assertedIn(ASSERTED, text);
    if (unhandled === undefined && asserted === undefined) return undefined;
    let trace: readonly Frame[] = [];
    return listedDraft({
      details: DETAILS,
      registers: REGISTER,
      notice(next) {
        if (next.startsWith("STACK:")) trace = frames(next);
      },
      finish: ({ registers }) => ({
        type: "fault",
        outlook: "goes-on",
        fault: {
          ...(asserted ?? { kind: "trap", title: `unhandled exception ${String(unhandled).trim()}` }),
          registers,
          callTrace: trace,
        },
      }),
    });
  },
};
