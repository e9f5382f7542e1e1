/**
 * What a run leaves of its reports, whatever happens to it: signals of all kinds, also while an image is compiled and a
 * record is written, a disk that is full, a report that cannot be written.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import test, { type ExecutionContext } from "ava";
import { MAIN, type Running, type Said, scratch, type Scratch, startProgram, uktest } from "../cli/run.js";
import { documentOf, ROOT, runKit } from "./kit.js";
import { childrenOf, emulatorOf, isAlive, isRunning, until } from "./processes.js";

const ENDLESS = ["run", "ukdebug_endless", "-m", "qemu-x86_64"] as const;
const start = (words: readonly string[], cwd = ROOT, env: Readonly<Record<string, string>> = {}): Running =>
  startProgram(process.execPath, [MAIN, ...words], { cwd, env });

test.before(async () => {
  await runKit("ukdebug_crash", "-m", "qemu-x86_64");
});

/** Names in a folder that stand there for a moment only. */
const strays = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.part(\.d)?$|\.tmp$/.test(name),
  );

test.serial("the second Ctrl-C ends a run at once", async (t) => {
  const { path, file, text } = scratch(t);
  const { child, end } = start([...ENDLESS, "--debug", "-r", `json=${file("out.json")}`, "--record", path]);
  const emulator = await emulatorOf(child);
  child.kill("SIGINT");
  child.kill("SIGINT");
  const { code } = await end;
  // Both may come as one, which is asked to finish early.
  t.is(code, 130);
  t.true(await until(() => !isAlive(emulator)));
  if (existsSync(file("out.json")))
    t.is((JSON.parse(text("out.json")) as { complete: boolean }).complete, false);
  t.deepEqual(strays(path), []);
});

for (const [signal, code] of [
  ["SIGHUP", 143],
  ["SIGTERM", 143],
  ["SIGINT", 130],
] as const)
  test.serial(
    `${signal} while a record is written leaves one that can be replayed, and says that it is incomplete`,
    async (t) => {
      const { path } = scratch(t);
      const { child, end } = start([...ENDLESS, "--debug", "-r", "json", "--record", path]);
      const emulator = await emulatorOf(child);
      child.kill(signal);
      const first = await end;
      t.is(first.code, code, first.stderr);
      t.true(await until(() => !isAlive(emulator)));
      const again = await uktest(["report", path, "-r", "json"]);
      t.is(again.code, 1, again.stderr);
      for (const one of [first, again]) holdIncomplete(t, one);
      t.deepEqual(strays(path), []);
    },
  );

function holdIncomplete(t: ExecutionContext, one: Said): void {
  const { suites, problems } = documentOf(one);
  t.true(problems.some((problem) => problem.code === "incomplete-run"));
  t.deepEqual(
    suites.flatMap(({ cases }) => cases.map(({ status }) => status)),
    ["not-run"],
  );
}

/** A project whose compiler takes its time. */
function slowProject(t: ExecutionContext): {
  readonly folder: Scratch;
  readonly env: Readonly<Record<string, string>>;
} {
  const folder = scratch(t);
  cpSync(join(ROOT, "examples/ring"), folder.path, { recursive: true });
  return { folder, env: { TMPDIR: folder.path } };
}

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGHUP", 143],
  ["SIGKILL", "SIGKILL"],
] as const)
  test.serial(
    `${signal} while an image is compiled leaves no compiler and no file, and a report where it can`,
    async (t) => {
      const { folder, env } = slowProject(t);
      const { child, end } = start(["run", "-m", "qemu-x86_64", "-r", "json=out.json"], folder.path, env);
      const pid = child.pid ?? -1;
      // Its children alone do not tell: an emulator is loaded while the command is read.
      t.true(await until(() => strays(folder.path).length > 0), "a compiler runs");
      const compilers = childrenOf(pid);
      child.kill(signal);
      const said = await end;
      t.is(said.code, code, said.stderr);
      t.true(await until(() => !compilers.some(isAlive)));
      t.true(await until(() => strays(folder.path).length === 0), strays(folder.path).join());
      t.deepEqual(
        readdirSync(folder.path).filter((name) => /^cc\w{6}\./.test(name)),
        [],
      );
      if (signal === "SIGKILL") return void t.false(existsSync(folder.file("out.json")));
      const document = JSON.parse(folder.text("out.json")) as ReturnType<typeof documentOf>;
      t.true(document.problems.some((problem) => problem.code === "incomplete-run"));
      t.deepEqual(document.suites, []);
      const next = await uktest(["run", "-m", "qemu-x86_64"], { cwd: folder.path, env });
      t.is(next.code, 0, next.stderr);
    },
  );

for (const signal of ["SIGINT", "SIGKILL"] as const)
  test.serial(
    `${signal} does not wait for a compiler that takes its time, nor for what it has started`,
    async (t) => {
      const { folder, env } = slowProject(t);
      // What sh starts here stands for the programs that a compiler starts.
      mkdirSync(folder.file("bin"));
      folder.put(
        "bin/gcc",
        `#!/bin/sh\nsleep 600 &\necho $$ $! > ${folder.path}/all.$$\nmv ${folder.path}/all.$$ ${folder.path}/gcc.$$\nwait\n`,
      );
      chmodSync(folder.file("bin/gcc"), 0o755);
      const started = (): readonly string[] =>
        readdirSync(folder.path).filter((name) => name.startsWith("gcc."));
      const PATH = `${folder.file("bin")}:${process.env["PATH"] ?? ""}`;
      const { child, end } = start(["run", "-m", "qemu-x86_64"], folder.path, { ...env, PATH });
      t.true(await until(() => started().length > 0), "a compiler runs");
      child.kill(signal);
      const { code, stderr } = await end;
      t.is(code, signal === "SIGINT" ? 130 : "SIGKILL", stderr);
      const pids = started().flatMap((name) => folder.text(name).trim().split(" ").map(Number));
      t.true(pids.length >= 2, pids.join());
      t.true(await until(() => !pids.some(isRunning)), pids.join());
      t.true(await until(() => strays(folder.path).length === 0), strays(folder.path).join());
    },
  );

test.serial("a second Ctrl-C while an image is compiled does not wait for it", async (t) => {
  const { folder, env } = slowProject(t);
  const { child, end } = start(["run", "-m", "qemu-x86_64"], folder.path, env);
  const pid = child.pid ?? -1;
  // Its children alone do not tell: an emulator is loaded while the command is read.
  t.true(await until(() => strays(folder.path).length > 0), "a compiler runs");
  const compilers = childrenOf(pid);
  child.kill("SIGINT");
  await sleep(5);
  child.kill("SIGINT");
  t.is((await end).code, 130);
  t.true(await until(() => !compilers.some(isAlive)));
  t.true(await until(() => strays(folder.path).length === 0), strays(folder.path).join());
});

test.serial(
  "a disk that is full, and a report that cannot be written, are named; the others are written",
  async (t) => {
    const { path, file, put, text } = scratch(t);
    put("plain", "");
    for (const bad of ["/dev/full", join(path, "plain/below.xml"), "/proc/none/out.xml"]) {
      const words = ["-r", `junit=${bad}`, "-r", `json=${file("out.json")}`, "-r", "lines"];
      const said = await runKit("ukargparse", "-m", "qemu-x86_64", ...words);
      t.is(said.code, 3, said.stderr);
      t.true(said.stderr.includes(`error: the report ${bad} cannot be written: `), said.stderr);
      t.regex(said.stdout, /VERDICT passed/);
      t.is((JSON.parse(text("out.json")) as { verdict: string }).verdict, "passed");
    }
  },
);

test.serial("a standard output that is full is named, and the report in a file is written", async (t) => {
  const { file, text } = scratch(t);
  const command = `"$0" "$@" > /dev/full`;
  const words = [
    process.execPath,
    MAIN,
    "run",
    "ukargparse",
    "-m",
    "qemu-x86_64",
    "-r",
    "tap",
    "-r",
    `json=${file("out.json")}`,
  ];
  const said = await startProgram("sh", ["-c", command, ...words], { cwd: ROOT }).end;
  t.is(said.code, 3, said.stderr);
  t.regex(said.stderr, /error: stdout cannot be written: .*ENOSPC/);
  t.is((JSON.parse(text("out.json")) as { verdict: string }).verdict, "passed");
});

test.serial("a record that cannot be kept is named before anything boots", async (t) => {
  const { put } = scratch(t);
  const said = await runKit("ukargparse", "-m", "qemu-x86_64", "--record", join(put("plain", ""), "below"));
  t.is(said.code, 3);
  t.regex(said.stderr, /error: no record can be kept in \S+below: .*\n\s+take another folder for --record/);
});
