/**
 * What the memory of a guest says of its cases' memory, as measurements, findings and problems: nothing is believed that is
 * not there, and only a case that passed is held to a limit.
 */
import test from "ava";
import { dialectsFor } from "../../src/console/dialects.js";
import { RunReader } from "../../src/console/reader.js";
import type { HeldFacts, Measured, MemoryFacts, ResultFacts } from "../../src/core/evidence.js";
import type { Policy, RunEvent } from "../../src/core/events.js";
import { casesOf } from "../../src/core/model/counts.js";
import { reduce } from "../../src/core/model/reduce.js";
import type { Plan } from "../../src/core/plan.js";
import { judge } from "../../src/core/verdict.js";
import { replay, type RecordLine } from "../../src/record/replay.js";
import { brokenPromises } from "./promises.js";

const one = (name: string) => ({ name, file: "a.c", line: 3, sites: [] });
const PLAN: Plan = {
  image: "app.elf",
  architecture: "x86_64",
  suites: [{ name: "a", cases: [one("x"), one("y")] }],
  orphans: [],
};
const CONSOLE: readonly string[] = [
  "[libuktest] uktest:plan build=- suites=1 cases=2",
  "[libuktest] uktest:begin a",
  "test:\x1b[0m a->x",
  "[libuktest] uktest:case a->x passed assertions=0 failed=0 time=10",
  "test:\x1b[0m a->y",
  "[libuktest] uktest:case a->y passed assertions=0 failed=0 time=10",
  "[libuktest] uktest:done a cases=2 failed=0",
  "[libuktest] uktest:end cases=2 failed=0 skipped=0",
];
const AUTO = await dialectsFor("auto");

interface Given {
  readonly leaked?: readonly [bytes: number, blocks: number];
  readonly peak?: number;
  readonly again?: Measured["again"];
  readonly limits?: Measured["limits"];
  readonly held?: readonly HeldFacts[];
}

const measured = ({
  leaked = [0, 0],
  peak = 0,
  again = "held",
  limits = {},
  held = [],
}: Given = {}): Measured => ({
  again,
  values: { leaked_bytes: leaked[0], leaked_blocks: leaked[1], peak_bytes: peak },
  limits,
  held,
});

/** Facts of the two cases; `undefined` for one that nobody measured. */
function facts(
  x: Measured | undefined,
  y: Measured | undefined = measured(),
  status: ResultFacts["status"] = "passed",
): MemoryFacts {
  const of = (name: string, it: Measured | undefined, its: ResultFacts["status"]) => ({
    ...{ suite: "a", name, file: "a.c", line: 3, sites: [] },
    results: [
      {
        status: its,
        assertions: 1,
        failed: its === "failed" ? 1 : 0,
        ...(it !== undefined && { measured: it }),
      },
    ],
  });
  return {
    cases: [of("x", x, status), of("y", y, "passed")],
    suites: [{ name: "a", init: "not-run" }],
    journal: { ended: true, findings: 0, failedOutside: 0 },
  };
}

function tell(memory: MemoryFacts | undefined, policy: Policy, lines = CONSOLE) {
  const reader = new RunReader({ tool: { name: "uktest", version: "0" }, sources: ["g"], policy }, AUTO);
  reader.open("g", PLAN, { group: "g1" });
  const text = lines.map((line, at) => `[    0.${String(at).padStart(6, "0")}] Info: ${line}\r\n`).join("");
  const events: RunEvent[] = [...reader.feed(Buffer.from(text, "latin1"))];
  const summary = reader.end({ kind: "ended", how: "normal", detail: "0" }, memory);
  events.push(...reader.settle(summary?.missing ?? []), ...reader.finish());
  return { events, model: reduce(events) };
}

const LEAKS: Policy = { ubsan: "fail", maxLeak: 0 };
const words = ({ model }: ReturnType<typeof tell>): readonly string[] => [
  ...model.findings.map(({ kind, message, case: name }) => `${kind} ${name ?? "none"}: ${message}`),
  ...model.problems.map(({ code, grade }) => `${grade} ${code}`),
];

async function* recorded(events: readonly RunEvent[]): AsyncGenerator<RecordLine> {
  for (const [index, event] of events.entries())
    yield { text: JSON.stringify(event), number: index + 1, terminated: await Promise.resolve(true) };
}

test("what was measured stands with its case, and comes back from a record", async (t) => {
  const told = tell(facts(measured({ leaked: [-8, -1], peak: 4096 })), LEAKS);
  t.deepEqual(words(told), []);
  t.is(judge(told.model).verdict, "passed");
  t.deepEqual(brokenPromises(told.events), []);
  t.deepEqual(casesOf(told.model)[0]?.measurements, [
    { name: "leaked_bytes", kind: "gauge", unit: "bytes", value: -8 },
    { name: "leaked_blocks", kind: "gauge", value: -1 },
    { name: "peak_bytes", kind: "gauge", unit: "bytes", value: 4096 },
  ]);
  const read: RunEvent[] = [];
  for await (const event of replay(recorded(told.events), "record")) read.push(event);
  t.deepEqual(reduce(read), told.model);
});

test("a leak is a finding of its case, by the places that allocated, and red", (t) => {
  const held = [
    { bytes: 8, trace: ["1000", "2000"] },
    { bytes: 40, trace: ["1500"] },
    { bytes: 8, trace: ["1000", "2000"] },
  ];
  const told = tell(facts(measured({ leaked: [66, 4], held })), LEAKS);
  t.deepEqual(words(told), [
    "leak a.x: 40 bytes in 1 block still held after a.x",
    "leak a.x: 16 bytes in 2 blocks still held after a.x",
    "leak a.x: 10 more bytes still held after a.x",
  ]);
  t.deepEqual(judge(told.model).reasons, ["3 leak findings"]);
  t.is(judge(tell(facts(measured({ leaked: [66, 4], held })), { ...LEAKS, ubsan: "off" }).model).exitCode, 1);
  t.deepEqual(words(tell(facts(measured({ leaked: [66, 4] })), LEAKS)), [
    "leak a.x: 66 bytes in 4 blocks still held after a.x",
  ]);
  // Blocks of no bytes are memory too.
  t.is(words(tell(facts(measured({ leaked: [0, 1] })), LEAKS)).length, 1);
  t.deepEqual(words(tell(facts(measured({ leaked: [66, 4], held })), { ubsan: "fail", maxLeak: 66 })), []);
  t.deepEqual(words(tell(facts(measured({ leaked: [66, 4], held })), { ubsan: "fail" })), []);
});

test("a second run that fails is said, and what was given back of before", (t) => {
  const held = [{ bytes: 20, trace: ["1000"] }];
  t.deepEqual(words(tell(facts(measured({ leaked: [12, 0], again: "failed", held })), LEAKS)), [
    "leak a.x: 20 bytes in 1 block still held after a.x, and 8 bytes of before were given back " +
      "(it fails when it runs again, so a first use cannot be ruled out)",
  ]);
});

test("a limit of the suite counts with and without the option, and stands above it", (t) => {
  const over = measured({ leaked: [64, 1], peak: 300, limits: { peak_bytes: 299, leaked_bytes: 64 } });
  const wanted = ["limit a.x: peak_bytes of a.x is 300, and its suite allows 299"];
  t.deepEqual(words(tell(facts(over), LEAKS)), wanted);
  t.deepEqual(words(tell(facts(over), { ubsan: "off" })), wanted);
  t.is(judge(tell(facts(over), { ubsan: "off" }).model).exitCode, 1);
});

test("limits of the project hold for the cases that they mean; the first one counts, and the suite stands above it", (t) => {
  const policy: Policy = {
    ubsan: "fail",
    memoryLimits: [
      { case: "a.x", max: { peak_bytes: 200, leaked_bytes: 10 } },
      { case: "a.*", max: { peak_bytes: 100 } },
    ],
  };
  const much = measured({ leaked: [11, 1], peak: 150 });
  t.deepEqual(words(tell(facts(much, much), policy)), [
    "limit a.x: leaked_bytes of a.x is 11, and the project allows 10",
    "limit a.y: peak_bytes of a.y is 150, and the project allows 100",
  ]);
  const own = measured({ leaked: [11, 1], peak: 150, limits: { leaked_bytes: 11, peak_bytes: 149 } });
  t.deepEqual(words(tell(facts(own), policy)), [
    "limit a.x: peak_bytes of a.x is 150, and its suite allows 149",
  ]);
  // A limit that a case has of leaks stands above that of the run, and one that is not known is not held.
  t.deepEqual(words(tell(facts(measured({ leaked: [10, 1] })), { ...policy, maxLeak: 0 })), []);
  t.deepEqual(words(tell(facts(undefined), policy)), ["error unmeasured-case"]);
});

test("a case that its suite limits and nobody measured is not green, and one that was left is held to nothing", (t) => {
  const limited = facts(undefined);
  const cases = limited.cases.map((one) => (one.name === "x" ? { ...one, isLimited: true as const } : one));
  t.deepEqual(words(tell({ ...limited, cases }, { ubsan: "fail" })), ["error unmeasured-case"]);
  t.deepEqual(words(tell(facts(measured({ leaked: [64, 1], again: "left" })), LEAKS)), []);
});

test("a case that ends badly in its second run says so", (t) => {
  const lines = CONSOLE.slice(0, 3).concat("[libuktest] uktest:again a->x bytes=8 blocks=1");
  const told = tell(undefined, { ubsan: "fail" }, lines);
  t.regex(
    casesOf(told.model)[0]?.reason ?? "",
    /\(in a second run, to see whether it keeps memory: the first one passed\)$/,
  );
});

test("a finding of a further boot is the same one, met again", (t) => {
  const { events } = tell(facts(measured({ leaked: [64, 1] })), LEAKS);
  const again = events
    .filter(({ type }) => type !== "run-started" && type !== "run-finished")
    .map((event) => JSON.parse(JSON.stringify(event).replaceAll('"b1', '"b2')) as RunEvent)
    .map((event) => (event.type === "boot-started" ? { ...event, why: "repeat" as const } : event));
  const [start, ...rest] = events;
  if (start === undefined) return t.fail();
  const { findings } = reduce([start, ...rest.slice(0, -1), ...again, ...rest.slice(-1)]);
  t.deepEqual(
    findings.map((one) => [one.case, one.occurrences]),
    [["a.x", 2]],
  );
});

test("a case that failed is not held to anything", (t) => {
  const lines = CONSOLE.map((line) =>
    line.includes("case a->x")
      ? line.replace("passed assertions=0 failed=0", "failed assertions=1 failed=1")
      : line,
  ).map((line) => line.replace(/failed=0$/, "failed=1").replace("failed=0 skipped", "failed=1 skipped"));
  const told = tell(facts(measured({ leaked: [64, 1] }), measured(), "failed"), LEAKS, lines);
  t.deepEqual(told.model.findings, []);
  t.is(casesOf(told.model)[0]?.measurements?.[0]?.value, 64);
});

test("what nobody measured is not green, where it was to be", (t) => {
  t.deepEqual(words(tell(facts(undefined), LEAKS)), ["error unmeasured-case"]);
  t.deepEqual(words(tell(undefined, LEAKS)), ["error unmeasured-case", "error unmeasured-case"]);
  t.deepEqual(words(tell(facts(undefined, undefined), { ubsan: "fail" })), []);
  // A case without a line on the console is known by memory alone, and so is what it did there.
  const lost = CONSOLE.filter((line) => !line.includes("a->x"));
  t.false(words(tell(facts(measured()), LEAKS, lost)).includes("error unmeasured-case"));
  t.true(words(tell(facts(undefined), LEAKS, lost)).includes("error unmeasured-case"));
  t.is(
    words(tell(facts(measured({ leaked: [64, 1] })), LEAKS, lost))[0],
    "leak a.x: 64 bytes in 1 block still held after a.x",
  );
});
