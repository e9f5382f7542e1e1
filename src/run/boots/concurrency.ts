/** How many boots of a run go on side by side. It is found out when a second one waits, and not before. */
import { HERE, capacityOf, concurrencyFor } from "../../../runner/host/capacity.js";
import { type BootWishes, bootOptions } from "./options.js";
import type { Project } from "../task.js";
import type { Say } from "../../core/say.js";

/** The number of boots, once it is asked for; says it where that is less than somebody wanted. */
export function concurrencyOf(
  { tasks }: Pick<Project, "tasks">,
  wishes: BootWishes & { readonly jobs?: number },
  say: Say,
  readings = HERE,
): () => number {
  let width: number | undefined;
  return () => {
    if (width !== undefined) return width;
    const images = tasks.flatMap((task) => ("image" in task ? [task.image] : []));
    const guestMiB = Math.max(0, ...images.map((image) => bootOptions(image, wishes).memoryMiB));
    const { boots, isCut } = concurrencyFor(capacityOf(readings), guestMiB, wishes.jobs);
    if (isCut)
      say(
        `--jobs ${String(wishes.jobs)}: memory is left for ${String(boots)} guests of ${String(guestMiB)} MiB`,
      );
    width = boots;
    return width;
  };
}
