/**
 * A pipe whose reader looks at it now and then instead of being woken for each byte. An emulator writes its serial line
 * byte by byte, and being woken, with it Node, takes longer than booting; what it writes meanwhile waits in the pipe.
 */
import { codeOf } from "../../src/core/reason.js";
import { spawn, spawnSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, readlinkSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Pipe {
  /** For the program that writes; close it once that has been started, for the end of the bytes is the last writer's. */
  readonly writer: number;
  /** What was written, until there is no writer any more. A chunk is valid until the next one is asked for. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The writer is gone: what is left is read at once. */
  hurry(): void;
}

/** Nobody sees a line that is so much late, and a pipe (64 KiB) does not fill in it. */
const LOOK_MS = 5;
/**
 * A line that says nothing is looked at less and less often, down to this: a firmware, or a guest that measures its clock, is
 * silent for a hundred milliseconds, and each look takes processor time from it.
 */
const SILENT_LOOK_MS = 20;
const CHUNK_BYTES = 64 << 10;

/** Readers of pipes that were read to their end; making a pipe takes a process, and opening one again takes nothing. */
const spare: number[] = [];

/** A pipe that nobody else has; nothing where the system has none with a name, as under Windows. */
export function openPipe(): Pipe | undefined {
  const ends = pipeEnds();
  if (ends === undefined) return undefined;
  let wake = (): void => undefined;
  let isHurried = false;
  let pauseMs = LOOK_MS;
  const pause = (wasEmpty: boolean): Promise<void> =>
    new Promise((resolve) => {
      if (isHurried) {
        isHurried = false;
        return resolve();
      }
      pauseMs = wasEmpty ? Math.min(2 * pauseMs, SILENT_LOOK_MS) : LOOK_MS;
      const timer = setTimeout(resolve, pauseMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  return {
    writer: ends.writer,
    bytes: chunksOf(ends.reader, pause),
    hurry: () => {
      // Once for what is there, and once for the end.
      isHurried = true;
      wake();
    },
  };
}

/** Both ends of a pipe that was used before and is empty; nothing where there is none. */
function endsAgain(): Ends | undefined {
  const reader = spare.pop();
  return reader === undefined ? undefined : endsOf(reader);
}

/** Gives back the reader of a pipe that has no writer any more; what nobody has read is thrown away. */
export function giveBack(reader: number): void {
  const rest = Buffer.alloc(CHUNK_BYTES);
  let length: number | undefined;
  do length = readNow(reader, rest);
  while (length !== undefined && length > 0);
  if (length === 0 && process.platform === "linux") spare.push(reader);
  else closeSync(reader);
}

export interface Ends {
  /** Does not wait: an empty pipe fails with EAGAIN. */
  readonly reader: number;
  readonly writer: number;
}

/** Both ends of a pipe that nobody else has and that is empty; nothing where the system has none with a name. */
export const pipeEnds = (): Ends | undefined =>
  endsAgain() ?? (process.platform === "linux" ? shellEnds() : undefined) ?? namedEnds();

/**
 * A shell that holds two pipes: what it reads from a here-document comes through one. It goes when it has its line, or
 * when we are gone, and no file is ever made. Source: dash `src/redir.c`, `openhere`; other shells may take a file.
 */
const HOLDER = "exec 4<<E\nx\nE\nexec 3<<E\nx\nE\nread line";
/** Of the pipe that is made last, so that the other one is there too. */
const HELD = 3;
const SECOND = 4;
/** The shell needs a few milliseconds to get there; without it there is another way. */
const MOST_LOOKS = 400;
const LOOK_AGAIN_MS = 0.25;
/** What a file needs to be for our purpose. */
const HERE_BYTES = 2;

function shellEnds(): Ends | undefined {
  const shell = spawn("sh", ["-c", HOLDER], { stdio: ["pipe", "ignore", "ignore"] });
  shell.on("error", () => undefined);
  shell.stdin.on("error", () => undefined);
  // It is not unreferenced: on a busy host we would end before it has, and leave a program for a moment.
  try {
    const reader = shell.pid === undefined ? undefined : readerOf(shell.pid);
    const second =
      shell.pid === undefined || reader === undefined ? undefined : openPipeAt(heldBy(shell.pid, SECOND));
    if (second !== undefined) spare.push(second);
    return reader === undefined ? undefined : endsOf(reader);
  } finally {
    shell.stdin.end("\n");
  }
}

const heldBy = (pid: number, file: number): string => `/proc/${String(pid)}/fd/${String(file)}`;

/** The reading end that the shell holds, emptied; undefined where it holds none. */
function readerOf(pid: number): number | undefined {
  const held = heldBy(pid, HELD);
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const reader = openPipeAt(held);
    if (reader !== undefined) return reader;
    Atomics.wait(sleeper, 0, 0, LOOK_AGAIN_MS);
  }
  return undefined;
}

function openPipeAt(path: string): number | undefined {
  let reader: number;
  try {
    // A shell that took a file, or has not come so far, has no pipe there.
    if (!readlinkSync(path).startsWith("pipe:")) return undefined;
    reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
  const here = Buffer.alloc(HERE_BYTES);
  if (readNow(reader, here) === HERE_BYTES && here.toString("latin1") === "x\n") return reader;
  closeSync(reader);
  return undefined;
}

/** Both ends of a pipe of which we have the reading one. */
function endsOf(reader: number): Ends | undefined {
  try {
    return { reader, writer: openSync(`/proc/self/fd/${String(reader)}`, constants.O_WRONLY) };
  } catch {
    closeSync(reader);
    return undefined;
  }
}

function namedEnds(): Ends | undefined {
  const folder = mkdtempSync(join(tmpdir(), "uktest-pipe-"));
  try {
    const path = join(folder, "serial");
    if (spawnSync("mkfifo", ["-m", "600", path], { stdio: "ignore" }).status !== 0) return undefined;
    // The reader first: without one, opening the other end would wait for it.
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return { reader, writer: openSync(path, constants.O_WRONLY) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function* chunksOf(
  reader: number,
  pause: (wasEmpty: boolean) => Promise<void>,
): AsyncGenerator<Uint8Array, void> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let isEmpty = false;
  try {
    for (;;) {
      const length = readNow(reader, chunk);
      isEmpty = length === 0;
      if (isEmpty) return;
      if (length !== undefined) yield chunk.subarray(0, length);
      if (length !== chunk.length) await pause(length === undefined);
    }
  } finally {
    // Without writers nothing can come any more; one that was left in the middle is nobody's again.
    if (isEmpty) giveBack(reader);
    else closeSync(reader);
  }
}

/** Number of bytes that were there; 0 at the end, undefined when there are none yet. */
function readNow(reader: number, chunk: Buffer): number | undefined {
  try {
    return readSync(reader, chunk);
  } catch (error) {
    if (codeOf(error) === "EAGAIN") return undefined;
    throw error;
  }
}
