/**
 * Inputs and reports that never come to an end: a named pipe without a writer or a reader. A signal ends each wait with
 * its exit code, and reports that were asked for are whole and say that they are incomplete.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import test, { type ExecutionContext } from "ava";
import { codesIn, documentOf } from "./document.js";
import { LOGS, type Running, scratch, start, uktest } from "./run.js";

const GREEN = join(LOGS, "v0.17-x86_64-all-suites-pass.log");

function folderWithPipe(t: ExecutionContext) {
  const folder = scratch(t);
  execFileSync("mkfifo", [folder.file("pipe")]);
  return folder;
}

/** Waits until a process waits for a file that it has opened, or is gone. */
async function isOpen({ child, end }: Running, path: string): Promise<void> {
  const folder = `/proc/${String(child.pid)}/fd`;
  const state = { isOver: false };
  void end.then(() => (state.isOver = true));
  while (!state.isOver && !namesIn(folder).some((name) => linkIn(folder, name) === path)) await pause(20);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkIn(folder: string, name: string): string {
  try {
    return readlinkSync(join(folder, name));
  } catch {
    return "";
  }
}

for (const [signal, code] of [
  ["SIGTERM", 143],
  ["SIGINT", 130],
] as const)
  for (const args of [
    ["pipe"],
    ["LOG", "--known-findings", "pipe"],
    ["LOG", "--quarantine", "pipe"],
    ["LOG", "--baseline", "pipe"],
    ["LOG", "--history", "pipe"],
  ])
    test.serial(`${signal} ends report ${args.join(" ")}`, async (t) => {
      const { path, file, text } = folderWithPipe(t);
      const words = args.map((word) => (word === "LOG" ? GREEN : word));
      const running = start(["report", ...words, "-r", "json=report.json"], { cwd: path });
      await isOpen(running, file("pipe"));
      running.child.kill(signal);
      const said = await running.end;
      t.is(said.code, code, said.stderr);
      const document = documentOf(text("report.json"));
      t.true(codesIn(document).includes("incomplete-run"));
      t.true(document.problems.some(({ message }) => message === `interrupted by ${signal}`));
    });

test.serial("SIGTERM ends the wait for what reads a report, and the other reports are there", async (t) => {
  const { path, text } = folderWithPipe(t);
  const args = ["report", GREEN, "-r", "json=pipe", "-r", "tap=run.tap", "-r", "lines"];
  const running = start(args, { cwd: path });
  await running.seen("VERDICT");
  running.child.kill("SIGTERM");
  const said = await running.end;
  t.is(said.code, 143);
  t.regex(said.stderr, /the report pipe cannot be written: everything stops, and nothing reads it/);
  t.true(text("run.tap").startsWith("TAP version 14"));
});

test.serial("SIGTERM ends the wait for a configuration", async (t) => {
  const { path, file } = folderWithPipe(t);
  const running = start(["run", "--config", "pipe"], { cwd: path });
  await isOpen(running, file("pipe"));
  running.child.kill("SIGTERM");
  const said = await running.end;
  t.is(said.code, 143);
  t.regex(said.stderr, /pipe cannot be read: SIGTERM came before/);
});

test.serial("lists come through a pipe as well", async (t) => {
  const { path } = folderWithPipe(t);
  const base = await uktest(["report", GREEN, "-r", "json"]);
  const { file, put } = scratch(t);
  put("base.json", base.stdout);
  for (const [option, content] of [
    ["--known-findings", "echo []"],
    ["--quarantine", "echo []"],
    ["--baseline", `cat ${file("base.json")}`],
  ] as const) {
    const running = start(["report", GREEN, option, "pipe", "-r", "lines"], { cwd: path });
    execFileSync("sh", ["-c", `${content} > pipe`], { cwd: path });
    const said = await running.end;
    t.is(said.code, 0, `${option} ${said.stderr}`);
  }
});

test.serial("what is no file of any use is one clear error", async (t) => {
  const { path, file, put } = folderWithPipe(t);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(file("socket"), resolve));
  t.teardown(() => server.close());
  put("short", "x");
  for (const [args, code, words] of [
    [["report", "socket"], 2, /socket is a socket/],
    [["report", GREEN, "--baseline", "socket"], 2, /socket is a socket/],
    [["report", GREEN, "--known-findings", "socket"], 2, /socket cannot be read/],
    [["report", GREEN, "--known-findings", "."], 2, /\. cannot be read: illegal operation on a directory/],
    [["report", GREEN, "--known-findings", "/dev/zero"], 2, /goes on for more than 64 MiB/],
    [
      ["report", GREEN, "--quarantine", "none"],
      2,
      /none cannot be read: no such file or directory \(ENOENT\)/,
    ],
    [["report", "/proc/self/mem"], 3, /cannot be read/],
    [["merge", "pipe"], 2, /pipe is no file, and a record is read twice/],
    [
      ["report", GREEN, "-r", "json=short/"],
      3,
      /the report short\/ cannot be written: it would be in a file/,
    ],
    [
      ["report", GREEN, "-r", "json=short/x"],
      3,
      /the report short\/x cannot be written: it would be in a file/,
    ],
    [["report", GREEN, "-r", "json=."], 3, /the report \. cannot be written: it is a folder/],
    [["report", GREEN, "-r", "json=socket"], 3, /the report socket cannot be written: it is a socket/],
    [
      ["report", GREEN, "-r", "json=a.json,tap"],
      2,
      /"tap" after the comma is taken for a part of the file name\n.*-r json=a\.json -r tap/,
    ],
  ] as const) {
    const said = await uktest(args, { cwd: path });
    t.is(said.code, code, args.join(" "));
    t.regex(said.stderr, words);
    t.notRegex(said.stderr, /^\s+at |Node\.js v/m, "no stack trace");
    t.is(said.stderr.split("\n").filter((line) => line.startsWith("uktest: ")).length, 1);
  }
  t.false(existsSync(file("short.json")));
});
