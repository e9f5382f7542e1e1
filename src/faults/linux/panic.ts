/**
 * Panics of Linux, which end the boot. A panic for want of a root file system or of an init program is how a kernel without
 * user space ends after its tests; an oops in front of a panic has taken it already.
 */
import type { ReportFamily } from "../../core/fault/report.js";
import { LinuxDraft } from "./draft.js";

const START = "Kernel panic - not syncing: ";
const CLOSES =
  /^(?:VFS: Unable to mount root fs|No working init found|No init found|Requested init \S{1,200} failed|Attempted to kill init! exitcode=0x0{8}\b)/;

/** Source of the form: kernel/panic.c. Application output without a line end may stand in front of it. */
export const panic: ReportFamily = {
  name: "linux-panic",
  system: "linux",
  hints: ["Kernel panic - "],
  begin({ text }) {
    const at = text.indexOf(START);
    if (at < 0 || text.trimStart().startsWith("#") || text.slice(0, at).includes("[ end ")) return undefined;
    const reason = text.slice(at + START.length).trim();
    return new LinuxDraft({
      hasTail: true,
      details: [/^(?:Please append|Here are the available|List of all|VFS: |Rebooting in|\d{4} {2,})/],
      finish: (screen) => ({
        type: "fault",
        outlook: CLOSES.test(reason) ? "closes" : "ends",
        fault: {
          kind: "crash",
          title: `${START}${reason.replace(/ \.\.\.$/, "").slice(0, 240)}`,
          registers: screen.registers,
          callTrace: screen.callTrace(),
        },
      }),
    });
  },
};
