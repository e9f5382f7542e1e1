/**
 * Values of ukstore as metrics: names, kinds and units, as those see them that read metrics. Whatever guests call their values,
 * promtool and Python's parser accept the result, and no series is there twice.
 */
import test from "ava";
import { reporter as openmetrics } from "../../reporters/openmetrics.js";
import { reporter as prometheus } from "../../reporters/prometheus.js";
import { storeMetric } from "../../reporters/view/store-metrics.js";
import type { RunEvent, ValueRead } from "../../src/core/events.js";
import { sampleName } from "../../src/text/exposition.js";
import { EVERYTHING } from "../oracles/hostile.js";
import { runTool } from "../oracles/run-tool.js";
import { RunBuilder } from "./builder.js";
import { render } from "./render.js";

type Given = Omit<ValueRead, "type" | "boot">;

const value = (path: string, valueType: Given["valueType"], text: string, object?: string): Given => {
  const [library = "", name = ""] = path.split("/");
  return { library, name, valueType, value: text, ...(object !== undefined && { object }) };
};

/** A run of one boot that has these values. */
const runOf = (values: readonly Given[]): readonly RunEvent[] =>
  new RunBuilder()
    .boot("s on v86", "normal", (run) => run.suite("s", { name: "c", status: "passed" }))
    .end()
    .flatMap((event): readonly RunEvent[] =>
      event.type === "boot-finished"
        ? [...values.map((one): RunEvent => ({ type: "value", boot: event.boot, ...one })), event]
        : [event],
    );

const PARSER = `
import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as families
samples = [s for family in families(open(sys.argv[1], encoding="utf-8").read()) for s in family.samples]
keys = [s.name + " " + repr(sorted((k, v) for k, v in s.labels.items() if k != "value")) for s in samples]
assert len(keys) == len(set(keys)), keys
`;

test("names have kind and unit where they are known, and no unit where they are not", (t) => {
  const named = (path: string, valueType: Given["valueType"] = "u64") => {
    const metric = storeMetric(value(path, valueType, "1"));
    return `${metric.kind} ${sampleName(metric)}`;
  };
  t.is(named("ukalloc/cur_mem_use"), "gauge unikraft_ukalloc_cur_mem_use_bytes");
  t.is(named("ukalloc/tot_nb_allocs"), "counter unikraft_ukalloc_tot_nb_allocs_total");
  t.is(named("uknetdev/tx_bytes"), "counter unikraft_uknetdev_tx_bytes_total");
  t.is(named("uksched/cpu_time_total"), "counter unikraft_uksched_cpu_time_seconds_total");
  t.is(named("ukboot/uptime_ns"), "counter unikraft_ukboot_uptime_seconds_total");
  t.is(named("app/depth"), "gauge unikraft_app_depth");
  t.is(named("app/a-b.c"), "gauge unikraft_app_a_b_c");
  t.is(named("app/name", "charp"), "info unikraft_app_name_info");
});

test("those that read metrics accept all values, and see each series once", async (t) => {
  const run = runOf([
    value("uknetdev/tx_bytes", "u64", "18446744073709551615", "netdev0"),
    value("uknetdev/tx_bytes", "u64", "7", "netdev1"),
    value("uknetdev/tx_bytes", "u64", "8", "netdev1"),
    value("uksched/cpu_time_total", "u64", "1500000000", "cpu0"),
    value("app/name", "charp", EVERYTHING),
    value("app/name", "charp", "twice"),
    value("app/name_info", "u8", "3"),
    value("app/depth.all", "u8", "4"),
    value("app/depth-all", "u8", "5"),
    value("app/depth_all", "charp", "six"),
    value("app/depth_all_total", "s8", "-1"),
    value("app/odd", "u8", "no number"),
  ]);
  const text = await render(prometheus, run);
  const checked = runTool("sh", (file) => ["-c", `promtool check metrics < ${file}`], text);
  t.is(checked.status, 0, checked.output);
  const parsed = runTool("/usr/bin/python3", (file) => ["-c", PARSER, file], await render(openmetrics, run));
  t.is(parsed.status, 0, parsed.output);
  const lines = text.split("\n");
  const where = 'boot="b1",machine="v86"';
  t.true(lines.includes(`unikraft_uknetdev_tx_bytes_total{${where},object="netdev1"} 7`), text);
  t.true(lines.includes(`unikraft_uksched_cpu_time_seconds_total{${where},object="cpu0"} 1.5`), text);
  t.true(lines.includes(`unikraft_app_depth_all{${where}} 4`), text);
  t.false(text.includes("NaN"));
});

test("names that no library has are names of metrics all the same", async (t) => {
  const hostile = EVERYTHING.replaceAll("/", "");
  const run = runOf([value(`${hostile}/${hostile}`, "u8", "1", EVERYTHING), value("/", "s8", "-1", "")]);
  const checked = runTool(
    "sh",
    (file) => ["-c", `promtool check metrics < ${file}`],
    await render(prometheus, run),
  );
  // 1: it cannot be read; 3: it can, and is no beautiful name.
  t.not(checked.status, 1, checked.output);
  const parsed = runTool("/usr/bin/python3", (file) => ["-c", PARSER, file], await render(openmetrics, run));
  t.is(parsed.status, 0, parsed.output);
});
