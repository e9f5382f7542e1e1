/**
 * The pipe of a serial line: all bytes in their order, however many, until the last writer is gone, and nothing is left.
 */
import { execFileSync, spawn } from "node:child_process";
import { closeSync, readdirSync, symlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { openPipe, type Pipe } from "../../runner/process/polled-pipe.js";
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

/** Runs something while only these programs can be found. */
async function withOnly(
  t: ExecutionContext,
  programs: Readonly<Record<string, string>>,
  run: () => Promise<void>,
) {
  const { path } = scratch(t);
  for (const [name, real] of Object.entries(programs))
    symlinkSync(
      execFileSync("sh", ["-c", `command -v ${real}`], { encoding: "utf8" }).trim(),
      join(path, name),
    );
  const before = process.env["PATH"];
  process.env["PATH"] = path;
  try {
    await run();
  } finally {
    process.env["PATH"] = before;
  }
}

async function carries(t: ExecutionContext, pipe: Pipe, text: string): Promise<void> {
  writeSync(pipe.writer, text);
  closeSync(pipe.writer);
  t.is((await read(pipe)).toString(), text);
}

test.serial("a pipe that was read to its end is used again, and holds nothing of before", async (t) => {
  await carries(t, opened(), "first");
  await withOnly(t, {}, async () => {
    // Whatever is opened now was used before, since nothing new can be made.
    const again: Pipe[] = [];
    for (let pipe = openPipe(); pipe !== undefined; pipe = openPipe()) again.push(pipe);
    t.true(again.length > 0);
    await Promise.all(again.map((pipe, nth) => carries(t, pipe, `again ${String(nth)}`)));
  });
});

test.serial("a pipe that was left in the middle is not used again", async (t) => {
  const takeAll = () =>
    withOnly(t, {}, () => {
      for (let pipe = openPipe(); pipe !== undefined; pipe = openPipe()) closeSync(pipe.writer);
      return Promise.resolve();
    });
  await takeAll();
  const pipe = opened();
  // The shell that made it may have made another one.
  await takeAll();
  writeSync(pipe.writer, "more than anybody reads");
  for await (const chunk of pipe.bytes) if (chunk.length > 0) break;
  closeSync(pipe.writer);
  await withOnly(t, {}, async () => {
    t.is(await Promise.resolve(openPipe()), undefined);
  });
});

for (const [how, programs] of [
  ["there is no shell", { mkfifo: "mkfifo" }],
  ["the shell is none", { mkfifo: "mkfifo", sh: "true" }],
] as const)
  test.serial(`where ${how}, a pipe is made with mkfifo`, (t) =>
    withOnly(t, programs, () => carries(t, opened(), "named")),
  );

test.serial("where there is neither a shell nor mkfifo there is no such pipe", (t) =>
  withOnly(t, {}, async () => {
    // Those that were used before are no new ones.
    for (let pipe = openPipe(); pipe !== undefined; pipe = openPipe()) closeSync(pipe.writer);
    await Promise.resolve();
    t.is(openPipe(), undefined);
  }),
);
