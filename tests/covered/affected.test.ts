/** What a change of a source matters to: lines that a case must have run, or all; and lines in which texts differ at all. */
import test from "ava";
import fc from "fast-check";
import { affectedFrom, affectedSince } from "../../src/coverage/affected.js";
import { readC } from "../../src/coverage/c-text.js";
import { hunksOf } from "../../src/coverage/line-diff.js";
import { suiteChange } from "../../src/coverage/suite-text.js";
import { amount } from "../amount.js";

test("hunks make the new lines of the old ones, and touch nothing that is equal", (t) => {
  const lines = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 14 });
  fc.assert(
    fc.property(lines, lines, (old, now) => {
      const made: string[] = [];
      let at = 0;
      for (const { from, to, newFrom, newTo } of hunksOf(old, now)) {
        if (from < at || (to === from && newTo === newFrom)) return false;
        made.push(...old.slice(at, from), ...now.slice(newFrom, newTo));
        if (made.length !== newTo) return false;
        at = to;
      }
      made.push(...old.slice(at));
      return made.join("\n") === now.join("\n") && made.length === now.length;
    }),
    { numRuns: amount(20_000, 2000) },
  );
  const long = Array.from({ length: 3000 }, (_, at) => `old ${String(at)}`);
  const other = long.map((line) => line.replace("old", "new"));
  t.deepEqual(hunksOf(["x", ...long, "y"], ["x", ...other, "y"]), [
    { from: 1, to: 3001, newFrom: 1, newTo: 3001 },
  ]);
});

const SOURCE = `#include "x.h"

static int limit = 3; /* { */

int f(int a)
{
	int b = a;
	char c;

	if (b > limit)
		return -1;
	else if (b == '}')
		b++;
	c = "{"[0];
	return b + c;
}

int g(void) {
	return 2;
}
`;
const CODE = [5, 7, 10, 11, 12, 13, 14, 15, 18, 19];
const OF_F = CODE.slice(0, -2).filter((line) => line > 5);
const known = { text: readC(SOURCE), code: CODE, isExact: true };

test("functions of a text of C, comments and literals left out", (t) => {
  t.deepEqual(
    known.text.functions?.map(({ first, last }) => [first, last]),
    [
      [6, 16],
      [18, 20],
    ],
  );
  for (const odd of [
    "int f(void)\n{\n#ifdef A\n\tif (1) {\n#else\n\tif (2) {\n#endif\n\t}\n}\n",
    "int f(void)\n{\n",
    "}\n",
    "int f(void)\n{\n\tif (x) {\n}\nint g(void)\n{\n}\n}\n",
  ])
    t.is(readC(odd).functions, undefined, odd);
  t.deepEqual(readC("struct a x = (struct a) {\n\t1\n};\nstruct b {\n\tint c;\n};\n").functions, []);
});

const ROWS: readonly (readonly [from: string, to: string, lines: readonly number[] | string])[] = [
  ["return -1;", "return -2;", [11]],
  ["	b++;", "	b--;", [13]],
  ["/* { */", "/* other */", []],
  ["	c = ", "\n	c = ", []],
  ["return 2;", "return 3;", [19]],
  // What was the body of a condition is gone, or has become two statements.
  ["		return -1;\n", "", [10, 11, 12]],
  ["	b++;", "	b++; b++;", [12, 13, 14]],
  ["	c = ", "	b = 9;\n	c = ", [13, 14]],
  // It may decide whether other lines run.
  ["else if", "if", OF_F],
  ["	char c;", "	int c;", OF_F],
  ["		b++;", "		b++;\n	}", "has changed outside of its functions"],
  ["limit = 3", "limit = 4", "has changed outside of its functions"],
  ["int g(void) {", "int g(int a) {", "has changed outside of its functions"],
  ["	char c;", "	static char c;", "has a directive or a static variable that has changed"],
  ["	c = ", "#undef limit\n	c = ", "has a directive or a static variable that has changed"],
];

for (const [from, to, wanted] of ROWS)
  test(`a change of ${JSON.stringify(from)} to ${JSON.stringify(to)}`, (t) => {
    t.true(SOURCE.includes(from));
    const now = readC(SOURCE.replace(from, to));
    const { lines, all } = affectedSince(known, now);
    t.deepEqual(all ?? [...lines].sort((a, b) => a - b), wanted);
    // The same, where it was recorded with the change: what has changed since a commit before.
    if (typeof wanted === "string" || to === "" || now.lines.length !== known.text.lines.length) return;
    const same = affectedFrom({ ...known, text: now }, known.text, now);
    t.deepEqual(
      [...same.lines].sort((a, b) => a - b),
      wanted,
    );
  });

test("what has changed since a commit, in a source that has changed again", (t) => {
  const base = readC(SOURCE.replace("return 2;", "return 1;").replace("		b++;\n", ""));
  const now = readC(SOURCE.replace("	int b = a;", "	int b = a;\n	int d = a;"));
  const found = affectedFrom(known, base, now);
  t.deepEqual(
    [...found.lines].sort((a, b) => a - b),
    [12, 13, 14, 19],
  );
  t.deepEqual([...affectedSince(known, now).lines], [7, 10]);
});

test("of optimised code every line of the function, and none is known of what it has no line of", (t) => {
  const now = readC(SOURCE.replace("return -1;", "return -2;"));
  t.deepEqual([...affectedSince({ ...known, isExact: false }, now).lines], OF_F);
  t.regex(affectedSince({ ...known, code: [18, 19] }, now).all ?? "", /no coverage is known \(line 6\)/);
});

const SUITE = `#include <uk/test.h>

static int helper(void)
{
	return 1;
}

UK_TESTCASE(s, one)
{
	UK_TEST_EXPECT(helper());
}

UK_TESTCASE_TIMEOUT(s, two, 50)
{
	UK_TEST_EXPECT(1);
}
uk_testsuite_register(s, NULL);
`;

test("cases that a change of their file is about", (t) => {
  const change = (from: string, to: string) => suiteChange(readC(SUITE), readC(SUITE.replace(from, to)));
  t.deepEqual(change("(1)", "(2)"), { cases: new Set(["s.two"]) });
  t.deepEqual(change("(helper", "(!helper"), { cases: new Set(["s.one"]) });
  t.deepEqual(change("\n\n", "\n/* more */\n\n"), { cases: new Set() });
  t.is(change("return 1", "return 2"), "suites");
  t.is(change("NULL", "helper"), "suites");
  t.is(change("static int helper", "int helper"), "program");
  t.is(change("\n\nstatic", "\nint shared;\nstatic"), "program");
  t.is(change("50", "60"), "suites");
});
