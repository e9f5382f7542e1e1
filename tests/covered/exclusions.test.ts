/** What comments take out of coverage: markers of lcov and gcovr, and what gcovr itself makes of the same source and markers. */
import { execFileSync } from "node:child_process";
import test from "ava";
import { exclusionsIn } from "../../src/coverage/exclusions.js";
import { scratch, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";

test("markers of either tool, closed or not", (t) => {
  t.is(exclusionsIn("int a;\n/* EXCL_LINE */\n"), undefined);
  const found = (text: string) => {
    const { lines, branches, unclosed } = exclusionsIn(text) ?? {};
    return [[...(lines ?? [])], [...(branches ?? [])], unclosed];
  };
  for (const tool of ["LCOV", "GCOV", "GCOVR"]) {
    t.deepEqual(found(`a\nb; // ${tool}_EXCL_LINE\nc; /* ${tool}_EXCL_BR_LINE */\n`), [[2], [3], []]);
    t.deepEqual(found(`a\n// ${tool}_EXCL_START\nb\nc\n// ${tool}_EXCL_STOP\nd\n`), [[2, 3, 4], [], []]);
    t.deepEqual(found(`a\n// ${tool}_EXCL_BR_START\nb\n// ${tool}_EXCL_BR_STOP\n`), [[], [2, 3], []]);
  }
  t.deepEqual(found("a\nb // LCOV_EXCL_START\nc\n"), [[2, 3, 4], [], [2]]);
  t.deepEqual(found("a // LCOV_EXCL_START LCOV_EXCL_BR_START\n// LCOV_EXCL_STOP\nb"), [[1], [1, 2, 3], [1]]);
  t.deepEqual(found("// LCOV_EXCL_STOP\nXLCOV_EXCL_LINE LCOV_EXCL_LINES\n"), [[], [], []]);
});

const SOURCE = `#include "part.h"

int part(int a)
{
	if (a < 0)
		return -1; /* LCOV_EXCL_LINE */
	if (a > 100) { /* GCOVR_EXCL_START */
		a -= 100;
		a *= 2;
	} /* GCOVR_EXCL_STOP */
	if (a == 7) /* LCOV_EXCL_BR_LINE */
		return 1;
	return a == 3 ? 2 : 0;
}

int never(int a) /* LCOV_EXCL_LINE */
{
	return a; /* LCOV_EXCL_LINE */
} /* LCOV_EXCL_LINE */
`;
const SUITE = `#include <uk/test.h>
#include "part.h"

UK_TESTCASE(part, one)
{
	UK_TEST_EXPECT_SNUM_EQ(part(3), 2);
	UK_TEST_EXPECT_SNUM_EQ(part(4), 0);
}
uk_testsuite_register(part, NULL);
`;

interface Report {
  readonly coverage: {
    readonly lines: { readonly hit: number; readonly all: number };
    readonly functions: { readonly hit: number; readonly all: number };
    readonly branches: { readonly hit: number; readonly all: number };
    readonly excluded: number;
    readonly files: readonly { readonly excluded?: readonly number[] }[];
  };
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

test("what is taken out is neither covered nor missing, and the report says how much it is", async (t) => {
  const place = scratch(t);
  place.put("part.c", SOURCE);
  place.put("part.h", "int part(int a);\nint never(int a);\n");
  place.put("suite.c", SUITE);
  place.put("uktest.config.json", '{ "suites": { "part": { "sources": ["part.c", "suite.c"] } } }');
  await putKitObjects(place.path, ["qemu-x86_64"]);
  const run = async (...words: readonly string[]) => {
    const said = await uktest(["run", "-m", "qemu-x86_64", ...words], { cwd: place.path });
    t.is(said.code, 0, said.stderr);
    return said.stdout;
  };
  const report = JSON.parse(await run("--coverage", "-r", "json")) as Report;
  const { lines, functions, excluded, branches, files } = report.coverage;
  t.deepEqual([lines, functions, excluded], [{ hit: 4, all: 5 }, { hit: 1, all: 1 }, 6]);
  t.deepEqual(files[0]?.excluded, [6, 7, 8, 9, 16, 18]);
  t.is(branches.all, 4);
  t.regex(await run("--coverage", "-r", "lines"), /^COVERAGE lines=80\.0% \(4\/5\) .* excluded=6 gcc$/m);
  for (const reporter of ["pretty", "markdown"])
    t.regex(await run("--coverage", "-r", reporter), /6 lines excluded by comments/);
  t.notRegex(await run("--coverage", "-r", "lcov"), /^DA:(?:6|7|8|9|18),/m);
  // A function with lines of which nothing is known may matter to all.
  place.put("part.c", SOURCE.replace("return 1;", "return 5;"));
  const changed = await uktest(["run", "-m", "qemu-x86_64", "--changed", "-r", "lines"], { cwd: place.path });
  t.regex(changed.stderr, /a line that comments take out of coverage \(line 6\)/);
  place.put("part.c", SOURCE.replace("GCOVR_EXCL_STOP", "no stop"));
  const open = JSON.parse(await run("--coverage=object", "-r", "json")) as Report;
  t.deepEqual(
    open.problems.map(({ code, message }) => [code, message.slice(0, 9)]),
    [["unclosed-exclusion", "part.c:7:"]],
  );

  // gcovr of the same source on the host. It counts a line of which gcov says nothing alike.
  place.put("part.c", SOURCE);
  place.put("main.c", '#include "part.h"\nint main(void) { return part(3) - 2 + part(4); }\n');
  const native = (program: string, ...words: readonly string[]) =>
    execFileSync(program, words, { cwd: place.path, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  native("gcc", "--coverage", "-O0", "-o", "native", "part.c", "main.c");
  native("./native");
  const totals = JSON.parse(native("gcovr", "--json-summary", "--filter", "part.c")) as Readonly<
    Record<string, number>
  >;
  t.deepEqual({ hit: totals["line_covered"], all: totals["line_total"] }, lines);
  t.deepEqual({ hit: totals["branch_covered"], all: totals["branch_total"] }, branches);
});
