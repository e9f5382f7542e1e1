/**
 * Files that have no name, for an emulator to inherit: the memory of a guest, which we read also when the emulator is
 * gone, and an image that stands on no disk. Nothing of them outlives both processes.
 */
import { closeSync, constants, ftruncateSync, openSync, readSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";

export interface GuestMemory {
  /** Number of the open file, for a child to inherit. */
  readonly file: number;
  readonly bytes: number;
  /** Bytes from an offset; undefined outside of it. */
  read(offset: number, length: number): Uint8Array | undefined;
  readonly close: () => void;
}

/** Linux makes a file without a name of a folder; Node does not name the flag. */
const NAMELESS = 0o20000000 | constants.O_DIRECTORY;

/** Memory before disk, where the whole guest fits: containers often have little of the former. */
const FOLDERS = ["/dev/shm", tmpdir()];

function hasRoom(folder: string, bytes: number): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= bytes;
}

/** Opens a file without a name where there is room for so many bytes; undefined where this host cannot. */
export function anonymousFile(bytes: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  for (const folder of FOLDERS) {
    try {
      if (!hasRoom(folder, bytes)) continue;
      return openSync(folder, constants.O_RDWR | NAMELESS, 0o600);
    } catch {
      // Not every file system can; the next folder may be on another one.
    }
  }
  return undefined;
}

/** Makes the memory of a guest; undefined where this host cannot. */
export function guestMemory(bytes: number): GuestMemory | undefined {
  const file = anonymousFile(bytes);
  if (file === undefined) return undefined;
  ftruncateSync(file, bytes);
  return memoryOf(file, bytes);
}

/** An open file with this content; undefined where this host cannot. */
export function anonymousCopy(content: Uint8Array): number | undefined {
  const file = anonymousFile(content.length);
  if (file === undefined) return undefined;
  fill(file, content);
  return file;
}

/** Writes the content of an empty file. */
export function fill(file: number, content: Uint8Array): void {
  for (let at = 0; at < content.length;) at += writeSync(file, content, at);
}

function memoryOf(file: number, bytes: number): GuestMemory {
  let isOpen = true;
  return {
    file,
    bytes,
    read: (offset, length) => {
      if (!isOpen || !Number.isSafeInteger(offset) || offset < 0 || length < 0 || offset + length > bytes)
        return undefined;
      const piece = new Uint8Array(length);
      return readSync(file, piece, 0, length, offset) === length ? piece : undefined;
    },
    close: () => {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}
