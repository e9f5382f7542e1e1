/**
 * Logs in what they come in: compressed, in docker's JSON lines, both, cut or damaged. What is inside is judged as if it
 * had come alone, and what cannot be unpacked is said.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as zlib from "node:zlib";
import test from "ava";
import { openSource } from "../../src/history/sources.js";
import { packingOf } from "../../src/history/unpack.js";

const folder = mkdtempSync(join(tmpdir(), "uktest-unpack-"));
const TEXT = readFileSync(
  new URL("../../../tests/fixtures/serial/v0.17-x86_64-failures-ubsan-noise.log", import.meta.url),
);

function saved(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function read(path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const chunk of (await openSource(path)).chunks()) pieces.push(Buffer.from(chunk));
  return Buffer.concat(pieces);
}

const asJson = (text: string): Buffer =>
  Buffer.from(
    text
      .split(/(?<=\n)/)
      .map((log) => `${JSON.stringify({ log, stream: "stdout", time: "2024-03-05T12:00:00.000000001Z" })}\n`)
      .join(""),
  );

test("a gzip log is its contents, whatever its name", async (t) => {
  t.deepEqual(await read(saved("a.log", zlib.gzipSync(TEXT))), TEXT);
  const twice = Buffer.concat([zlib.gzipSync(TEXT.subarray(0, 999)), zlib.gzipSync(TEXT.subarray(999))]);
  t.deepEqual(await read(saved("members.gz", twice)), TEXT);
});

test("a gzip log that is cut gives what is there, and says that it is cut", async (t) => {
  const path = saved("cut.gz", zlib.gzipSync(TEXT).subarray(0, 400));
  const error = await t.throwsAsync(read(path));
  t.regex(error.message, /cut\.gz cannot be unpacked to its end/);
});

test("docker's JSON lines are the console in them, also without a last line feed and in a gzip file", async (t) => {
  const text = TEXT.toString("latin1").replace(/[^\x00-\x7f]/g, "?");
  const json = asJson(text);
  t.is((await read(saved("docker.log", json))).toString("latin1"), text);
  t.is((await read(saved("docker.gz", zlib.gzipSync(json)))).toString("latin1"), text);
  t.is((await read(saved("short.log", json.subarray(0, -1)))).toString("latin1"), text);
  const spaced = Buffer.from('{"log": "a\\n", "stream": "stdout"}\nnot JSON\n{"log": 3}\n');
  t.is((await read(saved("mixed.log", spaced))).toString(), 'a\nnot JSON\n{"log": 3}\n');
});

test("JSON that a guest prints is its console", async (t) => {
  const own = Buffer.from('{"level":"info","msg":"hello"}\n{"log":"x"}\n');
  t.deepEqual(await read(saved("own.log", own)), own);
});

test("zstd is read where Node.js can, and named where it cannot", async (t) => {
  const made = spawnSync("zstd", ["-c"], { input: TEXT });
  const bytes = made.status === 0 ? made.stdout : Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]);
  t.is(packingOf(bytes), "zstd");
  const path = saved("a.zst", bytes);
  if ("createZstdDecompress" in zlib && made.status === 0) t.deepEqual(await read(path), TEXT);
  else if (!("createZstdDecompress" in zlib))
    t.regex((await t.throwsAsync(read(path))).message, /a\.zst is compressed with zstd, which this Node\.js/);
  t.is(packingOf(Buffer.from("plain")), "none");
});
