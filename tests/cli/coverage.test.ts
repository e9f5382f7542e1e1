/** `uktest coverage`: tables, reports and differences of records, and what is wrong with one; of records made by hand. */
import test, { type ExecutionContext } from "ava";
import { EVENTS_SCHEMA, type RunEvent } from "../../src/core/events.js";
import type { CoverageKind, FileHits } from "../../src/core/model/coverage.js";
import { type Scratch, scratch, uktest } from "./run.js";

const origin = { line: 1, byteOffset: 0 };

/** A run of one case, and what it ran. */
function record(
  place: Scratch,
  name: string,
  files: readonly FileHits[] | undefined,
  kind: CoverageKind = "gcc",
  more: Partial<Extract<RunEvent, { type: "run-started" }>> = {},
): string {
  const events: readonly RunEvent[] = [
    {
      type: "run-started",
      schema: EVENTS_SCHEMA,
      tool: { name: "uktest", version: "0" },
      sources: ["ring on v86"],
      policy: { ubsan: "fail" },
      ...more,
    },
    { type: "boot-started", boot: "b1", source: "ring on v86", origin },
    { type: "suite-started", boot: "b1", suite: "s1", name: "ring", origin },
    { type: "case-started", suite: "s1", case: "c1", name: name.replace(".jsonl", ""), origin },
    {
      ...{ type: "case-finished", case: "c1", status: "passed", evidence: "memory", droppedConsoleLines: 0 },
      evaluations: { passed: 1, failed: 0 },
      origin,
    },
    { type: "suite-finished", suite: "s1", origin },
    ...(files === undefined
      ? []
      : ([{ type: "coverage", boot: "b1", kind, files }] satisfies readonly RunEvent[])),
    { type: "boot-finished", boot: "b1", end: "normal", origin },
    { type: "run-finished" },
  ];
  return place.put(name, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
}

const A: readonly FileHits[] = [
  { path: "a.c", lines: [1, 2, 2, 0, 3, 0, 7, 1], functions: [["f", 1, 2]], branches: [2, 0, 0, 2, 1, 0] },
  { path: "old.c", lines: [4, 1] },
];
const B: readonly FileHits[] = [
  { path: "a.c", lines: [1, 3, 2, 1, 3, 1, 7, 0], functions: [["f", 1, 3]], branches: [2, 0, 1, 2, 1, 0] },
  { path: "new.c", lines: [9, 0] },
];

async function printed(t: ExecutionContext, place: Scratch, ...words: readonly string[]): Promise<string> {
  const said = await uktest(["coverage", ...words], { cwd: place.path });
  t.deepEqual([said.code, said.stderr], [0, ""], words.join(" "));
  return said.stdout;
}

test("a table of one record and of several, and other formats", async (t) => {
  const place = scratch(t);
  record(place, "a.jsonl", A);
  record(place, "b.jsonl", B);
  t.is(
    await printed(t, place, "show", "a.jsonl"),
    [
      "source       lines  functions  branches  did not run",
      "a.c         50.0 %    100.0 %     0.0 %  2-3",
      "old.c      100.0 %",
      "2 sources   60.0 %    100.0 %     0.0 %  (gcc)",
      "",
    ].join("\n"),
  );
  const all = await printed(t, place, "merge", "a.jsonl", "b.jsonl");
  t.regex(all, /^a\.c +100\.0 % +100\.0 % +50\.0 %$/m);
  t.regex(all, /^3 sources +83\.3 %/m);
  t.is(await printed(t, place, "merge", "."), all);
  // A shard without the others, and a run that is red: its coverage is as good.
  record(place, "c.jsonl", A, "gcc", { shard: { index: 1, total: 3, of: "x", cases: 1, all: 3 } });
  const lcov = await printed(t, place, "merge", "b.jsonl", "c.jsonl", "-r", "lcov");
  t.regex(lcov, /DA:2,1\nDA:3,1\nDA:7,1/);
  t.regex(await printed(t, place, "show", "a.jsonl", "-r", "cobertura=x.xml"), /2 sources/);
  t.regex(place.text("x.xml"), /lines-covered="3"/);
});

test("what one run has more than another", async (t) => {
  const place = scratch(t);
  record(place, "a.jsonl", A);
  record(place, "b.jsonl", B);
  t.is(
    await printed(t, place, "diff", "a.jsonl", "b.jsonl"),
    "+ a.c  2-3\n- a.c  7\n+ new.c  (new)\n- old.c  (gone)  4\n" +
      "+2 lines, -2, +1 source, -1 source  (60.0 % before, 60.0 % after)\n",
  );
  t.is(
    await printed(t, place, "diff", "a.jsonl", "a.jsonl"),
    "+0 lines, -0  (60.0 % before, 60.0 % after)\n",
  );
});

test("what is no record, has no coverage, or does not belong together", async (t) => {
  const place = scratch(t);
  record(place, "a.jsonl", A);
  record(place, "object.jsonl", A, "object");
  record(place, "none.jsonl", undefined);
  place.put("text.c", "int a;\n");
  place.put("later.jsonl", place.text("a.jsonl").replace("uktest-events/1", "uktest-events/7"));
  place.put("cut.jsonl", place.text("a.jsonl").split("\n").slice(1).join("\n"));
  const rows: readonly (readonly [words: string, code: number, error: RegExp, hint: RegExp])[] = [
    ["show nothing", 2, /nothing is no record of a run/, /uktest run --coverage --record FOLDER/],
    ["show latest", 2, /latest is no record of a run/, /--record/],
    ["show text.c", 2, /text\.c is no record of a run/, /--record/],
    ["show none.jsonl", 2, /none\.jsonl has no coverage/, /--record/],
    ["merge a.jsonl none.jsonl", 2, /none\.jsonl has no coverage/, /--record/],
    ["show later.jsonl", 3, /later\.jsonl:1/, /reads records of schema uktest-events\/1/],
    ["show cut.jsonl", 2, /cut\.jsonl/, /./],
    [
      "merge a.jsonl object.jsonl",
      2,
      /a\.jsonl has coverage by gcc, and object\.jsonl by object/,
      /one kind/,
    ],
    ["diff a.jsonl object.jsonl", 2, /by gcc, and object\.jsonl by object/, /one kind/],
    ["merge a.jsonl a.jsonl", 2, /a\.jsonl is given twice/, /once/],
    ["diff a.jsonl", 2, /diff takes 2 records/, /BEFORE AFTER/],
    ["show a.jsonl none.jsonl", 2, /show takes 1 record$/m, /merge joins several/],
    ["diff a.jsonl a.jsonl -r lcov", 2, /goes without --reporter/, /./],
    ["show a.jsonl -r lcvo", 2, /unknown reporter "lcvo"/, /did you mean "lcov"/],
    ["show", 2, /no record given/, /uktest coverage --help/],
    ["shwo a.jsonl", 2, /shwo: unknown value/, /did you mean "show"/],
  ];
  for (const [words, code, error, hint] of rows) {
    const said = await uktest(["coverage", ...words.split(" ")], { cwd: place.path });
    t.deepEqual([said.code, said.stdout], [code, ""], words + said.stderr);
    const [first = "", second = ""] = said.stderr.split("\n");
    t.regex(first, error, words);
    t.regex(second, hint, words);
  }
});
