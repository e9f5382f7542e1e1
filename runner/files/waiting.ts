/**
 * Reads and writes what may keep its user waiting: named pipes, terminals, devices. Nothing here blocks the process or one
 * of its threads, so that a signal ends the wait; plain files are read elsewhere, and faster.
 */
import { codeOf } from "../../src/core/reason.js";
import { closeSync, constants, createReadStream, fstatSync, openSync } from "node:fs";
import { Socket } from "node:net";
import { addAbortSignal, type Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { isatty, ReadStream } from "node:tty";
import { RigError } from "../../src/core/errors.js";

const { O_RDONLY, O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;

function streamOf(file: number): Readable {
  if (isatty(file)) return new ReadStream(file);
  return fstatSync(file).isFIFO()
    ? new Socket({ fd: file, readable: true, writable: false })
    : createReadStream("", { fd: file });
}

/**
 * The bytes of it, until its writer is gone or everything stops: then what has come is all there is.
 * @throws whatever the system says when it cannot be opened or read
 */
export async function* waitingBytes(path: string, stop?: AbortSignal): AsyncGenerator<Uint8Array> {
  // A pipe that nothing writes to opens at once this way; otherwise a thread would wait, and nothing could end that.
  const stream = streamOf(openSync(path, O_RDONLY | O_NONBLOCK | O_NOCTTY));
  if (stop !== undefined) addAbortSignal(stop, stream);
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (error) {
    if (stop?.aborted !== true) throw error;
  }
}

/** Lists and configurations are short; whatever goes on for ever is none. */
const MOST_TEXT_BYTES = 64 << 20;

/**
 * The whole text that comes.
 * @throws RigError when everything stops before it has come, or it has no end; else whatever the system says
 */
export async function waitingText(path: string, stop?: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of waitingBytes(path, stop)) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > MOST_TEXT_BYTES) throw new RigError(`${path} goes on for more than 64 MiB`);
  }
  if (stop?.aborted === true)
    throw new RigError(`${String(stop.reason)} came before ${path} was read to its end`);
  return Buffer.concat(chunks).toString("utf8");
}

/** Writes to a named pipe. */
export interface PipeWriter {
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

const RETRY_MS = 20;
/** A reader that is there gets what is on its way, for as long. */
const GRACE_MS = 1000;

const isUnread = (error: unknown): boolean => codeOf(error) === "ENXIO";

/** Opens a named pipe as soon as something reads it. */
async function opened(path: string, stop: AbortSignal | undefined): Promise<number> {
  for (;;) {
    try {
      return openSync(path, O_WRONLY | O_NONBLOCK | O_NOCTTY);
    } catch (error) {
      if (!isUnread(error)) throw error;
    }
    if (stop?.aborted === true) throw new Error("everything stops, and nothing reads it");
    await pause(RETRY_MS);
  }
}

/**
 * Opens a named pipe for writing.
 * @throws an Error when everything stops before something reads it, or whatever the system says
 */
export async function pipeWriter(path: string, stop?: AbortSignal): Promise<PipeWriter> {
  const file = await opened(path, stop);
  if (!fstatSync(file).isFIFO()) {
    closeSync(file);
    throw new Error("it is no named pipe any more");
  }
  const socket = new Socket({ fd: file, readable: false, writable: true });
  let failure: Error | undefined;
  socket.on("error", (error) => {
    failure = error;
  });
  const late = (): void => {
    setTimeout(() => socket.destroy(new Error("everything stops, and nothing reads it")), GRACE_MS).unref();
  };
  stop?.addEventListener("abort", late);
  if (stop?.aborted === true) late();
  const settle = (begin: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) reject(failure);
      else begin((error) => (error === undefined || error === null ? resolve() : reject(error)));
    });
  return {
    append: (text) => settle((done) => socket.write(text, done)),
    close: async () => {
      try {
        await settle((done) => {
          socket.once("error", done);
          socket.end(() => {
            done();
          });
        });
      } finally {
        stop?.removeEventListener("abort", late);
        socket.destroy();
      }
    },
  };
}
