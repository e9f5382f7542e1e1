/** The plans that `uktest list` shows: those of the project's images, or that of one image. */
import type { Plan } from "../core/plan.js";
import { RigError } from "../core/errors.js";
import { describe } from "./image-files.js";
import { openProject } from "./project.js";
import type { ImageTask, ProjectArguments } from "./task.js";
import { partOf } from "./select.js";

/**
 * Reads the plans; images of the project are built first where they have to be.
 * @throws UsageError, RigError
 */
export async function plansOf(args: ProjectArguments): Promise<readonly Plan[]> {
  const { image } = args;
  if (image !== undefined) {
    const { plan } = describe({ image });
    return [partOf(plan, args)];
  }
  return (await builtTasks(args)).map(({ plan, name }) => ({ ...plan, image: name }));
}

/**
 * The images of the project, built.
 * @throws UsageError, and RigError for one that does not build
 */
export async function builtTasks(args: ProjectArguments): Promise<readonly ImageTask[]> {
  const { tasks } = await openProject(args, { log: () => undefined, stop: new AbortController().signal });
  return tasks.map((task) => {
    if ("image" in task) return task;
    throw new RigError(
      `${task.name} does not build: ${task.failure.diagnostics[0]?.message ?? ""}`,
      "uktest run shows all of it",
    );
  });
}
