/** However a run ends, no emulator is left: interrupted, told to end, killed. */
import { setTimeout as sleep } from "node:timers/promises";
import test, { type ExecutionContext } from "ava";
import { startProgram, MAIN, type Running } from "../cli/run.js";
import { documentOf, ROOT, runKit } from "./kit.js";
import { childrenOf, isAlive, until } from "./processes.js";

const ENDLESS = ["run", "ukdebug_endless", "-r", "json", "--silence", "50"];

async function started(t: ExecutionContext, machine: string): Promise<readonly [Running, readonly number[]]> {
  const running = startProgram(process.execPath, [MAIN, ...ENDLESS, "-m", machine], { cwd: ROOT });
  const pid = running.child.pid ?? -1;
  if (machine === "v86") {
    await sleep(1500);
    return [running, []];
  }
  t.true(await until(() => childrenOf(pid).length > 0), "the emulator runs");
  // Long enough for the guest to be in its endless loop.
  await sleep(500);
  return [running, childrenOf(pid)];
}

for (const machine of ["qemu-x86_64", "qemu-arm64", "v86"])
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
