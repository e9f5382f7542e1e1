/**
 * Where another program connects to: a socket in a folder of our own, or the port or path that the user names. It does not
 * speak.
 */
import { createServer, type Server, type Socket } from "node:net";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { RigError, UsageError } from "../../src/core/errors.js";
import { codeOf, messageOf } from "../../src/core/reason.js";
import { isAlive } from "../process/is-alive.js";
import { endedAtExit } from "../process/at-exit.js";

/** Source: Linux, unix(7): 108 bytes with the NUL at the end. */
const MOST_PATH_BYTES = 107;

const folders = endedAtExit<string>((folder) => {
  rmSync(folder, { recursive: true, force: true });
});

export interface Listening {
  /** For `target remote`. */
  readonly address: string;
  readonly close: () => void;
}

const LOOPBACK = "127.0.0.1";

/**
 * Listens on a port of this host or on a path, for one debugger.
 * @param place a number for a port of the loopback interface, 0 for any; else a path, which must not be there yet
 * @throws UsageError, RigError
 */
export const listenOn = (place: string, connected: (socket: Socket) => void): Promise<Listening> =>
  listenWith(createServer({ noDelay: true }, connected), place);

/** The same with a server that knows what to do with who connects. @throws UsageError, RigError */
export async function listenWith(server: Server, place: string): Promise<Listening> {
  const isPort = /^\d+$/.test(place);
  if (isPort && Number(place) > 65535)
    throw new UsageError(`there is no port ${place}`, "a port is a number from 0 to 65535");
  if (!isPort && /^-|:/.test(place) && !place.includes("/"))
    throw new UsageError(
      `${place} is neither a port nor a path`,
      "name a port of this host, or a path with a slash",
    );
  if (!isPort && Buffer.byteLength(place) > MOST_PATH_BYTES)
    throw new UsageError(
      `${place} is too long for the path of a socket`,
      `it may have ${String(MOST_PATH_BYTES)} bytes`,
    );
  return await new Promise((done, fail) => {
    server.on("error", (error) => {
      fail(notListening(place, isPort, error));
    });
    const ready = (): void => {
      done({ address: addressOf(server, place), close: () => void server.close() });
    };
    if (isPort) server.listen(Number(place), LOOPBACK, ready);
    else server.listen({ path: place }, ready);
  });
}

const addressOf = (server: Server, place: string): string => {
  const address = server.address();
  return typeof address === "object" && address !== null
    ? `${LOOPBACK}:${String(address.port)}`
    : resolve(place);
};

function notListening(place: string, isPort: boolean, error: Error): RigError | UsageError {
  const code = codeOf(error);
  if (code === "EADDRINUSE")
    return isPort
      ? new UsageError(`port ${place} is in use`, "name another one, or 0 for any that is free")
      : new UsageError(`${place} is there already`, "remove it, or name another path");
  if (code === "EACCES" && isPort)
    return new UsageError(`port ${place} is not for you`, "take one above 1023");
  // libuv says EACCES for a folder that is not there, too.
  if (code === "EACCES" && !existsSync(dirname(place)))
    return new UsageError(`there is no folder ${dirname(place)}`, "make it, or name another path");
  return new RigError(`cannot listen on ${place}: ${messageOf(error)}`);
}

/** Bytes for the folder's own name and for the socket in it. */
const ROOM_BYTES = 40;

/** Folders of ours are named after their process, so that those of a killed one can be removed. */
const PREFIX = "uktest-debug.";

function sweep(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(PREFIX) ? /^(\d+)\./.exec(name.slice(PREFIX.length))?.[1] : undefined;
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
}

export interface SessionFolder {
  /** Path for a socket in it. */
  readonly socket: string;
  /** Path of a file in it. */
  readonly path: (name: string) => string;
  /** Writes a file in it, and returns its path. */
  readonly write: (name: string, content: string | Uint8Array) => string;
  readonly remove: () => void;
}

/** A folder for one session, for this user alone. @throws RigError where there is no room for one */
export function sessionFolder(): SessionFolder {
  // Some keep their temporary files deeper than the path of a socket may be long.
  const own = tmpdir();
  const parent = Buffer.byteLength(own) > MOST_PATH_BYTES - ROOM_BYTES ? "/tmp" : own;
  try {
    sweep(parent);
    const folder = mkdtempSync(join(parent, `${PREFIX}${String(process.pid)}.`));
    folders.add(folder);
    const remove = (): void => {
      rmSync(folder, { recursive: true, force: true });
      folders.delete(folder);
    };
    const path = (name: string): string => join(folder, name);
    const write = (name: string, content: string | Uint8Array): string => {
      writeFileSync(path(name), content);
      return path(name);
    };
    return { socket: path("gdb"), path, write, remove };
  } catch (error) {
    throw new RigError(`no folder can be made in ${parent}: ${messageOf(error)}`, "TMPDIR names another one");
  }
}
