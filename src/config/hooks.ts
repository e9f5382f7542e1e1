/** The `hooks` of a configuration: commands on the host around the boots of its programs and images. */
import * as v from "valibot";
import { milliseconds, noArray, texts } from "./values.js";

const command = v.pipe(texts, v.nonEmpty(), v.description("Program and arguments; no shell reads them."));

const commands = (when: string) =>
  v.optional(v.pipe(v.union([command, v.pipe(v.array(command), v.nonEmpty())]), v.description(when)));

export const hooks = v.pipe(
  noArray,
  v.strictObject({
    beforeRun: commands("Commands before the first boot of a run."),
    afterRun: commands("Commands after the last boot of a run, however it ends."),
    beforeSuite: commands("Commands before the first boot of each program."),
    duringSuite: commands("Commands beside the boots of each program, which talk to its guest."),
    afterSuite: commands("Commands after the last boot of each program, however it ends."),
    timeoutMs: v.optional(
      v.pipe(milliseconds, v.description("Longest time of one command, in milliseconds.")),
    ),
  }),
  v.description("Commands on the host that set up what tests need, and tear it down."),
);

export type Hooks = v.InferOutput<typeof hooks>;
