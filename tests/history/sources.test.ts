/**
 * What a report is made from, as bytes: files, pipes, records, and what is not there.
 */
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import test from "ava";
import { RigError, UsageError } from "../../src/core/errors.js";
import { RECORD_START } from "../../src/record/events.js";
import { openSource, type Source } from "../../src/history/sources.js";
import { scratch } from "../cli/run.js";

async function bytesOf(source: Source): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // A chunk is valid until the next one is asked for.
  for await (const chunk of source.chunks()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

test("every byte of a file, in order, of any size; a record by its first bytes", async (t) => {
  const { put } = scratch(t);
  const pattern = Buffer.from(Array.from({ length: 251 }, (_, n) => n));
  for (const size of [0, 1, RECORD_START.length, 65_536, 65_537, 1_048_576, 2_200_000]) {
    const content = Buffer.alloc(size, pattern);
    const source = await openSource(put(`log-${String(size)}`, content));
    t.is(source.kind, "log");
    t.true((await bytesOf(source)).equals(content), String(size));
  }
  for (const [text, kind] of [
    [RECORD_START, "record"],
    [`${RECORD_START},"schema":"x"}\n`, "record"],
    [RECORD_START.slice(0, -1), "log"],
    [` ${RECORD_START}`, "log"],
    [RECORD_START.replace("run", "case"), "log"],
  ] as const)
    t.is((await openSource(put("some", text))).kind, kind, text);
});

test("a pipe can be read once, and is read whole", async (t) => {
  const { file } = scratch(t);
  execFileSync("mkfifo", [file("pipe")]);
  const content = Buffer.alloc(300_000, "serial ");
  const [source] = await Promise.all([
    openSource(file("pipe")).then(async (one) => ({ kind: one.kind, bytes: await bytesOf(one) })),
    writeFile(file("pipe"), content),
  ]);
  t.is(source.kind, "log");
  t.true(source.bytes.equals(content));
});

test("what is not there is wrong use, what cannot be read is the rig's", async (t) => {
  const { file, put, path } = scratch(t);
  put("plain", "x");
  for (const name of [file("none"), file("plain/below"), path])
    await t.throwsAsync(openSource(name), { instanceOf: UsageError }, name);
  await t.throwsAsync(openSource("/proc/self/mem"), { instanceOf: RigError, message: /cannot be read/ });
});

test("a thousand logs are not held open", async (t) => {
  const { put } = scratch(t);
  const name = put("some", "text");
  const all = await Promise.all(Array.from({ length: 1500 }, () => openSource(name)));
  t.is((await bytesOf(all[1499] ?? (await openSource(name)))).toString(), "text");
});
