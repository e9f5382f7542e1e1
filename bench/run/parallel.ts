/**
 * What two boots side by side are worth: the wall of a run with one job over twice the wall with two, beside `xargs`
 * over bare emulators with the same images. Rounds in which others used the host count only where there are no better.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPlan } from "../../src/image/plan.js";
import { selecting } from "../../runner/selected-image.js";
import { KIT_BOARD, KIT_DEVICES } from "../../runner/qemu/pc.js";
import { median, ROUNDS, row, timed, uktest } from "./measure.js";

const JOBS = 2;
const GOAL = 0.85;
/** A round is quiet when others used less of a processor. */
const QUIET = 0.15;

export interface Load {
  readonly name: string;
  readonly program: string;
  /** Words that choose what runs. */
  readonly words: readonly string[];
  /** Its images. */
  readonly images: readonly string[];
}

/** An image for each case of some images, where only that case runs. */
function singles(images: readonly string[], folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const paths: string[] = [];
  for (const path of images) {
    const select = selecting({ path });
    const plan = readPlan(path);
    for (const suite of plan.suites)
      for (const one of suite.cases) {
        const name = join(folder, `${String(paths.length)}.elf`);
        writeFileSync(name, select({ ...plan, suites: [{ ...suite, cases: [one] }] }, []).image);
        paths.push(name);
      }
  }
  writeFileSync(join(folder, "list"), paths.join("\n"));
  return paths;
}

/** A script that boots an image as `qemu-x86_64` does, without anybody who listens. */
function bareScript(folder: string): string {
  const path = join(folder, "bare.sh");
  const words = ["-M", KIT_BOARD, "-m", "64", "-nodefaults", "-no-user-config", "-display", "none"];
  const more = ["-serial", "stdio", "-no-reboot", ...KIT_DEVICES, "-accel", "tcg", "-cpu", "max"];
  writeFileSync(
    path,
    `qemu-system-x86_64 ${[...words, ...more].join(" ")} -kernel "$1" </dev/null >/dev/null\n` +
      // The code with which a guest of the kit ends well.
      "[ $? -eq 33 ]\n",
  );
  return path;
}

interface Round {
  readonly efficiency: number;
  readonly others: number;
}

async function round(run: (jobs: number) => ReturnType<typeof timed>): Promise<Round> {
  const one = await run(1);
  const both = await run(JOBS);
  return {
    efficiency: one.wallMs / (JOBS * both.wallMs),
    others: Math.max(one.others, both.others),
  };
}

function judged(name: string, rounds: readonly Round[], goal?: number): number {
  const quiet = rounds.filter(({ others }) => others < QUIET);
  const taken = quiet.length > 0 ? quiet : rounds;
  const efficiency = median(taken.map((one) => one.efficiency));
  const note = quiet.length > 0 ? `${String(quiet.length)} quiet rounds` : "every round was disturbed";
  const wanted = goal === undefined ? "" : `at least ${String(goal)}; `;
  row(name, efficiency.toFixed(2), `${wanted}${note}`);
  return efficiency;
}

/** Measures and prints; true when the goal is kept. */
export async function parallel(load: Load, folder: string): Promise<boolean> {
  const images = singles(load.images, join(folder, load.program));
  const script = bareScript(folder);
  const ours: Round[] = [];
  const bare: Round[] = [];
  for (let nth = 0; nth < ROUNDS; nth += 1) {
    ours.push(
      await round((jobs) =>
        uktest([
          ...load.words,
          "--isolate",
          "case",
          "--jobs",
          String(jobs),
          "-r",
          "events=/dev/null",
          "-r",
          "lines=/dev/null",
        ]),
      ),
    );
    bare.push(
      await round((jobs) =>
        timed({
          program: "xargs",
          args: ["-a", join(folder, load.program, "list"), "-n", "1", "-P", String(jobs), "sh", script],
        }),
      ),
    );
  }
  const efficiency = judged(`${load.name}: ${String(images.length)} boots, uktest`, ours, GOAL);
  judged(`${load.name}: the same in bare emulators, xargs`, bare);
  return efficiency >= GOAL;
}
