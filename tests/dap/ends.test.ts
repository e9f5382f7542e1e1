/** However an editor leaves, no program and no folder is left of what it debugged. */
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import test, { type ExecutionContext } from "ava";
import { allGone } from "../debug/terminal.js";
import { start, startProgram } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";
import { until } from "../runner/processes.js";
import { type Editor, editor, editorAt, refused } from "./editor.js";

const FAILS = { pattern: "uktest_fails.expect", machine: "qemu-x86_64" };
const ENDLESS = { pattern: "ukdebug_endless", machine: "qemu-x86_64", caseTimeout: 600 };

const foldersOf = (pid: number | undefined): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`uktest-debug.${String(pid)}.`));

/** A session that stands at its failure, or runs for ever. */
async function begun(t: ExecutionContext, words: object): Promise<Editor> {
  const one = editor(t);
  await one.launch(words);
  if (words === FAILS) await one.stop();
  else t.true(await until(() => one.printed("stdout").includes("ukdebug_endless->loop")));
  t.true(one.processes().length >= 3, "gdb and the emulator run");
  // A folder that others add to and remove from at the same time may be read without one of its names.
  t.true(await until(() => foldersOf(one.child.pid).length === 1));
  return one;
}

const WAYS: Readonly<Record<string, (one: Editor) => unknown>> = {
  disconnect: ({ client }) => client.disconnectRequest(),
  "the end of its input": ({ child }) => child.stdin?.end(),
  SIGTERM: ({ child }) => child.kill("SIGTERM"),
  SIGKILL: ({ child }) => child.kill("SIGKILL"),
};

for (const [name, leave] of Object.entries(WAYS))
  test.serial(`${name} ends gdb and the guest, whether that stands or runs`, async (t) => {
    for (const words of [FAILS, ENDLESS]) {
      const one = await begun(t, words);
      const all = one.processes();
      await leave(one);
      t.true(await allGone(all));
      t.is(await one.left(), name === "SIGTERM" ? 143 : name === "SIGKILL" ? null : 0);
      if (name !== "SIGKILL") t.deepEqual(foldersOf(one.child.pid), []);
    }
  });

test.serial("terminate ends what is debugged, and the editor is still answered", async (t) => {
  const one = await begun(t, FAILS);
  const [adapter, ...others] = one.processes();
  await one.client.terminateRequest();
  t.true(await one.ends());
  t.true(await allGone(others));
  t.is(
    await refused(one.client.stackTraceRequest({ threadId: 1 })),
    "nothing is debugged: launch something first",
  );
  await one.client.disconnectRequest();
  t.true(await allGone([adapter ?? -1]));
});

/** The program below an adapter whose name begins so. */
async function pidOf(name: string, pids: readonly number[]): Promise<number> {
  const rows = (await startProgram("ps", ["-o", "pid=,comm=", "-p", pids.join(",")]).end).stdout;
  const row = rows.split("\n").find((one) => one.trim().split(/\s+/)[1]?.startsWith(name) === true);
  return Number(row?.trim().split(/\s+/)[0]);
}

for (const name of ["gdb", "qemu-system"])
  test.serial(`a ${name} that is killed ends the session, and the editor hears of it`, async (t) => {
    for (const words of [FAILS, ENDLESS]) {
      const one = await begun(t, words);
      const all = one.processes();
      process.kill(await pidOf(name, all), "SIGKILL");
      t.true(await one.ends(), JSON.stringify(words));
      t.is(one.exitCode(), 3);
      t.regex(one.printed("stderr"), /^uktest: error: /m);
      await one.client.disconnectRequest();
      t.true(await allGone(all));
    }
  });

test.serial("over a port: one editor after the other, and none beside it", async (t) => {
  const server = start(["dap", "--port", "0"], { cwd: ROOT, input: null });
  const { child } = server;
  t.teardown(() => child.kill("SIGKILL"));
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => (said += String(chunk)));
  await server.told("waiting for an editor on");
  const port = Number(/on 127\.0\.0\.1:(\d+)/.exec(said)?.[1]);
  const first = await editorAt(t, port, child);
  await first.launch(FAILS);
  await first.stop();
  const second = await editorAt(t, port, child);
  t.true(await until(() => second.isClosed()));
  await first.client.disconnectRequest();
  t.true(await until(() => first.isClosed()));
  const third = await editorAt(t, port, child);
  await third.launch({ ...FAILS, cwd: "." });
  await third.stop();
  const all = third.processes();
  t.true(all.length >= 3);
  child.kill("SIGINT");
  t.is((await server.end).code, 130);
  t.true(await allGone(all));
});
