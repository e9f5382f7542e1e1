/**
 * WARN() of Linux: a place of the source, a function, and the trace after them. It taints the kernel and goes on.
 */
import type { ReportFamily } from "../../core/fault/report.js";
import { LinuxDraft } from "./draft.js";
import { isPassedOver, plainOf } from "./frames.js";

const FUNCTION = String.raw`([A-Za-z_$.][\w$.]{0,200})(?:\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8}|\(\))?`;
const FORMS: readonly RegExp[] = [
  new RegExp(
    `^WARNING: (?:CPU: ?\\d{1,5} )?(?:PID: ?\\d{1,10} )?at (\\S{1,300}):(\\d{1,7})(?:,? ${FUNCTION})?`,
  ),
  // Since 6.18: `WARNING: mm/x.c:12 at f+0x1/0x2, CPU#0: name/12`.
  new RegExp(`^WARNING: ([^\\s:]{1,300}):(\\d{1,7}) at ${FUNCTION}`),
];

/** Checks that warn from a function of their own, and what they are about. */
const BUGS: readonly (readonly [RegExp, string])[] = [
  [/^refcount_\w+$/, "refcount bug"],
  [/^debug_print_object$/, "ODEBUG bug"],
  [/^kobject_\w+$/, "kobject bug"],
  [/^usb_submit_urb$/, "bad URB submission"],
];

/** Sources of the forms: kernel/panic.c (`__warn`), lib/bug.c. */
export const warning: ReportFamily = {
  name: "linux-warning",
  system: "linux",
  hints: ["WARNING: "],
  begin({ text: whole }) {
    const text = whole.trim();
    if (!text.startsWith("WARNING: ")) return undefined;
    const match = FORMS.map((form) => form.exec(text)).find((one) => one !== null);
    if (match === undefined) return undefined;
    const [, file = "", line, named] = match;
    const bug = BUGS.find(([pattern]) => named !== undefined && pattern.test(named))?.[1];
    return new LinuxDraft({
      details: [/^={20,}$/],
      finish(screen) {
        const own = named === undefined || bug !== undefined || isPassedOver(named) ? screen.place() : named;
        const place = plainOf(own ?? named);
        const what = bug === undefined ? "WARNING" : `WARNING: ${bug}`;
        return {
          type: "finding",
          finding: {
            kind: "warning",
            check: bug?.replaceAll(" ", "-") ?? "warn",
            message: place === undefined ? `${what} at ${file}:${line ?? ""}` : `${what} in ${place}`,
            file,
            line: Number(line),
            ...(place !== undefined && { function: place }),
            callTrace: screen.callTrace(),
          },
        };
      },
    });
  },
};
