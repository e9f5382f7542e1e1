/**
 * Sinks: a file is its old self or whole, a stream whose reader has gone is quiet, any other failure is told.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { Writable } from "node:stream";
import test from "ava";
import { RigError } from "../../src/core/errors.js";
import { fileSink } from "../../src/delivery/file-sink.js";
import { streamSink } from "../../src/delivery/sink.js";
import { scratch } from "../cli/run.js";

test("nothing is on disk before the first text is needed, and the target only when the report is whole", async (t) => {
  const { path, put, file, text } = scratch(t);
  put("report", "old");
  const sink = fileSink(file("report"));
  t.is(sink.name, file("report"));
  await sink.write("small ");
  t.deepEqual(readdirSync(path), ["report"]);
  await sink.write("x".repeat(5_000_000));
  t.is(text("report"), "old");
  t.is(readdirSync(path).length, 2, "the new one is beside the old");
  await sink.close();
  t.is(text("report"), `small ${"x".repeat(5_000_000)}`);
  t.deepEqual(readdirSync(path), ["report"]);
});

test("a report that is discarded leaves the old one and nothing else", async (t) => {
  for (const size of [0, 5, 5_000_000]) {
    const { path, put, file, text } = scratch(t);
    put("report", "old");
    const sink = fileSink(file("report"));
    await sink.write("x".repeat(size));
    await sink.discard();
    await sink.discard();
    t.deepEqual([text("report"), readdirSync(path)], ["old", ["report"]]);
  }
});

test("an empty report is an empty file", async (t) => {
  const { path, file, text } = scratch(t);
  const sink = fileSink(file("a/b/report"));
  await sink.close();
  t.is(text("a/b/report"), "");
  t.deepEqual(readdirSync(path, { recursive: true }).sort(), ["a", "a/b", "a/b/report"]);
});

test("a target that cannot be replaced at the end is told, and no temporary file is left", async (t) => {
  const { path, file } = scratch(t);
  const sink = fileSink(file("report"));
  await sink.write("x".repeat(5_000_000));
  // Somebody puts a folder in its place meanwhile.
  mkdirSync(file("report"));
  const error = await t.throwsAsync(sink.close(), { instanceOf: RigError });
  t.regex(error.message, /report .*cannot be written: .*\(EISDIR\)$/);
  t.truthy(error.hint);
  t.deepEqual(readdirSync(path), ["report"]);
});

test("a folder that goes away while the report is written is told", async (t) => {
  const { path, file } = scratch(t);
  mkdirSync(file("gone"));
  const sink = fileSink(file("gone/report"));
  await sink.write("x".repeat(5_000_000));
  rmSync(file("gone"), { recursive: true });
  await t.throwsAsync(sink.close(), { instanceOf: RigError, message: /gone\/report .*\(ENOENT\)$/ });
  t.deepEqual(readdirSync(path), []);
});

test("names at the limit of the file system", async (t) => {
  const { path, file } = scratch(t);
  const longest = "n".repeat(255);
  const sink = fileSink(file(longest));
  await sink.write("x");
  await sink.close();
  t.is(readFileSync(file(longest), "utf8"), "x");
  const longer = fileSink(file(`${longest}n`));
  await longer.write("x");
  await t.throwsAsync(longer.close(), { instanceOf: RigError, message: /ENAMETOOLONG/ });
  t.deepEqual(readdirSync(path), [longest]);
});

/** A stream like the process's that answers each write with `error`. */
function streamWith(error: Error | null): {
  readonly stream: NodeJS.WriteStream;
  readonly written: string[];
} {
  const written: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    autoDestroy: false,
    write(chunk: unknown, _encoding, done) {
      if (error === null) written.push(String(chunk));
      done(error);
    },
  });
  return { stream: stream as unknown as NodeJS.WriteStream, written };
}

const failure = (code: string): Error => Object.assign(new Error(`${code}: no`), { code });

test("a stream gets what is written, in order", async (t) => {
  const { stream, written } = streamWith(null);
  const sink = streamSink(stream, "stdout");
  for (const text of ["a", "", "b"]) await sink.write(text);
  await sink.close();
  await sink.discard();
  t.deepEqual(written, ["a", "b"]);
});

test("a reader that has gone away is no failure, however much is still to come", async (t) => {
  const { stream } = streamWith(failure("EPIPE"));
  const sink = streamSink(stream, "stdout");
  for (let n = 0; n < 5; n += 1) await t.notThrowsAsync(sink.write("text"));
  await t.notThrowsAsync(sink.close());
});

test("any other failure of a stream is told, also afterwards", async (t) => {
  const { stream } = streamWith(failure("ENOSPC"));
  const sink = streamSink(stream, "stdout");
  await t.throwsAsync(sink.write("text"), {
    instanceOf: RigError,
    message: /^stdout cannot be written: ENOSPC/,
  });
  await t.throwsAsync(sink.write("text"), { instanceOf: RigError });
  await t.throwsAsync(sink.close(), { instanceOf: RigError });
});
