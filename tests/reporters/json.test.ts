import test from "ava";
import { reporter as events } from "../../reporters/events.js";
import { reporter as json } from "../../reporters/json.js";
import { count } from "../../src/core/model/counts.js";
import { reduce } from "../../src/core/model/reduce.js";
import { judge } from "../../src/core/verdict.js";
import { EVERYTHING } from "../oracles/hostile.js";
import { pieces, render } from "./render.js";
import { emptyRun, greenRun, hostileRun, manyCases, redRun, twoBoots } from "./samples.js";

interface Report {
  readonly [key: string]: unknown;
  readonly suites: readonly {
    readonly name: string;
    readonly cases: readonly { readonly name: string; readonly assertions: readonly unknown[] }[];
  }[];
}

for (const run of [greenRun(), redRun(), twoBoots(), emptyRun(), hostileRun(EVERYTHING)]) {
  test(`one document that agrees with the model, run of ${run.length} events`, async (t) => {
    const model = reduce(run);
    const report = JSON.parse(await render(json, run)) as Report;
    const { verdict, exitCode, evidence, reasons } = judge(model);
    t.like(report, { schema: "uktest-report/1", verdict, exitCode, evidence, reasons, counts: count(model) });
    t.deepEqual(
      report.suites.map(({ name, cases }) => [
        name,
        ...cases.map((one) => [one.name, one.assertions.length]),
      ]),
      model.suites.map(({ name, cases }) => [name, ...cases.map((one) => [one.name, one.assertions.length])]),
    );
    for (const [key, list] of [
      ["findings", model.findings],
      ["faults", model.faults],
      ["problems", model.problems],
      ["boots", model.boots],
    ] as const)
      t.is((report[key] as unknown[]).length, list.length);
  });

  test(`events come out as they went in, run of ${run.length} events`, async (t) => {
    const text = await render(events, run);
    t.deepEqual(
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
      run,
    );
  });
}

test("the parts of a red document", async (t) => {
  const report = JSON.parse(await render(json, redRun())) as Record<string, unknown>;
  t.like((report["findings"] as unknown[])[1], {
    kind: "ubsan",
    check: "signed-integer-overflow",
    file: "main.c",
    line: 27,
    column: 6,
    case: "demo_ub_testsuite.demo_test_overflow",
    occurrences: 1,
  });
  t.like((report["faults"] as unknown[])[1], {
    kind: "trap",
    case: "demo_zcrash_testsuite.demo_test_crash",
    file: "main.c",
  });
  t.like((report["problems"] as unknown[])[0], { code: "plan-short", grade: "error" });
  const suites = report["suites"] as { cases: { assertions: unknown[] }[] }[];
  t.like(suites[2]?.cases[0], {
    name: "demo_test_add",
    status: "failed",
    file: "main.c",
    line: 9,
    durationMs: 1240,
  });
  t.like(suites[2]?.cases[0]?.assertions[1], { status: "failed", file: "main.c", line: 12 });
});

test("no piece is more than a case", async (t) => {
  const all = await pieces(json, manyCases(2000));
  t.true(Math.max(...all.map((piece) => piece.length)) < 1000);
});
