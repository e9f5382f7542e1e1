/**
 * What KUnit says of a case whose thread died, where the report of the death itself is not on the console.
 */
import type { ReportFamily } from "../core/fault/report.js";
import { listedDraft } from "../core/fault/report-draft.js";

const CRASHED = /^# ([\w.-]{1,200}): kunit test case crashed!$/;
const FAULTED = /^# ([\w.-]{1,200}): try faulted(?:: last line seen (.{1,300}):(\d{1,9}))?$/;

/** Source of the form: lib/kunit/test.c and lib/kunit/try-catch.c of Linux 5.5 to 6.18. */
export const family: ReportFamily = {
  name: "kunit-crash",
  precedence: 20,
  system: "linux",
  hints: ["kunit test case crashed", "try faulted"],
  begin({ text: whole }) {
    const text = whole.trim();
    const faulted = FAULTED.exec(text);
    const name = CRASHED.exec(text)?.[1] ?? faulted?.[1];
    if (name === undefined) return undefined;
    const [, , file, line] = faulted ?? [];
    return listedDraft({
      details: [],
      finish: ({ registers, callTrace }) => ({
        type: "fault",
        outlook: "goes-on",
        fault: {
          kind: "crash",
          title: `the thread of KUnit case ${name} crashed`,
          ...(file !== undefined && { file, line: Number(line) }),
          registers,
          callTrace,
        },
      }),
    });
  },
};
