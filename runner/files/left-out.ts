/**
 * The init functions that a run has left out of an image since each stopped its boot, so that a debugger comes past them too. It
 * is known of one build of an image, and forgotten with the next.
 */
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeRunFolder } from "./run-folder.js";
import { writeWhole } from "./temporary-files.js";

/** An image, and the addresses of its functions, as `0x1246f0`. */
interface LeftOut {
  readonly image: string;
  /** When the image was written, in milliseconds of the host's clock. */
  readonly written: number;
  readonly functions: readonly string[];
}

const fileIn = (folder: string): string => join(folder, "left-out.json");

const isLeftOut = (value: unknown): value is LeftOut =>
  typeof value === "object" &&
  value !== null &&
  "functions" in value &&
  Array.isArray(value.functions) &&
  value.functions.every((one) => typeof one === "string" && /^0x[0-9a-f]{1,16}$/i.test(one));

/** Those of an image; none where nothing is known of this build. */
export function leftOutOf(folder: string, image: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(readFileSync(fileIn(folder), "utf8"));
    return isLeftOut(value) && value.image === resolve(image) && value.written === statSync(image).mtimeMs
      ? value.functions
      : [];
  } catch {
    return [];
  }
}

/** Remembers those of an image; a folder that cannot be written forgets them. */
export function rememberLeftOut(folder: string, image: string, functions: readonly string[]): void {
  try {
    makeRunFolder(folder);
    const known: LeftOut = { image: resolve(image), written: statSync(image).mtimeMs, functions };
    writeWhole(fileIn(folder), `${JSON.stringify(known, null, 2)}\n`);
  } catch {
    // A debugger says then what has stopped the boot, and the run is reported elsewhere.
  }
}
