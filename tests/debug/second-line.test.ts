/**
 * A guest whose own stub has a serial line to itself: its console is what it is without a debugger; and a guest that waits for its
 * debugger sleeps. What the stub answers is in stub.test.ts.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { turns } from "../amount.js";
import { scratch, start, uktest } from "../cli/run.js";
import { ROOT, runKit } from "../runner/kit.js";
import { below, nameOf, until } from "../runner/processes.js";

const CASE = ["ukgdb_target.counts", "--profile", "debug-stub"];

/** Lines of the guest, without clocks. */
const linesOf = (text: string): readonly string[] =>
  [...text.matchAll(/^\[ *\d+\.\d+\] ([^\r\n]*)/gm)].map(([, line = ""]) =>
    line.replace(/(?<=time=)\d+|(?<=build=)\w+/g, ""),
  );

async function undebugged(t: ExecutionContext, machine: string): Promise<readonly string[]> {
  const { path } = scratch(t);
  await runKit(...CASE, "-m", machine, "--record", path);
  const logs = join(path, "run-0001", "logs");
  return linesOf(readFileSync(join(logs, readdirSync(logs)[0] ?? ""), "latin1"));
}

for (const machine of turns(["qemu-x86_64", "qemu-i386"], "debug/second-line, console"))
  test.serial(`${machine}: a debugger on the second line changes no line of the console`, async (t) => {
    const alone = await undebugged(t, machine);
    t.true(alone.length > 5);
    const asked = ["break bump", "continue", "print by", "delete", "continue"].flatMap((one) => ["-ex", one]);
    const words = ["debug", ...CASE, "-m", machine, "--stub", "guest", "--break", "case"];
    const said = await uktest([...words, "--", "-nx", "-batch", ...asked], { cwd: ROOT });
    t.regex(said.stdout, /^\$1 = \d+$/m);
    const waits = "Waiting for a debugger on the second line";
    const shown = linesOf(`${said.stdout}${said.stderr}`);
    t.is(shown.filter((line) => line.endsWith(waits)).length, 1, said.stderr);
    t.deepEqual(
      shown.filter((line) => !line.endsWith(waits)),
      alone,
    );
  });

/** Whether no thread of a program wants a processor. */
const sleeps = (pid: number): boolean =>
  readdirSync(`/proc/${String(pid)}/task`).every((thread) =>
    / S /.test(readFileSync(`/proc/${String(pid)}/task/${thread}/stat`, "utf8").replace(/^.*\)/, "")),
  );

for (const machine of turns(["qemu-x86_64", "qemu-i386", "qemu-arm64"], "debug/second-line, sleep"))
  test.serial(`${machine}: a guest that waits for its debugger sleeps`, async (t) => {
    const words = ["debug", ...CASE, "-m", machine, "--stub", "guest", "--server", "0"];
    const session = start(words, { cwd: ROOT });
    const { child, end } = session;
    t.teardown(() => child.kill("SIGKILL"));
    await session.told("waiting for a debugger");
    const [emulator = -1] = below(child.pid ?? -1).filter((pid) => nameOf(pid).startsWith("qemu"));
    t.true(await until(() => sleeps(emulator)), "a processor that polls never sleeps");
    child.kill("SIGINT");
    t.is((await end).code, 130);
  });
