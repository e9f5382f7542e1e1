/**
 * Fatal errors of RTEMS: source, code, thread and registers. exit() of its last program is one too, and no fault where the
 * tests are over.
 */
import type { ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";
import { assertedIn } from "./facts/asserted.js";

const OPENING = /^\*\*\* FATAL \*\*\*$/;
const SOURCE = /^fatal source: (\d{1,3}) \((\w{1,64})\)/;
const CODE = /^fatal code: (\S{1,32})(?: \(.{1,32}\))?/;
const ASSERTED =
  /^assertion "(?<words>.{1,240})" failed: file "(?<file>.{1,300})", line (?<line>\d{1,7})(?:, function: .{1,120})?$/;
const THREAD = /^executing thread name: (.{1,64})$/;

const DETAILS: readonly RegExp[] = [
  /^(?:fatal source:|fatal code:|CPU: \d|RTEMS version:|RTEMS tools:|executing thread|unknown|\*{3} (?:unexpected )?exception|\[ ?RTEMS shutdown)/i,
];
const REGISTER = /\b([A-Z][A-Z0-9]{1,7}) {0,4}= 0x([0-9a-f]{8,16})/g;

/** Sources of the forms: cpukit/libcsupport/src/__assert.c, bsps/shared/start/bspfatal-default.c, printer exceptions. */
export const family: ReportFamily = {
  name: "rtems",
  system: "rtems",
  hints: ["*** FATAL", 'assertion "', "fatal source: "],
  begin({ text: whole }) {
    const text = whole.trim();
    const asserted = assertedIn(ASSERTED, text);
    if (!OPENING.test(text) && !SOURCE.test(text) && asserted === undefined) return undefined;
    let source = SOURCE.exec(text)?.[2];
    let code: string | undefined;
    let thread: string | undefined;
    return listedDraft({
      details: DETAILS,
      registers: REGISTER,
      adopts: /^\s*(?:\*\*\* FATAL|fatal source: )/,
      notice(next) {
        source ??= SOURCE.exec(next)?.[2];
        code ??= CODE.exec(next)?.[1];
        thread ??= THREAD.exec(next)?.[1];
      },
      finish({ registers, callTrace }) {
        const isExit = source === "RTEMS_FATAL_SOURCE_EXIT" && /^(?:0x)?0+$/.test(code ?? "");
        const where = thread === undefined ? "" : ` in thread ${thread}`;
        const words = `RTEMS fatal error: ${source ?? "of an unknown source"}${where}`;
        return {
          type: "fault",
          outlook: isExit ? "closes" : "ends",
          fault: {
            ...(asserted ?? {
              kind: source?.endsWith("_EXCEPTION") === true ? "trap" : "crash",
              title: words,
            }),
            registers,
            callTrace,
          },
        };
      },
    });
  },
};
