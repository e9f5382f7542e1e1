/**
 * `npm run bench:report`: every reporter over a hundred thousand cases, one in ten red: whether it finishes, how its time
 * grows with the cases, its peak memory, and whether summary and annotations stay within their limits. Ends with 1 where
 * one of them does not.
 */
import { execFileSync } from "node:child_process";
import { reporterNames } from "../src/cli/reporters.js";
import type { Excess } from "./report/events.js";

const CASES = Number(process.env["UKTEST_BENCH_CASES"] ?? 100_000);
const ROUNDS = Number(process.env["UKTEST_BENCH_ROUNDS"] ?? 3);
const CHILD = new URL("./report/child.js", import.meta.url).pathname;

/** Four times the cases in four times the time is linear; a sort and a larger heap cost more, and a square is 16. */
const LINEAR = 7;
const SUMMARY_MAX_BYTES = 1024 * 1024;
const ANNOTATIONS_MAX = 10;

interface Sample {
  readonly cpuMs: number;
  readonly peakMiB: number;
  readonly seen: number;
  readonly failures: readonly string[];
  readonly bytes: number;
  readonly commands: Readonly<Record<string, number>>;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const measure = (reporter: string, count: number, excess?: Excess): Sample =>
  JSON.parse(
    execFileSync(process.execPath, [CHILD, reporter, String(count), excess ?? ""], { encoding: "utf8" }),
  ) as Sample;

/** The fastest of some rounds: noise only ever adds. */
function best(reporter: string, cases: number): Sample {
  const samples = Array.from({ length: ROUNDS }, () => measure(reporter, cases));
  return samples.reduce((a, b) => (b.cpuMs < a.cpuMs ? b : a));
}

/** What is wrong with a measurement, in words. */
function breaches(reporter: string, samples: readonly Sample[]): readonly string[] {
  const last = samples.at(-1);
  if (last === undefined) return ["not measured"];
  const ratio = last.cpuMs / (samples[0]?.cpuMs ?? NaN);
  const worst = Math.max(0, ...Object.values(last.commands));
  return [
    ...last.failures,
    ...(last.seen === CASES ? [] : [`${String(last.seen)} cases`]),
    ...(ratio <= LINEAR ? [] : [`not linear: x4 takes x${ratio.toFixed(1)}`]),
    ...(reporter !== "none" && last.bytes === 0 ? ["wrote nothing"] : []),
    ...(reporter === "markdown" && last.bytes > SUMMARY_MAX_BYTES ? ["a summary that GitHub drops"] : []),
    ...(reporter === "github" && worst > ANNOTATIONS_MAX ? ["annotations that GitHub drops"] : []),
  ];
}

const sizes = [CASES / 4, CASES / 2, CASES];
say(
  `${String(CASES)} cases, one in ten red; CPU time of the fastest of ${String(ROUNDS)} runs, model included`,
);
say(
  [
    "reporter".padEnd(12),
    ...sizes.map((size) => `${String(size)} ms`.padStart(10)),
    "x2".padStart(5),
    "x2".padStart(5),
    "peak MiB".padStart(9),
    "written MB".padStart(11),
  ].join(" "),
);
let bad = 0;
const limits: string[] = [];
for (const reporter of ["none", ...reporterNames]) {
  const samples = sizes.map((size) => best(reporter, size));
  const ratios = samples.slice(1).map(({ cpuMs }, at) => cpuMs / (samples[at]?.cpuMs ?? NaN));
  const wrong = breaches(reporter, samples);
  bad += wrong.length;
  const last = samples.at(-1);
  if (reporter === "markdown" && last !== undefined)
    limits.push(`summary: ${(last.bytes / 1024).toFixed(0)} of ${String(SUMMARY_MAX_BYTES / 1024)} KiB`);
  if (reporter === "github" && last !== undefined)
    for (const [kind, count] of Object.entries(last.commands))
      limits.push(`annotations of kind ${kind}: ${String(count)} of ${String(ANNOTATIONS_MAX)}`);
  say(
    [
      reporter.padEnd(12),
      ...samples.map(({ cpuMs }) => cpuMs.toFixed(0).padStart(10)),
      ...ratios.map((ratio) => ratio.toFixed(1).padStart(5)),
      (samples.at(-1)?.peakMiB ?? NaN).toFixed(0).padStart(9),
      ((samples.at(-1)?.bytes ?? NaN) / 1e6).toFixed(2).padStart(11),
      ...wrong,
    ].join(" "),
  );
}
for (const limit of limits) say(limit);

/** A crash, or a guest, that says too much: four times as much may cost four times the time, and no case is lost. */
function excessive(reporter: string, excess: Excess, count: number): void {
  const [quarter, whole] = [count / 4, count].map((size) => measure(reporter, size, excess));
  const ratio = (whole?.cpuMs ?? NaN) / (quarter?.cpuMs ?? NaN);
  const wrong = [
    ...(whole?.failures ?? ["not measured"]),
    ...(whole?.seen === 1 ? [] : ["the case is lost"]),
    ...(ratio <= LINEAR ? [] : [`not linear: x4 takes x${ratio.toFixed(1)}`]),
  ];
  bad += wrong.length;
  const what = `${reporter.padEnd(12)} ${String(count).padStart(8)} ${excess}`;
  const cost = `${(whole?.cpuMs ?? NaN).toFixed(0).padStart(7)} ms ${(whole?.peakMiB ?? NaN).toFixed(0).padStart(6)} MiB`;
  const size = ((whole?.bytes ?? NaN) / 1e6).toFixed(2).padStart(8);
  say([what, cost, `x4 takes x${ratio.toFixed(1)}`, `${size} MB`, ...wrong].join("  "));
}

say("\nA crash with too many frames, and too many equal faults of a guest");
for (const reporter of ["none", ...reporterNames]) {
  excessive(reporter, "frames", 1_000_000);
  excessive(reporter, "faults", CASES);
}
process.exitCode = bad === 0 ? 0 : 1;
