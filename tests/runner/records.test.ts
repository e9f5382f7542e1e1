/** Runs that are kept, and what was red the last time: as a user would use them, on the embedded machine. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { putKitObjects } from "../kit-objects.js";
import { RigError } from "../../src/core/errors.js";
import { lastFailed, rememberFailed } from "../../runner/files/last-failed.js";
import { findRecord, latestRecord, makeRecord, rememberRecord } from "../../runner/files/record-folders.js";
import { scratch, uktest } from "../cli/run.js";
import { read } from "../reading.js";
import { documentOf } from "./kit.js";

test("records are numbered, the oldest go, the newest is found", (t) => {
  const { path } = scratch(t);
  const folder = join(path, "records");
  t.is(findRecord(folder), undefined);
  const first = makeRecord(folder);
  t.is(first.path, join(folder, "run-0001"));
  t.is(findRecord(folder), undefined, "a record without events is none");
  writeFileSync(first.events, "");
  t.is(findRecord(folder), first.events);
  t.is(findRecord(first.path), first.events);
  for (let number = 2; number <= 102; number += 1) writeFileSync(makeRecord(folder).events, "");
  const names = readdirSync(folder).sort();
  t.is(names.length, 100);
  t.deepEqual([names[0], names.at(-1)], ["run-0003", "run-0102"]);
  t.is(findRecord(folder), join(folder, "run-0102", "events.jsonl"));
  mkdirSync(join(folder, "notes"));
  t.is(makeRecord(folder).path, join(folder, "run-0103"), "other folders are left alone");
});

test("a folder that cannot be written is the rig's failure, and is named", (t) => {
  const { path } = scratch(t);
  writeFileSync(join(path, "file"), "");
  const error = t.throws(() => makeRecord(join(path, "file", "records")), { instanceOf: RigError });
  t.regex(error.message, /no record can be kept in .*records/);
});

test("the last record is remembered, whatever stands where it is remembered", (t) => {
  const { path, put } = scratch(t);
  const folder = join(path, "project", ".uktest");
  t.is(latestRecord(folder), undefined);
  const [first, second] = [makeRecord(join(path, "one")), makeRecord(join(path, "two"))];
  for (const { events } of [first, second]) writeFileSync(events, "");
  rememberRecord(folder, second.path);
  rememberRecord(folder, first.path);
  writeFileSync(makeRecord(join(path, "one")).events, "");
  t.is(latestRecord(folder), first.events, "not one of somebody else in the same folder");
  rmSync(first.path, { recursive: true });
  t.is(latestRecord(folder), undefined);
  for (const text of ["", "[1", "7", "null", '{"path": 1}']) {
    writeFileSync(join(folder, "latest-record.json"), text);
    t.is(latestRecord(folder), undefined, text);
  }
  rememberRecord(join(put("file", ""), "no folder"), second.path);
  t.pass("a folder that cannot be written ends no run");
});

const LOG = (results: readonly (readonly [string, boolean])[]): string =>
  [
    ...results.flatMap(([name, isGood]) => [
      `[    0.1     ] Info: test:\x1b[0m s->${name}`.replace("0.1     ", "0.100000"),
      `[    0.100000] Info: \texpected \`x\` to be true ${".".repeat(58)} [ ${isGood ? "PASSED" : "FAILED"} ]`,
      ...(isGood ? [] : ["[    0.100000] Info: \t  in a.c:3"]),
    ]),
    "[    0.150000] Info: [libukboot] <boot.c @  344> Calling main(1, ['app'])",
    "[    0.160000] Info: [libukboot] <boot.c @  353> main returned 0",
    "[    0.200000] Info: [libkvmplat] <shutdown.c @   35> Unikraft halted",
  ].join("\r\n") + "\r\n";

test("what was red stays noted until it has run and is good", (t) => {
  const { path } = scratch(t);
  const folder = join(path, ".uktest");
  t.deepEqual(lastFailed(folder), []);
  rememberFailed(
    folder,
    read(
      LOG([
        ["a", false],
        ["b", true],
        ["c", false],
      ]),
    ),
  );
  t.deepEqual(lastFailed(folder), ["s.a", "s.c"]);
  rememberFailed(folder, read(LOG([["a", true]])));
  t.deepEqual(lastFailed(folder), ["s.c"], "c has not run again");
  rememberFailed(folder, read(LOG([["c", true]])));
  t.deepEqual(lastFailed(folder), []);
  const parts = (first: boolean): string => LOG([["b/0", first]]) + LOG([["b/1", !first]]);
  for (const isFirst of [true, false]) {
    rememberFailed(folder, read(parts(isFirst)));
    t.deepEqual(lastFailed(folder), ["s.b"], "one of its results is red, the first or the last");
  }
  rememberFailed(folder, read(LOG([["b", true]])));
  t.deepEqual(lastFailed(folder), []);
  writeFileSync(join(folder, "last-failed.json"), '{"not": "a list"}');
  t.deepEqual(lastFailed(folder), []);
  writeFileSync(join(folder, "last-failed.json"), "[1, ");
  t.deepEqual(lastFailed(folder), []);
  rememberFailed(join(path, ".uktest", "last-failed.json", "no folder"), read(LOG([["a", false]])));
  t.pass("a folder that cannot be written ends no run");
});

const SUITE = `
#include <uk/test.h>

UK_TESTCASE(kept, good)
{
	UK_TEST_EXPECT(1);
}

UK_TESTCASE(kept, wrong)
{
	UK_TEST_EXPECT_SNUM_EQ(1 + 1, 3);
}

uk_testsuite_register(kept, NULL);
`;

test.serial("a run is kept, replayed, and its red cases run again by themselves", async (t) => {
  // A project of its own: other tests run those of this repository meanwhile.
  const { path, put } = scratch(t);
  await putKitObjects(path);
  put("kept.c", SUITE);
  put("uktest.config.json", JSON.stringify({ suites: { kept: { sources: ["kept.c"] } } }));
  const run = await uktest(["run", "-m", "v86", "-r", "json", "--record", "records"], { cwd: path });
  t.is(run.code, 1, run.stderr);
  t.regex(run.stderr, /recorded: \S+run-0001; uktest report \S+run-0001 replays it/);
  const logs = readdirSync(join(path, "records", "run-0001", "logs"));
  t.deepEqual(logs, ["kept-on-v86.log"]);
  t.regex(readFileSync(join(path, "records/run-0001/logs/kept-on-v86.log"), "latin1"), /uktest:end/);
  const replayed = await uktest(["report", "records", "-r", "json"], { cwd: path });
  t.is(replayed.code, 1);
  t.deepEqual(documentOf(replayed).suites, documentOf(run).suites);
  const namesIn = (said: typeof run): readonly string[] =>
    documentOf(said).suites.flatMap(({ name, cases }) => cases.map((one) => `${name}.${one.name}`));
  t.deepEqual(namesIn(run), ["kept.good", "kept.wrong"]);
  const again = await uktest(["run", "--last-failed", "-m", "v86", "-r", "json"], { cwd: path });
  t.is(again.code, 1);
  t.deepEqual(namesIn(again), ["kept.wrong"]);
  put("kept.c", SUITE.replace("3)", "2)"));
  const mended = await uktest(["run", "--last-failed", "-m", "v86", "-r", "json"], { cwd: path });
  t.is(mended.code, 0, mended.stderr);
  t.deepEqual(namesIn(mended), ["kept.wrong"]);
  const nothing = await uktest(["run", "--last-failed", "-m", "v86", "-r", "json"], { cwd: path });
  t.deepEqual(namesIn(nothing), ["kept.good", "kept.wrong"]);
  t.regex(nothing.stderr, /nothing was red the last time: everything runs/);
  const latest = await uktest(["report", "latest", "-r", "json"], { cwd: path });
  t.is(latest.code, 1, latest.stderr);
  t.deepEqual(documentOf(latest).suites, documentOf(run).suites);
  mkdirSync(join(path, "deep/er"), { recursive: true });
  const below = await uktest(["report", "latest", "-r", "json"], { cwd: join(path, "deep/er") });
  t.is(below.stdout, latest.stdout, "the project is looked for upwards");
  put("latest", readFileSync(join(path, "records/run-0001/logs/kept-on-v86.log")));
  const log = await uktest(["report", "latest", "-r", "json"], { cwd: path });
  t.is(documentOf(log).evidence, "console", "a file of this name counts before");
  rmSync(join(path, "latest"));
  rmSync(join(path, "records"), { recursive: true });
  const gone = await uktest(["report", "latest"], { cwd: path });
  t.is(gone.code, 2);
  t.regex(gone.stderr, /no run is recorded here: .*\.uktest knows of none/);
  t.regex(gone.stderr, /uktest run --record FOLDER records one/);
  mkdirSync(join(path, "empty"));
  const empty = await uktest(["report", "empty"], { cwd: path });
  t.is(empty.code, 2);
  t.regex(empty.stderr, /empty is a folder, and holds no record of a run/);
});
