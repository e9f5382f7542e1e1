/** What counting the rounds of benchmarks asks of a run: of its machine, its images, its other options. It counts nothing. */
import type { Machine } from "../../../runner/machine.js";
import { UsageError } from "../../core/errors.js";
import type { RunArguments } from "../arguments.js";
import { machinesIn } from "../cells.js";
import type { Project, ProjectArguments } from "../task.js";

/** Whether the guests of a run count their instructions. */
export const countsInstructions = (
  { bench }: Pick<ProjectArguments, "bench">,
  machine: Machine,
): true | undefined => (bench !== undefined && machine.countsInstructions === true ? true : undefined);

/** Words for the command line of a guest. Source: `guest/lib/uktest/bench.c`. */
export const benchWords = (args: Pick<ProjectArguments, "bench">, machine: Machine): readonly string[] =>
  args.bench === undefined
    ? []
    : [
        `uktest.bench=${String(args.bench)}${countsInstructions(args, machine) === true ? ",instructions" : ""}`,
      ];

/** @throws UsageError for what cannot be counted */
export function refuseBench(project: Project, args: RunArguments): void {
  const { tasks } = project;
  if (args.bench === undefined) return;
  if (args.acceleration === "kvm")
    throw new UsageError("benchmarks go without KVM", "only an emulator counts instructions: TCG");
  const other = tasks.find((task) => "image" in task && !task.image.isKit);
  if (other !== undefined)
    throw new UsageError(
      `--bench needs an image of the kit, and ${other.name} is none`,
      "docs/benchmarks.md has how a benchmark is written",
    );
  const without = machinesIn(project).find(({ countsInstructions: counts }) => counts !== true);
  if (args.benchMaxGrowth !== undefined && without !== undefined)
    throw new UsageError(
      `${without.name} measures times, and --bench-max-growth is about instructions`,
      "take -m qemu-x86_64, qemu-i386 or qemu-arm64",
    );
}
