/**
 * A board after a serial port, over both ends of a pseudo terminal: real captures byte by byte, an image for their plan,
 * the plug pulled, and everything that a device may be instead of one that works.
 */
import { cpSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import test, { type ExecutionContext } from "ava";
import { portOf } from "../../runner/serial/board.js";
import { casesIn } from "./cases.js";
import { LOGS, MAIN, type Running, scratch, start, startProgram, uktest } from "../cli/run.js";
import { documentOf, ROOT, runKit } from "./kit.js";
import { until } from "./processes.js";
import { type TerminalPair, terminalPair } from "./terminal-pair.js";

async function paired(t: ExecutionContext): Promise<TerminalPair> {
  const pair = await terminalPair();
  t.teardown(pair.unplug);
  return pair;
}

/** True when a process has a device open. */
function hasOpen(pid: number, device: string): boolean {
  const files = `/proc/${String(pid)}/fd`;
  return readdirSync(files).some((file) => {
    try {
      return readlinkSync(join(files, file)) === device;
    } catch {
      return false;
    }
  });
}

/** Starts a run on a board, and waits until it listens. */
async function listening(
  t: ExecutionContext,
  pair: TerminalPair,
  words: readonly string[] = [],
  cwd?: string,
): Promise<Running> {
  const all = ["run", "-m", `serial:${pair.path},115200`, "-r", "json", ...words];
  const running = start(all, cwd === undefined ? {} : { cwd });
  let said = "";
  running.child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  t.true(await until(() => said.includes("listening to")), said);
  const { pid } = running.child;
  t.true(await until(() => hasOpen(pid ?? -1, pair.path)), said);
  // Opening it makes it forget what was said before.
  await new Promise((resolve) => setTimeout(resolve, 200));
  return running;
}

for (const [log, code] of [
  ["v0.17-x86_64-all-suites-pass.log", 0],
  ["v0.17-x86_64-page-fault-mid-suite.log", 1],
  ["v0.17-arm64-trap-mid-suite.log", 1],
] as const)
  test.serial(`${log}, byte by byte over a line, is judged as its file is`, async (t) => {
    const pair = await paired(t);
    const { end } = await listening(t, pair, ["--silence", "3"]);
    await pair.say(readFileSync(join(LOGS, log)), 1);
    const said = await end;
    const wanted = await uktest(["report", join(LOGS, log), "-r", "json"]);
    t.is(said.code, code, said.stderr);
    t.is(wanted.code, code);
    t.deepEqual(casesIn(documentOf(said)), casesIn(documentOf(wanted)));
  });

/** The console of a run of the kit, and the image that it ran. */
async function kitConsole(
  t: ExecutionContext,
): Promise<{ readonly console: Buffer; readonly image: string }> {
  const { path } = scratch(t);
  const { code, stderr } = await runKit("ukargparse", "-m", "qemu-x86_64", "--record", path);
  t.is(code, 0, stderr);
  const logs = join(path, "run-0001");
  const [name = ""] = readdirSync(logs, { recursive: true, encoding: "utf8" }).filter((one) =>
    one.endsWith(".log"),
  );
  return {
    console: readFileSync(join(logs, name)),
    image: join(ROOT, ".uktest/build/x86_64-gcc/ukargparse.elf"),
  };
}

test.serial("an image says what has to run, and the end marker of its guest ends the run", async (t) => {
  const { console, image } = await kitConsole(t);
  const pair = await paired(t);
  const { end } = await listening(t, pair, ["--image", image]);
  const startMs = Date.now();
  await pair.say(console, 16);
  const said = await end;
  t.is(said.code, 0, said.stderr);
  t.is(documentOf(said).evidence, "plan");
  t.true(Date.now() - startMs < 10_000, "no limit of silence was waited for");
});

test.serial("a plug that is pulled is a fault of the rig, and the rest did not run", async (t) => {
  const { console, image } = await kitConsole(t);
  const pair = await paired(t);
  const { end } = await listening(t, pair, ["--image", image]);
  await pair.say(console.subarray(0, console.length >> 1), 16);
  await new Promise((resolve) => setTimeout(resolve, 300));
  pair.unplug();
  const said = await end;
  t.is(said.code, 3, said.stderr);
  t.regex(said.stderr, /error: \S+ is gone\n\s+was the board unplugged/);
  const statuses = documentOf(said).suites.flatMap(({ cases }) => cases.map(({ status }) => status));
  t.true(statuses.includes("passed"));
  t.true(statuses.includes("not-run"));
  t.true(
    statuses.every((status) => status === "passed" || status === "not-run"),
    statuses.join(),
  );
});

test.serial("Ctrl-C ends listening, and the report says so", async (t) => {
  const pair = await paired(t);
  const { child, end } = await listening(t, pair);
  await pair.say(readFileSync(join(LOGS, "v0.17-x86_64-hang-mid-suite.log")).subarray(0, 3000));
  await new Promise((resolve) => setTimeout(resolve, 300));
  child.kill("SIGINT");
  const said = await end;
  t.is(said.code, 130, said.stderr);
  t.true(documentOf(said).problems.some(({ code }) => code === "incomplete-run"));
});

test.serial("a port that somebody else has is in use", async (t) => {
  const pair = await paired(t);
  const first = await listening(t, pair);
  const second = await uktest(["run", "-m", `serial:${pair.path}`]);
  t.is(second.code, 3);
  t.regex(second.stderr, /error: \S+ is in use\n\s+fuser/);
  first.child.kill("SIGTERM");
  t.is((await first.end).code, 143);
});

test.serial("what is no device that can be used is named, with what to do", async (t) => {
  const { put } = scratch(t);
  const rows: readonly (readonly [device: string, code: number, words: RegExp])[] = [
    ["/dev/ttyNOWHERE9", 3, /there is no device \/dev\/ttyNOWHERE9\n\s+is it plugged in\?/],
    [put("plain", ""), 3, /plain is no serial device\n/],
    ["/dev/null", 3, /\/dev\/null is no serial device/],
    ["", 2, /names no device\n\s+as in --machine serial:/],
    ["/dev/ttyUSB0,fast", 2, /"fast" is no baud rate/],
    ["/dev/ttyUSB0,0", 2, /"0" is no baud rate/],
    ["/dev/ttyUSB0,99999999", 2, /"99999999" is no baud rate/],
  ];
  for (const [device, code, words] of rows) {
    const said = await uktest(["run", "-m", `serial:${device}`]);
    t.is(said.code, code, device);
    t.regex(said.stderr, words);
  }
});

test.serial("a device of somebody else's says which group may use it", async (t) => {
  const pair = await paired(t);
  // The superuser may use every device, so somebody else has to ask.
  const asOther = process.getuid?.() === 0 ? ["--reuid=65534", "--regid=65534", "--clear-groups"] : [];
  const device = asOther.length > 0 ? pair.path : "/dev/tty0";
  const script = `import(${JSON.stringify(new URL("../../runner/serial/board.js", import.meta.url).href)}).then(async ({ boardOf }) => {
    const boot = boardOf(${JSON.stringify(`serial:${device}`)}, { architecture: "x86_64", root: "." }).boot({}, {});
    await boot.end.catch((error) => console.log(error.name, error.message, error.hint));
  })`;
  const said = await startProgram("setpriv", [...asOther, process.execPath, "-e", script]).end;
  t.regex(said.stdout, /^RigError \S+ may not be used by this user sudo usermod -aG dialout/, said.stderr);
});

test.serial("without the package, the machine says how to get it", async (t) => {
  const { path } = scratch(t);
  const folder = fileURLToPath(new URL("../../bin/", import.meta.url));
  cpSync(folder, join(path, "dist/bin"), { recursive: true });
  for (const name of ["package.json", "uktest.config.json", "guest"])
    cpSync(join(ROOT, name), join(path, name), { recursive: true });
  const alone = join(path, "dist/bin/uktest/uktest.cjs");
  const said = await startProgram(process.execPath, [alone, "run", "-m", "serial:/dev/ttyUSB0"]).end;
  t.is(said.code, 3, said.stderr);
  t.regex(said.stderr, /the npm package serialport is not installed\n\s+npm install serialport@\d/);
  const { optionalDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
  t.true(said.stderr.includes(`serialport@${String(optionalDependencies["serialport"])}`));
});

const projectWith = (reset: readonly string[]): string =>
  JSON.stringify({ suites: { none: { sources: ["*.c"] } }, serial: { reset } });

test.serial("a board is started by the command of the configuration, as often as it is to run", async (t) => {
  const pair = await paired(t);
  const folder = scratch(t);
  folder.put("uktest.config.json", projectWith(["sh", "-c", "echo again >> starts"]));
  folder.put("starts", "");
  const starts = (): number => folder.text("starts").split("again").length - 1;
  const log = readFileSync(join(LOGS, "v0.17-x86_64-all-suites-pass.log"));
  const { end } = await listening(t, pair, ["--repeat", "2", "--silence", "3"], folder.path);
  t.true(await until(() => starts() === 1));
  await pair.say(log, 64);
  t.true(await until(() => starts() === 2), "the second boot starts the board again");
  await pair.say(log, 64);
  const said = await end;
  t.is(said.code, 0, said.stderr);
});

test.serial("a board that cannot be started is a fault of the rig", async (t) => {
  const pair = await paired(t);
  const folder = scratch(t);
  folder.put("uktest.config.json", projectWith(["sh", "-c", "echo no such probe >&2; exit 4"]));
  const failed = await uktest(["run", "-m", `serial:${pair.path}`], { cwd: folder.path });
  t.is(failed.code, 3);
  t.regex(failed.stderr, /the reset command sh failed: no such probe\n\s+see serial.reset/);
  // A pseudo terminal has no such line.
  const pulsed = await uktest(["run", "-m", `serial:${pair.path},9600,dtr`]);
  t.is(pulsed.code, 3);
  t.regex(pulsed.stderr, /dtr cannot be set/);
});

test.serial("what needs another image is refused", async (t) => {
  for (const words of [
    ["some_suite"],
    ["--isolate", "case"],
    ["--verify-isolation"],
    ["--retries", "1"],
    ["--shard", "1/2"],
    ["--shuffle=3"],
    ["--repeat", "2"],
    ["--image", "/nonexistent"],
  ]) {
    const said = await uktest(["run", "-m", "serial:/dev/ttyUSB0", ...words]);
    t.is(said.code, 2, `${words.join(" ")}: ${said.stderr}`);
  }
  const folder = scratch(t);
  folder.put(
    "uktest.config.json",
    JSON.stringify({ suites: { none: { sources: ["*.c"] } }, machine: "serial:/dev/x" }),
  );
  t.is((await startProgram(process.execPath, [MAIN, "run"], { cwd: folder.path }).end).code, 2);
});

test.serial("the name of a board", (t) => {
  t.deepEqual(portOf("serial:/dev/ttyS0"), { path: "/dev/ttyS0", baud: 115_200 });
  t.deepEqual(portOf("serial:/dev/ttyS0,9600,rts"), { path: "/dev/ttyS0", baud: 9600, pulse: "rts" });
});
