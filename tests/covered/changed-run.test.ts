/** `uktest run --changed`: cases that it leaves out, cases that it must not leave out, and what it says of either. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import test, { type ExecutionContext } from "ava";
import { scratch, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";

const PARTS = `#include "parts.h"

int half(int a)
{
	return a / 2;
}

int twice(int a)
{
	if (a > 1000)
		return -1;
	return a * 2;
}
`;
const SUITE = `#include <uk/test.h>
#include "parts.h"

UK_TESTCASE(parts, half)
{
	UK_TEST_EXPECT_SNUM_EQ(half(8), 4);
}

UK_TESTCASE(parts, twice)
{
	UK_TEST_EXPECT_SNUM_EQ(twice(8), 16);
}

UK_TESTCASE(parts, too_large)
{
	UK_TEST_EXPECT_SNUM_EQ(twice(2000), -1);
}
uk_testsuite_register(parts, NULL);
`;
const CONFIG = '{ "suites": { "parts": { "sources": ["*.c"] } } }';

interface Report {
  readonly verdict: string;
  readonly selection: {
    readonly leftOut: readonly string[];
    readonly because?: readonly string[];
    readonly base?: string;
  };
  readonly suites: readonly { readonly cases: readonly { readonly name: string }[] }[];
}

async function project(t: ExecutionContext) {
  const place = scratch(t);
  const all = { "parts.c": PARTS, "test_parts.c": SUITE, "uktest.config.json": CONFIG };
  for (const [name, text] of Object.entries(all)) place.put(name, text);
  place.put("parts.h", "int half(int a);\nint twice(int a);\n");
  await putKitObjects(place.path, ["qemu-x86_64"]);
  const run = async (...words: readonly string[]) => {
    const said = await uktest(["run", "-m", "qemu-x86_64", "-r", "json", ...words], { cwd: place.path });
    const report = (said.stdout === "" ? undefined : JSON.parse(said.stdout)) as Report | undefined;
    const ran = (report?.suites ?? []).flatMap(({ cases }) => cases.map(({ name }) => name)).sort();
    return { ...said, ran, report };
  };
  return { ...place, run };
}

test("cases that ran changed lines, what is new or was red, and all where nobody knows", async (t) => {
  const { run, put } = await project(t);
  const blind = await run("--changed");
  t.deepEqual([blind.code, blind.ran], [0, ["half", "too_large", "twice"]]);
  t.regex(blind.stderr, /--changed runs more: no coverage of single cases has been recorded/);
  t.is((await run("--coverage")).code, 0);

  const none = await run("--changed");
  t.deepEqual([none.code, none.report?.verdict, none.ran], [0, "passed", []]);
  t.regex(none.stderr, /left out by --changed: 3 of 3 cases \(100 %\), no line has changed/);

  put("parts.c", PARTS.replace("return -1", "return -2"));
  const red = await run("--changed");
  t.deepEqual([red.code, red.ran], [1, ["too_large"]]);
  t.deepEqual(red.report?.selection.leftOut, ["parts.half", "parts.twice"]);
  t.regex(red.stderr, /2 of 3 cases \(66 %\), of lines changed in parts\.c/);

  // What was red runs, also where its lines are as they were; what is new alone is added.
  put("parts.c", PARTS);
  put("test_parts.c", `${SUITE}UK_TESTCASE(parts, more)\n{\n\tUK_TEST_EXPECT(1);\n}\n`);
  const again = await run("--changed", "parts.h*", "parts.too*");
  t.deepEqual([again.code, again.ran], [0, ["half", "too_large"]]);
  put("test_parts.c", SUITE.replace("half(8), 4", "half(9), 4"));
  t.deepEqual((await run("--changed")).ran, ["half"]);
  t.deepEqual((await run("--changed", "--isolate", "case", "--repeat", "2")).ran, ["half"]);
  put("test_parts.c", SUITE);

  put("parts.h", "int half(int);\nint twice(int a);\n");
  const header = await run("--changed");
  t.is(header.ran.length, 3);
  t.deepEqual(header.report?.selection.because, ["parts.h has changed, and no coverage is known of it"]);
  put("parts.h", "int half(int a);\nint twice(int a);\n");
  put("uktest.config.json", `${CONFIG}\n`);
  t.regex((await run("--changed")).stderr, /recorded with another configuration/);
  put("uktest.config.json", CONFIG);
  const other = await run("--changed", "--append", "some.word=1");
  t.regex(other.stderr, /recorded with another command line of the guest/);
  put("parts.c", PARTS.replace("int half", "int seen;\nint half"));
  t.regex((await run("--changed")).stderr, /parts\.c has changed outside of its functions/);
});

test("since a commit as well, in reports for people, and in shards", async (t) => {
  const { run, put, path } = await project(t);
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], {
      cwd: path,
      stdio: "pipe",
    });
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "one");
  put("parts.c", PARTS.replace("a * 2", "a + a"));
  t.is((await run("--coverage=object")).code, 0);
  // It has changed since the commit, though not since coverage was recorded; of optimised code functions count.
  t.deepEqual((await run("--changed")).ran, ["too_large", "twice"]);
  git("commit", "-qam", "two");
  t.deepEqual((await run("--changed")).ran, []);
  const since = await run("--changed=main~1");
  t.deepEqual([since.ran, since.report?.selection.base], [["too_large", "twice"], "main~1"]);
  const wrong = await run("--changed=nothing");
  t.deepEqual([wrong.code, wrong.stdout], [2, ""]);
  t.regex(wrong.stderr, /git knows no commit nothing/);
  const ran: string[] = [];
  for (const index of [1, 2]) {
    const shard = await run("--changed=main~1", "--shard", `${String(index)}/2`);
    t.is(shard.code, 0, shard.stderr);
    ran.push(...shard.ran);
  }
  t.deepEqual(ran.sort(), ["too_large", "twice"]);
  const words = /left out by --changed: 1 of 3 cases \(33 %\), of lines changed in parts\.c/;
  for (const reporter of ["pretty", "lines", "markdown", "events"]) {
    const said = await uktest(["run", "-m", "qemu-x86_64", "-r", reporter, "--changed=main~1"], {
      cwd: path,
    });
    t.regex(
      said.stdout.replaceAll(/\s+/g, " "),
      reporter === "events" ? /"leftOut":\["parts.half"\]/ : words,
    );
  }
});

test("a record that is damaged is none", async (t) => {
  const { run, file } = await project(t);
  t.is((await run("--coverage")).code, 0);
  for (const text of ["", "[]", '{"version":1}', '{"version":1,"kind":"gcc","cases":[]}']) {
    writeFileSync(file(".uktest/last-coverage.json"), text);
    const said = await run("--changed");
    t.deepEqual([said.code, said.ran.length], [0, 3], text);
  }
});

test("a line that runs outside of cases too matters to all, by either kind", async (t) => {
  const { run, put } = await project(t);
  const init =
    "static int warm_up(struct uk_testsuite *suite)\n{\n\t(void)suite;\n\treturn half(2) - 1;\n}\n";
  put(
    "test_parts.c",
    SUITE.replace("uk_testsuite_register(parts, NULL)", `${init}uk_testsuite_register(parts, warm_up)`),
  );
  for (const kind of ["gcc", "object"]) {
    const said = await run(`--coverage=${kind}`);
    t.is(said.code, 0, said.stderr);
    put("parts.c", PARTS.replace("a / 2", "a >> 1"));
    const all = await run("--changed");
    t.deepEqual([all.code, all.ran.length], [0, 3], kind);
    t.regex(all.stderr, /parts\.c has changed in line \d+, which runs outside of cases too/, kind);
    // What runs in cases alone is not concerned.
    put("parts.c", PARTS.replace("a * 2", "a + a"));
    t.deepEqual((await run("--changed")).ran, kind === "gcc" ? ["twice"] : ["too_large", "twice"], kind);
    put("parts.c", PARTS);
  }
});
