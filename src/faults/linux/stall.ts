/**
 * What Linux says of itself when nothing moves: soft and hard lockups, RCU stalls, hung tasks. It says so without ending
 * anything; a panic for the same reason belongs to the report.
 */
import type { ReportFamily } from "../../core/fault/report.js";
import type { Outlook } from "../../core/fault.js";
import { LinuxDraft } from "./draft.js";

const OPENINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:(?:NMI )?watchdog: )?BUG: soft lockup - CPU/, "BUG: soft lockup"],
  [/^(?:(?:NMI )?watchdog: )?(?:CPU ?\d+: )?Watchdog detected hard LOCKUP on cpu/, "hard lockup"],
  [/^(?:(?:NMI )?watchdog: )?CPU ?\d+ (?:self-detected|detected) (?:hard )?LOCKUP/i, "hard lockup"],
  [/^(?:rcu: )?INFO: rcu\w* (?:self-)?detected (?:expedited )?stalls? on/, "INFO: rcu detected stall"],
  [/^(?:rcu: )?INFO: rcu_tasks\w* detected stalls/, "INFO: rcu detected stall"],
  [
    /^INFO: task .{1,120} (?:blocked|can't die|is blocked)\b.{0,40} for more than \d+ seconds/,
    "INFO: task hung",
  ],
  [/^BUG: workqueue lockup - pool/, "BUG: workqueue lockup"],
];

const DETAILS: readonly RegExp[] = [
  /^(?:rcu: |Not tainted |Tainted: |"echo 0 > |\(t=\d|\(detected by|\d+-\.{0,3}[.!O]*: \(|Task dump for CPU|NMI backtrace for cpu|Sending NMI|Showing all locks|Showing busy|pool \d|in-flight:|pending:|workqueue |Blocked by|\S+ {2,}[RDSITZ](?: |\d))/,
  /^(?:blocked tasks|future invocations|Future hung task|INFO: task .{1,80} is blocked on|Disabling lock debugging|Kernel panic - not syncing: )/,
];
const PANIC = /Kernel panic - not syncing: (?:softlockup|hung_task|Hard LOCKUP|RCU Stall|sched|Watchdog)/i;

/** Sources of the forms: kernel/watchdog.c, kernel/watchdog_perf.c, kernel/rcu/tree_stall.h, kernel/hung_task.c. */
export const stall: ReportFamily = {
  name: "linux-stall",
  system: "linux",
  hints: ["soft lockup", "LOCKUP", "INFO: rcu", "INFO: task ", "workqueue lockup"],
  begin({ text }) {
    const name = OPENINGS.find(([pattern]) => pattern.test(text.trim()))?.[1];
    if (name === undefined) return undefined;
    let outlook: Outlook = "goes-on";
    return new LinuxDraft({
      details: DETAILS,
      // The thread that found the stall comes first, then the processor that is stuck.
      main: name.includes("rcu") ? /^NMI backtrace for cpu|^Task dump for CPU|^<\/(?:IRQ|NMI)>/ : /^<\/IRQ>/,
      adopts: (text) => PANIC.test(text),
      hasTail: true,
      notice(line) {
        if (PANIC.test(line)) outlook = "ends";
      },
      finish(screen) {
        const place = screen.place("stuck");
        return {
          type: "fault",
          outlook,
          fault: {
            kind: "stall",
            title: place === undefined ? name : `${name} in ${place}`,
            registers: screen.registers,
            callTrace: screen.callTrace(),
          },
        };
      },
    });
  },
};
