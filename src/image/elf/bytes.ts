/**
 * Bounded, positioned reads of an image, so that a 100 MB file costs what is looked at.
 * It refuses everything outside the file and knows nothing of what the bytes mean.
 */
import { codeOf, messageOf } from "../../core/reason.js";
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { RigError } from "../../core/errors.js";

/** A file, or anything like one, that is read in pieces. */
export interface ImageBytes {
  /** Path or name, for messages. */
  readonly name: string;
  readonly size: number;
  /** The bytes at an offset; throws a RigError that names `what` unless all of them are in the file. */
  readonly read: (offset: number, length: number, what: string) => Buffer;
}

/** What to say about an image that is not what it claims to be. */
export const damaged = (name: string, message: string): RigError =>
  new RigError(`${name}: ${message}`, "The file is damaged or incomplete: build it, or copy it, again.");

const inside = (size: number, offset: number, length: number): boolean =>
  Number.isSafeInteger(offset) &&
  Number.isSafeInteger(length) &&
  offset >= 0 &&
  length >= 0 &&
  offset + length <= size;

/** Bytes that are in memory already. */
export function bytesOf(name: string, content: Uint8Array): ImageBytes {
  const all = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return {
    name,
    size: all.length,
    read: (offset, length, what) => {
      if (!inside(all.length, offset, length)) throw damaged(name, `the file does not hold ${what}`);
      return all.subarray(offset, offset + length);
    },
  };
}

function bytesOfFile(name: string, fd: number): ImageBytes {
  const { size } = fstatSync(fd);
  const read = (offset: number, length: number, what: string): Buffer => {
    if (!inside(size, offset, length)) throw damaged(name, `the file does not hold ${what}`);
    const piece = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const got = readSync(fd, piece, filled, length - filled, offset + filled);
      if (got === 0) throw damaged(name, "the file got shorter while it was read");
      filled += got;
    }
    return piece;
  };
  return { name, size, read };
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === "ENOENT" || code === "ENOTDIR") return "no such file";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return messageOf(error);
}

function open(path: string): number {
  let isFile: boolean;
  try {
    // Asked before opening, because opening a pipe would wait for its writer.
    isFile = statSync(path).isFile();
    if (isFile) return openSync(path, "r");
  } catch (error) {
    throw new RigError(`cannot read the image ${path}: ${reasonOf(error)}`, "Check the path of the image.");
  }
  throw new RigError(
    `cannot read the image ${path}: not a regular file`,
    "Pass the file that the build wrote.",
  );
}

/**
 * Opens an image, hands its bytes to `use` and closes it again; the bytes are of no use afterwards.
 * Throws a RigError when the file cannot be read, and whatever `use` throws.
 */
export function withImage<T>(path: string, use: (bytes: ImageBytes) => T): T {
  const fd = open(path);
  try {
    return use(bytesOfFile(path, fd));
  } catch (error) {
    if (error instanceof Error && "syscall" in error) {
      throw new RigError(
        `cannot read the image ${path}: ${reasonOf(error)}`,
        "Check the disk the image is on.",
      );
    }
    throw error;
  } finally {
    closeSync(fd);
  }
}
