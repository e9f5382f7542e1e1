/**
 * Unpacks what logs come in: gzip, zstd where Node.js knows it, and the JSON lines of docker's json-file driver. It turns
 * bytes into bytes and reads no console line.
 */
import { messageOf } from "../core/reason.js";
import type { Duplex } from "node:stream";
import { Readable } from "node:stream";
import * as zlib from "node:zlib";
import { RigError, UsageError } from "../core/errors.js";

type Bytes = AsyncIterable<Uint8Array>;

/** Bytes by which every format is known; more do no harm. */
export const MAGIC_BYTES = 256;

const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];

const beginsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, at) => bytes[at] === byte);

export type Packing = "gzip" | "zstd" | "none";

/** How the bytes of a file are packed, by its first ones. */
export function packingOf(first: Uint8Array): Packing {
  if (beginsWith(first, GZIP)) return "gzip";
  return beginsWith(first, ZSTD) ? "zstd" : "none";
}

/** Node.js from 22.15 on. */
type WithZstd = typeof zlib & { readonly createZstdDecompress?: () => Duplex };

function decompressor(packing: "gzip" | "zstd", name: string): Duplex {
  if (packing === "gzip") return zlib.createGunzip();
  const create = (zlib as WithZstd).createZstdDecompress;
  if (create !== undefined) return create();
  throw new UsageError(
    `${name} is compressed with zstd, which this Node.js (${process.version}) cannot read`,
    `zstd -dc ${name} | uktest report -`,
  );
}

/**
 * The bytes of a compressed log.
 * @throws UsageError where this Node.js has no decompressor
 * @throws RigError for damaged data, after everything in front of the damage was handed over
 */
export async function* decompressed(
  packed: Bytes,
  packing: "gzip" | "zstd",
  name: string,
): AsyncGenerator<Uint8Array> {
  const through = decompressor(packing, name);
  // The reader's buffer is used again: the decompressor may keep what it is given.
  const source = Readable.from(copies(packed), { objectMode: false });
  source.on("error", (error) => through.destroy(error));
  source.pipe(through);
  try {
    for await (const chunk of through) yield chunk as Uint8Array;
  } catch (error) {
    const why = messageOf(error);
    throw new RigError(`${name} cannot be unpacked to its end: ${why}`);
  } finally {
    source.destroy();
  }
}

async function* copies(chunks: Bytes): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Uint8Array.from(chunk);
}

/** What the json-file driver writes for a line: `{"log":"…\n","stream":"stdout","time":"…"}`. */
const JSON_LINE = /^\s*\{\s*"(?:log|stream|time|attrs)"\s*:/;

export const isDockerJson = (first: Uint8Array): boolean => {
  const text = Buffer.from(first).toString("latin1");
  return JSON_LINE.test(text) && /"log"\s*:|"stream"\s*:\s*"std/.test(text);
};

/** A line of JSON longer than this is no line of a log. */
const LONGEST_JSON = 1024 * 1024;

/** The console in docker's JSON lines; what is no such line is handed over as it is. */
export async function* dockerLogs(chunks: Bytes): AsyncGenerator<Uint8Array> {
  let carry = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const all = carry.length === 0 ? Buffer.from(chunk) : Buffer.concat([carry, chunk]);
    const end = all.lastIndexOf(0x0a) + 1;
    const isLong = all.length - end > LONGEST_JSON;
    const lines = isLong ? all : all.subarray(0, end);
    carry = isLong ? Buffer.alloc(0) : Buffer.from(all.subarray(end));
    if (lines.length > 0) yield consoleOf(lines);
  }
  if (carry.length > 0) yield consoleOf(carry);
}

function consoleOf(lines: Buffer): Buffer {
  return Buffer.concat(
    lines
      .toString("utf8")
      .split(/(?<=\n)/)
      .map((line) => Buffer.from(logOf(line) ?? line, "utf8")),
  );
}

function logOf(line: string): string | undefined {
  if (!line.startsWith("{") && !JSON_LINE.test(line)) return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    const log = typeof entry === "object" && entry !== null && "log" in entry ? entry.log : undefined;
    return typeof log === "string" ? log : undefined;
  } catch {
    return undefined;
  }
}
