/**
 * Faults that seL4 reports of a thread that has no handler for them, and the kernel's own failed assertions. A driver of
 * tests that returns from its last function goes on at address 0: that is no fault where the tests are over.
 */
import type { ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";
import { assertedIn } from "./facts/asserted.js";

const CAP = /^Caught cap fault in (?:send|receive) phase at address /;
const FAULT =
  /^(vm fault on (?:code|data) at address \S{1,20}|user exception \S{1,20} code \S{1,20}|unknown syscall \S{1,20})(?: with status .*)?$/;
const ASSERTED =
  /^seL4 failed assertion '(?<words>.{1,240})' at (?<file>.{1,300}):(?<line>\d{1,7}) in function \S{1,120}/;

const RETURNED = /^vm fault on code at address (?:0x)?0$/;
const DRIVER = /^in thread 0x[0-9a-f]{1,16} "sel4test-driver" at address (?:0x)?0$/;

const DETAILS: readonly RegExp[] = [
  /^(?:while trying to handle:|in thread |With stack:|0x[0-9a-f]{4,16}: (?:0x[0-9a-f]{1,16}|\(|INVALID)|vm fault on|Caught cap fault|halting\.\.\.|Kernel entry|\|{1,2})/,
];

/** Sources of the forms: src/api/faults.c, src/assert.c of seL4. */
export const family: ReportFamily = {
  name: "sel4",
  system: "sel4",
  hints: ["Caught cap fault", "vm fault on ", "user exception ", "unknown syscall ", "seL4 failed"],
  begin({ text: whole }) {
    const text = whole.trim();
    const asserted = assertedIn(ASSERTED, text);
    let cause = FAULT.exec(text)?.[1];
    let isDriver = false;
    if (asserted === undefined && cause === undefined && !CAP.test(text)) return undefined;
    const isReturn = (): boolean => isDriver && cause !== undefined && RETURNED.test(cause);
    return listedDraft({
      details: DETAILS,
      adopts: /^\s*(?:vm fault on|user exception|unknown syscall)/,
      notice(next) {
        cause ??= FAULT.exec(next)?.[1];
        isDriver ||= DRIVER.test(next);
      },
      finish: ({ registers, callTrace }) => ({
        type: "fault",
        outlook: asserted !== undefined ? "ends" : isReturn() ? "closes" : "goes-on",
        fault: {
          ...(asserted ?? { kind: "trap", title: `seL4: ${cause ?? "cap fault"}` }),
          registers,
          callTrace,
        },
      }),
    });
  },
};
