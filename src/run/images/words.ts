/** The command line of a guest, from what a run is asked to do. */
import type { Machine } from "../../../runner/machine.js";
import { benchWords } from "../boots/benchmarks.js";
import { settingWords } from "../settings.js";
import { parameterWords } from "../select.js";
import type { ProjectArguments } from "../task.js";

/** The command line of a guest: one of the kit sets values and measures its cases where it is asked to. */
export const wordsFor = (args: ProjectArguments, isKit: boolean, machine: Machine): readonly string[] => {
  const { append = [], patterns, set, maxLeak, isMeasured } = args;
  return isKit
    ? [
        ...append,
        ...settingWords(set),
        ...parameterWords(patterns),
        ...(maxLeak !== undefined || isMeasured === true ? ["uktest.measure=again"] : []),
        ...benchWords(args, machine),
      ]
    : append;
};
