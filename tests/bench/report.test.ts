/**
 * The run that bench:report is measured with: as many cases as were asked for, one in ten red, and all that is said of a
 * red one is there.
 */
import { execFileSync } from "node:child_process";
import test from "ava";
import { largeRun } from "../../bench/report/events.js";
import { count } from "../../src/core/model/counts.js";
import { reduce } from "../../src/core/model/reduce.js";

test("a large run is whole", (t) => {
  const model = reduce([...largeRun(1050)].flat());
  t.like(count(model), { cases: 1050, passed: 945, failed: 95, crashed: 10, findings: 53, faults: 10 });
  t.true(model.complete);
  t.is(model.suites.length, 11);
  const [first] = model.suites[0]?.cases ?? [];
  t.is(first?.output.length, 8);
});

test("a measurement says what was written, and of whom", (t) => {
  const child = new URL("../../bench/report/child.js", import.meta.url).pathname;
  const measured = JSON.parse(
    execFileSync(process.execPath, [child, "github", "500"], { encoding: "utf8" }),
  ) as {
    readonly seen: number;
    readonly commands: Readonly<Record<string, number>>;
    readonly failures: readonly string[];
    readonly bytes: number;
  };
  t.like(measured, { seen: 500, failures: [] });
  t.deepEqual(measured.commands, { error: 10 });
  t.true(measured.bytes > 500);
});
