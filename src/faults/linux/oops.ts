/**
 * Oopses of Linux: exceptions in the kernel, BUG(), and the names that architectures have for them. The kernel kills the
 * task and goes on, unless it panics right after it; that panic belongs to the oops.
 */
import type { ReportFamily } from "../../core/fault/report.js";
import type { Outlook } from "../../core/fault.js";
import { LinuxDraft } from "./draft.js";
import type { Screen } from "./screen.js";

interface Cause {
  readonly name: string;
  readonly kind: "trap" | "crash";
  readonly file?: string;
  readonly line?: number;
}

/** First lines, and what the title calls them. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:BUG: (?:unable to handle (?:kernel )?NULL pointer|kernel NULL pointer)|(?:CPU \d+ )?Unable to handle kernel NULL pointer)/,
    "BUG: unable to handle kernel NULL pointer dereference",
  ],
  [
    /^(?:BUG: unable to handle|Unable to handle) (?:kernel )?(?:access to user memory|user access)/,
    "BUG: unable to handle kernel access to user memory",
  ],
  [
    /^(?:BUG: unable to handle|(?:CPU \d+ )?Unable to handle kernel|Unable to handle (?:paging|kernel))/,
    "BUG: unable to handle kernel paging request",
  ],
  [/^(?:Oops: )?general protection fault\b/, "general protection fault"],
  [/^(?:traps: )?PANIC: double fault|^(?:Oops: )?double fault: /, "double fault"],
  [
    /^BUG: stack guard page was hit|^(?:Insufficient|Kernel) stack (?:space|overflow)/,
    "kernel stack overflow",
  ],
  [/^(?:Oops: )?divide error: /, "divide error"],
  [/^(?:Oops: )?invalid opcode: /, "invalid opcode"],
  [/^(?:Oops: )?stack segment: /, "stack segment fault"],
  [/^(?:Oops: )?int3: |^Unexpected kernel BRK/, "unexpected breakpoint"],
  [/^Kernel bug detected\b/, "kernel BUG"],
  [/^Unhandled fault: (?!.*\bin \S+\[\d)/, "unhandled fault"],
  [/^Bad mode in /, "bad mode"],
  [/^Kernel mode fault at addr /, "kernel mode fault"],
  [/^Internal error: Oops - BUG/, "kernel BUG"],
];

const BUG_AT = /^[Kk]ernel BUG at (.{1,300}):(\d{1,9})!/;
/** `[#1]` is the count of die(), after the words of whichever architecture. */
const GENERIC =
  /^(?:Internal error: .{0,200}\[#\d|(?:[\w ]{0,60}\b(?:exception|instruction|access|fault|error|trap)\b|Kernel BUG\b).{0,80}\[#\d{1,4}\](?:$|[: ])|Oops(?:: [0-9a-f]{1,8}\b|.{0,200}\[#\d))/;
/** Further first lines of the same oops. */
const SAME =
  /^\s*(?:Oops|Internal error: |(?:Oops: )?(?:invalid opcode|general protection fault|divide error|stack segment|int3|double fault)\b|Unable to handle|BUG: unable to handle)|Kernel panic - not syncing: |try faulted|kunit test case crashed!/;
const FAULTED = /try faulted: last line seen (.{1,300}):(\d{1,9})$/;

function causeOf(text: string): Cause | undefined {
  const bug = BUG_AT.exec(text);
  if (bug !== null) return { name: "kernel BUG", kind: "crash", file: bug[1] ?? "", line: Number(bug[2]) };
  const name = CAUSES.find(([pattern]) => pattern.test(text))?.[1];
  if (name !== undefined) return { name, kind: "trap" };
  if (!GENERIC.test(text)) return undefined;
  const words = text.replace(/^Internal error: |(?:: (?:[0-9a-f]{1,16} )?| )?\[#\d+\].*$/g, "");
  return { name: words.slice(0, 120).trim(), kind: "trap" };
}

/** Where there is no function, the place of the source says more than the kind. */
function titleOf({ name, file, line }: Cause, screen: Screen): string {
  const place = screen.place();
  if (place !== undefined) return `${name} in ${place}`;
  return file === undefined ? name : `${name} at ${file}:${String(line ?? 0)}`;
}

/** Sources of the forms: arch/x86/mm/fault.c, arch/x86/kernel/{dumpstack,traps}.c, arch/*\/kernel/traps.c, lib/bug.c. */
export const oops: ReportFamily = {
  name: "linux-oops",
  system: "linux",
  hints: [
    "BUG: ",
    "nable to handle",
    "Oops",
    "general protection",
    "ouble fault",
    "divide error",
    "invalid opcode",
    "stack segment",
    "nternal error: ",
    "[#",
    "ernel BUG",
    "ernel bug",
    "Unhandled fault",
    "Bad mode in",
    "ernel mode fault",
    "nt3: ",
    "BRK",
    "nsufficient stack",
    "ernel stack",
  ],
  begin({ text: whole }) {
    const text = whole.trim();
    const cause = causeOf(text);
    if (cause === undefined) return undefined;
    let outlook: Outlook = "goes-on";
    let seen: { readonly file: string; readonly line: number } | undefined;
    return new LinuxDraft({
      adopts: (text) => SAME.test(text),
      hasTail: true,
      notice(line) {
        if (line.includes("Kernel panic - not syncing: ")) outlook = "ends";
        const faulted = line.includes("try faulted") ? FAULTED.exec(line) : null;
        if (faulted !== null) seen ??= { file: faulted[1] ?? "", line: Number(faulted[2]) };
      },
      finish: (screen) => ({
        type: "fault",
        outlook,
        fault: {
          kind: cause.kind,
          title: titleOf(cause, screen),
          ...(cause.file !== undefined ? { file: cause.file, line: cause.line ?? 0 } : seen),
          registers: screen.registers,
          callTrace: screen.callTrace(),
        },
      }),
    });
  },
};
