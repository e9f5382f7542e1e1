/** However a run ends, no emulator is left: interrupted, told to end, killed. */
import test, { type ExecutionContext } from "ava";
import { startProgram, MAIN, type Running } from "../cli/run.js";
import { documentOf, ROOT, runKit } from "./kit.js";
import { emulatorsOf, isAlive, until } from "./processes.js";

const ENDLESS = ["run", "ukdebug_endless", "-r", "json", "--silence", "50"];

async function started(t: ExecutionContext, machine: string): Promise<readonly [Running, readonly number[]]> {
  const words = [MAIN, ...ENDLESS, "-m", machine, "--debug"];
  const running = startProgram(process.execPath, words, { cwd: ROOT });
  const emulators = await emulatorsOf(running.child);
  t.is(emulators.length > 0, machine !== "v86", "the emulator runs");
  return [running, emulators];
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
