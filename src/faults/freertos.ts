/**
 * What the hooks of FreeRTOS print: a stack that overflowed, a heap that is used up, configASSERT().
 */
import type { ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";

const OVERFLOW = /^\*{3}ERROR\*{3} A stack overflow in task (.{1,40}?) has been detected\.?/;
const HOOKS: readonly (readonly [RegExp, string])[] = [
  [/^(?:vApplicationStackOverflowHook\b|Stack overflow in task:? ).{0,80}$/i, "stack overflow"],
  [/^(?:vApplicationMallocFailedHook\b|Malloc failed!?).{0,80}$/i, "out of heap"],
];
const ASSERTED =
  /^(?:vAssertCalled\b.{0,8}|ASSERT!|configASSERT\b.{0,40}) (?:(?:Line|line) (\d{1,7}),? (?:of )?(?:file|File):? (\S{1,300})|(\S{1,300}):(\d{1,7}))/;

function causeOf(text: string): string | undefined {
  const task = OVERFLOW.exec(text)?.[1];
  if (task !== undefined) return `stack overflow in task ${task}`;
  return HOOKS.find(([pattern]) => pattern.test(text))?.[1];
}

/** Sources of the forms: the hooks of FreeRTOS/Demo/Posix_GCC, ESP-IDF components/freertos/port.c. */
export const family: ReportFamily = {
  name: "freertos",
  system: "freertos",
  hints: [
    "stack overflow in task",
    "Stack overflow in task",
    "vApplication",
    "vAssertCalled",
    "ASSERT! ",
    "configASSERT",
    "Malloc failed",
  ],
  begin({ text: whole }) {
    const text = whole.trim();
    const asserted = ASSERTED.exec(text);
    const cause = causeOf(text);
    if (asserted === null && cause === undefined) return undefined;
    const file = asserted?.[2] ?? asserted?.[3];
    const line = Number(asserted?.[1] ?? asserted?.[4]);
    return listedDraft({
      details: [/^(?:Backtrace|abort\(\))/],
      adopts: /^\s*(?:abort\(\) was called|Guru)/,
      finish: ({ registers, callTrace }) => ({
        type: "fault",
        outlook: "goes-on",
        fault: {
          ...(file === undefined
            ? { kind: "crash", title: cause ?? "" }
            : { kind: "assertion", title: `assertion failed at ${file}:${String(line)}`, file, line }),
          registers,
          callTrace,
        },
      }),
    });
  },
};
