/**
 * Opens what a report is made from: raw serial logs, standard input, or a record of an earlier run. It tells them apart
 * by their first bytes and hands over bytes; it reads no line.
 */
import { readSync, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { RigError, UsageError } from "../core/errors.js";
import { RECORD_START } from "../record/events.js";
import { codeOf, reasonOf } from "../core/reason.js";
import { MAGIC_BYTES, decompressed, dockerLogs, isDockerJson, packingOf } from "./unpack.js";

export interface Source {
  /** As the user wrote it. */
  readonly name: string;
  readonly kind: "log" | "record";
  /** The bytes; a chunk is valid until the next one is asked for. */
  chunks(): AsyncIterable<Uint8Array>;
}

const CHUNK_BYTES = 1024 * 1024;
/** Read in large chunks, handed over in small pieces: what one piece leads to is all held at once. */
const PIECE_BYTES = 64 * 1024;

/**
 * Opens a log by its path, or standard input for `-`. A file is read only when its turn has come; `stop` ends the wait for
 * a named pipe.
 */
export async function openSource(name: string, stop?: AbortSignal): Promise<Source> {
  if (name === "-") return streamSource("standard input", readInput());
  if (isWaitedFor(name)) return streamSource(name, readWaiting(name, stop));
  const file = await openFile(name);
  // Many logs would hold many buffers and many open files: this one is opened again when it is read.
  const first = Buffer.alloc(MAGIC_BYTES);
  const { bytesRead } = await file
    .read(first, 0, first.length, 0)
    .catch((error: unknown) => unreadable(name, error))
    .finally(() => file.close());
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield* readFile(await openFile(name), name);
  };
  return unpacked({ name, first: first.subarray(0, bytesRead), chunks: open });
}

interface Packed {
  readonly name: string;
  /** Its first bytes. */
  readonly first: Uint8Array;
  readonly chunks: () => AsyncGenerator<Uint8Array>;
}

/** A source of what is in a file, however it is packed. */
async function unpacked({ name, first, chunks }: Packed): Promise<Source> {
  const packing = packingOf(first);
  if (packing !== "none") return streamSource(name, decompressed(chunks(), packing, name));
  if (isDockerJson(first)) return { name, kind: "log", chunks: () => dockerLogs(chunks()) };
  return { name, kind: kindOf(first), chunks };
}

const kindOf = (first: Uint8Array): Source["kind"] =>
  Buffer.from(first).toString("latin1").startsWith(RECORD_START) ? "record" : "log";

/** What can be read only once: its first bytes are put in front again. */
async function streamSource(name: string, chunks: AsyncGenerator<Uint8Array>): Promise<Source> {
  const first = await firstBytes(chunks);
  const again = async function* (): AsyncGenerator<Uint8Array> {
    if (first.length > 0) yield first;
    yield* chunks;
  };
  return unpacked({ name, first, chunks: again });
}

function unreadable(name: string, error: unknown): never {
  throw new RigError(`${name} cannot be read: ${reasonOf(error)}`);
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, "r");
    const stats = await file.stat();
    if (stats.isFile()) return file;
    await file.close();
    if (stats.isDirectory())
      throw new UsageError(`${path} is a folder`, "give a serial log, or - for standard input");
    throw new RigError(`${path} cannot be read: it is no file any more`);
  } catch (error) {
    if (error instanceof UsageError || error instanceof RigError) throw error;
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR")
      throw new UsageError(`no such log: ${path}`, "give a serial log, or - for standard input");
    return unreadable(path, error);
  }
}

/** Every so many chunks one is read through a promise: a turn in which a signal or a lost reader is noticed. */
const CHUNKS_PER_TURN = 16;

/**
 * Reads a regular file through one buffer, so that a log of any size costs the same memory. The call that waits is much
 * cheaper here than a promise: its bytes stay in the processor's cache, and a file keeps nobody waiting.
 */
async function* readFile(file: FileHandle, name: string): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  try {
    for (let chunks = 1; ; chunks += 1) {
      const size =
        chunks % CHUNKS_PER_TURN === 0
          ? (await file.read(buffer, 0, buffer.length, null)).bytesRead
          : readSync(file.fd, buffer, 0, buffer.length, null);
      if (size === 0) return;
      yield* pieces(buffer.subarray(0, size));
    }
  } catch (error) {
    unreadable(name, error);
  } finally {
    await file.close();
  }
}

function isWaitedFor(name: string): boolean {
  try {
    const found = statSync(name);
    if (found.isSocket())
      throw new UsageError(
        `${name} is a socket`,
        "give a file, or pipe what comes from it to uktest report -",
      );
    return !found.isFile() && !found.isDirectory();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return false;
  }
}

/** Reads what may keep its reader waiting: a named pipe, a terminal, a device. */
async function* readWaiting(name: string, stop: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const { waitingBytes } = await import("../../runner/files/waiting.js");
  try {
    yield* waitingBytes(name, stop);
  } catch (error) {
    unreadable(name, error);
  }
}

/** Cuts a chunk into small pieces, after a line feed where there is one: a line in one piece is read faster. */
function* pieces(chunk: Buffer): Generator<Uint8Array> {
  for (let at = 0; at < chunk.length;) {
    const most = Math.min(at + PIECE_BYTES, chunk.length);
    const end = most === chunk.length ? most : chunk.lastIndexOf(0x0a, most - 1) + 1;
    const to = end > at ? end : most;
    yield chunk.subarray(at, to);
    at = to;
  }
}

async function* readInput(): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of process.stdin) yield chunk as Uint8Array;
  } catch (error) {
    // A signal has closed it: what has come is all there is.
    const isClosed = codeOf(error) === "ERR_STREAM_PREMATURE_CLOSE";
    if (!isClosed) unreadable("standard input", error);
  }
}

/** Enough bytes to tell a record from a log; copied, because more may be read before they are used. */
async function firstBytes(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let first = Buffer.alloc(0);
  while (first.length < (first[0] === 0x7b ? MAGIC_BYTES : RECORD_START.length)) {
    const next = await chunks.next();
    if (next.done === true) break;
    first = Buffer.concat([first, next.value]);
  }
  return first;
}
