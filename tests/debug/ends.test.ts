/** However a debugging session ends, no program is left of it, and each end hears of the other's. */
import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import test from "ava";
import { start, startProgram } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";
import { until } from "../runner/processes.js";
import { allGone, debugTerminal } from "./terminal.js";

const ENDLESS = ["ukdebug_endless", "-m", "qemu-x86_64", "--case-timeout", "600"];
const FAILS = ["uktest_fails.expect", "-m", "qemu-x86_64"];

/** Folders of the session of a process. */
const foldersOf = (pid: number): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`uktest-debug.${String(pid)}.`));

test.serial("quit ends the guest, and the folder of the session is gone", async (t) => {
  const session = debugTerminal(t, FAILS);
  t.true(await session.shows(/\(gdb\)/));
  const { uktest, others } = session.processes();
  t.is(foldersOf(uktest).length, 1);
  t.true(others.length >= 2, "gdb and the emulator run");
  session.type("quit");
  t.is((await session.end).code, 0);
  t.true(await allGone([uktest, ...others]));
  t.deepEqual(foldersOf(uktest), []);
});

test.serial(
  "Ctrl-C stops the guest and neither uktest nor the emulator, and it goes on after it",
  async (t) => {
    const session = debugTerminal(t, ENDLESS);
    t.true(await session.shows(/ukdebug_endless->loop/));
    session.interrupt();
    t.true(await session.shows(/forever = 1/));
    session.type("set var forever = 0");
    session.type("continue");
    t.true(await session.shows(/exited normally/));
    session.type("quit");
    const said = await session.end;
    t.is(said.code, 0, said.stdout);
    t.regex(said.stdout, /received signal SIGINT/);
  },
);

for (const signal of ["SIGTERM", "SIGHUP", "SIGKILL"] as const)
  test.serial(`${signal} of uktest ends gdb and the guest`, async (t) => {
    const session = debugTerminal(t, FAILS);
    t.true(await session.shows(/\(gdb\)/));
    const { uktest, others } = session.processes();
    process.kill(uktest, signal);
    t.true(await allGone([uktest, ...others]), (await session.end).stdout);
    // What a killed one leaves is removed by the next.
    if (signal === "SIGKILL")
      t.is((await start(["debug", ...FAILS, "--", "-nx", "-batch"], { cwd: ROOT }).end).code, 0);
    t.deepEqual(foldersOf(uktest), []);
  });

test.serial("a gdb that is killed ends the session", async (t) => {
  const session = debugTerminal(t, FAILS);
  t.true(await session.shows(/\(gdb\)/));
  const { uktest, others } = session.processes();
  const gdb = await pidOf("gdb", others);
  process.kill(gdb, "SIGKILL");
  t.is((await session.end).code, 1);
  t.true(await allGone([uktest, ...others]));
});

test.serial("an emulator that is killed is seen by gdb, which stays", async (t) => {
  const session = debugTerminal(t, FAILS);
  t.true(await session.shows(/\(gdb\)/));
  const { uktest, others } = session.processes();
  process.kill(await pidOf("qemu-system", others), "SIGKILL");
  session.type("stepi");
  t.true(await session.shows(/Remote connection closed|terminated with signal SIGABRT/));
  session.type("quit");
  await session.end;
  t.true(await allGone([uktest, ...others]));
});

/** The one of these programs whose name begins so. */
async function pidOf(name: string, pids: readonly number[]): Promise<number> {
  const rows = (await startProgram("ps", ["-o", "pid=,comm=", "-p", pids.join(",")]).end).stdout;
  const row = rows.split("\n").find((one) => one.trim().split(/\s+/)[1]?.startsWith(name) === true);
  return Number(row?.trim().split(/\s+/)[0]);
}

test.serial("a debugger of one's own connects to a port, and its end ends the guest", async (t) => {
  const server = start(["debug", ...FAILS, "--server", "0"], { cwd: ROOT, input: null });
  await server.told("waiting for a debugger");
  let text = "";
  server.child.stderr?.on("data", (chunk: Buffer) => (text += String(chunk)));
  t.true(await until(() => server.child.exitCode === null));
  const said = await startProgram("sh", ["-c", "true"]).end;
  t.is(said.code, 0);
  server.child.kill("SIGINT");
  const ended = await server.end;
  t.is(ended.code, 130, text);
  const address = /target remote (127\.0\.0\.1:\d+)/.exec(ended.stderr)?.[1];
  t.truthy(address, ended.stderr);
});

test.serial("over a socket of one's own: the console, a breakpoint, the end", async (t) => {
  const path = `${tmpdir()}/uktest-ends-${String(process.pid)}`;
  const server = start(["debug", ...FAILS, "--server", path], { cwd: ROOT, input: null });
  await server.told("waiting for a debugger");
  const image = ".uktest/build/x86_64-gcc-debug/uktest-fails.elf";
  const commands = [`target remote ${path}`, "break uk_test_on_failure", "continue", "bt 1", "kill"];
  const gdb = startProgram(
    "gdb-multiarch",
    ["-nx", "-batch", ...commands.flatMap((one) => ["-ex", one]), image],
    {
      cwd: ROOT,
    },
  );
  const said = await gdb.end;
  t.regex(said.stderr, /expected `one == 2` to be true.*FAILED/, said.stdout);
  t.regex(said.stdout, /^#0 +(?:0x\w+ in )?uk_test_on_failure \(\)/m, said.stdout);
  t.is((await server.end).code, 0);
  t.false(existsSync(path));
});
