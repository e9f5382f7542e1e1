/**
 * Failed assertions and exceptions of NuttX, before and after the dump got its own function.
 */
import type { ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";
import { type Asserted, assertedIn } from "./facts/asserted.js";

const LEAD =
  /^(?:\[ {0,6}\d{1,10}\.\d{1,9}\] ?)?(?:\[CPU\d\] ?)?(?:\[ ?(?:EMERG|ALERT|CRIT|ERROR)\] ?)?(?:\[\w[\w ]{0,30}\] ?)?/;
const ASSERTED =
  /^(?:up_assert|_?assert|dump_assert_info): Assertion failed (?<words>.{0,200}?) ?:? ?at file: ?(?<file>\S{1,300}?)(?: line: |:)(?<line>\d{1,7}).{0,160}$/;
const EXCEPTION =
  /^(?:(?:arm|arm64|riscv|xtensa|x86_64|sparc|mips)_\w{1,40}|up_\w{1,40}): (?:PANIC!!!|EXCEPTION: (.{1,160})|(Hard Fault|Usage Fault|Bus Fault|Mem(?:ory)? Manage(?:ment)? Fault)\b.{0,80})/i;
const DETAILS: readonly RegExp[] = [
  /^(?:up_|dump_|arm_|arm64_|riscv_|xtensa_|backtrace\||stack_dump:|sched_dump|print_|_assert:|sp: |  base:|\d+ {2,})\S*/,
];
const REGISTER = /\b(R\d{1,2}|[A-Z]{2,6}\d?|x\d{1,2}|X\d{1,2}): (?:0x)?([0-9a-f]{8,16})(?![0-9a-f])/g;

/** PANIC() prints no expression, or "panic": then the place says more. */
const placed = (asserted: Asserted): Asserted =>
  /: (?:panic)?$/.test(asserted.title)
    ? { ...asserted, title: `assertion failed: at ${asserted.file}:${String(asserted.line)}` }
    : asserted;

/** Sources of the forms: sched/misc/assert.c, arch/*\/src/common/*_assert.c, arm_hardfault.c of NuttX 9 to 12. */
export const family: ReportFamily = {
  name: "nuttx",
  system: "nuttx",
  hints: ["Assertion failed", "PANIC!!!", "EXCEPTION: ", " Fault"],
  begin({ text: whole }) {
    const text = whole.trim().replace(LEAD, "");
    const asserted = assertedIn(ASSERTED, text);
    const exception = EXCEPTION.exec(text);
    if (asserted === undefined && exception === null) return undefined;
    const cause = (exception?.[1] ?? exception?.[2] ?? "panic").trim();
    const draft = listedDraft({
      details: DETAILS,
      registers: REGISTER,
      adopts: /Assertion failed|PANIC!!!|EXCEPTION: /,
      finish: ({ registers, callTrace }) => ({
        type: "fault",
        outlook: "goes-on",
        fault: {
          ...(asserted === undefined ? { kind: "trap", title: `NuttX: ${cause}` } : placed(asserted)),
          registers,
          callTrace,
        },
      }),
    });
    return {
      take: (next) => draft.take({ ...next, text: next.text.trim().replace(LEAD, "") }),
      adopts: (next) => draft.adopts?.(next) === true,
      finish: () => draft.finish(),
    };
  },
};
