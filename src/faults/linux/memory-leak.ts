/**
 * Memory that Linux lost, as kmemleak prints it: one finding for each object, or one for the number that it found.
 */
import type { ReportFamily } from "../../core/fault/report.js";
import { LinuxDraft } from "./draft.js";

const OPENING = /^(?:BUG: memory leak$|unreferenced object 0x[0-9a-f]{8,16} \(size (\d{1,12})\):)/;
const COUNTED = /^kmemleak: (\d{1,9}) new suspected memory leaks?/;

const DETAILS: readonly RegExp[] = [
  /^(?:unreferenced object |comm "|hex dump |backtrace\b|debug hex|[0-9a-f]{2}(?: [0-9a-f]{2}){3,} {2}|min_count|flags|checksum|\d+ (?:unsigned|bytes))/,
];

/** Source of the form: mm/kmemleak.c. */
export const memoryLeak: ReportFamily = {
  name: "linux-memory-leak",
  system: "linux",
  hints: ["memory leak", "unreferenced object"],
  begin({ text: whole }) {
    const text = whole.trim();
    const counted = COUNTED.exec(text);
    if (counted === null && !OPENING.test(text)) return undefined;
    // A second object is a second finding.
    let objects = text.startsWith("BUG") ? 0 : 1;
    return new LinuxDraft({
      details: DETAILS,
      adopts: (next) => objects === 0 && next.trim().startsWith("unreferenced object "),
      notice(next) {
        if (next.startsWith("unreferenced object ")) objects += 1;
      },
      finish(screen) {
        const place = screen.place();
        const many = counted === null ? "memory leak" : `${counted[1] ?? "?"} suspected memory leaks`;
        return {
          type: "finding",
          finding: {
            kind: "kmemleak",
            check: "memory-leak",
            message: place === undefined ? many : `${many} in ${place}`,
            ...(place !== undefined && { function: place }),
            callTrace: screen.callTrace(),
          },
        };
      },
    });
  },
};
