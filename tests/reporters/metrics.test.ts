/**
 * Runs as metrics, read by those that read them: promtool, and the parser of Python's client, the strictest there is. Each
 * series is there once, whatever the run has twice, and no label says what a guest said.
 */
import test from "ava";
import { reporter as openmetrics } from "../../reporters/openmetrics.js";
import { reporter as prometheus } from "../../reporters/prometheus.js";
import type { RunEvent } from "../../src/core/events.js";
import { METRICS } from "../../reporters/view/metrics.js";
import { sampleName } from "../../src/text/exposition.js";
import { EVERYTHING } from "../oracles/hostile.js";
import { runTool } from "../oracles/run-tool.js";
import { type CaseScript, RunBuilder } from "./builder.js";
import { render } from "./render.js";
import { benchedRun, emptyRun, leakingRun, hostileRun, redRun, symbolizedRun, twoBoots } from "./samples.js";

/** Names and labels of all samples, as Python's parser has read them. */
const PARSER = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as families
text = open(sys.argv[1], encoding="utf-8").read()
samples = [s for family in families(text) for s in family.samples]
print(json.dumps([[s.name, s.labels, s.value] for s in samples]))
`;

type Sample = readonly [name: string, labels: Readonly<Record<string, string>>, value: number];

function parsed(text: string): readonly Sample[] {
  // Debian's own: that is the one with the package.
  const { status, output } = runTool("/usr/bin/python3", (file) => ["-c", PARSER, file], text);
  if (status !== 0) throw new Error(`${output}\n${text}`);
  return JSON.parse(output) as readonly Sample[];
}

/** One case several times: two boots of one machine, another machine, a console; measured and not. */
function mergedRun(): readonly RunEvent[] {
  const twice = (
    run: RunBuilder,
    status: "passed" | "failed",
    durationMs: number,
    measured?: CaseScript["measured"],
  ): void => {
    run.suite(
      "s",
      { name: "c", status, durationMs, ...(measured !== undefined && { measured }) },
      { name: "only", durationMs: 0.25 },
    );
  };
  return new RunBuilder()
    .boot("s on qemu-x86_64", "normal", (run) => twice(run, "failed", 20, [64, 1, 2 ** 40]), { wallMs: 1500 })
    .boot("other on qemu-x86_64", "normal", (run) => twice(run, "passed", 10, [-8, 0, 3]))
    .boot("s on v86", "normal", (run) => twice(run, "passed", 5))
    .boot("/home/dev/secret on boot.log", "normal", (run) => twice(run, "passed", 5))
    .end();
}

const RUNS = {
  merged: mergedRun,
  red: redRun,
  boots: twoBoots,
  leaking: () => leakingRun(),
  benched: benchedRun,
  empty: emptyRun,
  symbolized: symbolizedRun,
  hostile: () => hostileRun(EVERYTHING),
};

for (const [name, run] of Object.entries(RUNS))
  test(`those that read metrics accept a run that is ${name}, and see each series once`, async (t) => {
    const checked = runTool(
      "sh",
      (file) => ["-c", `promtool check metrics < ${file}`],
      await render(prometheus, run()),
    );
    t.is(checked.status, 0, checked.output);
    const samples = parsed(await render(openmetrics, run()));
    const keys = samples.map(([what, labels]) => `${what} ${JSON.stringify(labels)}`);
    t.is(new Set(keys).size, keys.length);
    const known = new Set(METRICS.map(sampleName));
    t.deepEqual(
      samples.filter(([what]) => !known.has(what)),
      [],
    );
    const words = samples.flatMap(([, labels]) => Object.keys(labels));
    const LABELS = ["version", "status", "kind", "boot", "machine", "suite", "case"];
    t.true(words.every((word) => LABELS.includes(word)));
  });

test("what several results of one case come to: the worst status, the largest numbers", async (t) => {
  const samples = parsed(await render(openmetrics, mergedRun()));
  const valuesOf = (what: string, machine: string, one = "c") =>
    samples.filter(
      ([name, labels]) => name === what && labels["machine"] === machine && labels["case"] === one,
    );
  t.deepEqual(
    ["qemu-x86_64", "v86", "log"].map((machine) =>
      valuesOf("uktest_case_status", machine).map(([, { status }, value]) => [status, value]),
    ),
    [[["failed", 1]], [["passed", 1]], [["passed", 1]]],
  );
  const numbers = (what: string, machine: string) => valuesOf(what, machine).map(([, , value]) => value);
  t.deepEqual(numbers("uktest_case_duration_seconds", "qemu-x86_64"), [0.02]);
  // The failed one had no chance to give back.
  t.deepEqual(numbers("uktest_case_leaked_bytes", "qemu-x86_64"), [-8]);
  t.deepEqual(numbers("uktest_case_leaked_blocks", "qemu-x86_64"), [0]);
  t.deepEqual(numbers("uktest_case_peak_bytes", "qemu-x86_64"), [2 ** 40]);
  t.deepEqual(numbers("uktest_case_leaked_bytes", "v86"), []);
  t.deepEqual(
    samples.filter(([name]) => name === "uktest_boot_duration_seconds").map(([, , value]) => value),
    [1.5],
  );
  t.deepEqual(
    samples.filter(([name]) => name === "uktest_run_cases").map(([, { status }, value]) => [status, value]),
    [
      ["passed", 7],
      ["skipped", 0],
      ["not-run", 0],
      ["failed", 1],
      ["timed-out", 0],
      ["crashed", 0],
    ],
  );
  t.false(JSON.stringify(samples).includes("secret"));
});

test("every metric can be emitted, and only a run that is over succeeds", async (t) => {
  const samples = [mergedRun(), benchedRun()].map(async (run) => parsed(await render(openmetrics, run)));
  const all = (await Promise.all(samples)).flat();
  t.deepEqual(
    METRICS.map(sampleName).filter((name) => !all.some(([one]) => one === name)),
    [],
  );
  const success = async (run: readonly RunEvent[]) =>
    parsed(await render(openmetrics, run)).find(([name]) => name === "uktest_run_success")?.[2];
  const green = new RunBuilder().boot("s on v86", "normal", (run) => run.suite("s", { name: "c" }));
  t.is(await success([...green.events]), 0);
  t.is(await success(green.end()), 1);
});
