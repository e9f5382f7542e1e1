/**
 * What is remembered of earlier runs: results of each case, durations, bounds of both, and what they change in a run.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { putKitObjects } from "../kit-objects.js";
import { expectationsIn, passesInARow, rememberRun } from "../../runner/files/boot-history.js";
import type { CaseStatus } from "../../src/core/events.js";
import type { AttemptModel, RunModel } from "../../src/core/model.js";
import type { Plan } from "../../src/core/plan.js";
import { scratch, uktest } from "../cli/run.js";

interface Case {
  readonly name: string;
  readonly status: CaseStatus;
  readonly boot?: string;
  readonly durationMs?: number;
  readonly attempts?: readonly Partial<AttemptModel>[];
}

/** A run of one suite, `s`, in boots of one source. */
function modelOf(cases: readonly Case[], boots: readonly object[] = []): RunModel {
  const all = cases.map((one) => ({ boot: "b1", ...one }));
  return { boots, suites: [{ boot: "b1", name: "s", cases: all }] } as unknown as RunModel;
}

const planOf = (...names: readonly string[]): Plan =>
  ({ suites: [{ name: "s", cases: names.map((name) => ({ name })) }] }) as unknown as Plan;

test("passes in a row: what ends a row, what does not count", (t) => {
  const folder = join(scratch(t).path, ".uktest");
  const row = (): number => passesInARow(folder, "s", "a");
  t.is(row(), 0, "nothing is known");
  const rows: readonly (readonly [CaseStatus, number])[] = [
    ["passed", 1],
    ["passed", 2],
    ["not-run", 2],
    ["failed", 0],
    ["passed", 1],
    ["crashed", 0],
    ["passed", 1],
    ["timed-out", 0],
    ["passed", 1],
    ["skipped", 0],
  ];
  for (const [status, passes] of rows) {
    rememberRun(folder, modelOf([{ name: "a", status }]));
    t.is(row(), passes, status);
  }
  for (let run = 1; run <= 12; run += 1) {
    rememberRun(folder, modelOf([{ name: "a", status: "passed" }]));
    t.is(row(), Math.min(run, 10));
  }
  rememberRun(folder, modelOf([{ name: "b", status: "failed" }]));
  t.is(row(), 10, "a run without it says nothing about it");
  t.is(passesInARow(folder, "s", "a/label"), 10);
  t.is(passesInARow(folder, "other", "a"), 0);
});

test("passes in a row: a run on several machines is one result, the worst of them", (t) => {
  const folder = join(scratch(t).path, ".uktest");
  const boots = ["v86", "qemu-arm64", "qemu-x86_64"].map((machine) => ({
    ...{ id: machine, source: `p on ${machine}` },
  }));
  const ran = (...statuses: readonly CaseStatus[]): number => {
    const cases = statuses.map((status, at) => ({ name: "a", status, boot: boots[at]?.id ?? "" }));
    rememberRun(folder, modelOf(cases, boots));
    return passesInARow(folder, "s", "a");
  };
  t.is(ran("passed", "passed", "passed"), 1);
  t.is(ran("passed", "failed", "passed"), 0);
  t.is(ran("passed", "passed"), 1);
});

test("retries are results of their own, parameters are not", (t) => {
  const folder = scratch(t).path;
  rememberRun(
    folder,
    modelOf([
      { name: "flaky", status: "passed", boot: "b2", attempts: [{ boot: "b1", status: "failed" }] },
      { name: "twice", status: "passed", boot: "b2", attempts: [{ boot: "b1", status: "passed" }] },
      { name: "param/1", status: "passed", durationMs: 4 },
      { name: "param/2", status: "failed", durationMs: 5 },
      { name: "param/3", status: "passed", durationMs: 6 },
    ]),
  );
  const { cases } = JSON.parse(readFileSync(join(folder, "history.json"), "utf8")) as { cases: object };
  t.deepEqual(cases, { "s.flaky": ["fp", 0], "s.twice": ["pp", 0], "s.param": ["f", 15] });
  t.is(passesInARow(folder, "s", "flaky"), 1);
  t.is(passesInARow(folder, "s", "twice"), 2);
});

test("how long a part of a program takes", (t) => {
  const folder = scratch(t).path;
  t.is(expectationsIn(folder)("p on m", planOf("a")), undefined);
  rememberRun(
    folder,
    modelOf(
      [
        { name: "a", status: "passed", durationMs: 40 },
        { name: "b", status: "passed", durationMs: 50 },
        { name: "c", status: "passed", boot: "b2", durationMs: 7 },
      ],
      [
        { id: "b1", source: "p on m", wallMs: 200 },
        { id: "b2", source: "p on m", wallMs: 20 },
        { id: "b3", source: "q on m" },
      ],
    ),
  );
  const expected = expectationsIn(folder);
  t.is(expected("p on m", planOf("a", "b", "c")), 110 + 97);
  t.is(expected("p on m", planOf("a", "unknown")), 150);
  t.is(expected("q on m", planOf("a")), undefined);
});

test("bounds: the cases and programs that ran last stay", (t) => {
  const folder = scratch(t).path;
  const many = (from: number, count: number): readonly Case[] =>
    Array.from({ length: count }, (_, at) => ({ name: `c${String(from + at)}`, status: "passed" }));
  const boots = Array.from({ length: 300 }, (_, at) => ({ id: "b", source: `p${String(at)}`, wallMs: 1 }));
  rememberRun(folder, modelOf(many(0, 2000), boots));
  rememberRun(folder, modelOf([{ name: "c0", status: "passed" }, ...many(5000, 5)]));
  const { cases, sources } = JSON.parse(readFileSync(join(folder, "history.json"), "utf8")) as {
    cases: object;
    sources: object;
  };
  t.is(Object.keys(cases).length, 2000);
  t.is(Object.keys(sources).length, 200);
  t.is(passesInARow(folder, "s", "c0"), 2, "it has run again");
  t.is(passesInARow(folder, "s", "c1"), 0, "it is the oldest");
  t.is(passesInARow(folder, "s", "c5004"), 1);
  t.deepEqual(readdirSync(folder), ["history.json"]);
});

test("a damaged file is as good as none, and a folder that cannot be written ends no run", (t) => {
  const { path, put } = scratch(t);
  const row = { version: 1, sources: { p: 5, q: -1, r: "1" }, cases: { "s.a": ["pp", 3] } };
  const texts = [
    ...["", "null", "[1, ", "7", "[]", '{"version": 1}', JSON.stringify({ ...row, version: 2 })],
    ...[["p".repeat(11), 1], ["px", 1], ["p", -1], ["p"], [3, 3], "pp", null, {}].map((value) =>
      JSON.stringify({ ...row, cases: { "s.a": value } }),
    ),
  ];
  for (const text of texts) {
    put("history.json", text);
    t.is(passesInARow(path, "s", "a"), 0, text);
    rememberRun(path, modelOf([{ name: "a", status: "passed" }]));
    t.is(passesInARow(path, "s", "a"), 1, text);
  }
  put("history.json", JSON.stringify(row));
  t.is(passesInARow(path, "s", "a"), 2);
  const expected = expectationsIn(path);
  t.deepEqual(
    [expected("p", planOf("a")), expected("q", planOf()), expected("r", planOf())],
    [8, undefined, undefined],
  );
  mkdirSync(join(path, "nowhere"));
  writeFileSync(join(path, "nowhere", "file"), "");
  rememberRun(join(path, "nowhere", "file"), modelOf([{ name: "a", status: "passed" }]));
  t.deepEqual(readdirSync(join(path, "nowhere")), ["file"]);
});

const suite = (name: string, spins: number): string =>
  `#include <uk/test.h>
UK_TESTCASE(${name}, one) { for (volatile long i = 0; i < ${String(spins)}; i++) ; UK_TEST_EXPECT(1); }
uk_testsuite_register(${name}, NULL);
`;

test.serial("the second run begins with what took longest, and reports in the same order", async (t) => {
  const { path, put, file } = scratch(t);
  await putKitObjects(path);
  const spins = { a: 1, b: 1, c: 1, slow: 100_000_000 };
  for (const [name, many] of Object.entries(spins)) put(`${name}.c`, suite(`${name}_suite`, many));
  const note = ["sh", "-c", 'echo "$UKTEST_SUITE" >> notes'];
  const suites = Object.fromEntries(Object.keys(spins).map((name) => [name, { sources: [`${name}.c`] }]));
  put("uktest.config.json", JSON.stringify({ suites, hooks: { beforeSuite: note } }));
  const run = async (...words: readonly string[]): Promise<readonly string[]> => {
    put("notes", "");
    const { code, stdout, stderr } = await uktest(["run", "-m", "v86", "-r", "json", ...words], {
      cwd: path,
    });
    t.is(code, 0, stderr);
    const told = (JSON.parse(stdout) as { suites: readonly { name: string }[] }).suites.map(
      ({ name }) => name,
    );
    t.deepEqual(told, ["a_suite", "b_suite", "c_suite", "slow_suite"]);
    return readFileSync(file("notes"), "utf8").trim().split("\n");
  };
  t.deepEqual(await run("--jobs", "2"), ["a", "b", "c", "slow"]);
  t.true(existsSync(file(".uktest/history.json")));
  t.is((await run("--jobs", "2"))[0], "slow");
  t.deepEqual(await run("--jobs", "1"), ["a", "b", "c", "slow"]);
  t.is(passesInARow(file(".uktest"), "slow_suite", "one"), 3);
});
