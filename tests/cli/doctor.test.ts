/**
 * `uktest doctor`: what is here and what is missing, on hosts that have less and less.
 */
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { findProgram } from "../../runner/process/parent-death-signal.js";
import { isWithin } from "../../src/cli/doctor/checks.js";
import { demo, isQuiet } from "./project.js";
import { scratch, start, uktest } from "./run.js";

/** A PATH on which only these programs are. */
function pathOf(t: ExecutionContext, programs: readonly string[]): string {
  const { path, file } = scratch(t);
  for (const name of ["sh", "mv", "rm", ...programs]) symlinkSync(findProgram(name) ?? name, file(name));
  return path;
}

interface Document {
  readonly schema: string;
  readonly machine: string;
  readonly works: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly state: string;
    readonly detail: string;
    readonly mend?: string;
  }[];
}

test.serial("with all machines: each boots, and nothing is left", async (t) => {
  const { path } = scratch(t);
  const { code, stdout, stderr } = await uktest(["doctor"], { cwd: path, env: { TMPDIR: path } });
  t.is(code, 0, stdout + stderr);
  for (const machine of ["qemu-x86_64", "qemu-i386", "qemu-arm64", "v86"])
    t.regex(
      stdout,
      new RegExp(`^boot ${machine}(?: \\(default\\))? +ok +built and booted, 1 case passed, [\\d.]+ s$`, "m"),
    );
  t.regex(stdout, /^node +ok +v\d+/m);
  t.regex(stdout, /^gcc +ok +gcc /m);
  t.regex(stdout, /^\/dev\/shm +\w+ +\d+ MiB free/m);
  t.regex(stdout, /^kvm +\w+ +\S/m);
  t.is(stdout.match(/\(default\)/g)?.length, 1);
  t.deepEqual(readdirSync(path), [], "not even a temporary folder");
});

test.serial("without emulators and cross compilers the embedded machine is what counts", async (t) => {
  const folder = await demo(t);
  const env = { PATH: pathOf(t, ["gcc", "ld", "as"]) };
  const { code, stdout } = await uktest(["doctor", "--json"], { cwd: folder.path, env });
  const { schema, machine, works, checks } = JSON.parse(stdout) as Document;
  t.deepEqual([code, schema, machine, works], [0, "uktest-doctor/1", "v86", true], stdout);
  const states = new Map(checks.map(({ name, state }) => [name, state]));
  t.is(states.get("gcc"), "ok");
  for (const name of ["clang", "qemu-system-x86_64", "qemu-system-aarch64", "setpriv", "mkfifo"])
    t.is(states.get(name), "missing", name);
  for (const name of ["boot qemu-x86_64", "boot qemu-i386", "boot qemu-arm64"]) {
    const check = checks.find((one) => one.name === name);
    t.is(check?.state, "missing", name);
    t.regex(check?.mend ?? "", /^apt-get install qemu-system-/);
  }
  t.is(states.get("boot v86 (default)"), "ok");
  for (const { state, mend } of checks) if (state === "missing") t.truthy(mend);
});

test.serial("without a compiler nothing works, and it says what to install", async (t) => {
  const { path } = scratch(t);
  const { code, stdout } = await uktest(["doctor"], {
    cwd: path,
    env: { PATH: pathOf(t, ["ld"]), TMPDIR: path },
  });
  t.is(code, 3, stdout);
  t.regex(stdout, /^gcc +missing .*: apt-get install gcc$/m);
  t.regex(stdout, /^boot v86 \(default\) +missing +gcc is not installed.*: apt-get install gcc$/m);
  t.deepEqual(readdirSync(path), []);
});

test.serial("a compiler that fails, and one that never ends", async (t) => {
  const { path, file } = scratch(t);
  mkdirSync(file("bin"));
  for (const name of ["ld", "sh", "mv", "rm"]) symlinkSync(findProgram(name) ?? "", file(`bin/${name}`));
  const gcc = (text: string): void => {
    writeFileSync(file("bin/gcc"), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  };
  const env = { PATH: file("bin"), TMPDIR: path };
  gcc("echo 'x.c:1:1: error: out of order' >&2; exit 1");
  const failed = await uktest(["doctor"], { cwd: path, env });
  t.is(failed.code, 3);
  t.regex(
    failed.stdout,
    /^boot v86 \(default\) +failed +.*out of order.*: uktest run --machine v86 shows all of it$/m,
  );
  gcc(`[ "$1" = --version ] && exit 1; cd ${path}; while :; do :; done`);
  const endless = start(["doctor"], { cwd: path, env });
  for (let tries = 0; tries < 200 && !isCompiling(path); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  endless.child.kill("SIGINT");
  const { code, stdout } = await endless.end;
  t.is(code, 130);
  t.regex(stdout, /failed +interrupted/);
  t.true(await isQuiet(path), "no compiler is left");
});

/** Whether the trial has begun to write. */
const isCompiling = (path: string): boolean =>
  readdirSync(path).some(
    (name) => name.startsWith("uktest-trial-") && readdirSync(join(path, name)).includes(".uktest"),
  );

test("versions of Node", (t) => {
  const range = "^20.19.0 || ^22.12.0 || >=24";
  for (const version of ["v20.19.0", "v20.20.2", "v22.12.1", "v24.0.0", "v31.1.0"])
    t.true(isWithin(version, range), version);
  for (const version of ["v18.0.0", "v20.18.9", "v21.99.0", "v22.11.0", "v23.5.0"])
    t.false(isWithin(version, range), version);
});
