/** What the libraries of images offer through ukstore, as `uktest store` shows it: of the project's images, or of one. */
import { RigError } from "../core/errors.js";
import { withLinked } from "../image/elf/linked.js";
import { type StoreEntry, storeIn } from "../image/store.js";
import { type ImageFiles, resolved, withFound } from "./image-files.js";
import { openProject } from "./project.js";
import type { ProjectArguments } from "./task.js";

export interface ImageStore {
  /** Path of the image, or name of the program. */
  readonly image: string;
  readonly entries: readonly StoreEntry[];
}

/**
 * Reads the tables; images of the project are built first where they have to be.
 * @throws UsageError, RigError
 */
export async function storesOf(args: ProjectArguments): Promise<readonly ImageStore[]> {
  const { image, symbols } = args;
  if (image !== undefined)
    return [of(image, withFound(resolved({ image, ...(symbols !== undefined && { symbols }) })))];
  const { tasks } = await openProject(args, { log: () => undefined, stop: new AbortController().signal });
  return tasks.map((task) => {
    if ("files" in task) return of(task.name, task.files);
    throw new RigError(
      `${task.name} does not build: ${task.failure.diagnostics[0]?.message ?? ""}`,
      "uktest run shows all of it",
    );
  });
}

const of = (name: string, { image, symbols }: ImageFiles): ImageStore => ({
  image: name,
  entries: withLinked(image, symbols, storeIn),
});
