/** What the libraries of images offer through ukstore, as `uktest store` shows it: of the project's images, or of one. */
import { withLinked } from "../image/elf/linked.js";
import { type StoreEntry, storeIn } from "../image/store.js";
import { type ImageFiles, resolved, withFound } from "./image-files.js";
import { builtTasks } from "./list-plans.js";
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
  return (await builtTasks(args)).map(({ name, files }) => of(name, files));
}

const of = (name: string, { image, symbols }: ImageFiles): ImageStore => ({
  image: name,
  entries: withLinked(image, symbols, storeIn),
});
