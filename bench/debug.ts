/**
 * `npm run bench:debug`: what `uktest debug` adds to gdb, side by side in one run: gdb alone with the same symbols, the command
 * up to the frame of a failed assertion, a core of the same case; how long the way back to the write that broke a value takes, against
 * the run of its case; and the stubs: questions a second of QEMU's and of the one in a guest, and what the latter costs.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchIdle, benchSizes } from "./debug/own-stub.js";
import { benchRoundTrips } from "./debug/round-trips.js";
import { median, row, say } from "./debug/rows.js";

const ROUNDS = Number(process.env["UKTEST_BENCH_ROUNDS"] ?? 11);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = fileURLToPath(new URL("../bin/uktest/uktest.cjs", import.meta.url));
const CASE = "uktest_fails.expect";
const MACHINE = ["-m", "qemu-x86_64"];
/** A file of the build for a profile. */
const built = (profile: "debug" | "debug-stub", name: string): string =>
  join(ROOT, `.uktest/build/x86_64-gcc-${profile}`, name);
const IMAGE = built("debug", "uktest-fails.elf");

/** A suite that is green, of which both profiles have an image. */
const GREEN = "ukargparse";
const SIZED = {
  plain: built("debug", `${GREEN}.elf`),
  withStub: built("debug-stub", `${GREEN}.elf`),
  objects: join(ROOT, ".uktest/build/x86_64-gcc/libukgdb"),
  named: built("debug", "ukdebug.elf"),
};
/** Boots for each round: one takes a twentieth of what the rest of a round does. */
const BOOTS = 5;

/** Wall time of a command in milliseconds; a failure is no measurement. */
function wall(program: string, args: readonly string[], code = 0): number {
  const start = performance.now();
  const run = spawnSync(program, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 });
  if (run.status !== code) throw new Error(`${program} ${args.join(" ")}: ${run.stderr.toString()}`);
  return performance.now() - start;
}

const uktest = (words: readonly string[], code = 0): number => wall(process.execPath, [MAIN, ...words], code);

/** A value that is broken by a write long before it is looked at. */
const BROKEN = ["ukdebug_overwritten", ...MACHINE];
const WATCH = ["-ex", "watch room.users"];
/** Within a session, so that what both have alike counts once. */
const BACK = ["-ex", "reverse-continue"];

/** Prints what the way back costs: sessions with it, less those without it. */
function benchBack(): void {
  const [forwards, stopped, back]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    forwards.push(uktest(["run", ...BROKEN, "--profile", "debug"], 1));
    const session = ["debug", "--record-replay", ...BROKEN, "--", "-nx", "-batch", ...WATCH];
    stopped.push(uktest(session));
    back.push(uktest([...session, ...BACK]));
  }
  const [run, before] = [median(forwards), median(stopped)];
  const alone = median(back) - before;
  say("");
  row("from a broken value to the write, qemu-x86_64", "median ms", "of a run");
  for (const [name, ms] of [
    ["uktest run of the case", run],
    ["uktest debug --record-replay, up to the failure", before],
    ["reverse-continue from there (goal: 1000)", alone],
  ] as const)
    row(name, ms.toFixed(0), (ms / run).toFixed(2));
}

/** Prints what the command takes. @param records folder of a record with a core of the case */
function benchCommand(records: string): void {
  const [gdb, live, core]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    gdb.push(wall("gdb-multiarch", ["-nx", "-batch", "-ex", "break uk_test_on_failure", IMAGE]));
    live.push(uktest(["debug", CASE, ...MACHINE, "--", "-nx", "-batch"]));
    core.push(uktest(["debug", "--core", records, "--", "-nx", "-batch"]));
  }
  const own = median(gdb);
  row("to the frame of a failed assertion, qemu-x86_64", "median ms", "over gdb");
  for (const [name, values] of [
    ["gdb alone, with the same symbols", gdb],
    ["uktest debug SUITE.CASE (goal: 300 over gdb)", live],
    ["uktest debug --core RECORD", core],
  ] as const)
    row(name, median(values).toFixed(0), (median(values) - own).toFixed(0));
}

const records = mkdtempSync(join(tmpdir(), "uktest-bench-"));
try {
  uktest(["debug", CASE, ...MACHINE, "--", "-nx", "-batch"]);
  uktest(["debug", CASE, ...MACHINE, "--stub", "guest", "--", "-nx", "-batch"]);
  uktest(["run", CASE, ...MACHINE, "--record", records, "--keep-core"], 1);
  for (const profile of ["debug", "debug-stub"]) uktest(["run", GREEN, ...MACHINE, "--profile", profile]);
  benchCommand(records);
  await benchRoundTrips(IMAGE, built("debug-stub", "uktest-fails.elf"));
  benchBack();
  benchSizes(SIZED);
  await benchIdle(SIZED, BOOTS * ROUNDS);
} finally {
  rmSync(records, { recursive: true, force: true });
}
