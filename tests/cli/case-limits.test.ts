/**
 * Limits of cases as a configuration writes them down: which pattern counts, and which of all limits stops a case.
 */
import test from "ava";
import { caseLimits } from "../../src/cli/case-limits.js";
import { scratch, uktest } from "./run.js";

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
