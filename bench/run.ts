/**
 * `npm run bench:run`: what running costs beside what is run: side by side, with crashes, to the verdict, in a hang, and
 * to the first frame of a crash that has a name. Medians of several rounds; UKTEST_BENCH_ROUNDS sets how many.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crashCost } from "./run/crashes.js";
import { hangCapture } from "./run/hang.js";
import { MAIN, median, ROOT, ROUNDS, row, say } from "./run/measure.js";
import { parallel } from "./run/parallel.js";
import { writeProject } from "./run/project.js";
import { timeToVerdict } from "./run/verdict.js";
import { makeImage } from "./symbols/image.js";

const FIRST = fileURLToPath(new URL("./symbols/first.js", import.meta.url));
const FRAME_MS = 150;

/** The time of the first frame with a name, on an image as large as a kernel's. */
function firstFrame(folder: string): boolean {
  const { path, bytes, addresses } = makeImage(folder);
  const took = Array.from({ length: ROUNDS }, () => {
    const said = execFileSync(process.execPath, [FIRST, path, folder, addresses[0] ?? ""], {
      encoding: "utf8",
    });
    const { tookMs, named } = JSON.parse(said) as { readonly tookMs: number; readonly named: number };
    if (named < 1) throw new Error("the frame has no name");
    return tookMs;
  });
  const name = `first symbolized frame, an image of ${(bytes / 1e6).toFixed(1)} MB`;
  row(name, `${median(took).toFixed(1)} ms`, `at most ${String(FRAME_MS)} ms`);
  return median(took) <= FRAME_MS;
}

const folder = mkdtempSync(join(tmpdir(), "uktest-bench-"));
try {
  say(`medians of ${String(ROUNDS)} rounds on ${process.platform}, qemu-x86_64 where nothing else is named`);
  const config = writeProject(folder);
  const words = ["--config", config, "-m", "qemu-x86_64"];
  const built = (program: string): string => join(folder, ".uktest/build/x86_64-gcc", `${program}.elf`);
  const build = (all: readonly string[]) =>
    execFileSync(process.execPath, [MAIN, "run", ...all], { cwd: ROOT, stdio: "ignore" });
  build([...words, "long"]);
  build(["vfscore", "-m", "qemu-x86_64"]);
  const kept = [
    await parallel(
      { name: "long cases", program: "long", words: [...words, "long"], images: [built("long")] },
      folder,
    ),
    await parallel(
      {
        name: "short cases",
        program: "vfscore",
        words: ["vfscore", "-m", "qemu-x86_64"],
        images: [join(ROOT, ".uktest/build/x86_64-gcc/vfscore.elf")],
      },
      folder,
    ),
    await crashCost(words),
    await timeToVerdict(folder, words),
    firstFrame(folder),
  ];
  hangCapture();
  say(kept.every(Boolean) ? "all goals kept" : "a goal was MISSED");
  process.exitCode = kept.every(Boolean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
