/** What may keep its reader or its writer waiting: everything that comes is read, and a stop ends each wait at once. */
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import test, { type ExecutionContext } from "ava";
import { pipeWriter, waitingBytes, waitingText } from "../../runner/files/waiting.js";
import { RigError } from "../../src/core/errors.js";
import { scratch } from "../cli/run.js";

function pipeIn(t: ExecutionContext): string {
  const path = scratch(t).file("pipe");
  execFileSync("mkfifo", [path]);
  return path;
}

async function bytesOf(path: string, stop?: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of waitingBytes(path, stop)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

test("a pipe is read whole, however late its writer comes", async (t) => {
  const path = pipeIn(t);
  const content = Buffer.alloc(300_000, "serial ");
  const [read] = await Promise.all([bytesOf(path), pause(100).then(() => writeFile(path, content))]);
  t.true(read.equals(content));
  t.is((await bytesOf("/dev/null")).length, 0);
});

test("a stop ends the wait for a writer, and what came is kept", async (t) => {
  const stop = new AbortController();
  setTimeout(() => {
    stop.abort("SIGTERM");
  }, 50);
  t.is((await bytesOf(pipeIn(t), stop.signal)).length, 0);
  t.is((await bytesOf(pipeIn(t), stop.signal)).length, 0, "and there is no wait after it");
});

test("a text is whole, or an error", async (t) => {
  const path = pipeIn(t);
  const [text] = await Promise.all([waitingText(path), writeFile(path, "[]\n")]);
  t.is(text, "[]\n");
  const stopped = AbortSignal.abort("SIGINT");
  await t.throwsAsync(waitingText(path, stopped), { instanceOf: RigError, message: /^SIGINT came before/ });
  await t.throwsAsync(waitingText("/dev/zero"), { instanceOf: RigError, message: /more than 64 MiB$/ });
});

test("a pipe is written as soon as something reads it", async (t) => {
  const path = pipeIn(t);
  const content = "a report\n".repeat(50_000);
  const write = async (): Promise<void> => {
    const writer = await pipeWriter(path);
    await writer.append(content);
    await writer.append("end");
    await writer.close();
  };
  const [, read] = await Promise.all([write(), pause(100).then(() => readFile(path, "utf8"))]);
  t.is(read, `${content}end`);
});

test("a stop ends the wait for a reader", async (t) => {
  const stop = new AbortController();
  setTimeout(() => {
    stop.abort("SIGTERM");
  }, 50);
  await t.throwsAsync(pipeWriter(pipeIn(t), stop.signal), { message: /nothing reads it/ });
});
