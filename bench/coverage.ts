/**
 * `npm run bench:coverage`: what coverage costs, side by side in one run: runs with each kind over runs without, on each
 * machine that has it; what a report of many lines and cases takes of a processor, which has to grow with both alone; and
 * what sampling the stacks of a guest costs.
 * UKTEST_BENCH_IMAGE names an image of Unikraft to measure too.
 */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { reporter } from "../reporters/lcov.js";
import { EVENTS_SCHEMA, type RunEvent } from "../src/core/events.js";
import { coverageBreaches } from "../src/core/model/coverage/limits.js";
import { ModelBuilder } from "../src/core/model/reduce.js";
import { benchSampling } from "./coverage/sampling.js";
import { median, row, say } from "./debug/rows.js";
import { compareWays } from "./run/ways.js";

const ROUNDS = Number(process.env["UKTEST_BENCH_ROUNDS"] ?? 10);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The example as a project of its own, outside of the kit. */
function copyOfRing(): string {
  const folder = mkdtempSync(join(tmpdir(), "uktest-bench-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  cpSync(join(ROOT, "examples/ring"), folder, {
    recursive: true,
    filter: (path) => !path.includes(".uktest"),
  });
  return folder;
}

/** The ring is a project of its own sources; the kit counts all of its libraries, which each case runs. */
const PROJECTS = [
  { title: "examples/ring", cwd: copyOfRing(), words: [] },
  { title: "the kit, with all its libraries", cwd: ROOT, words: ["vfscore", "ukargparse"] },
] as const;
const GOALS = { gcc: "1.3", object: "2.0" } as const;
const MACHINES: readonly (readonly [machine: string, kinds: readonly (keyof typeof GOALS)[]])[] = [
  ["qemu-x86_64", ["gcc", "object"]],
  ["qemu-arm64", ["gcc", "object"]],
  ["v86", ["gcc"]],
];
/** An image of Unikraft with its symbols beside it; absent where none is given. */
const IMAGE = process.env["UKTEST_BENCH_IMAGE"];

/** Prints what each kind adds to a run. */
function benchKinds(
  title: string,
  cwd: string,
  words: readonly string[],
  kinds: readonly (keyof typeof GOALS)[],
): void {
  const ways = [words, ...kinds.map((kind) => [...words, `--coverage=${kind}`])];
  const [plain = NaN, ...times] = compareWays(cwd, ways, ROUNDS);
  row(`uktest run ${title}`, "median ms", "ratio");
  row("without coverage", plain.toFixed(0), "1.00");
  kinds.forEach((kind, nth) => {
    const own = times[nth] ?? NaN;
    row(`--coverage=${kind} (goal: ${GOALS[kind]})`, own.toFixed(0), (own / plain).toFixed(2));
  });
  say("");
}

const LINES_A_FILE = 500;
/** Lines that a case runs of each source that it touches, and how many it touches. */
const TOUCHED = { lines: 100, files: 5 } as const;

/** The events of a run of so many lines and cases. */
function* eventsOf(lines: number, cases: number): Generator<RunEvent> {
  const origin = { line: 1, byteOffset: 0 };
  const boot = "b1";
  const tool = { name: "uktest", version: "0" } as const;
  yield {
    type: "run-started",
    schema: EVENTS_SCHEMA,
    tool,
    sources: ["x"],
    policy: { ubsan: "fail", coverageMinimum: { lines: 1 } },
  };
  yield { type: "boot-started", boot, source: "x", origin };
  yield { type: "suite-started", boot, suite: "s", name: "suite", origin };
  const evaluations = { passed: 1, failed: 0 };
  const files = lines / LINES_A_FILE;
  for (let at = 0; at < cases; at += 1) {
    const id = `c${String(at)}`;
    yield { type: "case-started", suite: "s", case: id, name: `case_${String(at)}`, origin };
    yield {
      type: "case-finished",
      case: id,
      status: "passed",
      evidence: "memory",
      evaluations,
      droppedConsoleLines: 0,
      origin,
    };
  }
  yield { type: "suite-finished", suite: "s", origin };
  const path = (file: number): string => `lib/file_${String(file)}.c`;
  const hits = (from: number, count: number): readonly number[] =>
    Array.from({ length: 2 * count }, (_, nth) => (nth % 2 === 0 ? from + nth / 2 : nth % 7));
  const all = Array.from({ length: files }, (_, file) => ({
    path: path(file),
    lines: hits(1, LINES_A_FILE),
  }));
  yield { type: "coverage", boot, kind: "gcc", files: all };
  for (let at = 0; at < cases; at += 1) {
    const own = Array.from({ length: TOUCHED.files }, (_, nth) => ({
      path: path((at * TOUCHED.files + nth) % files),
      lines: hits(1 + (at % (LINES_A_FILE - TOUCHED.lines)), TOUCHED.lines),
    }));
    yield { type: "coverage", boot, case: `c${String(at)}`, kind: "gcc", files: own };
  }
  yield { type: "boot-finished", boot, end: "normal", origin };
  yield { type: "run-finished" };
}

/** Processor time in milliseconds of model, limits and the text for lcov. */
async function reportMs(events: readonly RunEvent[]): Promise<number> {
  const start = process.cpuUsage();
  const builder = new ModelBuilder();
  for (const event of events) builder.add(event);
  const model = builder.model();
  if (coverageBreaches(model).length > 0) throw new Error("less ran than was given");
  const place = (path: string) => ({ path, inTree: true });
  const context = {
    model: () => model,
    place,
    colorLevel: 0,
    width: 80,
    unicode: true,
    options: {},
  } as const;
  let bytes = 0;
  const none = (async function* (): AsyncGenerator<RunEvent> {})();
  for await (const piece of reporter.render(none, context)) bytes += piece.length;
  if (bytes === 0) throw new Error("no text");
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Prints how reports grow: with twice as many lines, and ten times as many cases. */
async function benchReports(): Promise<void> {
  row("model and lcov of lines × cases", "median ms", "µs a line that a case ran");
  for (const [lines, cases] of [
    [10_000, 100],
    [100_000, 100],
    [100_000, 1000],
  ] as const) {
    const events = [...eventsOf(lines, cases)];
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) times.push(await reportMs(events));
    const ran = lines + cases * TOUCHED.files * TOUCHED.lines;
    const each = ((median(times) / ran) * 1000).toFixed(2);
    row(`${String(lines)} lines × ${String(cases)} cases`, median(times).toFixed(0), each);
  }
}

for (const { title, cwd, words } of PROJECTS)
  for (const [machine, kinds] of MACHINES)
    benchKinds(`${title}, ${machine}`, cwd, [...words, "-m", machine], kinds);
if (IMAGE !== undefined) benchKinds(basename(IMAGE), tmpdir(), ["--image", IMAGE], ["object"]);
await benchReports();
say("");
benchSampling(Math.min(ROUNDS, 3));
