/** However a run ends, no emulator is left: interrupted, told to end, killed. */
import { chmodSync } from "node:fs";
import { delimiter } from "node:path";
import test, { type ExecutionContext } from "ava";
import { turns } from "../amount.js";
import { MAIN, type Running, scratch, startProgram, uktest } from "../cli/run.js";
import { documentOf, ROOT, runKit } from "./kit.js";
import { emulatorsOf, isAlive, programsWith, until } from "./processes.js";

const ENDLESS = ["run", "ukdebug_endless", "-r", "json", "--silence", "50"];

async function started(t: ExecutionContext, machine: string): Promise<readonly [Running, readonly number[]]> {
  const words = [MAIN, ...ENDLESS, "-m", machine, "--debug"];
  const running = startProgram(process.execPath, words, { cwd: ROOT });
  const emulators = await emulatorsOf(running.child);
  t.is(emulators.length > 0, machine !== "v86", "the emulator runs");
  return [running, emulators];
}

for (const machine of turns(["qemu-x86_64", "qemu-arm64", "v86"], "runner/leaving"))
  test.serial(`a run on ${machine} that is interrupted, told to end or killed leaves nothing`, async (t) => {
    await runKit("ukdebug_crash", "-m", machine);
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGKILL", "SIGKILL"],
    ] as const) {
      const [{ child, end }, emulators] = await started(t, machine);
      child.kill(signal);
      const said = await end;
      t.is(said.code, code, `${signal}: ${said.stderr}`);
      t.true(await until(() => !emulators.some(isAlive)), `${signal} leaves an emulator`);
      if (signal === "SIGKILL") continue;
      const { suites } = documentOf(said);
      t.is(suites[0]?.cases[0]?.status, "not-run", "what was interrupted has no result");
      t.regex(suites[0]?.cases[0]?.reason ?? "", /interrupted by SIG/);
    }
  });

test.serial("a run that ends by itself waits for its helpers, however slow they are", async (t) => {
  const { path, put } = scratch(t);
  // Does what it is asked to, and stays for a second, as on a host that has no time for it.
  chmodSync(put("sh", '#!/bin/sh\neval "$2"\nsleep 1\n'), 0o755);
  const env = { PATH: `${path}${delimiter}${process.env["PATH"] ?? ""}`, UKTEST_HELPERS: path };
  const said = await uktest(["run", "ukargparse_words_testsuite", "-m", "qemu-arm64"], { cwd: ROOT, env });
  t.is(said.code, 0, said.stderr);
  t.deepEqual(programsWith(`UKTEST_HELPERS=${path}`), []);
});
