/**
 * What a run of a project's own suite says of names that mean nothing, of a case whose only fault is a finding, and of one that
 * fails before it dies: each in a folder of its own, with a suite of a few lines.
 */
import test, { type ExecutionContext } from "ava";
import { type Said, scratch, uktest } from "../cli/run.js";
import { putKitObjects } from "../kit-objects.js";
import { documentOf } from "../runner/kit.js";

const SUITE = `
#include <uk/test.h>

static volatile int big = 0x7fffffff, one = 1;

UK_TESTCASE(good_testsuite, passes) { UK_TEST_EXPECT(one); }
UK_TESTCASE(bad_testsuite, overflows) { UK_TEST_EXPECT(one); big++; }
UK_TESTCASE(dead_testsuite, fails_and_dies)
{
	UK_TEST_EXPECT_ZERO(one);
	UK_TEST_EXPECT_ZERO(one + 1);
	*(volatile int *)8 = 1;
}
UK_TESTCASE(lost_testsuite, never_runs) { UK_TEST_EXPECT(one); }

uk_testsuite_register(good_testsuite, NULL);
uk_testsuite_register(bad_testsuite, NULL);
uk_testsuite_register(dead_testsuite, NULL);
`;

/** A project of that suite, with the kit compiled. */
async function project(t: ExecutionContext): Promise<(...words: readonly string[]) => Promise<Said>> {
  const { path, put } = scratch(t);
  await putKitObjects(path, ["qemu-x86_64"]);
  put("suite.c", SUITE);
  put("uktest.config.json", '{ "suites": { "suite": { "sources": ["*.c"] } } }');
  return (...words) => uktest([...words, "-m", "qemu-x86_64"], { cwd: path });
}

test("a name that means nothing is a mistake, also beside others", async (t) => {
  const run = await project(t);
  for (const wrong of ["nonsense", "good_testsuite.gone", "goods"]) {
    const said = await run("run", "good_testsuite", wrong);
    t.is(said.code, 2, said.stderr);
    t.true(said.stderr.includes(`nothing is named "${wrong}"`), said.stderr);
  }
  const lost = await run("run", "good_testsuite", "lost_testsuite");
  t.is(lost.code, 2, lost.stderr);
  t.regex(lost.stderr, /lost_testsuite is not registered[^]*uk_testsuite_register\(lost_testsuite, NULL\);/);
  t.is((await run("run", "good_testsuite")).code, 0);
});

test("a case with a finding is red the next time too, and can be run again and debugged", async (t) => {
  const run = await project(t);
  const first = await run("run", "bad_testsuite", "good_testsuite", "-r", "lines");
  t.is(first.code, 1, first.stdout);
  t.regex(first.stderr, /again: uktest run bad_testsuite\.overflows /);
  t.regex(first.stderr, /debug: uktest debug bad_testsuite\.overflows /);
  const again = await run("run", "--last-failed", "-r", "json");
  t.is(again.code, 1, again.stderr);
  t.deepEqual(
    documentOf(again).suites.map(({ name }) => name),
    ["bad_testsuite"],
  );
  const allowed = await run("run", "bad_testsuite", "--ubsan", "warn", "-r", "lines");
  t.is(allowed.code, 0, allowed.stdout);
  t.notRegex(allowed.stderr, /again:/);
  t.regex((await run("run", "good_testsuite", "--last-failed")).stderr, /nothing was red the last time/);
});

test("results of a case that dies are in no journal, and nothing is missed there", async (t) => {
  const said = await (await project(t))("run", "dead_testsuite", "-r", "json");
  t.is(said.code, 1);
  const { suites, problems, faults } = documentOf(said);
  t.deepEqual(
    suites.flatMap(({ cases }) => cases.map(({ status, assertions }) => [status, assertions.length])),
    [["crashed", 2]],
  );
  t.is(faults.length, 1);
  t.deepEqual(
    problems.map(({ code, message }) => `${code}: ${message}`),
    [],
  );
});
