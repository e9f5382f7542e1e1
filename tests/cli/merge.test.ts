/** Shards as a scheduler starts them, each a process of its own, and their records joined; on the embedded machine. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { type Said, scratch, uktest as run } from "./run.js";

const ROOT = new URL("../../../", import.meta.url).pathname;
const shard = (folder: string, name: string, words: readonly string[], env: Record<string, string> = {}) =>
  run(["run", "ukargparse", "-m", "v86", "-r", `events=${join(folder, name)}`, ...words], { cwd: ROOT, env });

interface Report {
  readonly verdict: { readonly exitCode: number };
  readonly suites: readonly { readonly name: string; readonly cases: readonly { readonly name: string }[] }[];
  readonly problems: readonly { readonly code: string }[];
}
async function joined(
  t: ExecutionContext,
  words: readonly string[],
): Promise<Said & { readonly report: Report }> {
  const out = join(scratch(t).path, "all.json");
  const said = await run(["merge", ...words, "-r", `json=${out}`]);
  return { ...said, report: JSON.parse(readFileSync(out, "utf8")) as Report };
}
const names = ({ suites }: Report): readonly string[] =>
  suites.flatMap(({ name, cases }) => cases.map((one) => `${name}.${one.name}`)).sort();

test.serial("three shards, started as GitLab does, are together the whole run", async (t) => {
  const folder = scratch(t).path;
  const whole = await shard(folder, "whole.jsonl", []);
  t.is(whole.code, 0, whole.stderr);
  mkdirSync(join(folder, "parts"));
  for (const index of [1, 2, 3]) {
    const env = { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: "3" };
    const said = await shard(folder, `parts/${String(index)}.jsonl`, ["--shard", "auto"], env);
    t.is(said.code, 0, said.stderr);
    t.regex(said.stderr, new RegExp(`shard ${String(index)} of 3: \\d+ of 10 cases`));
  }
  const all = await joined(t, [join(folder, "parts")]);
  t.is(all.code, 0, all.stderr);
  const once = await joined(t, [join(folder, "whole.jsonl")]);
  t.deepEqual(names(all.report), names(once.report));
  t.is(all.report.suites.length, once.report.suites.length);

  const lacking = await joined(
    t,
    [1, 3].map((index) => join(folder, `parts/${String(index)}.jsonl`)),
  );
  t.is(lacking.code, 1);
  t.regex(lacking.stdout, /shard 2 of 3 of ukargparse on v86 is missing/);

  copyFileSync(join(folder, "parts/2.jsonl"), join(folder, "parts/again.jsonl"));
  const doubled = await joined(t, [join(folder, "parts"), "--expect", "3"]);
  t.is(doubled.code, 1);
  t.deepEqual(
    doubled.report.problems.map(({ code }) => code),
    ["doubled-record", "doubled-record"],
  );
});

test.serial("shards by the times of an earlier run; without that record by name", async (t) => {
  const folder = scratch(t).path;
  await shard(folder, "times.jsonl", []);
  const times = ["--times", join(folder, "times.jsonl")];
  for (const index of [1, 2]) {
    const said = await shard(folder, `${String(index)}.jsonl`, ["--shard", `${String(index)}/2`, ...times]);
    t.is(said.code, 0, said.stderr);
  }
  const parts = [1, 2].map((index) => join(folder, `${String(index)}.jsonl`));
  t.is((await joined(t, parts)).code, 0);
  const plain = await shard(folder, "2.jsonl", ["--shard", "2/2", "--times", join(folder, "none.jsonl")]);
  t.is(plain.code, 0);
  t.regex(plain.stderr, /no times: there is no .*none\.jsonl/);
  const mixed = await joined(t, parts);
  t.is(mixed.code, 1);
  t.true(mixed.report.problems.some(({ code }) => code === "unfitting-record"));
});

test.serial("a shard of more shards than cases has nothing to do, says so, and is green", async (t) => {
  const folder = scratch(t).path;
  const said = await shard(folder, "1.jsonl", ["--shard", "1/100"]);
  t.is(said.code, 0, said.stdout);
  t.regex(said.stderr, /shard 1 of 100: 0 of 10 cases/);
});

test("what is no record is refused", async (t) => {
  const folder = scratch(t).path;
  writeFileSync(join(folder, "a.log"), "hello\n");
  mkdirSync(join(folder, "empty"));
  const rows: readonly (readonly [readonly string[], RegExp])[] = [
    [[join(folder, "a.log")], /a\.log is no record of a run/],
    [[join(folder, "empty")], /is a folder, and holds no record/],
    [[join(folder, "gone.jsonl")], /no such log/],
    [["-"], /give a file/],
    [["x.jsonl", "x.jsonl"], /x\.jsonl is given twice/],
    [["x.jsonl", "--expect", "0"], /--expect has to be at least 1/],
    [[""], /name of a record is empty/],
  ];
  for (const [words, message] of rows) {
    const said = await run(["merge", ...words]);
    t.is(said.code, 2, words.join(" "));
    t.regex(said.stderr, message);
  }
});
