/**
 * The time from the last byte of a guest to the verdict, and to the end of the command: after a guest that is replayed
 * and ends at once, one that works on after its tests, and a real one, whose emulator takes its own time to end.
 */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { notedEmulator } from "./guest.js";
import { MAIN, median, ROOT, ROUNDS, row, uktest } from "./measure.js";

const GOAL_MS = 20;
const RUN = ["ukargparse", "-m", "qemu-x86_64"] as const;

/** Measures and prints; true when the goal is kept. */
export async function timeToVerdict(folder: string, words: readonly string[]): Promise<boolean> {
  const real = execFileSync("sh", ["-c", "command -v qemu-system-x86_64"], { encoding: "utf8" }).trim();
  const records = join(folder, "records");
  execFileSync(process.execPath, [MAIN, "run", ...RUN, "--record", records], { cwd: ROOT, stdio: "ignore" });
  const record = join(records, readdirSync(records)[0] ?? "");
  const log = readdirSync(join(record, "logs"))[0] ?? "";
  const { env, lastByteMs } = notedEmulator(folder, real);
  const ways = [
    ["a guest that ends", RUN, { ...env, BENCH_CONSOLE: join(record, "logs", log) }, true],
    ["a guest that goes on after its tests", [...words, "lingers"], env, true],
    ["a real emulator, its own end included", RUN, env, false],
  ] as const;
  let isKept = true;
  for (const [name, run, how, hasGoal] of ways) {
    const verdicts: number[] = [];
    const ends: number[] = [];
    for (let round = 0; round < 2 * ROUNDS + 1; round += 1) {
      const start = performance.now();
      const { wallMs, lines } = await uktest([...run, "-r", "events"], { env: how });
      const said = lines.find(({ text }) => text.includes('"type":"run-finished"'));
      const last = lastByteMs();
      verdicts.push((said?.atMs ?? NaN) - last);
      ends.push(start + wallMs - last);
    }
    const verdictMs = median(verdicts);
    if (hasGoal && !(verdictMs <= GOAL_MS)) isKept = false;
    const goal = hasGoal ? `at most ${String(GOAL_MS)} ms` : "";
    row(`last byte to verdict: ${name}`, `${verdictMs.toFixed(1)} ms`, goal);
    row(`  … and to the end of the command`, `${median(ends).toFixed(1)} ms`);
  }
  return isKept;
}
