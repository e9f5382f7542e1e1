/**
 * `npm run bench:boot`: what uktest adds to a bare emulator, side by side in one run: `node -e 0`, the tuned emulator
 * alone, a whole `uktest run --no-build` with a report, the same with a build in which nothing has changed, and the
 * command that people type.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROUNDS = Number(process.env["UKTEST_BENCH_ROUNDS"] ?? 11);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = fileURLToPath(new URL("../bin/uktest/uktest.cjs", import.meta.url));
const BARE = fileURLToPath(new URL("./boot/bare.js", import.meta.url));
const SUITE = "ukargparse";
const MACHINES = {
  "qemu-x86_64": "x86_64",
  "qemu-i386": "i386",
  "qemu-arm64": "arm64",
  v86: "i386",
} as const;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Wall time of a command in milliseconds; a failure is no measurement. */
function wall(program: string, args: readonly string[], mayFail = false): number {
  const start = performance.now();
  const run = spawnSync(program, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 });
  if (!mayFail && run.status !== 0) throw new Error(`${program} ${args.join(" ")}: ${run.stderr.toString()}`);
  return performance.now() - start;
}

const run = (machine: string, report: string, ...more: readonly string[]): readonly string[] => [
  ...[MAIN, "run", SUITE, "-m", machine, "-r", `junit=${report}`, "--no-auto-reporters"],
  ...more,
];

function measure(machine: keyof typeof MACHINES, report: string): void {
  wall(process.execPath, run(machine, report));
  const image = join(ROOT, ".uktest/build", `${MACHINES[machine]}-gcc`, `${SUITE}.elf`);
  const nodes: number[] = [];
  const bare: number[] = [];
  const warm: number[] = [];
  const whole: number[] = [];
  const fresh: number[] = [];
  const typed: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    nodes.push(wall(process.execPath, ["-e", "0"]));
    const { coldMs, warmMs } = JSON.parse(
      execFileSync(process.execPath, [BARE, machine, image], { encoding: "utf8" }),
    ) as { readonly coldMs: number; readonly warmMs: number };
    bare.push(coldMs);
    warm.push(warmMs);
    whole.push(wall(process.execPath, run(machine, report, "--no-build")));
    fresh.push(wall(process.execPath, run(machine, report)));
    if (machine === "qemu-x86_64")
      typed.push(
        wall(
          "qemu-system-x86_64",
          ["-nographic", "-kernel", image, "-device", "isa-debug-exit,iobase=0xf4,iosize=4"],
          true,
        ),
      );
  }
  const added = whole.map((ms, index) => ms - (nodes[index] ?? NaN) - (bare[index] ?? NaN));
  const building = fresh.map((ms, index) => ms - (whole[index] ?? NaN));
  const cells = [nodes, bare, warm, whole, added, building].map((values) =>
    median(values).toFixed(0).padStart(9),
  );
  say(
    `${machine.padEnd(12)}${cells.join("")}${typed.length > 0 ? median(typed).toFixed(0).padStart(9) : ""}`,
  );
}

const folder = mkdtempSync(join(tmpdir(), "uktest-bench-"));
try {
  say(`medians of ${String(ROUNDS)} rounds, in ms; suite ${SUITE}`);
  const heads = ["node -e 0", "bare", "warm", "run", "added", "building", "typed"];
  say(`${"machine".padEnd(12)}${heads.map((head) => head.padStart(9)).join("")}`);
  for (const machine of Object.keys(MACHINES) as (keyof typeof MACHINES)[])
    measure(machine, join(folder, "out.xml"));
  say(
    "added: run without build, less node -e 0 and the bare machine; building: what an unchanged build adds",
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
