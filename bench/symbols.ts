/**
 * `npm run bench:symbols`: the time from having a crash to its frames, on an image of about 2 MB with debug information,
 * side by side with addr2line on the same addresses. The limit for the first frame is 150 ms.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeImage } from "./symbols/image.js";

const ROUNDS = Number(process.env["UKTEST_BENCH_ROUNDS"] ?? 15);
const FIRST = fileURLToPath(new URL("./symbols/first.js", import.meta.url));
const LIMIT_MS = 150;
const TOOLS = ["addr2line", "llvm-symbolizer"];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
const ms = (value: number): string => `${value.toFixed(1).padStart(7)} ms`;

/** What a process of our own says it took, without its start. */
function own(image: string, root: string, addresses: readonly string[]): number {
  const said = execFileSync(process.execPath, [FIRST, image, root, ...addresses], { encoding: "utf8" });
  const { tookMs, named } = JSON.parse(said) as { readonly tookMs: number; readonly named: number };
  if (named < addresses.length) throw new Error(`only ${String(named)} frames have a line`);
  return tookMs;
}

/** Wall time of a tool; nothing when it is not installed. */
function wall(tool: string, args: readonly string[]): number | undefined {
  const start = performance.now();
  const { error, status } = spawnSync(tool, args, { stdio: ["ignore", "pipe", "pipe"] });
  if (error !== undefined) return undefined;
  if (status !== 0) throw new Error(`${tool} failed`);
  return performance.now() - start;
}

function measure(image: string, root: string, addresses: readonly string[]): number {
  const ours: number[] = [];
  const others = new Map<string, number[]>(TOOLS.map((tool) => [tool, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(own(image, root, addresses));
    for (const [tool, times] of others) {
      const took = wall(tool, ["-f", "-i", "-e", image, ...addresses.map((address) => `0x${address}`)]);
      if (took !== undefined) times.push(took);
    }
  }
  const tookMs = median(ours);
  say(
    `${String(addresses.length).padStart(3)} addresses  uktest ${ms(tookMs)}  (most ${ms(Math.max(...ours))})`,
  );
  for (const [tool, times] of others)
    if (times.length > 0)
      say(
        `               ${tool} ${ms(median(times))}  uktest takes ${(tookMs / median(times)).toFixed(2)} of it`,
      );
  return tookMs;
}

const folder = mkdtempSync(join(tmpdir(), "uktest-bench-"));
try {
  const { path, bytes, addresses } = makeImage(folder);
  say(`an image of ${(bytes / 1e6).toFixed(2)} MB, medians of ${String(ROUNDS)} rounds`);
  const firstMs = measure(path, folder, addresses.slice(0, 1));
  measure(path, folder, addresses.slice(0, 12));
  measure(path, folder, addresses.slice(0, 64));
  const verdict = firstMs <= LIMIT_MS ? "kept" : "EXCEEDED";
  say(`the first frame within ${String(LIMIT_MS)} ms: ${verdict}`);
  process.exitCode = firstMs <= LIMIT_MS ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
