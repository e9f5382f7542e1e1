/**
 * Which lines run, on every machine: by counters of gcc and of clang, whose counts are those of the same C on the host, a
 * crash included, and by the code that the emulator runs. Formats of reports are tested with the reporters.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import type { FileHits } from "../../src/core/model/coverage.js";
import type { RunEvent } from "../../src/core/events.js";
import { turns } from "../amount.js";
import { scratch, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";
import { MACHINES } from "./kit.js";

/** What is tested. `dies` writes where the pointer says, and goes on in the same block. */
const SHAPES = `#include "shapes.h"

int classify(int x)
{
	if (x < 0)
		return -1;
	if (x == 0)
		return 0;
	return x > 10 ? 2 : 1;
}

int walk(int turns)
{
	int sum = 0;

	for (int i = 0; i < turns; i++)
		if (i % 3 == 0)
			sum += i;
	return sum;
}

int dies(int *where)
{
	*where = 1;
	return 0;
}

int never(int x)
{
	return x + 1;
}
`;
const HEAD = "int classify(int x);\nint walk(int turns);\nint dies(int *where);\nint never(int x);\n";
const SUITE = `#include <uk/test.h>
#include "shapes.h"

UK_TESTCASE(shapes, a_classifies)
{
	UK_TEST_EXPECT_SNUM_EQ(classify(3), 1);
	UK_TEST_EXPECT_SNUM_EQ(classify(30), 2);
}

UK_TESTCASE(shapes, b_walks)
{
	UK_TEST_EXPECT_SNUM_EQ(walk(7), 9);
	UK_TEST_EXPECT_SNUM_EQ(classify(0), 0);
}

UK_TESTCASE(shapes, c_dies)
{
	UK_TEST_EXPECT_SNUM_EQ(walk(2), 0);
	UK_TEST_EXPECT_ZERO(dies((int *)4));
}
uk_testsuite_register(shapes, NULL);
`;
const NATIVE = `#include "shapes.h"

int main(void)
{
	int here;

	return classify(3) + classify(30) + walk(7) + classify(0) + walk(2) + dies(&here) == 12 ? 0 : 1;
}
`;

type Coverage = Extract<RunEvent, { type: "coverage" }>;

interface Covered {
  readonly code: number | string | null;
  readonly stderr: string;
  readonly boot: Coverage | undefined;
  /** Hits by the name of the case. */
  readonly cases: Readonly<Record<string, readonly FileHits[]>>;
  readonly events: readonly RunEvent[];
}

async function project(t: ExecutionContext, config: object = {}) {
  const place = scratch(t);
  place.put("shapes.c", SHAPES);
  place.put("shapes.h", HEAD);
  place.put("test_shapes.c", SUITE);
  place.put("uktest.config.json", JSON.stringify({ suites: { shapes: { sources: ["*.c"] } }, ...config }));
  await putKitObjects(place.path, [...MACHINES]);
  const run = async (...words: readonly string[]): Promise<Covered> => {
    const said = await uktest(["run", "-r", "events", ...words], { cwd: place.path });
    const events = said.stdout
      .split("\n")
      .flatMap((line) => (line === "" ? [] : [JSON.parse(line) as RunEvent]));
    const all = events.filter((event) => event.type === "coverage");
    const names = new Map(
      events.flatMap((event) => (event.type === "case-started" ? [[event.case, event.name]] : [])),
    );
    const cases = all.flatMap(({ case: id, files }) =>
      id === undefined ? [] : [[names.get(id) ?? id, files] as const],
    );
    return {
      ...{ code: said.code, stderr: said.stderr, events },
      boot: all.find((event) => event.case === undefined),
      cases: Object.fromEntries(cases),
    };
  };
  return { ...place, run };
}

/** Counts of the lines of a source, as gcov of the host has them. */
function native(folder: string): ReadonlyMap<number, number> {
  const run = (program: string, ...words: readonly string[]) =>
    execFileSync(program, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  run("gcc", "--coverage", "-O0", "-o", "native", "shapes.c", "native_main.c");
  run("./native");
  const document = JSON.parse(run("gcov", "--json-format", "--stdout", "native-shapes.gcda")) as {
    readonly files: readonly {
      readonly file: string;
      readonly lines: readonly { readonly line_number: number; readonly count: number }[];
    }[];
  };
  const file = document.files.find((one) => one.file === "shapes.c");
  return new Map((file?.lines ?? []).map((one) => [one.line_number, one.count]));
}

const linesOf = (files: readonly FileHits[] = [], path = "shapes.c"): ReadonlyMap<number, number> => {
  const { lines = [] } = files.find((one) => one.path === path) ?? {};
  return new Map(lines.flatMap((line, at) => (at % 2 === 0 ? [[line, lines[at + 1] ?? 0] as const] : [])));
};
const ranIn = (files: readonly FileHits[] | undefined): readonly number[] =>
  [...linesOf(files)].flatMap(([line, count]) => (count > 0 ? [line] : [])).sort((a, b) => a - b);
const lineOf = (code: string): number => SHAPES.split("\n").findIndex((line) => line.includes(code)) + 1;

for (const machine of turns(MACHINES, "runner/coverage, gcc"))
  test(`gcc's counts are those of the host, of a guest that dies too: ${machine}`, async (t) => {
    t.timeout(600_000);
    const { put, path, run } = await project(t);
    const { code, stderr, boot, cases } = await run("--coverage", "-m", machine);
    t.is(code, 1, stderr);
    put("native_main.c", NATIVE);
    const wanted = native(path);
    t.true(wanted.size > 10);
    t.deepEqual(linesOf(boot?.files), wanted);
    t.deepEqual(
      boot?.files.map((one) => one.path),
      ["shapes.c"],
      "the suite does not count",
    );
    t.deepEqual(
      boot?.files[0]?.functions?.map(([name, , calls]) => [name, calls]),
      [
        ["classify", 3],
        ["walk", 2],
        ["dies", 1],
        ["never", 0],
      ],
    );
    const turns = lineOf("i % 3 == 0");
    t.deepEqual(ranIn(cases["a_classifies"]), [3, 5, 7, 9]);
    t.is(linesOf(cases["b_walks"]).get(turns), 7);
    t.is(linesOf(cases["c_dies"]).get(turns), 2, "what it ran before it died");
    t.is(linesOf(cases["c_dies"]).get(lineOf("*where = 1")), 1);
  });

for (const machine of turns(MACHINES, "runner/coverage: clang"))
  test(`clang's counts are those of gcc on the host, of a guest that dies too: ${machine}`, async (t) => {
    t.timeout(600_000);
    const { put, path, run } = await project(t);
    const { code, stderr, boot, cases } = await run("--coverage=clang", "-m", machine);
    t.is(code, 1, stderr);
    t.is(boot?.kind, "clang");
    put("native_main.c", NATIVE);
    const counts = linesOf(boot?.files);
    // A loop's line is several regions, of which llvm-cov takes the greatest; functions begin at their brace.
    const loop = lineOf("for (");
    const shared = [...native(path)].filter(
      ([line]) => line !== loop && !/^int /.test(SHAPES.split("\n")[line - 1] ?? ""),
    );
    t.true(shared.length >= 10);
    for (const [line, count] of shared) t.is(counts.get(line), count, `line ${String(line)}`);
    const calls = boot?.files[0]?.functions?.map(([name, , count]) => [name, count]);
    t.deepEqual(calls, Object.entries({ classify: 3, walk: 2, dies: 1, never: 0 }));
    const branches = boot?.files[0]?.branches ?? [];
    const ways = branches.filter((_, at) => at % 3 === 2 && branches[at - 2] === lineOf("x > 10"));
    t.deepEqual(ways, [1, 1]);
    t.deepEqual(ranIn(cases["a_classifies"]), [4, 5, 7, 9, 10]);
    t.is(linesOf(cases["b_walks"]).get(lineOf("i % 3 == 0")), 7);
    t.is(linesOf(cases["c_dies"]).get(lineOf("i % 3 == 0")), 2, "what it ran before it died");
    t.is(linesOf(cases["c_dies"]).get(lineOf("*where = 1")), 1);
  });

for (const machine of turns(
  MACHINES.filter((one) => one !== "v86"),
  "runner/coverage, object",
))
  test(`what the emulator runs are the lines that gcc counts, and it is known of each case: ${machine}`, async (t) => {
    t.timeout(600_000);
    const { run } = await project(t, { flags: ["-O0"] });
    const { code, stderr, boot, cases } = await run("--coverage=object", "-m", machine);
    t.is(code, 1, stderr);
    const counted = await run("--coverage", "-m", machine);
    const [object, gcc] = [linesOf(boot?.files), linesOf(counted.boot?.files)];
    // The linker has dropped the function that nothing calls: object code cannot know of it.
    const shared = [...gcc.keys()].filter((line) => object.has(line));
    t.true(shared.length >= 12, String(shared.length));
    for (const line of shared)
      t.is((object.get(line) ?? 0) > 0, (gcc.get(line) ?? 0) > 0, `line ${String(line)}`);
    for (const name of ["a_classifies", "b_walks", "c_dies"]) {
      const known = (files: readonly FileHits[] | undefined) =>
        ranIn(files).filter((line) => shared.includes(line));
      t.deepEqual(known(cases[name]), known(counted.cases[name]), name);
    }
    const ways = boot?.files[0]?.branches ?? [];
    const taken = (line: number) => ways.filter((_, at) => at % 3 === 2 && ways[at - 2] === line);
    t.deepEqual([...taken(lineOf("x < 0"))].sort(), [0, 1], "it was never negative");
    t.deepEqual(taken(lineOf("x == 0")), [1, 1]);
  });

test("what cannot be known is said, and is red", async (t) => {
  t.timeout(600_000);
  const { path, run, put } = await project(t);
  const said = async (...words: readonly string[]) => {
    const { code, events, stderr } = await run(...words, "-m", "qemu-x86_64", "shapes.a_classifies");
    const problem = events.find((event) => event.type === "problem" && event.code === "no-coverage");
    return { code, stderr, message: problem?.type === "problem" ? problem.message : undefined };
  };
  t.is((await said("--coverage")).message, undefined);
  const built = join(path, ".uktest/build/x86_64-gcc-coverage");
  const notes = join(built, "app-shapes/shapes.c.gcno");
  t.true(existsSync(notes), readdirSync(built).join());
  rmSync(notes);
  const missing = await said("--coverage", "--no-build");
  t.is(missing.code, 1);
  t.regex(missing.message ?? "", /shapes\.c\.gcno is not there/);
  t.is((await said("--coverage")).message, undefined, "a build makes them again");
  put(notes.slice(path.length + 1), "oncg*22B1234");
  t.regex((await said("--coverage", "--no-build")).message ?? "", /of another build than the image/);
  put(
    "uktest.config.json",
    JSON.stringify({ suites: { shapes: { sources: ["*.c"] } }, coverage: { exclude: ["**"] } }),
  );
  t.regex((await said("--coverage=object")).message ?? "", /none of its sources counts/);
  for (const [words, says] of [
    [["--coverage=object", "-m", "v86"], /v86 cannot note which code a guest runs/],
    [["--coverage=lines"], /--coverage does not take lines/],
    [["--coverage=gcc", "--cc", "clang"], /--coverage=gcc goes without --cc clang/],
    [["--coverage-min", "80"], /--coverage-min goes with --coverage/],
    [["--coverage", "--coverage-min", "101"], /from 0 to 100/],
  ] as const) {
    const { code, stderr } = await run(...words);
    t.is(code, 2, stderr);
    t.regex(stderr, says);
  }
});

test("what has changed since a commit is looked at by itself", async (t) => {
  t.timeout(600_000);
  const { path, put, run } = await project(t);
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], {
      cwd: path,
      stdio: "pipe",
    });
  put(".gitignore", ".uktest\n");
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "one");
  put("shapes.c", SHAPES.replace("return -1;", "return -2;").replace("return 0;", "return x;"));
  const words = ["--coverage=object", "-m", "qemu-x86_64", "shapes.a_classifies", "shapes.b_walks"];
  const { code, stderr, events } = await run(...words, "--coverage-base", "main");
  t.is(code, 0, stderr);
  const lines = [lineOf("return -1"), lineOf("return 0")];
  t.deepEqual(
    events.filter((event) => event.type === "changes"),
    [
      {
        type: "changes",
        base: "main",
        files: [{ path: "shapes.c", lines: lines.flatMap((line) => [line, line]) }],
      },
    ],
  );
  const unknown = await run(...words, "--coverage-base", "nothing");
  t.is(unknown.code, 2);
  t.regex(unknown.stderr, /git knows no commit nothing/);
  t.is((await run("--coverage-base", "main")).code, 2, "without --coverage");
});

test("a limit of coverage is held, by the option before the configuration", async (t) => {
  t.timeout(600_000);
  const coverage = { minimum: { lines: 90, file: 10 } };
  const { run, put } = await project(t, { coverage });
  const words = ["--coverage=object", "-m", "qemu-x86_64", "shapes.a_classifies"];
  const said = async (...more: readonly string[]) => {
    const { code, events } = await run(...words, ...more);
    return { code, policy: events.flatMap((event) => (event.type === "run-started" ? [event.policy] : [])) };
  };
  const { code, policy } = await said();
  t.is(code, 1);
  t.deepEqual(
    policy.map(({ coverageMinimum }) => coverageMinimum),
    [{ lines: 90, file: 10 }],
  );
  t.is((await said("--coverage-min", "20")).code, 0);
  put(
    "uktest.config.json",
    JSON.stringify({ suites: { shapes: { sources: ["*.c"] } }, coverage: { minimum: { file: 99 } } }),
  );
  t.is((await said()).code, 1);
});
