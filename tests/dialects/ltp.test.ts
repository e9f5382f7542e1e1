/** What the logs of LTP do not show: how results are named, and what counts without a count of broken ones. */
import test from "ava";
import { judge } from "../../src/core/verdict.js";
import { conclusions, read } from "../reading.js";

const summary = (counts: Readonly<Record<string, number>>): readonly string[] => [
  "",
  "Summary:",
  ...Object.entries(counts).map(([name, count]) => `${name.padEnd(8)} ${String(count)}`),
];
const logOf = (...lines: readonly string[]): string => `${lines.join("\n")}\n`;
const casesOf = (log: string): readonly string[] =>
  conclusions(read(log)).filter((line) => line.startsWith("case "));
const ALL = { passed: 0, failed: 0, broken: 0, skipped: 0, warnings: 0 };

test("a program is named after its file, and lines of the library belong to it", (t) => {
  const log = logOf(
    "dir/pool07.c:41: TPASS: opened",
    "tst_test.c:1812: TCONF: no second disk",
    ...summary({ ...ALL, passed: 1, skipped: 1 }),
  );
  t.deepEqual(casesOf(log), [
    "case pool07.pool07.c:41 passed passed 1 failed 0",
    "case pool07.tst_test.c:1812 skipped passed 0 failed 0",
  ]);
});

test("a Summary without a count of broken ones is held against passed and skipped", (t) => {
  const { broken: _, ...old } = ALL;
  const lines = ["pool07.c:41: TPASS: opened", "pool07.c:42: TCONF: no disk"];
  t.is(judge(read(logOf(...lines, ...summary({ ...old, passed: 1, skipped: 1 })))).verdict, "passed");
  t.is(judge(read(logOf(...lines, ...summary({ ...old, passed: 2, skipped: 0 })))).verdict, "failed");
});

test("a program whose Summary is well and that exits with a failure is red", (t) => {
  const ended = (id: number): string =>
    logOf(
      "tag=pool07 stime=1735689600",
      "pool07.c:41: TPASS: opened",
      ...summary({ ...ALL, passed: 1 }),
      `duration=0 termination_type=exited termination_id=${String(id)} corefile=no`,
    );
  t.is(judge(read(ended(0))).verdict, "passed");
  t.is(judge(read(ended(1))).verdict, "failed");
});

test("counts without the word Summary are output", (t) => {
  const log = logOf("pool07.c:41: TPASS: opened", "passed   1", "warnings 0");
  t.is(judge(read(log)).verdict, "failed");
  t.is(judge(read(log + logOf(...summary({ ...ALL, passed: 1 })))).verdict, "passed");
});
