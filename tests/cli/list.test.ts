import test from "ava";
import { listJson, listTable } from "../../src/cli/list.js";
import type { Plan } from "../../src/core/plan.js";
import { EVERYTHING } from "../oracles/hostile.js";
import { isPlain } from "../oracles/terminal.js";

const PLAN: Plan = {
  image: "build/guest.dbg",
  architecture: "x86_64",
  suites: [
    {
      name: "early_suite",
      stage: { name: "constructor", priority: 0 },
      cases: [
        { name: "adds", file: "lib/math/tests/test_add.c", line: 7, sites: [9, 10, 12] },
        {
          name: "wraps",
          description: "at the end",
          file: "lib/math/tests/test_add.c",
          line: 20,
          sites: [22],
        },
      ],
    },
    { name: "hollow", stage: { name: "late", priority: 9 }, cases: [] },
    { name: "bare", cases: [{ name: "only", file: "bare.c", sites: [] }] },
  ],
  orphans: [
    { name: "lost", file: "lost.c", line: 3, sites: [5], suite: "gone" },
    { name: "unknown", file: "lost.c", line: 9, sites: [] },
  ],
};

test("a table for people", (t) => {
  t.is(
    listTable(PLAN),
    `build/guest.dbg (x86_64)

SUITE        STAGE          CASE               SITES  WHERE
early_suite  constructor 0  adds               3      lib/math/tests/test_add.c:7
                            wraps: at the end  1      lib/math/tests/test_add.c:20
hollow       late 9         (no cases)         -      -
bare         -              only               0      bare.c

WARNING: 2 cases can never run, the suite is not registered:
  gone->lost  lost.c:3
  unknown  lost.c:9

3 suites, 3 cases, 4 assertion sites, 2 cases without a suite
`,
  );
});

test("without orphans there is no warning", (t) => {
  const shown = listTable({ ...PLAN, orphans: [] });
  t.false(shown.includes("WARNING"));
  t.true(shown.endsWith("\n\n3 suites, 3 cases, 4 assertion sites\n"));
});

test("one JSON document", (t) => {
  const shown = listJson(PLAN);
  t.deepEqual(JSON.parse(shown), { schema: "uktest-plan/1", ...PLAN });
  t.is(shown.indexOf("\n"), shown.length - 1);
});

const hostile: Plan = {
  image: EVERYTHING,
  architecture: "i386",
  suites: [
    {
      name: `\x1b[2J${EVERYTHING}`,
      cases: [{ name: EVERYTHING, description: EVERYTHING, file: EVERYTHING, sites: [1] }],
    },
    { name: `a\nb\u202e`, cases: [] },
  ],
  orphans: [{ name: EVERYTHING, file: EVERYTHING, line: 2, sites: [], suite: EVERYTHING }],
};

test("nothing of an image reaches the terminal as a command", (t) => {
  const table = listTable(hostile);
  t.true(isPlain(table));
  // 3 rows and 7 other lines, however many line ends the names have.
  t.is(table.split("\n").length, 11);
  const json = listJson(hostile);
  t.true(isPlain(json));
  t.deepEqual(JSON.parse(json), { schema: "uktest-plan/1", ...hostile });
});
