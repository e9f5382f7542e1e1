/**
 * A report in a file. It is written beside its target and renamed when whole, so that nobody ever reads half a report;
 * only what cannot be replaced, a device or a pipe, is written in place.
 */
import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { appendFile, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { makeFolder } from "../../runner/files/make-folder.js";
import { partOf, settled } from "../../runner/files/temporary-files.js";
import { RigError } from "../core/errors.js";
import { codeOf, reasonOf } from "../core/reason.js";
import type { Sink } from "./sink.js";

/** An open file. */
interface Writer {
  append(text: string): void | Promise<void>;
  close(): void | Promise<void>;
  /** Puts a whole report into its place. */
  publish(): void;
  remove(): void;
}

const WORDS: Readonly<Record<string, string>> = {
  EISDIR: "it is a folder (EISDIR)",
  ENOTDIR: "it would be in a file, which is no folder (ENOTDIR)",
  EEXIST: "it would be in a file, which is no folder (EEXIST)",
  ENXIO: "it is a socket (ENXIO)",
};

const refuse = (path: string, error: unknown): never => {
  throw new RigError(
    `the report ${path} cannot be written: ${WORDS[codeOf(error)] ?? reasonOf(error)}`,
    "check that the folder exists, is writable and has room",
  );
};

/** A sink after what a file holds already: the whole report in one piece, when it is whole, or nothing. */
export function appendSink(path: string): Sink {
  const texts: string[] = [];
  return {
    name: path,
    write(text) {
      texts.push(text);
      return Promise.resolve();
    },
    close: () => appendFile(path, texts.join("")).catch((error: unknown) => refuse(path, error)),
    discard: () => Promise.resolve(),
  };
}

/**
 * Characters of a report that wait in memory until it is whole: nearly every report stands on the disk for no longer than
 * it takes to write it, so that nothing is left of it where the process is killed.
 */
const WAITING_CHARS = 4 << 20;

/** A sink onto a file; folders on the way are made. `stop` ends the wait for the reader of a named pipe. */
export function fileSink(path: string, stop?: AbortSignal): Sink {
  let writer: Writer | undefined;
  let isInPlace: boolean | undefined;
  let pending = "";
  const fail = (error: unknown): never => refuse(path, error);
  const flush = async (): Promise<void> => {
    isInPlace ??= isSpecial(path);
    writer ??= isInPlace ? await inPlace(path, stop) : beside(path);
    const text = pending;
    pending = "";
    if (text !== "") await writer.append(text);
  };
  return {
    name: path,
    async write(text) {
      isInPlace ??= isSpecial(path);
      pending += text;
      if (pending.length >= (isInPlace ? 64 << 10 : WAITING_CHARS)) await flush().catch(fail);
    },
    async close() {
      try {
        await flush();
        await writer?.close();
        writer?.publish();
      } catch (error) {
        await this.discard();
        fail(error);
      }
    },
    async discard() {
      try {
        await writer?.close();
      } catch {
        // The report has failed already, or is not wanted.
      }
      writer?.remove();
    },
  };
}

/** A device or a pipe: each step may have to wait for whoever is at the other end. */
async function inPlace(path: string, stop: AbortSignal | undefined): Promise<Writer> {
  if (statSync(path, { throwIfNoEntry: false })?.isFIFO() === true) {
    const { pipeWriter } = await import("../../runner/files/waiting.js");
    return { ...(await pipeWriter(path, stop)), publish: () => undefined, remove: () => undefined };
  }
  const handle = await open(path, "w");
  return {
    append: (text) => handle.appendFile(text),
    close: () => handle.close(),
    publish: () => undefined,
    remove: () => undefined,
  };
}

/** A plain file, written at once: handing each step to another thread takes longer than the step. */
function beside(path: string): Writer {
  makeFolder(dirname(resolve(path)));
  const target = throughLinks(path);
  const temporary = partOf(target);
  const file = openNew(temporary);
  let isOpen = true;
  return {
    append: (text) => {
      writeFileSync(file, text);
    },
    close: () => {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
    publish: () => {
      renameSync(temporary, target);
      settled(temporary);
    },
    remove: () => {
      try {
        rmSync(temporary, { force: true });
      } catch {
        // What cannot be removed is no second failure of the report.
      }
    },
  };
}

/** Opens what nobody else has open; a file of that name is one that a process of our number left. */
function openNew(path: string): number {
  try {
    return openSync(path, "wx");
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    rmSync(path, { force: true });
    return openSync(path, "wx");
  }
}

/** After a link stands the file that is to be replaced, not the link. */
function throughLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** True for something that exists and cannot be replaced by a rename: a device, a pipe, a folder. */
function isSpecial(path: string): boolean {
  // The system is asked to make it, and says what is wrong.
  if (path.endsWith("/")) return true;
  try {
    return !statSync(path).isFile();
  } catch {
    return false;
  }
}
