/**
 * What sampling the stacks of a guest costs: samples a second at rates that are asked for, the share of the time for which
 * the guest stood, and the time of the run over one without. It prints rows, and judges nothing.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, row, say } from "../debug/rows.js";

const MAIN = fileURLToPath(new URL("../../bin/uktest/uktest.cjs", import.meta.url));
const MACHINES = ["qemu-x86_64", "qemu-i386", "qemu-arm64"] as const;
/** Samples a second that are asked for. */
const RATES = [100, 250, 1000] as const;

/** A case of some seconds under TCG: less would be over with a handful of samples. */
const WORK = `#include <uk/test.h>

static volatile unsigned int sum;

static __attribute__((noinline)) void spin(void)
{
	for (int i = 0; i < 1000; i++)
		sum += i;
}

UK_TESTCASE(work, spins)
{
	for (int i = 0; i < 400000; i++)
		spin();
	UK_TEST_EXPECT(1);
}
uk_testsuite_register(work, NULL);
`;

interface Sampled {
  readonly wallMs: number;
  /** Samples that were taken, and percent of the time for which the guest stood; absent without a profile. */
  readonly taken?: number;
  readonly stood?: number;
}

function timed(cwd: string, words: readonly string[]): Sampled {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [MAIN, ...words], {
    cwd,
    encoding: "utf8",
    timeout: 300_000,
  });
  const wallMs = performance.now() - start;
  if (status !== 0) throw new Error(`uktest ${words.join(" ")}: ${stderr}`);
  const said = /: (\d+) samples?, \d+ missed, it stood for ([\d.]+) %/.exec(stderr);
  return said === null ? { wallMs } : { wallMs, taken: Number(said[1]), stood: Number(said[2]) };
}

/** Prints a table for each machine. @param rounds so many runs of each kind, by turns */
export function benchSampling(rounds: number): void {
  const folder = mkdtempSync(join(tmpdir(), "uktest-bench-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(join(folder, "work.c"), WORK);
  writeFileSync(
    join(folder, "uktest.config.json"),
    JSON.stringify({ suites: { work: { sources: ["*.c"] } } }),
  );
  for (const machine of MACHINES) {
    const ways = [
      ["run", "-r", "lines", "-m", machine],
      ...RATES.map((hz) => ["profile", "-m", machine, "--hz", String(hz), "-o", "work.folded"]),
    ];
    const results = ways.map((): Sampled[] => []);
    for (const way of ways) timed(folder, way);
    for (let round = 0; round < rounds; round += 1)
      ways.forEach((way, nth) => results[nth]?.push(timed(folder, way)));
    const [plain = NaN, ...profiled] = results.map((all) => median(all.map(({ wallMs }) => wallMs)));
    row(`uktest profile -m ${machine}`, "samples/s", "stood %", "ratio");
    row("without sampling", "", "", "1.00");
    RATES.forEach((hz, nth) => {
      const all = results[nth + 1] ?? [];
      const rate = median(all.map(({ wallMs, taken = 0 }) => (1000 * taken) / wallMs));
      const stood = median(all.map((one) => one.stood ?? 0));
      row(
        `--hz ${String(hz)}`,
        rate.toFixed(0),
        stood.toFixed(1),
        ((profiled[nth] ?? NaN) / plain).toFixed(2),
      );
    });
    say("");
  }
}
