/**
 * Reports of the sanitizers in Linux: KASAN, KMSAN, KCSAN and KFENCE, which share one form. They say what they saw and go
 * on; what comes of it is an oops of its own.
 */
import type { FindingKind } from "../../core/finding-kinds.js";
import type { ReportFamily } from "../../core/fault/report.js";
import { LinuxDraft } from "./draft.js";
import { isPassedOver, plainOf } from "./frames.js";
import type { Screen } from "./screen.js";

const OPENING = /^(?:==\d+==)?BUG: (KASAN|KMSAN|KCSAN|KFENCE): (.{1,400})$/;
const KINDS: Readonly<Record<string, FindingKind>> = {
  KASAN: "kasan",
  KMSAN: "kmsan",
  KCSAN: "kcsan",
  KFENCE: "kfence",
};
const WHERE = /^(.{1,120}?) in ([A-Za-z_$.][\w$.:<>~]{0,200})(?:\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8})?/;
const ACCESS = /^(?:@?[Rr]ead|[Ww]rite|Invalid (?:read|write)) (?:of size |at )/;

const DETAILS: readonly RegExp[] = [
  /^(?:Read |Write |Invalid |Out-of-bounds |Use-after-free |Corrupted |Memory |The buggy |Allocated|Freed|Free'd|which |located |Object at|PID = |\(stack is not|freed by|allocated by|kfence-#|Bytes \d|Uninit was|Local variable|Uninit |value changed|Reported by Kernel|race at|read to|write to|read-write|assert no|flags: |raw: |page:|page dumped|page last|page_owner|head:|anon flags|page_type|Last potentially|Second to last|Pointer tag|Memory tags|This frame|The address|addr |this frame|\[\d+, \d+\)|set_|free_|mapping:|irq |Disabling lock debugging|Shadow|Zero-|\(discriminator)/,
];
/** What allocated or freed the memory, and the other side of a race. */
const ASIDE =
  /^(?:Allocated|Freed|freed by|kfence-#|Uninit was|Last potentially|Second to last|Local variable|(?:read|write|read-write) to 0x.* by (?!.*^)|value changed)/;

/** The kind of access, in the words of the check that follows: `Read of size 8` says Read. */
function accessOf(text: string): string | undefined {
  if (!ACCESS.test(text)) return undefined;
  return /^@?[Rr]ead|^Invalid read/.test(text) ? "Read" : "Write";
}

function placeIn(screen: Screen, named: string | undefined): string | undefined {
  if (named !== undefined && !isPassedOver(named)) return plainOf(named);
  return screen.place() ?? plainOf(named);
}

/** Sources of the forms: mm/kasan/report.c, mm/kmsan/report.c, kernel/kcsan/report.c, mm/kfence/report.c. */
export const memoryErrors: ReportFamily = {
  name: "linux-memory-errors",
  system: "linux",
  hints: ["BUG: K"],
  begin({ text: whole }) {
    const opening = OPENING.exec(whole.trim());
    if (opening === null) return undefined;
    const [, label = "", rest = ""] = opening;
    const [, check = rest.split(" ", 1)[0] ?? "", named] = WHERE.exec(rest) ?? [];
    let access: string | undefined;
    return new LinuxDraft({
      details: DETAILS,
      aside: ASIDE,
      last: /^={20,}$/,
      notice(text) {
        access ??= accessOf(text);
      },
      finish(screen) {
        const place = placeIn(screen, named);
        const how = label === "KASAN" && access !== undefined ? ` ${access}` : "";
        const where = place === undefined ? "" : ` in ${place}`;
        return {
          type: "finding",
          finding: {
            kind: KINDS[label] ?? "kasan",
            check: check.replaceAll(" ", "-"),
            message: `${label}: ${check}${how}${where}`,
            ...(place !== undefined && { function: place }),
            callTrace: screen.callTrace(),
          },
        };
      },
    });
  },
};
