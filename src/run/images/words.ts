/** The command line of a guest, from what a run is asked to do. */
import type { Machine } from "../../../runner/machine.js";
import { benchWords } from "../boots/benchmarks.js";
import { settingWords } from "../settings.js";
import { parameterWords } from "../select.js";
import { UsageError } from "../../core/errors.js";
import type { ProjectArguments, Task } from "../task.js";

/** The command line of a guest: one of the kit sets values and measures its cases where it is asked to. */
export const wordsFor = (args: ProjectArguments, isKit: boolean, machine: Machine): readonly string[] => {
  const { append = [], patterns, set, maxLeak, isMeasured, stress } = args;
  return isKit
    ? [
        ...append,
        ...settingWords(set),
        ...parameterWords(patterns),
        ...(maxLeak !== undefined || isMeasured === true ? ["uktest.measure=again"] : []),
        ...(stress !== undefined ? [`uktest.stress=${String(stress)}`] : []),
        ...benchWords(args, machine),
      ]
    : append;
};

/** @throws UsageError for images that know nothing of rounds */
export function refuseStress(tasks: readonly Task[], { stress }: Pick<ProjectArguments, "stress">): void {
  const other = tasks.find((task) => "image" in task && !task.image.isKit);
  if (stress !== undefined && other !== undefined)
    throw new UsageError(
      `--stress needs an image of the kit, and ${other.name} is none`,
      "--repeat boots any image several times",
    );
}
