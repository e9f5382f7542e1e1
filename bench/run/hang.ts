/**
 * How long a hang takes to be understood: from the moment its limit fires to the fault with registers, stack and the
 * names of the functions. Building the image is no part of it.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MAIN, median, ROOT, ROUNDS, row } from "./measure.js";

const ONCE = fileURLToPath(new URL("./hang-once.js", import.meta.url));
const SUITE = "ukdebug_endless";
const MACHINES = { "qemu-x86_64": "x86_64-gcc", "qemu-arm64": "arm64-gcc", v86: "i386-gcc" } as const;

interface Hang {
  readonly tookMs: number;
  readonly registers: number;
  readonly named: number;
}

/** Measures and prints. */
export function hangCapture(): void {
  for (const [machine, folder] of Object.entries(MACHINES)) {
    execFileSync(process.execPath, [MAIN, "list", "ukdebug", "-m", machine], { cwd: ROOT, stdio: "ignore" });
    const image = join(ROOT, ".uktest/build", folder, "ukdebug.elf");
    const hangs = Array.from({ length: ROUNDS }, () => {
      const said = execFileSync(process.execPath, [ONCE, machine, image, SUITE], {
        cwd: ROOT,
        encoding: "utf8",
      });
      return JSON.parse(said) as Hang;
    });
    if (!hangs.every(({ registers, named }) => registers > 0 && named > 0))
      throw new Error(`${machine}: the hang has no place`);
    const tookMs = median(hangs.map((one) => one.tookMs));
    row(
      `limit of a hung case to its place, ${machine}`,
      `${tookMs.toFixed(1)} ms`,
      `${String(hangs[0]?.named)} frames with names`,
    );
  }
}
