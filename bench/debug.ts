/**
 * `npm run bench:debug`: what `uktest debug` adds to gdb, side by side in one run: gdb alone with the same symbols, the command
 * up to the frame of a failed assertion, a core of the same case; how many questions a second the proxy lets through to the
 * stub, against the stub alone; and how long the way back to the write that broke a value takes, against the run of its case.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createConnection } from "node:net";
import { openChannel } from "../runner/debug/channel.js";
import { listenOn } from "../runner/debug/listening.js";
import { openProxy } from "../runner/debug/proxy.js";
import type { Connection } from "../runner/machine.js";
import { machine } from "../runner/machines/qemu-x86_64.js";

const ROUNDS = Number(process.env["UKTEST_BENCH_ROUNDS"] ?? 11);
const QUESTIONS = 2000;
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = fileURLToPath(new URL("../bin/uktest/uktest.cjs", import.meta.url));
const CASE = "uktest_fails.expect";
const MACHINE = ["-m", "qemu-x86_64"];
const IMAGE = join(ROOT, ".uktest/build/x86_64-gcc-debug/uktest-fails.elf");

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Wall time of a command in milliseconds; a failure is no measurement. */
function wall(program: string, args: readonly string[], code = 0): number {
  const start = performance.now();
  const run = spawnSync(program, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 });
  if (run.status !== code) throw new Error(`${program} ${args.join(" ")}: ${run.stderr.toString()}`);
  return performance.now() - start;
}

const uktest = (words: readonly string[], code = 0): number => wall(process.execPath, [MAIN, ...words], code);

/** Milliseconds for so many reads of memory, one after the other. */
async function ask(stream: Connection): Promise<number> {
  const start = performance.now();
  await new Promise<void>((resolve, reject) => {
    let left = QUESTIONS;
    const channel = openChannel(stream, {
      packet: () => {
        left -= 1;
        if (left === 0) resolve();
        else channel.send("m100000,40");
      },
      closed: () => {
        reject(new Error("the stub is gone"));
      },
    });
    channel.send("m100000,40");
  });
  return performance.now() - start;
}

/** A guest that waits at its first instruction, for as long as something is measured. */
async function withGuest<T>(use: (stub: Connection) => Promise<T>): Promise<T> {
  const image = { path: IMAGE, architecture: "x86_64", isKit: true, words: [] } as const;
  const boot = machine.boot(image, { memoryMiB: 64, acceleration: "tcg", debug: true });
  try {
    if (boot.stub === undefined) throw new Error("no stub");
    return await use(boot.stub);
  } finally {
    boot.stop();
    await boot.end;
    boot.release();
  }
}

/** The same over the proxy, to which a debugger connects by a socket. */
async function overProxy(stub: Connection): Promise<number> {
  const proxy = openProxy(stub, {
    resumed: () => undefined,
    stopped: () => Promise.resolve(),
    monitor: () => undefined,
    left: () => undefined,
  });
  const listening = await listenOn("0", (socket) => {
    proxy.attach(socket);
  });
  const port = Number(listening.address.replace(/^.*:/, ""));
  const socket = createConnection({ host: "127.0.0.1", port, noDelay: true });
  try {
    return await ask(socket);
  } finally {
    socket.destroy();
    listening.close();
  }
}

/** A value that is broken by a write long before it is looked at. */
const BROKEN = ["ukdebug_overwritten", ...MACHINE];
const WATCH = ["-ex", "watch room.users"];
/** Within a session, so that what both have alike counts once. */
const BACK = ["-ex", "reverse-continue"];

/** Prints what the way back costs: sessions with it, less those without it. */
function benchBack(): void {
  const [forwards, stopped, back]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    forwards.push(uktest(["run", ...BROKEN, "--profile", "debug"], 1));
    const session = ["debug", "--record-replay", ...BROKEN, "--", "-nx", "-batch", ...WATCH];
    stopped.push(uktest(session));
    back.push(uktest([...session, ...BACK]));
  }
  const [run, before] = [median(forwards), median(stopped)];
  const alone = median(back) - before;
  say("");
  say(`${"from a broken value to the write, qemu-x86_64".padEnd(50)} median ms   of a run`);
  for (const [name, ms] of [
    ["uktest run of the case", run],
    ["uktest debug --record-replay, up to the failure", before],
    ["reverse-continue from there (goal: 1000)", alone],
  ] as const)
    say(`${name.padEnd(50)} ${ms.toFixed(0).padStart(9)} ${(ms / run).toFixed(2).padStart(10)}`);
}

const records = mkdtempSync(join(tmpdir(), "uktest-bench-"));
try {
  uktest(["debug", CASE, ...MACHINE, "--", "-nx", "-batch"]);
  uktest(["run", CASE, ...MACHINE, "--record", records, "--keep-core"], 1);
  const [gdb, live, core]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    gdb.push(wall("gdb-multiarch", ["-nx", "-batch", "-ex", "break uk_test_on_failure", IMAGE]));
    live.push(uktest(["debug", CASE, ...MACHINE, "--", "-nx", "-batch"]));
    core.push(uktest(["debug", "--core", records, "--", "-nx", "-batch"]));
  }
  const own = median(gdb);
  say(`${"to the frame of a failed assertion, qemu-x86_64".padEnd(50)} median ms   over gdb`);
  for (const [name, values] of [
    ["gdb alone, with the same symbols", gdb],
    ["uktest debug SUITE.CASE (goal: 300 over gdb)", live],
    ["uktest debug --core RECORD", core],
  ] as const)
    say(
      `${name.padEnd(50)} ${median(values).toFixed(0).padStart(9)} ${(median(values) - own).toFixed(0).padStart(10)}`,
    );
  const direct: number[] = [];
  const proxied: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    direct.push(await withGuest(ask));
    proxied.push(await withGuest(overProxy));
  }
  const rate = (values: readonly number[]): string =>
    ((QUESTIONS * 1000) / median(values)).toFixed(0).padStart(9);
  say("");
  say(`${"64 bytes of memory, one after the other".padEnd(50)}  a second`);
  say(`${"the stub of QEMU".padEnd(50)} ${rate(direct)}`);
  say(`${"the same over the proxy".padEnd(50)} ${rate(proxied)}`);
  benchBack();
} finally {
  rmSync(records, { recursive: true, force: true });
}
