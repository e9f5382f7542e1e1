/**
 * `npm run bench:parse`: how fast a log is read, beside a bare scan for line feeds of the same bytes by the same reader,
 * in pairs in one run; and the peak memory of the whole command over Node's own floor.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  NOISES,
  writeAgain,
  writeEndlessLine,
  writeFaults,
  writeFrames,
  writeHeaders,
  writeKind,
  writeNoise,
  writeResults,
} from "./parse/logs.js";

const PAIRS = Number(process.env["UKTEST_BENCH_PAIRS"] ?? 5);
const SCALE = Number(process.env["UKTEST_BENCH_SCALE"] ?? 1);
const CHILD = new URL("./parse/child.js", import.meta.url).pathname;
const FIXTURES = new URL("../../tests/fixtures/dialects/", import.meta.url);
const MAIN = new URL("../bin/uktest/uktest.cjs", import.meta.url).pathname;

interface Sample {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly result: string;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function measure(mode: "scan" | "read", path: string): Sample {
  return JSON.parse(execFileSync(process.execPath, [CHILD, mode, path], { encoding: "utf8" })) as Sample;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Peak resident memory of a command in MiB, as the kernel accounts for it. */
function peakMiB(command: readonly string[]): number {
  const probe = `
    import { spawn } from "node:child_process";
    import { readFileSync } from "node:fs";
    const child = spawn(process.execPath, ${JSON.stringify(command)}, { stdio: "ignore" });
    let peak = 0;
    const look = () => {
      try { peak = Math.max(peak, Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync("/proc/" + child.pid + "/status", "utf8"))?.[1] ?? 0)); } catch {}
    };
    const timer = setInterval(look, 5);
    child.on("exit", () => { clearInterval(timer); process.stdout.write(String(peak / 1024)); });`;
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", probe], { encoding: "utf8" });
  return Number(run.stdout);
}

interface Row {
  readonly name: string;
  readonly path: string;
}

function pair({ name, path }: Row): void {
  const bytes = statSync(path).size;
  const scans: Sample[] = [];
  const reads: Sample[] = [];
  measure("scan", path);
  for (let index = 0; index < PAIRS; index += 1) {
    scans.push(measure("scan", path));
    reads.push(measure("read", path));
  }
  const speed = (samples: readonly Sample[]): number =>
    bytes / 1e3 / median(samples.map(({ wallMs }) => wallMs));
  const ratios = reads.map(({ wallMs }, index) => (scans[index]?.wallMs ?? NaN) / wallMs);
  const cpuRatios = reads.map(({ cpuMs }, index) => (scans[index]?.cpuMs ?? NaN) / cpuMs);
  say(
    [
      name.padEnd(36),
      `${(bytes / 1e6).toFixed(0)} MB`.padStart(8),
      `${speed(scans).toFixed(0)} MB/s`.padStart(10),
      `${speed(reads).toFixed(0)} MB/s`.padStart(10),
      median(ratios).toFixed(2).padStart(6),
      `(${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)})`.padStart(12),
      median(cpuRatios).toFixed(2).padStart(9),
    ].join(" "),
  );
}

function memory(rows: readonly Row[]): void {
  const floor = median([1, 2, 3].map(() => peakMiB(["-e", "setTimeout(() => 0, 50)"])));
  say(`\nPeak memory of the whole command, in MiB; Node's floor is ${floor.toFixed(0)}`);
  for (const { name, path } of rows) {
    const peak = median(
      [1, 2, 3].map(() => peakMiB([MAIN, "report", path, "-r", "json=/dev/null", "--no-auto-reporters"])),
    );
    say(
      `${name.padEnd(36)} ${peak.toFixed(0).padStart(5)}  ${(peak - floor).toFixed(0).padStart(4)} over the floor`,
    );
  }
}

/** Twice the bytes must take about twice the time; a ratio far above 2 would be a quadratic reader. */
function linearity(small: Row, large: Row): void {
  const time = (path: string): number => median([1, 2, 3].map(() => measure("read", path).cpuMs));
  const ratio = time(large.path) / time(small.path);
  const size = statSync(large.path).size / statSync(small.path).size;
  say(`${large.name.padEnd(36)} ${size.toFixed(1)} times the bytes, ${ratio.toFixed(1)} times the CPU`);
}

/** Application output costs about as much as results of the same size: at most three times. */
function noises(add: (name: string, write: (path: string) => void) => Row): void {
  const cpu = (path: string): number => median([1, 2, 3].map(() => measure("read", path).cpuMs));
  const results = cpu(add("results", (path) => writeResults(path, 2e7 * SCALE, 20, false)).path);
  say(`\nCPU of 20 MB of noise, beside 20 MB of passed results, 20 a case (${results.toFixed(0)} ms)`);
  for (const [name, line] of Object.entries(NOISES)) {
    const own = cpu(add(name, (path) => writeKind(path, 2e7 * SCALE, line)).path);
    say(
      `${name.padEnd(36)} ${own.toFixed(0).padStart(6)} ms ${(own / results).toFixed(2).padStart(6)} times`,
    );
  }
}

/** The first green log of each other dialect, over and over: as many programs in one console. */
function dialects(add: (name: string, write: (path: string) => void) => Row): readonly Row[] {
  return readdirSync(FIXTURES).flatMap((dialect) => {
    const folder = new URL(`${dialect}/`, FIXTURES);
    const green = readdirSync(folder).find((name) => /^green-.*\.log$/.test(name));
    if (green === undefined) return [];
    const text = readFileSync(new URL(green, folder), "latin1");
    return [
      add(`${dialect}, cases as short as can be`, (path) => {
        writeAgain(path, text, 2e7 * SCALE);
      }),
    ];
  });
}

function run(folder: string): void {
  const file = (name: string): string => join(folder, name);
  const rows: Row[] = [];
  const add = (name: string, write: (path: string) => void): Row => {
    const path = file(`${String(rows.length)}.log`);
    write(path);
    const row = { name, path };
    rows.push(row);
    return row;
  };
  const results = add("passed results, 5000 a case", (path) => writeResults(path, 1e9 * SCALE, 5000, false));
  const coloured = add("the same in colours, with callers", (path) =>
    writeResults(path, 2.5e8 * SCALE, 5000, true),
  );
  const short = add("passed results, 20 a case", (path) => writeResults(path, 5e7 * SCALE, 20, false));
  const endless = add("one endless line", (path) => writeEndlessLine(path, 1e9 * SCALE));
  const headers = add("headers without an end", (path) => writeHeaders(path, 1e6 * SCALE));
  const noise = add("application output", (path) => writeNoise(path, 5e7 * SCALE));
  const frames = add("a crash with 1,000,000 frames", (path) => writeFrames(path, 1e6 * SCALE));
  const faults = add("100,000 equal faults", (path) => writeFaults(path, 1e5 * SCALE));
  say(`${String(PAIRS)} pairs of a scan for line feeds and a full read, each in a fresh process; medians`);
  say(
    `${"log".padEnd(36)} ${"size".padStart(8)} ${"scan".padStart(10)} ${"read".padStart(10)} ${"read/scan".padStart(19)} ${"CPU".padStart(9)}`,
  );
  for (const row of [results, coloured, short, endless, headers, noise, frames, faults]) pair(row);
  for (const row of dialects(add)) pair(row);
  memory([...rows]);
  noises(add);
  say("\nLinearity");
  linearity(
    add("(half)", (path) => writeEndlessLine(path, 2.5e8 * SCALE)),
    { ...endless },
  );
  linearity(
    add("(half)", (path) => writeHeaders(path, 2.5e5 * SCALE)),
    { ...headers },
  );
  linearity(
    add("(half)", (path) => writeNoise(path, 1.25e7 * SCALE)),
    { ...noise },
  );
  linearity(
    add("(a quarter)", (path) => writeFrames(path, 2.5e5 * SCALE)),
    { ...frames },
  );
  linearity(
    add("(a quarter)", (path) => writeFaults(path, 2.5e4 * SCALE)),
    { ...faults },
  );
}

const folder = mkdtempSync(join(tmpdir(), "uktest-bench-"));
try {
  run(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
