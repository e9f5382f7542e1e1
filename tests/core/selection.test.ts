/** What is said of cases that were left out on purpose, of one run and of several parts. */
import test from "ava";
import {
  becauseWords,
  joinedSelection,
  type Selection,
  selectionWords,
} from "../../src/core/plan/selection.js";
import { reduce } from "../../src/core/model/reduce.js";
import { EVENTS_SCHEMA } from "../../src/core/events.js";
import { judge } from "../../src/core/verdict.js";

const selection: Selection = { by: "changed", all: 3, leftOut: ["s.a", "s.b"], sources: ["a.c"] };

test("counts, sources and reasons in a line each", (t) => {
  t.is(selectionWords(selection), "left out by --changed: 2 of 3 cases (66 %), of lines changed in a.c");
  t.is(
    selectionWords({ ...selection, all: 1, leftOut: [], sources: [] }),
    "left out by --changed: none of 1 case, no line has changed",
  );
  t.regex(
    selectionWords({ ...selection, sources: ["a.c", "b.c", "c.c", "d.c", "e.c"] }),
    /in a\.c, b\.c, c\.c and 2 more sources$/,
  );
  t.is(becauseWords(selection), undefined);
  t.is(
    becauseWords({ ...selection, because: ["a", "b", "c", "d"] }),
    "--changed runs more: a; b; c; and 1 more reason",
  );
});

test("parts of one run together", (t) => {
  t.is(joinedSelection([undefined, undefined]), undefined);
  const other: Selection = { by: "changed", base: "main", all: 2, leftOut: [], sources: ["b.c", "a.c"] };
  t.deepEqual(joinedSelection([selection, undefined, { ...other, because: ["x"] }]), {
    by: "changed",
    all: 5,
    leftOut: ["s.a", "s.b"],
    sources: ["a.c", "b.c"],
    because: ["x"],
  });
});

test("a run that left all out on purpose is no failure, and one that left out some has to run the rest", (t) => {
  const judged = (given: Selection | undefined) =>
    judge(
      reduce([
        {
          ...{ type: "run-started", schema: EVENTS_SCHEMA, sources: [], policy: { ubsan: "fail" } },
          tool: { name: "uktest", version: "0" },
          ...(given !== undefined && { selection: given }),
        },
        { type: "run-finished" },
      ]),
    ).verdict;
  t.is(judged({ ...selection, all: 2 }), "passed");
  for (const wrong of [undefined, selection, { ...selection, all: 0, leftOut: [] }])
    t.is(judged(wrong), "failed", JSON.stringify(wrong));
});
