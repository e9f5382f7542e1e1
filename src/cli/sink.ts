/**
 * Where a report goes: stdout, stderr or a file. Files are written beside their target and renamed when whole, so that
 * nobody ever reads half a report. This is the only place that writes to the process's streams.
 */
import { existsSync } from "node:fs";
import { type FileHandle, mkdir, open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { partOf, settled } from "../../runner/leftovers.js";
import { RigError } from "../core/errors.js";

export interface Sink {
  /** What to call it in a message. */
  readonly name: string;
  write(text: string): Promise<void>;
  /** The report is whole: makes it visible. */
  close(): Promise<void>;
  /** The report will never be whole: removes what was written. */
  discard(): Promise<void>;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** A sink onto stdout or stderr. A reader that has gone away ends the report quietly: `| head` is no failure. */
export function streamSink(stream: NodeJS.WriteStream, name: string): Sink {
  let gone = false;
  let failure: Error | undefined;
  stream.on("error", (error: Error) => {
    if (codeOf(error) === "EPIPE") gone = true;
    else failure = error;
  });
  const write = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) reject(new RigError(`${name} cannot be written: ${failure.message}`));
      else if (gone || text === "") resolve();
      else
        stream.write(text, (error) => {
          if (error === undefined || error === null || codeOf(error) === "EPIPE") resolve();
          else reject(new RigError(`${name} cannot be written: ${error.message}`));
        });
    });
  return { name, write, close: () => write(""), discard: () => Promise.resolve() };
}

/**
 * Characters of a report that wait in memory until it is whole: nearly every report stands on the disk for no longer than
 * it takes to write it, so that nothing is left of it where the process is killed.
 */
const WAITING_CHARS = 4 << 20;

/** A sink onto a file; devices and pipes are written in place. Folders on the way are made. */
export function fileSink(path: string): Sink {
  let handle: FileHandle | undefined;
  let temporary: string | undefined;
  let target = path;
  let pending = "";
  let isInPlace: boolean | undefined;
  const fail = (error: unknown): never => {
    const reason =
      error instanceof Error ? error.message.replace(/^(\w+): ([^,]*),.*$/s, "$2 ($1)") : String(error);
    throw new RigError(
      `the report ${path} cannot be written: ${reason}`,
      "check that the folder exists, is writable and has room",
    );
  };
  const opened = async (): Promise<FileHandle> => {
    if (handle !== undefined) return handle;
    if (isInPlace) return (handle = await open(path, "w"));
    await makeFolder(dirname(resolve(path)));
    // Behind a link stands the file that is to be replaced, not the link.
    target = await realpath(path).catch(() => path);
    const beside = partOf(target);
    await rm(beside, { force: true });
    handle = await open(beside, "wx");
    temporary = beside;
    return handle;
  };
  const flush = async (): Promise<void> => {
    const file = await opened();
    const text = pending;
    pending = "";
    if (text !== "") await file.appendFile(text);
  };
  const release = async (): Promise<void> => {
    await handle?.close();
    handle = undefined;
  };
  return {
    name: path,
    async write(text) {
      isInPlace ??= await isSpecial(path);
      pending += text;
      if (pending.length >= (isInPlace ? 64 << 10 : WAITING_CHARS)) await flush().catch(fail);
    },
    async close() {
      try {
        isInPlace ??= await isSpecial(path);
        await flush();
        await release();
        if (temporary !== undefined) {
          await rename(temporary, target);
          settled(temporary);
        }
      } catch (error) {
        await this.discard();
        fail(error);
      }
    },
    async discard() {
      await release().catch(() => undefined);
      // What cannot be removed is no second failure of the report.
      if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined);
    },
  };
}

/**
 * Makes a folder and the missing ones above it, one by one: a recursive mkdir of Node 20 never returns below a file
 * system that refuses new folders, such as /proc.
 */
async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  for (let at = path; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at);
  for (const folder of missing.reverse())
    await mkdir(folder).catch((error: unknown) => {
      // Another report of this run may have been faster.
      if (codeOf(error) !== "EEXIST") throw error;
    });
}

/** True for something that exists and cannot be replaced by a rename: a device, a pipe, a folder. */
async function isSpecial(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isFile();
  } catch {
    return false;
  }
}
