/**
 * Fatal errors of Zephyr, 1.x to 3.x, on all of its architectures. One that a test announces as wanted is no fault.
 */
import type { ReportFamily } from "../core/fault/report.js";
import type { Outlook } from "../core/fault.js";
import { listedDraft } from "../core/fault/report-draft.js";
import { assertedIn } from "./facts/asserted.js";

/** The level of its logger, short and long. */
const LEAD = /^(?:E: |\[\d\d:\d\d:\d\d\.\d{3}(?:,\d{3})?\] <err> [\w.]{1,32}: ) */;
const FATAL = />>> ZEPHYR FATAL ERROR (\d{1,6}): (.{1,80}?) on CPU \d/;
const STARS =
  /^\*{5} ((?:(?:CPU |Hard |HARD |USAGE |BUS |MPU |SECURE |MEM|Double |Kernel |Stack |Reserved |DEBUG |Unhandled |Invalid |FATAL |General |Data |Instruction )[\w /]{0,60}(?:FAULT|[Ff]ault|EXCEPTION|[Ee]xception|Panic!?|PANIC|[Ff]ail(?:ure)?!?|interrupt|Oops!?|ERROR))[^*]{0,80}?) ?\*{0,5}$/;
const PAGE = /^Page fault at (?:address|0x)/;
const ASSERT = /^ASSERTION FAIL(?:ED)? \[(?<words>.{1,240})\] @ (?<file>.{1,300}):(?<line>\d{1,7})/;

const DETAILS: readonly RegExp[] = [
  /^(?:Current thread|Faulting |Halting system|Fatal fault|EXC_RETURN|CFSR|Bus |MPU |MMFAR|BFAR|Data Access|Instruction Access|Imprecise|Precise|Illegal |Stacking|Unstacking|Stack |Attempt|Linear address|PDE: |PTE: |PML4E|PDPTE|call trace:|Supervisor |User |Access|Executing thread|Caught system error|Debug |Reason|Address: |corrupted\?|\*{5} |RIP: |EIP: |ESR|ELR|TPIDR|mcause|mtval|mepc|ra: |sp: |Backtrace|Aborting|Kernel service|Code: |eflags|CS: )/,
  /^(?:>>> ZEPHYR FATAL|0x[0-9a-f]{8})/,
];
const REGISTER =
  /\b([a-z][a-z0-9]{1,5}(?:\/[a-z]{1,3}\d?)?|[ERXS][A-Z0-9]{1,4}|s\[ ?\d{1,2}\])\)? ?: {1,3}0x([0-9a-f]{8,16})/g;
const WANTED = /^Fatal error (?:was )?expected as part of (?:the )?test/i;

interface Seen {
  code: string | undefined;
  cause: string | undefined;
  outlook: Outlook;
  isWanted: boolean;
}

function look(seen: Seen, text: string): void {
  const [, number, reason] = FATAL.exec(text) ?? [];
  if (number !== undefined && reason !== undefined) seen.code ??= `Zephyr fatal error ${number}: ${reason}`;
  seen.cause ??= STARS.exec(text)?.[1]?.trim() ?? (PAGE.test(text) ? "page fault" : undefined);
  if (text.startsWith("Halting system")) seen.outlook = "ends";
  if (WANTED.test(text)) seen.isWanted = true;
}

function titleOf({ code, cause }: Seen): string {
  if (code === undefined || cause === undefined) return code ?? `Zephyr: ${cause ?? "fatal error"}`;
  return `${code} (${cause})`;
}

/** Sources of the forms: kernel/fatal.c and arch/*\/core/fatal.c of Zephyr 1.9 to 3.7. */
export const family: ReportFamily = {
  name: "zephyr",
  system: "zephyr",
  hints: ["ZEPHYR FATAL", "***** ", "Page fault at ", "ASSERTION FAIL"],
  begin({ text: whole }) {
    const text = whole.trim().replace(LEAD, "");
    const asserted = assertedIn(ASSERT, text);
    const isLogged = text !== whole.trim();
    const begins = FATAL.test(text) || STARS.test(text) || (isLogged && PAGE.test(text));
    if (asserted === undefined && !begins) return undefined;
    const seen: Seen = { code: undefined, cause: undefined, outlook: "goes-on", isWanted: false };
    look(seen, text);
    const draft = listedDraft({
      details: DETAILS,
      registers: REGISTER,
      adopts: /ZEPHYR FATAL|^(?:E: )?\*{5} /,
      notice: (line) => look(seen, line),
      finish: ({ registers, callTrace }) =>
        seen.isWanted
          ? undefined
          : {
              type: "fault",
              outlook: seen.outlook,
              fault: {
                ...(asserted ?? { kind: "trap", title: titleOf(seen) }),
                registers,
                callTrace,
              },
            },
    });
    return {
      take: (line) => draft.take({ ...line, text: line.text.trim().replace(LEAD, "") }),
      adopts: (line) => draft.adopts?.(line) === true,
      finish: () => draft.finish(),
    };
  },
};
