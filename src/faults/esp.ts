/**
 * Crashes of ESP-IDF and its like on Espressif chips. The reset after them is a start of its own, and kernel.ts reads it.
 */
import type { Frame } from "../core/fault.js";
import type { ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";
import { type Asserted, assertedIn } from "./facts/asserted.js";

const GURU = /^Guru Meditation Error: *Core {1,2}\d panic'ed \((.{1,120}?)\)/;
const ABORTED = /^abort\(\) was called at PC 0x([0-9a-f]{8}) on core \d/;
const ASSERTED = /^assert failed: (?:.{1,120} )?(?<file>\S{1,200}):(?<line>\d{1,7}) \((?<words>.{1,240})\)$/;
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^Stack smashing protect failure!/, "stack smashing detected"],
  [/^Brownout detector was triggered/, "brownout detector was triggered"],
  [/^(?:E \(\d{1,10}\) task_wdt: )?Task watchdog got triggered/, "task watchdog got triggered"],
];

const DETAILS: readonly RegExp[] = [
  /^(?:Core {1,2}\d register dump:|Backtrace|ELF file SHA256|Rebooting\.\.\.|Debug exception reason|Memory dump at|[0-9a-f]{8}: |Setting breakpoint|CPU halted|E \(\d+\) task_wdt|Tasks currently running|Print CPU|LEND|MSTATUS|Stack memory:|EXCVADDR)/,
];
const REGISTER = /\b([A-Z][A-Z0-9/]{1,8}) {0,6}: 0x([0-9a-f]{8})/g;

/** `Backtrace: 0x400d1234:0x3ffb0000 0x…`: the innermost is the counter itself. */
const backtrace = (text: string): readonly Frame[] =>
  [...text.matchAll(/0x([0-9a-f]{8}):0x[0-9a-f]{8}/g)].map(([, address = ""]) => ({ address }));

function causeOf(text: string): Asserted | { title: string; kind: "trap" | "crash" | "stall" } | undefined {
  const guru = GURU.exec(text)?.[1];
  if (guru !== undefined) return { title: `Guru Meditation Error: ${guru}`, kind: "trap" };
  if (ABORTED.test(text)) return { title: "abort() called", kind: "crash" };
  const asserted = assertedIn(ASSERTED, text);
  if (asserted !== undefined) return asserted;
  const other = OTHERS.find(([pattern]) => pattern.test(text))?.[1];
  return other === undefined
    ? undefined
    : { title: other, kind: other.includes("watchdog") ? "stall" : "crash" };
}

/** Sources of the forms: components/esp_system/panic.c and port/panic_handler.c of ESP-IDF 3 to 5. */
export const family: ReportFamily = {
  name: "esp",
  system: "esp-idf",
  hints: [
    "Guru Meditation",
    "abort() was called",
    "assert failed: ",
    "Stack smashing protect",
    "Brownout",
    "watchdog got",
  ],
  begin({ text: whole }) {
    const text = whole.trim();
    const cause = causeOf(text);
    if (cause === undefined) return undefined;
    let frames: readonly Frame[] = [];
    return listedDraft({
      details: DETAILS,
      registers: REGISTER,
      adopts: /^abort\(\) was called|^Guru/,
      last: /^Rebooting\.\.\.$/,
      notice(next) {
        if (next.startsWith("Backtrace")) frames = backtrace(next);
      },
      finish: ({ registers }) => ({
        type: "fault",
        outlook: cause.kind === "stall" ? "goes-on" : "ends",
        fault: {
          ...cause,
          registers,
          callTrace: frames,
        },
      }),
    });
  },
};
