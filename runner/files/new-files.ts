/**
 * Files that are to appear where nothing was: all of them or none. It never writes over anything and never changes what
 * is there, a link that points nowhere included.
 */
import { messageOf } from "../../src/core/reason.js";
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { RigError } from "../../src/core/errors.js";

export interface NewFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string;
}

/** The files whose place is taken. */
export const inTheWay = (files: readonly NewFile[]): readonly NewFile[] =>
  files.filter(({ path }) => lstatSync(path, { throwIfNoEntry: false }) !== undefined);

/** Makes a folder and the missing ones above it, one by one; tells of each that it made. */
function makeFolder(path: string, made: (folder: string) => void): void {
  const missing: string[] = [];
  for (let at = path; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse()) {
    mkdirSync(folder);
    made(folder);
  }
}

/**
 * Writes all files; folders on the way are made.
 * @throws RigError when one cannot be written: what was written before is gone again
 */
export function writeNew(files: readonly NewFile[]): void {
  const undo: (() => void)[] = [];
  try {
    for (const { path, content } of files) {
      makeFolder(dirname(path), (folder) => {
        undo.push(() => {
          rmdirSync(folder);
        });
      });
      const file = openSync(path, "wx");
      undo.push(() => {
        rmSync(path);
      });
      try {
        writeFileSync(file, content);
      } finally {
        closeSync(file);
      }
    }
  } catch (error) {
    for (const back of undo.reverse()) quietly(back);
    const message = messageOf(error);
    throw new RigError(`nothing was written: ${message}`, "check that the folder is writable and has room");
  }
}

function quietly(back: () => void): void {
  try {
    back();
  } catch {
    // Somebody else has put something there, or taken it away: it is theirs now.
  }
}
