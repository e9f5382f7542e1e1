/** Whole runs of uktest with several sets of options, by turns: what the benchmarks of options compare. It prints nothing. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "../debug/rows.js";

const MAIN = fileURLToPath(new URL("../../bin/uktest/uktest.cjs", import.meta.url));

/** Wall time of a run in milliseconds; one that is not green is no measurement. */
function wall(cwd: string, words: readonly string[]): number {
  const start = performance.now();
  const run = spawnSync(process.execPath, [MAIN, "run", "-r", "lines", ...words], { cwd, timeout: 300_000 });
  if (run.status !== 0) throw new Error(`uktest run ${words.join(" ")}: ${run.stdout.toString()}`);
  return performance.now() - start;
}

/**
 * Runs each way so many times, all by turns, after one of each that warms what is cached.
 * @param ways the words after `uktest run`
 * @returns the median of each in milliseconds, in the same order
 */
export function compareWays(
  cwd: string,
  ways: readonly (readonly string[])[],
  rounds: number,
): readonly number[] {
  const times = ways.map((): number[] => []);
  for (const way of ways) wall(cwd, way);
  for (let round = 0; round < rounds; round += 1)
    ways.forEach((way, nth) => times[nth]?.push(wall(cwd, way)));
  return times.map(median);
}
