/**
 * `npm run bench:monitor`: what monitoring costs, side by side in one run: runs that measure the memory of each case over runs
 * that do not, on each machine; and how long a scrape takes, of a run in another process while its guests run, and of runs
 * of many cases, in processor time; how fast traces are decoded. UKTEST_BENCH_IMAGE names an image of Unikraft to measure too.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { familiesOf } from "../reporters/view/metrics.js";
import { ModelBuilder } from "../src/core/model/reduce.js";
import { EVENTS_SCHEMA, type RunEvent } from "../src/core/events.js";
import type { RunModel } from "../src/core/model.js";
import { exposition } from "../src/text/exposition.js";
import { median, row, say } from "./debug/rows.js";
import { compareWays } from "./run/ways.js";
import { decoded, traceOf } from "./monitor/decoding.js";

const ROUNDS = Number(process.env["UKTEST_BENCH_ROUNDS"] ?? 15);
const SCRAPES = 200;
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = fileURLToPath(new URL("../bin/uktest/uktest.cjs", import.meta.url));
/** Suites that are green with the option too. */
const SUITES = ["vfscore", "ukargparse", "ukalloc"];
const MACHINES = ["qemu-x86_64", "v86"];
/** An image of Unikraft with its statistics and its symbols beside it; absent where none is given. */
const IMAGE = process.env["UKTEST_BENCH_IMAGE"];

/** Prints what an option adds to a run. */
function benchOption(title: string, words: readonly string[], option: readonly string[], goal: string): void {
  const [plain = NaN, measured = NaN] = compareWays(ROOT, [words, [...words, ...option]], ROUNDS);
  row(`uktest run ${title}`, "median ms", "ratio");
  row("without measuring", plain.toFixed(0), "1.00");
  const ratio = (measured / plain).toFixed(2);
  row(`with --max-leak (goal: ${goal})`, measured.toFixed(0), ratio);
  say("");
}

/** Milliseconds until an answer is here. */
async function asked(address: string): Promise<number> {
  const start = performance.now();
  await (await fetch(address)).arrayBuffer();
  return performance.now() - start;
}

/** Prints how long it takes to read the metrics of a run whose guests run meanwhile. */
async function benchScrapes(): Promise<void> {
  const words = [
    ...SUITES,
    "-m",
    "qemu-x86_64",
    "--repeat",
    "1000",
    "-j",
    "1",
    "--max-leak",
    "0",
    "--metrics",
  ];
  const run = spawn(process.execPath, [MAIN, "run", ...words], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(run, "exit");
  try {
    let address: string | undefined;
    for await (const line of createInterface({ input: run.stderr })) {
      [, address] = /^uktest: metrics: (.*)$/.exec(line) ?? [];
      if (address !== undefined) break;
    }
    if (address === undefined) throw new Error("no metrics are served");
    const empty: number[] = [];
    const whole: number[] = [];
    for (let scrape = 0; scrape < SCRAPES; scrape += 1) {
      empty.push(await asked(`${address}/none`));
      whole.push(await asked(address));
    }
    row("an answer without numbers, over HTTP", median(empty).toFixed(2), "");
    row("a scrape while guests run, over HTTP (goal: 5 ms)", median(whole).toFixed(2), "");
  } finally {
    run.kill("SIGTERM");
    await ended;
  }
}

/** A run of so many cases that were all measured. */
function runOf(cases: number): RunModel {
  const builder = new ModelBuilder();
  const origin = { line: 1, byteOffset: 0 };
  const boot = "b1";
  const start: readonly RunEvent[] = [
    {
      ...{ type: "run-started", schema: EVENTS_SCHEMA, tool: { name: "uktest", version: "0" } },
      ...{ sources: ["x on v86"], policy: { ubsan: "fail" } },
    },
    { type: "boot-started", boot, source: "x on v86", origin },
    { type: "suite-started", boot, suite: "s", name: "suite", origin },
  ];
  for (const event of start) builder.add(event);
  for (let at = 0; at < cases; at += 1) {
    const id = `c${String(at)}`;
    const evaluations = { passed: 1, failed: 0 };
    const end = { status: "passed", evidence: "memory", evaluations, droppedConsoleLines: 0 } as const;
    builder.add({ type: "case-started", suite: "s", case: id, name: `case_${String(at)}`, origin });
    builder.add({ type: "case-finished", case: id, durationMs: 1, ...end, origin });
    for (const name of ["leaked_bytes", "leaked_blocks", "peak_bytes"])
      builder.add({ type: "measurement", boot, case: id, name, kind: "gauge", value: at });
  }
  return builder.model();
}

/** Prints what the text of a large run takes of a processor. */
function benchTexts(): void {
  for (const cases of [100, 1000, 10_000]) {
    const model = runOf(cases);
    const times = Array.from({ length: ROUNDS }, () => {
      const start = process.cpuUsage();
      const text = [...exposition(familiesOf(model), "openmetrics")].join("");
      if (!text.endsWith("# EOF\n")) throw new Error("no end");
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    });
    row(
      `the text of ${String(cases)} cases`,
      median(times).toFixed(2),
      ` ${((median(times) / cases) * 1000).toFixed(1)} µs a case`,
    );
  }
}

const MEBIBYTE = 2 ** 20;

/** Prints how fast traces are decoded. */
function benchDecoding(): void {
  const pieces = traceOf(4 * MEBIBYTE);
  const megabytes = (pieces[2]?.length ?? 0) / 1e6;
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage();
    if (decoded(pieces) === 0) throw new Error("no events");
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  });
  row("decoding a trace, MB of the guest's buffer a second", (megabytes / median(times)).toFixed(0), "");
}

for (const machine of MACHINES)
  benchOption(`${SUITES.join(" ")}, ${machine}`, [...SUITES, "-m", machine], ["--max-leak", "0"], "1.10");
// Nothing is too much, so that no case is called twice.
if (IMAGE !== undefined)
  benchOption(basename(IMAGE), ["--image", IMAGE], ["--max-leak", String(10 ** 12)], "1.25");
benchDecoding();
row("scrapes", "median ms", "");
await benchScrapes();
benchTexts();
