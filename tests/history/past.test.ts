/** `--history`: records of earlier runs beside a run, from the command line to the page and to its own record. */
import { mkdirSync } from "node:fs";
import test from "ava";
import { putKitObjects } from "../kit-objects.js";
import { MOST_RUNS } from "../../src/history/history-records.js";
import type { CaseStatus } from "../../src/core/events.js";
import { dataOf } from "../oracles/html.js";
import { RunBuilder } from "../reporters/builder.js";
import { LOGS, scratch, uktest, type Scratch } from "../cli/run.js";

const GREEN = `${LOGS}v0.17-x86_64-all-suites-pass.log`;

/** A run of two cases on one machine, as its record. */
const recordOf = (first: CaseStatus): string =>
  new RunBuilder({ ubsan: "fail" }, { sources: ["demo on v86"] })
    .boot("demo on v86", "normal", (boot) =>
      boot.suite(
        "s",
        { name: "first", status: first, ...(first !== "passed" && { reason: "no" }) },
        { name: "second" },
      ),
    )
    .end()
    .map((event) => `${JSON.stringify(event)}\n`)
    .join("");

function recorded(folder: Scratch, runs: Readonly<Record<string, CaseStatus>>): void {
  for (const [name, first] of Object.entries(runs)) {
    mkdirSync(folder.file(`records/${name}`), { recursive: true });
    folder.put(`records/${name}/events.jsonl`, recordOf(first));
  }
}

interface Kept {
  readonly type: string;
  readonly runs?: readonly string[];
  readonly cases?: readonly unknown[];
}

test("a folder of records is the history of what is newer, oldest first", async (t) => {
  const folder = scratch(t);
  recorded(folder, {
    "run-0001": "passed",
    "run-0002": "crashed",
    "run-0003": "passed",
    "run-0004": "passed",
  });
  const report = async (log: string, ...words: readonly string[]) => {
    const said = await uktest(["report", log, ...words, "-r", "html=out.html"], { cwd: folder.path });
    t.true(said.code === 0 || said.code === 1, said.stderr);
    return { said, page: dataOf(folder.text("out.html")) };
  };
  folder.put("now.jsonl", recordOf("failed"));
  const { said, page } = await report("now.jsonl", "--history", "records", "-r", "events=out.jsonl");
  t.is(said.code, 1, said.stderr);
  t.deepEqual(page.past, ["run-0001", "run-0002", "run-0003", "run-0004"]);
  t.deepEqual(
    page.suites[0]?.cases.map(({ name, past, turn }) => [name, past, turn]),
    [
      ["first", "pcpp", "broken"],
      ["second", "pppp", undefined],
    ],
  );

  // The record has it too, and is replayed with it.
  const kept = folder.text("out.jsonl").split("\n");
  const given = kept
    .filter((line) => line.includes('"type":"history"'))
    .map((line) => JSON.parse(line) as Kept);
  t.deepEqual(given[0]?.runs, page.past);
  t.deepEqual((await report("out.jsonl")).page, page);

  // A record that is reported itself is no history of its own, and neither is what came later.
  t.deepEqual((await report("records/run-0003", "--history", "records")).page.past, ["run-0001", "run-0002"]);
  t.is((await report("records/run-0001", "--history", "records")).page.past, undefined);
  // What is given now replaces what a record had; files and folders go together.
  const again = await report(
    "out.jsonl",
    "--history",
    "records/run-0002",
    "--history",
    "records/run-0001/events.jsonl",
  );
  t.deepEqual(again.page.past, ["run-0002", "run-0001"]);
});

test("of many records the newest are shown", async (t) => {
  const folder = scratch(t);
  recorded(folder, { "run-0001": "passed" });
  const text = folder.text("records/run-0001/events.jsonl");
  for (let run = 2; run < MOST_RUNS + 4; run += 1)
    folder.put(`records/r${String(run).padStart(2, "0")}.jsonl`, text);
  await uktest(["report", GREEN, "--history", "records", "-r", "html=out.html"], { cwd: folder.path });
  const { past = [] } = dataOf(folder.text("out.html"));
  t.is(past.length, MOST_RUNS);
  t.is(past.at(-1), "run-0001");
  t.is(past[0], "r05");
});

test("a first run has no history yet; what is wrong is said", async (t) => {
  const folder = scratch(t);
  mkdirSync(folder.file("empty"));
  const args = (name: string): readonly string[] => [
    "report",
    GREEN,
    "--history",
    name,
    "-r",
    "html=out.html",
  ];
  t.is((await uktest(args("empty"), { cwd: folder.path })).code, 0);
  t.is(dataOf(folder.text("out.html")).past, undefined);
  folder.put("no.jsonl", "a log\n");
  folder.put("cut.jsonl", '{"type":"run-star');
  for (const [name, code, words] of [
    ["nowhere", 2, /no such record: nowhere\n {8}--history takes what uktest run --record FOLDER/],
    ["no.jsonl", 2, /no\.jsonl is no record of a run\n {8}--history takes events\.jsonl/],
    ["", 2, /--history is empty/],
  ] as const) {
    const said = await uktest(args(name), { cwd: folder.path });
    t.is(said.code, code, said.stderr);
    t.regex(said.stderr, words);
  }
});

test("a run beside its own records: one folder is all it takes", async (t) => {
  const folder = scratch(t);
  t.is((await uktest(["init", "--name", "demo", "--ci", "none"], { cwd: folder.path })).code, 0);
  await putKitObjects(folder.path);
  const run = ["run", "-m", "v86", "--record", "kept", "--history", "kept", "-r", "html=out.html"];
  t.is((await uktest(run, { cwd: folder.path })).code, 0);
  t.is(dataOf(folder.text("out.html")).past, undefined);
  folder.put("demo.c", folder.text("demo.c").replace("return low;", "return high;"));
  t.is((await uktest(run, { cwd: folder.path })).code, 1);
  const page = dataOf(folder.text("out.html"));
  t.deepEqual(page.past, ["run-0001"]);
  const turns = page.suites[0]?.cases.map(({ name, turn }) => [name, turn]);
  t.deepEqual(turns, [
    ["clamp_at_the_limits", undefined],
    ["clamp_outside", "broken"],
    ["clamp_within", undefined],
  ]);
  // When its boots began is in the record as well.
  const [boot] = page.boots;
  t.true((boot?.from ?? -1) >= 0 && (boot?.ms ?? 0) > 0, JSON.stringify(boot));
});
