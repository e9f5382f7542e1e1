/**
 * The folder that a run leaves behind in a project: images, and consoles that were kept. It never shows up in the
 * project's own version control.
 */
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { RigError } from "../src/core/errors.js";

/**
 * Makes the folder.
 * @throws RigError when nothing can be written there
 */
export function makeRunFolder(folder: string): void {
  const ignore = join(folder, ".gitignore");
  if (existsSync(ignore)) return;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(ignore, "*\n");
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new RigError(`nothing can be built in ${folder}: ${message}`);
  }
}

export interface KeptConsole {
  readonly path: string;
  write(bytes: Uint8Array): void;
  close(): void;
}

/** A file for the raw console of a boot, whole up to the last byte that came. */
export function keepConsole(folder: string, source: string): KeptConsole {
  const logs = join(folder, "logs");
  mkdirSync(logs, { recursive: true });
  const path = join(logs, `${source.replaceAll(/[^\w.-]+/g, "-")}.log`);
  const file = openSync(path, "w");
  return {
    path,
    write: (bytes) => {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    },
    close: () => {
      closeSync(file);
    },
  };
}
