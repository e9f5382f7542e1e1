/**
 * A board that has a GDB stub in its image, debugged over a serial port: it waits, stops, is killed or left, and what is an
 * error of the rig. The board is a QEMU after a pseudo terminal. What its stub answers is in stub.test.ts, and how a board is
 * run without a debugger is in tests/runner/serial.test.ts.
 */
import { execFileSync } from "node:child_process";
import test, { type ExecutionContext } from "ava";
import { type Running, start } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";
import { below, until } from "../runner/processes.js";
import { terminalPair } from "../runner/terminal-pair.js";
import { boot, ENDED, ended, imageOf, type OnLine, unwrapped, withoutTimes } from "./by-hand.js";
import { allGone } from "./terminal.js";

/** A board, and what has its port. */
interface Board extends Pick<OnLine, "sent"> {
  readonly board: Running;
  readonly uktest: Running;
  /** The programs that uktest has started, once the guest waits. */
  readonly others: () => Promise<readonly number[]>;
}

/** Opening a port ends with its speed: what was sent before is forgotten. A pseudo terminal begins with another one. */
const isOpened = (port: string): boolean =>
  execFileSync("stty", ["-F", port, "speed"], { encoding: "utf8" }).trim() === "115200";

/**
 * Starts a session with a board of this image, which is switched on once somebody listens.
 * @param takesPort whether the port goes when the board ends, with what was not read of it
 */
async function debugged(
  t: ExecutionContext,
  image: string,
  words: readonly string[],
  takesPort = true,
): Promise<Board> {
  const { path, other, unplug } = await terminalPair();
  t.teardown(unplug);
  const all = ["debug", "-m", `serial:${path}`, "--image", image, ...words];
  const uktest = start(all, { cwd: ROOT, input: null });
  t.teardown(() => uktest.child.kill("SIGKILL"));
  t.true(await until(() => isOpened(path)), "somebody listens");
  const { guest, attach, sent } = boot(t, { architecture: "x86_64", image, words: "uktest.gdb=boot" });
  attach(other);
  if (takesPort) guest.child.on("exit", unplug);
  const others = async (): Promise<readonly number[]> => {
    const { pid = -1 } = uktest.child;
    t.true(await until(() => below(pid).length > 0), "gdb runs");
    return below(pid);
  };
  return { board: guest, uktest, others, sent };
}

const target = (): Promise<string> => imageOf("x86_64", "ukgdb-target", { pattern: "ukgdb_target.counts" });

test.serial("a board waits, stops, calls, shows where it stands, and is killed", async (t) => {
  const asked = ["break bump", "continue", "print (int)ukgdb_add(20, 22)", "backtrace 2", "kill"];
  // By the time that gdb ends, the port of the board is gone.
  const gdb = [...asked, "shell sleep 1"].flatMap((one) => ["-ex", one]);
  const { board, uktest, others } = await debugged(t, await target(), ["--", "-nx", "-batch", ...gdb]);
  const pids = await others();
  const said = await ended(t, uktest);
  const all = `${said.stdout}\n${said.stderr}`;
  t.is(said.code, 0, all);
  t.regex(said.stderr, /^uktest: listening to \/dev\/pts\/\d+ at 115200 baud: start the board now$/m);
  t.regex(said.stderr, /\[libukgdb\] .*Waiting for a debugger on this line\r?\n/);
  t.regex(all, /received signal SIGTRAP[^]*Breakpoint \d+, bump \(by=(?:by@entry=)?0\)/);
  t.regex(said.stdout, /^\$1 = 42$/m);
  t.regex(said.stdout, /^#0 +bump \([^]*^#1 .*_uk_testsuite_ukgdb_target_case_counts \(/m);
  t.regex(all, /\[Inferior 1 \([^)]*\) killed\]/);
  t.true(await allGone(pids), "no gdb is left");
  t.is((await ended(t, board)).code, ENDED.crash);
});

test.serial("a board that goes away unasked is an error, and its gdb ends", async (t) => {
  const { board, uktest, others } = await debugged(t, await target(), ["--break", "bump", "--", "-nx"]);
  const pids = await others();
  await uktest.seen("\nBreakpoint");
  await uktest.seen("(gdb)");
  board.child.kill("SIGKILL");
  const said = await ended(t, uktest);
  t.is(said.code, 3, said.stderr);
  t.regex(said.stderr, /error: \/dev\/pts\/\d+ is gone\n\s+was the board unplugged\?/);
  t.true(await allGone(pids), "no gdb is left");
});

test.serial("a board that is detached from goes on to its end, as without a debugger", async (t) => {
  const image = await imageOf("x86_64", "ukargparse", { profile: "debug-stub" });
  const plain = boot(t, { architecture: "x86_64", image });
  const gdb = ["-nx", "-batch", "-ex", "info breakpoints", "-ex", "detach"];
  const { board, uktest, sent } = await debugged(t, image, ["--break", "uk_argnparse", "--", ...gdb], false);
  const said = await ended(t, uktest);
  t.is(said.code, 0, said.stderr);
  t.regex(said.stdout, /breakpoint already hit 1 time[^]*detached\]/);
  t.is((await ended(t, board)).code, ENDED.normal);
  t.is((await ended(t, plain.guest)).code, ENDED.normal);
  t.is(withoutTimes(unwrapped(sent())), withoutTimes(plain.sent()));
});
