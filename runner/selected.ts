/**
 * Puts the copy of an image in which only a part of its plan runs into the folder of the run. What is changed in it is up
 * to src/image; here are the files.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { makeRunFolder } from "./kept.js";
import { RigError } from "../src/core/errors.js";
import type { Plan } from "../src/core/plan.js";
import { selectInImage, type NamedBytes, type Wanted } from "../src/image/select.js";

/** An image, and the file that holds its test table where it does not itself. */
export interface ImageFiles {
  readonly path: string;
  readonly symbols?: string | undefined;
}

/** What a part of a plan wants to run. */
export const wantedOf = ({ suites }: Plan): Wanted =>
  new Map(suites.map(({ name, cases }) => [name, cases.map((one) => one.name)]));

/**
 * Writes the copy below `folder`, and returns its path: the same one for the same image and part.
 * @throws RigError when the image cannot be changed so, or nothing can be written
 */
export function writeSelected({ path, symbols }: ImageFiles, part: Plan, folder: string): string {
  const wanted = wantedOf(part);
  const content = selectInImage(
    bytesIn(path),
    wanted,
    symbols === undefined ? {} : { symbols: bytesIn(symbols) },
  );
  const id = createHash("sha256")
    .update(JSON.stringify([path, ...wanted]))
    .digest("hex")
    .slice(0, 12);
  const copy = join(folder, "selected", `${basename(path)}-${id}`);
  makeRunFolder(folder);
  try {
    mkdirSync(join(folder, "selected"), { recursive: true });
    writeFileSync(copy, content);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new RigError(`no image can be written to ${copy}: ${message}`, "Is the disk full?");
  }
  return copy;
}

const bytesIn = (path: string): NamedBytes => {
  try {
    return { name: path, content: readFileSync(path) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new RigError(`cannot read the image ${path}: ${message}`, "Check the path of the image.");
  }
};
