/**
 * The folder that a run leaves behind in a project: images, and consoles that were kept. It never shows up in the
 * project's own version control.
 */
import { messageOf } from "../../src/core/reason.js";
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileName } from "./file-name.js";
import { makeFolder } from "./make-folder.js";
import { RigError } from "../../src/core/errors.js";

/**
 * Makes the folder.
 * @throws RigError when nothing can be written there
 */
export function makeRunFolder(folder: string): void {
  const ignore = join(folder, ".gitignore");
  if (existsSync(ignore)) return;
  try {
    makeFolder(folder);
    writeFileSync(ignore, "*\n");
  } catch (error) {
    const message = messageOf(error);
    throw new RigError(`nothing can be built in ${folder}: ${message}`);
  }
}

/** Whether something can be made in a folder, or in the nearest one above it that there is. */
export function canWrite(folder: string): boolean {
  let at = folder;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  try {
    accessSync(at, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The folder that takes the place of one that cannot be written: below that for temporary files (`TMPDIR`), the same for
 * the next run, and nobody else's.
 * @throws RigError when somebody else has made it
 */
export function folderInstead(folder: string): string {
  const user = process.getuid?.() ?? 0;
  let sum = 0x811c9dc5;
  for (const byte of Buffer.from(folder)) sum = Math.imul(sum ^ byte, 0x01000193);
  const path = join(tmpdir(), `uktest-${String(user)}-${(sum >>> 0).toString(16).padStart(8, "0")}`);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch {
    // It is there already, or cannot be made: see below.
  }
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true && found.uid === user) return path;
  throw new RigError(
    `nothing can be built in ${folder}, and ${path} is no folder of ours either`,
    "set TMPDIR to a folder that can be written",
  );
}

export interface KeptConsole {
  readonly path: string;
  write(bytes: Uint8Array): void;
  close(): void;
}

/** A file for the raw console of a boot, whole up to the last byte that came. */
export function keepConsole(folder: string, source: string): KeptConsole {
  const logs = join(folder, "logs");
  const path = join(logs, `${fileName(source)}.log`);
  const file = opened(logs, path);
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

function opened(folder: string, path: string): number {
  try {
    makeFolder(folder);
    return openSync(path, "w");
  } catch (error) {
    const message = messageOf(error);
    throw new RigError(
      `no console can be kept in ${folder}: ${message}`,
      "--record FOLDER keeps it elsewhere",
    );
  }
}
