/**
 * The pipe of a serial line: all bytes in their order, however many, until the last writer is gone, and nothing is left.
 */
import { spawn } from "node:child_process";
import { closeSync, readdirSync, writeSync } from "node:fs";
import test from "ava";
import { openPipe, type Pipe } from "../../runner/pipe.js";
import { scratch } from "../cli/run.js";

function opened(): Pipe {
  const pipe = openPipe();
  if (pipe === undefined) throw new Error("these tests make pipes with mkfifo: install coreutils");
  return pipe;
}

async function read(pipe: Pipe): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of pipe.bytes) all.push(Buffer.from(chunk));
  return Buffer.concat(all);
}

test("more than a pipe holds, byte by byte and in one piece, in its order", async (t) => {
  const script = `
    const { writeSync } = require("node:fs");
    const all = Buffer.alloc(1 << 20, 0).map((_, n) => n * 7 + (n >> 8));
    for (let at = 0; at < 3000; at += 1) writeSync(1, all, at, 1);
    for (let at = 3000; at < all.length; ) at += writeSync(1, all, at);
  `;
  const pipe = opened();
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", pipe.writer, "inherit"] });
  closeSync(pipe.writer);
  const content = await read(pipe);
  const wanted = Buffer.alloc(1 << 20, 0).map((_, n) => n * 7 + (n >> 8));
  t.true(content.equals(wanted), `${String(content.length)} bytes`);
  t.is(child.exitCode ?? 0, 0);
});

test("what comes late comes, and the end is seen at once when somebody tells", async (t) => {
  const pipe = opened();
  setTimeout(() => {
    writeSync(pipe.writer, "late");
    closeSync(pipe.writer);
    pipe.hurry();
  }, 50);
  t.is((await read(pipe)).toString(), "late");
});

test("an end without a byte is an end", async (t) => {
  const pipe = opened();
  closeSync(pipe.writer);
  t.is((await read(pipe)).length, 0);
});

test.serial("the name of a pipe does not outlive its opening", async (t) => {
  const before = process.env["TMPDIR"];
  const { path } = scratch(t);
  process.env["TMPDIR"] = path;
  try {
    const pipe = opened();
    t.deepEqual(readdirSync(path), []);
    closeSync(pipe.writer);
    await read(pipe);
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
});

test.serial("where there is no mkfifo there is no such pipe", (t) => {
  const path = process.env["PATH"];
  process.env["PATH"] = "/nonexistent";
  try {
    t.is(openPipe(), undefined);
  } finally {
    process.env["PATH"] = path;
  }
});
