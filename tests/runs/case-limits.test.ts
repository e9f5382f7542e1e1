/**
 * Limits of cases as a configuration writes them down: which pattern counts, and which of all limits stops a case.
 */
import test from "ava";
import { putKitObjects } from "../kit-objects.js";
import { caseLimits, unusedLimits } from "../../src/run/case-limits.js";
import type { Plan } from "../../src/core/plan.js";
import { scratch, uktest } from "../cli/run.js";

test("a name counts before other patterns, and of those the first", (t) => {
  const limit = caseLimits({ "ring_*": 10, "ring_testsuite.full": 20, ring: 30, "*.slow_*": 40 });
  t.is(limit("ring_testsuite.full"), 20);
  t.is(limit("ring_testsuite.full/label"), 20);
  t.is(limit("ring_testsuite.empty"), 10);
  t.is(limit("ringtest.empty"), 30);
  t.is(limit("other.slow_one"), 40);
  t.is(limit("other.fast"), undefined);
  t.is(limit("nonsense"), undefined);
  t.is(caseLimits({})("a.b"), undefined);
});

const planOf = (suite: string, ...cases: readonly string[]): Plan => ({
  image: "a.elf",
  architecture: "i386",
  suites: [{ name: suite, cases: cases.map((name) => ({ name, file: "a.c", sites: [] })) }],
  orphans: [],
});

test("patterns that mean no case are told, with the nearest name of their kind", (t) => {
  const plans = [planOf("ring_testsuite", "full", "empty"), planOf("stack_testsuite", "grows")];
  const lines = unusedLimits(
    {
      ring: 1,
      "*.grows": 1,
      "ring_testsuite.full": 1,
      "ring_testsuite.ful": 1,
      stakc_testsuite: 1,
      "stack_testsuite.grows/one": 1,
      "other_*.nothing": 1,
    },
    plans,
  );
  const told = (pattern: string, hint: string): string =>
    `caseTimeouts: "${pattern}" means no case of this project; ${hint}`;
  t.deepEqual(lines, [
    told("ring_testsuite.ful", 'did you mean "ring_testsuite.full"?'),
    told("stakc_testsuite", 'did you mean "stack_testsuite"?'),
    told("other_*.nothing", "uktest list shows all cases"),
  ]);
  t.deepEqual(unusedLimits({}, plans), []);
  t.deepEqual(unusedLimits({ a: 1 }, []).length, 1);
});

const GREEN = `#include <uk/test.h>
UK_TESTCASE(green_testsuite, one) { UK_TEST_EXPECT(1); }
uk_testsuite_register(green_testsuite, NULL);
`;

test("a run of everything tells of them at its end, a run of a part knows nothing of them", async (t) => {
  const { path, put } = scratch(t);
  await putKitObjects(path);
  put("green.c", GREEN);
  put("broken.c", "no C\n");
  const config = (suites: object): void => {
    const caseTimeouts = { "green_testsuite.on": 70, "green_testsuite.one": 5000 };
    put("uktest.config.json", JSON.stringify({ suites, caseTimeouts }));
  };
  const line = 'uktest: caseTimeouts: "green_testsuite.on" means no case of this project;';
  const green = { sources: ["green.c"] };
  const run = async (code: number, ...words: readonly string[]): Promise<string> => {
    const said = await uktest(["run", "-m", "v86", "-r", "json", ...words], { cwd: path });
    t.is(said.code, code, said.stderr);
    return said.stderr;
  };
  config({ green });
  const said = await run(0);
  t.is(said.split(line).length, 2, said);
  t.true(said.includes('did you mean "green_testsuite.one"?'), said);
  t.false((await run(0, "green_testsuite.one")).includes(line));
  t.true((await run(0, "--shard", "1/1")).includes(line));
  // What was not built may have the case.
  config({ green, broken: { sources: ["broken.c"] } });
  t.false((await run(1)).includes(line));
  config({ green, broken: { sources: ["broken.c"], onlyByName: true } });
  t.false((await run(0)).includes(line));
});

const HANGS = `#include <uk/test.h>
#include <uk/test/extra.h>
UK_TESTCASE(hangs_testsuite, by_pattern) { for (volatile int i = 1; i;) ; }
UK_TESTCASE(hangs_testsuite, by_default) { for (volatile int i = 1; i;) ; }
UK_TESTCASE(hangs_testsuite, by_itself) { for (volatile int i = 1; i;) ; }
UK_TESTCASE_TIMEOUT(hangs_testsuite, by_itself, 60);
uk_testsuite_register(hangs_testsuite, NULL);
`;

test("the case's own limit, the pattern's, the command line's, the file's: in this order", async (t) => {
  const { path, put } = scratch(t);
  await putKitObjects(path);
  put("hangs.c", HANGS);
  put(
    "uktest.config.json",
    JSON.stringify({
      suites: { hangs: { sources: ["hangs.c"] } },
      caseTimeoutMs: 80,
      caseTimeouts: { "hangs_testsuite.by_pattern": 70, "hangs_testsuite.by_itself": 5000 },
    }),
  );
  const limitsOf = async (...words: readonly string[]): Promise<readonly string[]> => {
    const { code, stdout, stderr } = await uktest(["run", "-m", "v86", "-r", "json", ...words], {
      cwd: path,
    });
    t.is(code, 1, stderr);
    return [...stdout.matchAll(/stopped after ([\d.]+) s, the limit of (?:a|this) case/g)].map(
      ([, seconds = ""]) => seconds,
    );
  };
  const inFile = await limitsOf();
  t.deepEqual([...new Set(inFile)].sort(), ["0.06", "0.07", "0.08"]);
  const typed = await limitsOf("--case-timeout", "0.09");
  t.deepEqual([...new Set(typed)].sort(), ["0.06", "0.07", "0.09"]);
});
