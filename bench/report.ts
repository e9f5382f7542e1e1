/**
 * `npm run bench:report`: every reporter over a hundred thousand cases, one in ten red, and over as many notes, problems
 * and findings: whether it finishes, how its time grows with them, its peak memory, and whether summary and annotations
 * stay within their limits. Ends with 1 where one of them does not.
 */
import { execFileSync } from "node:child_process";
import { reporterNames } from "../src/delivery/reporters.js";
import { KINDS } from "./report/kinds.js";

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

const measure = (reporter: string, count: number, kind: string): Sample =>
  JSON.parse(
    execFileSync(process.execPath, [CHILD, reporter, String(count), kind], { encoding: "utf8" }),
  ) as Sample;

/** The fastest of some rounds: noise only ever adds. */
function best(reporter: string, count: number, kind: string): Sample {
  const samples = Array.from({ length: ROUNDS }, () => measure(reporter, count, kind));
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
    ...(last.seen === CASES ? [] : [`${String(last.seen)} in the model`]),
    ...(ratio <= LINEAR ? [] : [`not linear: x4 takes x${ratio.toFixed(1)}`]),
    ...(reporter !== "none" && last.bytes === 0 ? ["wrote nothing"] : []),
    ...(reporter === "markdown" && last.bytes > SUMMARY_MAX_BYTES ? ["a summary that GitHub drops"] : []),
    ...(reporter === "github" && worst > ANNOTATIONS_MAX ? ["annotations that GitHub drops"] : []),
  ];
}

const SIZES = [CASES / 4, CASES / 2, CASES];
const limits: string[] = [];

function note(reporter: string, { bytes, commands }: Sample): void {
  if (reporter === "markdown")
    limits.push(`summary: ${(bytes / 1024).toFixed(0)} of ${String(SUMMARY_MAX_BYTES / 1024)} KiB`);
  if (reporter === "github")
    for (const [kind, count] of Object.entries(commands))
      limits.push(`annotations of kind ${kind}: ${String(count)} of ${String(ANNOTATIONS_MAX)}`);
}

/** One row, and what is wrong with it. */
function row(reporter: string, kind: string): number {
  const samples = SIZES.map((size) => best(reporter, size, kind));
  const ratios = samples.slice(1).map(({ cpuMs }, at) => cpuMs / (samples[at]?.cpuMs ?? NaN));
  const wrong = breaches(reporter, samples);
  const last = samples.at(-1);
  if (last !== undefined) note(reporter, last);
  say(
    [
      reporter.padEnd(12),
      ...samples.map(({ cpuMs }) => cpuMs.toFixed(0).padStart(10)),
      ...ratios.map((ratio) => ratio.toFixed(1).padStart(5)),
      (last?.peakMiB ?? NaN).toFixed(0).padStart(9),
      ((last?.bytes ?? NaN) / 1e6).toFixed(2).padStart(11),
      ...wrong,
    ].join(" "),
  );
  return wrong.length;
}

let bad = 0;
for (const [kind, { what }] of Object.entries(KINDS)) {
  say(`${String(CASES)} ${what}; CPU time of the fastest of ${String(ROUNDS)} runs, model included`);
  say(
    [
      "reporter".padEnd(12),
      ...SIZES.map((size) => `${String(size)} ms`.padStart(10)),
      "x2".padStart(5),
      "x2".padStart(5),
      "peak MiB".padStart(9),
      "written MB".padStart(11),
    ].join(" "),
  );
  for (const reporter of ["none", ...reporterNames]) bad += row(reporter, kind);
}
for (const limit of limits) say(limit);

process.exitCode = bad === 0 ? 0 : 1;
