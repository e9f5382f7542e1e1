/** Results on several machines side by side: what is counted, which cases differ, what is not explained twice. */
import test from "ava";
import { reporter as github } from "../../reporters/github.js";
import { nextOf } from "../../reporters/html/again.js";
import { reporter as html } from "../../reporters/html.js";
import { reporter as json } from "../../reporters/json.js";
import { reporter as junit } from "../../reporters/junit.js";
import { reporter as lines } from "../../reporters/lines.js";
import { reporter as markdown } from "../../reporters/markdown.js";
import { reporter as pretty } from "../../reporters/pretty.js";
import { reporter as prometheus } from "../../reporters/prometheus.js";
import { matrixOf } from "../../src/core/model/matrix.js";
import { reduce } from "../../src/core/model/reduce.js";
import { sourceName, sourceParts } from "../../src/core/model/sources.js";
import { fault, RunBuilder, type CaseScript } from "./builder.js";
import { pieces } from "./render.js";

test("the name of a source comes apart as it was put together", (t) => {
  for (const parts of [
    { program: "vfscore", machine: "qemu-x86_64" },
    { program: "vfscore", profile: "debug", machine: "v86" },
    { program: "build/app on x (y)", profile: "a.b-c", machine: "own_1" },
  ])
    t.deepEqual(sourceParts(sourceName(parts)), parts);
  for (const log of ["boot.log", "logs/on/boot.log", "x on /dev/tty", "what is flashed"])
    t.is(sourceParts(log), undefined, log);
});

const failing = (name: string, line: number): CaseScript => ({
  name,
  status: "failed",
  body: [{ fail: "expected `one` to be 0x10 but was 0x11", file: "ring.c", line }],
});

const SOURCES = [
  "ring (default) on v86",
  "ring (fast) on v86",
  "ring (fast) on qemu-arm64",
  "disk (fast) on v86",
];

/** `full` fails everywhere in `ring`, `wraps` on one machine alone; `late` is not in every cell. */
const run = new RunBuilder({ ubsan: "fail" }, { sources: SOURCES })
  .boot(SOURCES[0] ?? "", "normal", (boot) => boot.suite("ring", failing("full", 3), { name: "wraps" }))
  .boot(SOURCES[1] ?? "", "normal", (boot) =>
    boot.suite("ring", failing("full", 3), { name: "wraps" }, { name: "late" }),
  )
  .boot(SOURCES[2] ?? "", "normal", (boot) =>
    boot.suite("ring", failing("full", 3), failing("wraps", 9), { name: "late" }),
  )
  .boot(SOURCES[3] ?? "", "normal", (boot) => boot.suite("disk", { name: "reads" }));
const events = [...run.events, { type: "run-finished" }] as const;
const text = async (reporter: Parameters<typeof pieces>[0]): Promise<string> =>
  (await pieces(reporter, events)).join("");

test("programs by machine and profile, and the cases that are not the same in all of their cells", (t) => {
  const matrix = matrixOf(reduce(events));
  t.deepEqual(matrix?.columns, [
    { machine: "v86", profile: "default" },
    { machine: "v86", profile: "fast" },
    { machine: "qemu-arm64", profile: "fast" },
  ]);
  const [ring, disk] = matrix?.rows ?? [];
  t.is(ring?.program, "ring");
  t.deepEqual(
    ring?.cells.map((cell) => Object.fromEntries(cell?.counts ?? [])),
    [
      { failed: 1, passed: 1 },
      { failed: 1, passed: 2 },
      { failed: 2, passed: 1 },
    ],
  );
  t.deepEqual(ring?.differing, [
    { name: "ring.wraps", statuses: ["passed", "passed", "failed"] },
    { name: "ring.late", statuses: [undefined, "passed", "passed"] },
  ]);
  // What is not in a cell does not differ there.
  t.deepEqual(
    disk?.cells.map((cell) => cell?.counts.get("passed")),
    [undefined, 1, undefined],
  );
  t.deepEqual(disk?.differing, []);
});

test("a run on one machine, and saved logs, have no matrix", (t) => {
  for (const sources of [
    ["ring on v86"],
    ["a.log", "b.log"],
    ["ring on v86", "disk on v86"],
    ["a on v86", "b on kvm"],
  ]) {
    const one = new RunBuilder({ ubsan: "fail" }, { sources });
    for (const source of sources) one.boot(source, "normal", (boot) => boot.suite("s", { name: "c" }));
    t.is(matrixOf(reduce([...one.events, { type: "run-finished" }])), undefined, sources.join());
  }
});

test("a terminal gets a line for each cell, and a failure that is the same everywhere once", async (t) => {
  const shown = await text(pretty);
  t.regex(shown, /── side by side ─/);
  t.regex(shown, /^v86 \(default\) {6}1 passed, 1 failed$/m);
  t.regex(shown, /^qemu-arm64 \(fast\) {2}1 passed, 2 failed$/m);
  t.regex(
    shown,
    /^ring: ring\.wraps: failed on qemu-arm64 \(fast\); passed on v86 \(default\), v86 \(fast\)$/m,
  );
  t.regex(shown, /^ring: ring\.late: passed on .*; not there on v86 \(default\)$/m);
  t.is(shown.match(/^ FAIL .*ring\.full/gm)?.length, 1);
  t.is(shown.match(/^ FAIL .*ring\.wraps/gm)?.length, 1);
  t.is(shown.match(/^ +the same everywhere else$/gm)?.length, 1);
});

test("a failure that is another one on another machine is explained there too", async (t) => {
  const other = new RunBuilder(
    { ubsan: "fail" },
    { sources: ["a on v86", "a on qemu-i386", "a on qemu-arm64"] },
  )
    .boot("a on v86", "normal", (boot) => boot.suite("s", failing("c", 3)))
    .boot("a on qemu-i386", "normal", (boot) => boot.suite("s", failing("c", 3)))
    .boot("a on qemu-arm64", "normal", (boot) =>
      boot.suite("s", { name: "c", status: "failed", body: [{ fail: "another", file: "ring.c", line: 3 }] }),
    );
  const shown = (await pieces(pretty, [...other.events, { type: "run-finished" }])).join("");
  t.is(shown.match(/^ FAIL .*s\.c/gm)?.length, 2);
  t.regex(shown, /^ +the same on qemu-i386$/m);
});

test("a cell is red for what is outside of its cases too, and a case for what is known is not", async (t) => {
  const sources = ["v86", "qemu-i386", "qemu-x86_64", "qemu-arm64", "own", "bare"].map(
    (name) => `a on ${name}`,
  );
  const [good = "", faulty = "", found = "", doubtful = "", known = "", empty = ""] = sources;
  const finding = { check: "shift-out-of-bounds", message: "too far", file: "ring.c", line: 3, column: 1 };
  const quarantine = { today: "2026-01-01", entries: [{ case: "s.c", machine: "own", reason: "slow" }] };
  const one = new RunBuilder({ ubsan: "fail", quarantine }, { sources })
    .boot(good, "normal", (boot) => boot.suite("s", { name: "c" }))
    .boot(faulty, "fault", (boot) => boot.suite("s", { name: "c" }).fault(fault("trap", "page fault")))
    .boot(found, "normal", (boot) => boot.suite("s", { name: "c", body: [{ finding }] }))
    .boot(doubtful, "cut", (boot) => boot.suite("s", { name: "c", body: [{ finding }] }))
    .boot(known, "normal", (boot) => boot.suite("s", failing("c", 3)))
    .boot(empty, "normal", (boot) => boot);
  const shown = (await pieces(markdown, [...one.events, { type: "run-finished" }])).join("");
  for (const words of [
    ...["✅ 1 passed", "❌ 1 passed, 1 fault", "❌ 1 passed, 1 finding", "❌ 1 passed, 1 finding, 1 problem"],
    "1 failed",
    "no case",
  ])
    t.true(shown.includes(`<td>${words}</td>`), shown);
});

test("a case that is red each time it is repeated is the same nowhere else", async (t) => {
  const both = ["a on v86", "a on qemu-i386"];
  const repeated = new RunBuilder({ ubsan: "fail" }, { sources: both });
  for (const source of [...both, ...both])
    repeated.boot(source, "normal", (boot) =>
      boot.suite("s", source === "a on v86" ? failing("c", 3) : { name: "c" }),
    );
  const shown = (await pieces(pretty, [...repeated.events, { type: "run-finished" }])).join("");
  t.false(shown.includes("the same on"), shown);
});

test("every report has the matrix", async (t) => {
  const document = JSON.parse(await text(json)) as {
    readonly matrix: { readonly columns: unknown; readonly rows: readonly { readonly cells: unknown }[] };
  };
  t.deepEqual(document.matrix.rows[1]?.cells, [null, { passed: 1 }, null]);
  const log = await text(lines);
  t.regex(log, /^MACHINE qemu-arm64 \(fast\) {2}1 passed, 2 failed$/m);
  t.regex(log, /^DIFFERS ring: ring\.wraps {2}failed on qemu-arm64 \(fast\); /m);
  const summary = await text(markdown);
  t.regex(summary, /<th align="left">qemu-arm64 \(fast\)<\/th>/);
  t.regex(summary, /<td><code>ring<\/code><\/td><td>❌ 1 passed, 1 failed<\/td>/);
  t.is(summary.match(/<b>the same everywhere else<\/b>/g)?.length, 1);
  t.regex(summary, /^### Failed \(2\)$/m);
  const page = await text(html);
  t.regex(page, /<details class="matrix" open>/);
  t.regex(page, /<th scope="row">ring: ring\.wraps<\/th><td class="passed">passed<\/td>/);
  const model = reduce(events);
  const own = { ...model, boots: model.boots.map((boot) => ({ ...boot, group: boot.id })) };
  t.is(nextOf(own)?.command, "uktest run --last-failed -m v86,qemu-arm64 --profile default,fast");
  const annotations = (await text(github)).split("\n").filter((line) => line.includes("ring.full failed"));
  t.is(annotations.length, 1);
  t.regex(annotations[0] ?? "", /%0Athe same everywhere else$/);
  const metrics = await text(prometheus);
  t.is(metrics.match(/^uktest_case_status\{.*case="full",machine="v86",profile=/gm)?.length, 2);
  const xml = await text(junit);
  t.regex(xml, /<property name="machine" value="qemu-arm64"\/>\s*<property name="profile" value="fast"\/>/);
});
