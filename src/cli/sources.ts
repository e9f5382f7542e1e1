/**
 * Opens what a report is made from: raw serial logs, standard input, or a record of an earlier run. It tells them apart
 * by their first bytes and hands over bytes; it reads no line.
 */
import { type FileHandle, open } from "node:fs/promises";
import { RigError, UsageError } from "../core/errors.js";
import { RECORD_START } from "../record/events.js";

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

/** Opens a log by its path, or standard input for `-`. */
export async function openSource(name: string): Promise<Source> {
  const chunks = name === "-" ? readInput() : readFile(await openFile(name), name);
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await firstBytes(iterator);
  return {
    name: name === "-" ? "standard input" : name,
    kind: new TextDecoder().decode(first.slice(0, RECORD_START.length)) === RECORD_START ? "record" : "log",
    async *chunks() {
      if (first.length > 0) yield first;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
        yield next.value;
    },
  };
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, "r");
    if ((await file.stat()).isDirectory()) {
      await file.close();
      throw new UsageError(`${path} is a folder`, "give a serial log, or - for standard input");
    }
    return file;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR")
      throw new UsageError(`no such log: ${path}`, "give a serial log, or - for standard input");
    throw new RigError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Reads a file through two buffers, so that a log of any size costs the same memory: the next chunk is read while the
 * one before it is worked on.
 */
async function* readFile(file: FileHandle, name: string): AsyncGenerator<Uint8Array> {
  let current = Buffer.allocUnsafe(CHUNK_BYTES);
  let next = Buffer.allocUnsafe(CHUNK_BYTES);
  const fill = (buffer: Buffer): Promise<number> =>
    file.read(buffer, 0, buffer.length, null).then(({ bytesRead }) => bytesRead);
  let filling: Promise<number> | undefined;
  try {
    let size = await fill(current);
    while (size > 0) {
      filling = fill(next);
      yield* pieces(current.subarray(0, size));
      [current, next] = [next, current];
      size = await filling;
    }
  } catch (error) {
    throw new RigError(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    // A reader that stops early must not close the file under a read that is still going on.
    await filling?.catch(() => 0);
    await file.close();
  }
}

/** Cuts a chunk into small pieces, behind a line feed where there is one: a line in one piece is read faster. */
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
  for await (const chunk of process.stdin) yield chunk as Uint8Array;
}

/** Enough bytes to tell a record from a log; copied, because more may be read before they are used. */
async function firstBytes(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let first = Buffer.alloc(0);
  while (first.length < RECORD_START.length) {
    const next = await chunks.next();
    if (next.done === true) break;
    first = Buffer.concat([first, next.value]);
  }
  return first;
}
