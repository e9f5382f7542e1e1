/** Runs of which it is known what they ran: a boot, two of its cases, and numbers that a reader can add up. */
import type { CoverageGiven } from "../../src/core/model/coverage.js";
import type { Policy, RunEvent } from "../../src/core/events.js";
import { RunBuilder } from "./builder.js";

const RING = "/home/dev/app/ring.c";

/** What the boot ran: 5 of 8 lines of the ring, and nothing of another source. */
const WHOLE: CoverageGiven["files"] = [
  {
    path: RING,
    lines: [3, 4, 5, 4, 6, 1, 7, 0, 8, 0, 9, 3, 14, 2, 20, 0],
    functions: [
      ["push", 3, 4],
      ["drop, it", 14, 2],
      ["never", 20, 0],
    ],
    branches: [5, 0, 1, 5, 1, 3, 7, 0, -1, 7, 1, -1],
  },
  { path: '/home/dev/app/lib/<odd> & "name".c', lines: [1, 0, 2, 0], functions: [["odd", 1, 0]] },
];
const CASES: Readonly<Record<string, readonly number[]>> = {
  keeps: [3, 1, 5, 1, 6, 1],
  "per name/1": [3, 2, 5, 2, 9, 2],
};

/** The run; with `cases` it is known of them too. */
export function coveredRun(
  policy: Policy = { ubsan: "fail" },
  kind: CoverageGiven["kind"] = "gcc",
): readonly RunEvent[] {
  const events = new RunBuilder(policy, { sources: ["ring on v86"] })
    .boot("ring on v86", "normal", (run) => {
      run.suite("ring", { name: "keeps" }, { name: "per name/1" });
    })
    .end();
  const boot = events.flatMap((event) => (event.type === "boot-started" ? [event.boot] : []))[0] ?? "";
  const given: readonly RunEvent[] = [
    { type: "coverage", boot, kind, files: WHOLE },
    ...events.flatMap((event): readonly RunEvent[] => {
      const lines = event.type === "case-started" ? CASES[event.name] : undefined;
      return event.type !== "case-started" || lines === undefined
        ? []
        : [{ type: "coverage", boot, case: event.case, kind, files: [{ path: RING, lines }] }];
    }),
  ];
  return events.flatMap((event) => (event.type === "boot-finished" ? [...given, event] : [event]));
}
