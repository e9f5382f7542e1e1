/**
 * Reports in files: whole or not at all, and one that cannot be written neither hides nor harms the others.
 */
import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import test from "ava";
import { LOGS, MAIN, scratch, startProgram, uktest } from "./run.js";

const LOG = join(LOGS, "slide-vfscore.log");
const GREEN = join(LOGS, "v0.17-x86_64-all-suites-pass.log");

test.serial("a report replaces what was there, makes its folders, and leaves nothing else", async (t) => {
  const { path, put, text } = scratch(t);
  put("old.json", "old");
  const { code, stderr } = await uktest(
    ["report", LOG, "-r", "json=old.json", "-r", "tap=new/deep/run.tap"],
    {
      cwd: path,
    },
  );
  t.deepEqual([code, stderr], [1, ""]);
  t.is((JSON.parse(text("old.json")) as { exitCode: number }).exitCode, 1);
  t.true(text("new/deep/run.tap").startsWith("TAP version 14"));
  t.deepEqual(readdirSync(path, { recursive: true }).sort(), [
    "new",
    "new/deep",
    "new/deep/run.tap",
    "old.json",
  ]);
});

test.serial("a report after a link replaces the file, not the link", async (t) => {
  const { path, put, file, text } = scratch(t);
  mkdirSync(file("real"));
  put("real/run.json", "old");
  symlinkSync("real/run.json", file("link.json"));
  symlinkSync("real/new.tap", file("dangling.tap"));
  await uktest(["report", LOG, "-r", "json=link.json", "-r", "tap=dangling.tap"], { cwd: path });
  t.true(lstatSync(file("link.json")).isSymbolicLink());
  t.true(text("real/run.json").startsWith("{"));
  t.true(text("dangling.tap").startsWith("TAP"));
  t.deepEqual(
    readdirSync(file("real")).filter((name) => name.startsWith(".")),
    [],
  );
});

test.serial("a report never overwrites what it is made from, by whatever name", async (t) => {
  const { path, put, file, text } = scratch(t);
  put("run.log", readFileSync(LOG));
  symlinkSync("run.log", file("alias"));
  for (const name of ["run.log", "./run.log", "alias", file("run.log")]) {
    const { code, stderr } = await uktest(["report", "run.log", "-r", `json=${name}`], { cwd: path });
    t.is(code, 2, name);
    t.regex(stderr, /would overwrite what it is made from/);
  }
  t.is((await uktest(["report", "alias", "-r", "json=run.log"], { cwd: path })).code, 2);
  t.is(text("run.log"), readFileSync(LOG, "utf8"));
});

test.serial("what cannot be written is named, exit 3, and the other reports are there", async (t) => {
  const { path, put, file, text } = scratch(t);
  put("plain", "a file");
  mkdirSync(file("folder"));
  const bad = ["plain/run.json", "folder", "/proc/no/such/run.json", "/dev/full"];
  const { code, stdout, stderr } = await uktest(
    ["report", GREEN, ...bad.flatMap((name) => ["-r", `json=${name}`]), "-r", "tap=run.tap", "-r", "lines"],
    { cwd: path },
  );
  t.is(code, 3);
  t.regex(stdout, /^VERDICT passed/m);
  t.true(text("run.tap").startsWith("TAP version 14"));
  const errors = stderr.split("\n").filter((line) => line.startsWith("uktest: error: "));
  t.is(errors.length, bad.length);
  for (const name of bad)
    t.true(
      errors.some((line) => line.includes(`the report ${name} `)),
      name,
    );
  t.deepEqual(readdirSync(path, { recursive: true }).sort(), ["folder", "plain", "run.tap"]);
  t.is(text("plain"), "a file");
});

test.serial("a report that does not fit leaves the old one as it was, and no temporary file", async (t) => {
  const { path, put, text } = scratch(t);
  put("run.json", "old");
  // 25 is SIGXFSZ: ignored, so that the write fails instead. The limit is in blocks of 512 bytes.
  const limited = ["-c", 'trap "" 25; ulimit -f 16; exec "$@"', "sh", process.execPath, MAIN];
  const args = ["report", GREEN, "-r", "json=run.json", "-r", "github=small.txt"];
  const { code, stdout, stderr } = await startProgram("sh", [...limited, ...args], { cwd: path }).end;
  t.is(code, 3, stderr);
  t.regex(stderr, /^uktest: error: the report run\.json cannot be written: file too large \(EFBIG\)\n/);
  t.regex(stdout, /^VERDICT passed/m);
  t.is(text("run.json"), "old");
  t.deepEqual(readdirSync(path).sort(), ["run.json", "small.txt"]);
});

test.serial("devices and pipes are written in place", async (t) => {
  const { path, file } = scratch(t);
  const before = lstatSync("/dev/null");
  t.is((await uktest(["report", LOG, "-r", "json=/dev/null"])).code, 1);
  const after = lstatSync("/dev/null");
  t.deepEqual([after.ino, after.isCharacterDevice()], [before.ino, true]);

  execFileSync("mkfifo", [file("pipe")]);
  const [run, read] = await Promise.all([
    uktest(["report", LOG, "-r", "json=pipe"], { cwd: path }),
    readFile(file("pipe"), "utf8"),
  ]);
  t.is(run.code, 1);
  t.true(read.startsWith("{") && read.endsWith("}\n"));
  t.true(lstatSync(file("pipe")).isFIFO());

  // A shell's pipe can be opened again by its name; a socket, which a test's own stdout is, cannot.
  const shell = ["-c", '"$@" | cat', "sh", process.execPath, MAIN];
  const named = await startProgram("sh", [...shell, "report", LOG, "-r", "tap=/dev/stdout", "-r", "lines"])
    .end;
  t.true(named.stdout.includes("TAP version 14\n"));
  t.regex(named.stdout, /^VERDICT failed/m);
});

test.serial("two reports onto one plain file are refused, onto /dev/null they are not", async (t) => {
  const { path, put, file } = scratch(t);
  put("one", "");
  symlinkSync("one", file("two"));
  const refused = await uktest(["report", LOG, "-r", "json=one", "-r", "tap=two"], { cwd: path });
  t.is(refused.code, 2);
  const null2 = await uktest(["report", LOG, "-r", "json=/dev/null", "-r", "tap=/dev/null"], { cwd: path });
  t.is(null2.code, 1);
});
