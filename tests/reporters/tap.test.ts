import test from "ava";
import { Parser, type FinalResults, type Result } from "tap-parser";
import { reporter } from "../../reporters/tap.js";
import type { RunEvent } from "../../src/core/events.js";
import { reduce } from "../../src/core/model/reduce.js";
import { judge } from "../../src/core/verdict.js";
import { runTool } from "../oracles/run-tool.js";
import { RunBuilder } from "./builder.js";
import { render, type Settings } from "./render.js";
import { EVERYTHING } from "../oracles/hostile.js";
import { emptyRun, greenRun, hostileRun, redRun, twoBoots } from "./samples.js";

const NESTED: Settings = {};
const FLAT: Settings = { options: { version: "13" } };

const RUNS: Readonly<Record<string, readonly RunEvent[]>> = {
  green: greenRun(),
  red: redRun(),
  warned: redRun({ ubsan: "warn" }),
  twoBoots: twoBoots(),
  empty: emptyRun(),
  hostile: hostileRun(EVERYTHING),
  onlyWarned: new RunBuilder({ ubsan: "warn" })
    .boot("b", "normal", (run) =>
      run.suite("s", {
        name: "c",
        body: [{ finding: { check: "bounds", message: "m", file: "a.c", line: 1, column: 2 } }],
      }),
    )
    .end(),
  onlyFailed: new RunBuilder()
    .boot("b", "normal", (run) => run.suite("s", { name: "c", status: "failed", body: [{ fail: "no" }] }))
    .end(),
  cut: new RunBuilder().boot("b", "cut", (run) => run.suite("s", { name: "c" }).suite("none")).end(),
};

interface Seen {
  readonly final: FinalResults;
  readonly leaves: readonly Result[];
  readonly extra: string;
}

function parse(tap: string): Seen {
  const leaves: Result[] = [];
  let final: FinalResults | undefined;
  let extra = "";
  const parser = new Parser((results) => (final = results));
  parser.on("result", (result: Result) => leaves.push(result));
  const listen = (one: Parser): void => {
    one.on("extra", (text: string) => (extra += text));
    one.on("child", listen);
  };
  listen(parser);
  parser.end(tap);
  if (final === undefined) throw new Error("the parser has not finished");
  return { final, leaves, extra };
}

const prove = (tap: string): ReturnType<typeof runTool> =>
  runTool("prove", (file) => ["--verbose", "-e", "cat", file], tap);

for (const [name, run] of Object.entries(RUNS)) {
  const passed = judge(reduce(run)).verdict === "passed";

  test(`tap-parser accepts both forms of ${name}, and agrees with the verdict and with each other`, async (t) => {
    const nested = parse(await render(reporter, run, NESTED));
    const flat = parse(await render(reporter, run, FLAT));
    for (const { final, leaves, extra } of [nested, flat]) {
      t.is(final.ok, passed);
      t.is(extra, "");
      t.deepEqual(
        final.failures.filter((failure) => failure.tapError),
        [],
      );
      t.false(final.bailout);
      t.is(
        leaves.every((leaf) => leaf.ok || leaf.todo !== false),
        passed,
      );
    }
    const outcome = ({ ok, skip }: Result): unknown => [ok, skip !== false];
    // A suite without cases is a point of its own in the nested form only.
    const cases = nested.leaves.filter((leaf) => leaf.skip !== "no cases");
    t.deepEqual(cases.map(outcome), flat.leaves.map(outcome));
  });

  test(`prove judges the flat form of ${name} like us`, async (t) => {
    const { status, output } = prove(await render(reporter, run, FLAT));
    t.is(status === 0, passed, output);
    t.notRegex(output, /Parse errors|Dubious/);
  });
}

test("prove sees every point and every skip", async (t) => {
  const { output } = prove(await render(reporter, redRun(), FLAT));
  t.regex(output, /Tests=17|Tests: 17 Failed: 9|Failed 9\/17/);
  t.regex(output, /# SKIP no second device/);
});

test("diagnostics survive a YAML parser", async (t) => {
  const { leaves } = parse(await render(reporter, redRun(), NESTED));
  const add = leaves.find((leaf) => leaf.name === "demo_test_add");
  const diag = add?.diag as Record<string, unknown> | undefined;
  t.deepEqual(diag?.["at"], { file: "main.c", line: 12 });
  t.is((diag?.["failures"] as unknown[] | undefined)?.length, 4);
  t.is(add?.time, 1240);
  const crash = leaves.find((leaf) => leaf.name === "demo_test_crash")?.diag as
    Record<string, unknown> | undefined;
  t.like(crash, { status: "crashed", faults: [{ kind: "trap", trace: { 0: "demo_test_crash+12" } }] });
});

test("the forms and versions that can be asked for", async (t) => {
  const first = async (
    options: Readonly<Record<string, string>>,
  ): Promise<readonly (string | undefined)[]> => {
    const lines = (await render(reporter, greenRun(), { options })).split("\n");
    return [lines[0], lines[2]];
  };
  t.deepEqual(await first({}), ["TAP version 14", "# Subtest: ukargparse"]);
  t.deepEqual(await first({ flat: "no" }), ["TAP version 14", "# Subtest: ukargparse"]);
  t.deepEqual(await first({ version: "13" }), ["TAP version 13", "ok 1 - ukargparse.parse_null"]);
  t.deepEqual(await first({ flat: "yes" }), ["TAP version 13", "ok 1 - ukargparse.parse_null"]);
  t.deepEqual(await first({ flat: "yes", version: "14" }), [
    "TAP version 14",
    "ok 1 - ukargparse.parse_null",
  ]);
});
