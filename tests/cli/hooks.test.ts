/**
 * Host commands around a run, as a user meets them: their order, their environment, and what a failure of one costs.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import test from "ava";
import { putKitObjects } from "../kit-objects.js";
import { start, uktest } from "./run.js";

const suite = (name: string, body: string): string =>
  `#include <uk/test.h>\nUK_TESTCASE(${name}, one) { ${body} }\nuk_testsuite_register(${name}, NULL);\n`;

/** Programs of the one folder that all tests use, one after the other: most of the time goes into building it. */
const PROGRAMS = {
  a: "UK_TEST_EXPECT(1);",
  b: "UK_TEST_EXPECT(1);",
  red: "UK_TEST_EXPECT(0);",
  crash: "*(volatile int *)0xfffffff0 = 1; __builtin_trap();",
  hang: "for (volatile int i = 1; i;) ;",
} as const;
type Name = keyof typeof PROGRAMS;

const path = mkdtempSync(join(tmpdir(), "uktest-hooks-"));
const file = (name: string): string => join(path, name);
const textOf = (name: string): string => readFileSync(file(name), "utf8");
const notes = (): readonly string[] => (existsSync(file("notes")) ? textOf("notes").trim().split("\n") : []);

test.before(async () => {
  await putKitObjects(path);
  for (const [name, body] of Object.entries(PROGRAMS))
    writeFileSync(file(`${name}.c`), suite(`${name}_suite`, body));
});
test.after.always(() => {
  rmSync(path, { recursive: true, force: true });
});

/** A command that notes its name and its environment in `notes`. */
const note = ["sh", "-c", 'echo "$UKTEST_HOOK ${UKTEST_SUITE:--} $UKTEST_MACHINE" >> notes'];
const ALL = { beforeRun: note, afterRun: note, beforeSuite: note, afterSuite: note };

/** Makes these programs and hooks the project. */
function project(names: readonly Name[], hooks: object) {
  rmSync(file("notes"), { force: true });
  const suites = Object.fromEntries(names.map((name) => [name, { sources: [`${name}.c`] }]));
  writeFileSync(file("uktest.config.json"), JSON.stringify({ suites, hooks, machine: "v86" }));
  return (...words: readonly string[]) => uktest(["run", ...words], { cwd: path });
}

test.serial("set-up and tear-down surround the run and each program, once", async (t) => {
  const run = project(["a", "red"], ALL);
  const { code, stderr } = await run("--jobs", "1", "--retries", "1", "--repeat", "2");
  t.is(code, 1, stderr);
  t.deepEqual(notes(), [
    "beforeRun - v86",
    "beforeSuite a v86",
    "afterSuite a v86",
    "beforeSuite red v86",
    "afterSuite red v86",
    "afterRun - v86",
  ]);
  t.deepEqual(readdirSync(join(path, ".uktest/hooks")), [], "nobody wants the output of what succeeded");
  await uktest(["list"], { cwd: path });
  t.is(notes().length, 6, "list runs no hooks");
  await run("--jobs", "2", "--keep");
  t.deepEqual([...notes().slice(6)].sort(), [...notes().slice(0, 6)].sort());
  t.is(notes().at(-1), "afterRun - v86");
});

test.serial(
  "a set-up of the run that fails: nothing boots, the tear-down runs, the command is named",
  async (t) => {
    const broken = ["sh", "-c", "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo line $i; done; exit 7"];
    const run = project(["a"], { ...ALL, beforeRun: [note, broken, note] });
    const { code, stdout, stderr } = await run();
    t.is(code, 3);
    t.is(stdout, "");
    t.deepEqual(notes(), ["beforeRun - v86", "afterRun - v86"]);
    t.true(stderr.includes('hooks.beforeRun: ["sh","-c",'), stderr);
    t.true(stderr.includes("ended with 7"));
    t.true(stderr.includes("uktest: beforeRun: line 3\n") && !stderr.includes("line 2\n"), stderr);
    const log = join(path, ".uktest/hooks/beforeRun.log");
    t.true(stderr.includes(log));
    t.is(readFileSync(log, "utf8").split("\n").length, 13);
  },
);

test.serial("a set-up of one program that fails: its cases are not run, and all is torn down", async (t) => {
  const picky = ["sh", "-c", 'test "$UKTEST_SUITE" = a'];
  const run = project(["a", "b"], { ...ALL, beforeSuite: [note, picky] });
  const { code, stdout, stderr } = await run("--jobs", "1", "-r", "json");
  t.is(code, 3, stderr);
  t.regex(stderr, /hooks\.beforeSuite of b: /);
  const { suites, problems } = JSON.parse(stdout) as {
    readonly suites: readonly {
      readonly cases: readonly { readonly status: string; readonly reason?: string }[];
    }[];
    readonly problems: readonly { readonly code: string; readonly message: string }[];
  };
  t.deepEqual(
    suites.map(({ cases }) => cases[0]?.status),
    ["passed", "not-run"],
  );
  t.regex(suites[1]?.cases[0]?.reason ?? "", /the set-up of b failed/);
  t.true(
    problems.some(({ code: one, message }) => one === "incomplete-run" && message.includes("set-up of b")),
  );
  t.deepEqual(notes().slice(-2), ["afterSuite b v86", "afterRun - v86"]);
});

test.serial(
  "a tear-down that fails is the rig's; the others still run, and the verdict is told",
  async (t) => {
    const run = project(["a"], { ...ALL, afterSuite: [["false"], ["nope"], note] });
    const { code, stdout, stderr } = await run();
    t.is(code, 3);
    t.regex(stdout, /passed=1/);
    t.regex(stderr, /hooks\.afterSuite of a: \["false"\] ended with 1/);
    t.regex(stderr, /\["nope"\] cannot be started: there is no such program/);
    t.deepEqual(notes().slice(-2), ["afterSuite a v86", "afterRun - v86"]);
  },
);

test.serial("words for a shell, a limit, and a tear-down that fails after a set-up that did", async (t) => {
  const run = project(["a"], { beforeRun: ["sleep 60"], afterRun: ["false"] });
  const shell = await run();
  t.is(shell.code, 3);
  t.regex(shell.stderr, /\["sh", "-c", "…"\]/);
  t.regex(shell.stderr, /hooks\.afterRun: \["false"\] ended with 1/);
  const slow = await project(["a"], { beforeRun: ["sleep", "60"], timeoutMs: 200 })();
  t.is(slow.code, 3);
  t.regex(slow.stderr, /was stopped after 0\.2 s, its limit/);
});

test.serial("a crash and Ctrl-C do not keep the tear-down from running, once", async (t) => {
  const { code, stderr } = await project(["crash"], ALL)();
  t.is(code, 1, stderr);
  t.deepEqual(notes().slice(-2), ["afterSuite crash v86", "afterRun - v86"]);
  const slowly = ["sh", "-c", "sleep 0.3; echo $UKTEST_HOOK is over >> notes"];
  project(["hang"], { ...ALL, afterSuite: slowly });
  const { child, end } = start(["run"], { cwd: path });
  while (!notes().some((line) => line.startsWith("beforeSuite"))) await sleep(50);
  await sleep(300);
  child.kill("SIGINT");
  t.is((await end).code, 130);
  t.deepEqual(notes(), ["beforeRun - v86", "beforeSuite hang v86", "afterSuite is over", "afterRun - v86"]);
});

test.serial("Ctrl-C in a set-up ends it, and nothing boots; a second one ends everything", async (t) => {
  const waits = ["sh", "-c", "echo $$ > pid; echo waits >> notes; sleep 50"];
  project(["a"], { ...ALL, beforeRun: waits });
  const { child, end } = start(["run", "-r", "json"], { cwd: path });
  while (!notes().includes("waits")) await sleep(50);
  child.kill("SIGINT");
  const { code, stdout } = await end;
  t.is(code, 130);
  t.regex(stdout, /interrupted by SIGINT/);
  t.deepEqual(notes(), ["waits", "afterRun - v86"]);
  const first = textOf("pid");
  project(["a"], { afterRun: waits });
  const twice = start(["run"], { cwd: path });
  while (!notes().includes("waits")) await sleep(50);
  for (const signal of ["SIGINT", "SIGINT"] as const) {
    twice.child.kill(signal);
    await sleep(100);
  }
  t.is((await twice.end).code, 130);
  await sleep(100);
  const left = (pid: string): string => {
    try {
      return execFileSync("ps", ["-o", "stat=", "-g", pid.trim()], { encoding: "utf8" });
    } catch {
      return "";
    }
  };
  t.notRegex(left(textOf("pid")), /^[^Z]/m, "no command stays behind");
  t.notRegex(left(first), /^[^Z]/m);
});

test.serial("no guest starts before the set-up is over", async (t) => {
  // Children of uktest, by the name of their program.
  const look = ["sh", "-c", 'sleep 0.3; ps -eo ppid=,comm= | sed -n "s/^ *$PPID //p" >> children'];
  const hooks = { beforeRun: look, beforeSuite: look, afterSuite: ["false"] };
  const words = ["-m", "qemu-x86_64", "--case-timeout", "1", "-r", "json"];
  const { code, stdout, stderr } = await project(["hang"], hooks)(...words);
  t.is(code, 3, stderr);
  t.regex(stdout, /"timed-out"/, "it did start");
  const children = textOf("children").trim().split("\n");
  t.deepEqual(children, ["sh", "sh", "sh", "sh"], "the command itself and its guard, twice, and no emulator");
});

test.serial("--keep says where the output of commands is, and keeps that of one run", async (t) => {
  const run = project(["a"], { beforeRun: ["echo", "hello"], afterRun: ["true"] });
  for (let nth = 0; nth < 2; nth += 1) {
    const { code, stderr } = await run("--keep");
    t.is(code, 0, stderr);
    t.regex(stderr, /kept: \S+\.uktest\/hooks\/beforeRun\.log \(what beforeRun printed\)/);
    t.notRegex(stderr, /afterRun/);
    t.is(textOf(".uktest/hooks/beforeRun.log"), "hello\n");
  }
});

test.serial("a record keeps what the commands printed", async (t) => {
  const run = project(["a"], { beforeSuite: ["echo", "hello"] });
  const { code, stderr } = await run("--record", "kept");
  t.is(code, 0, stderr);
  t.is(readFileSync(file("kept/run-0001/hooks/beforeSuite-a.log"), "utf8"), "hello\n");
});

test.serial(
  "commands beside a guest run while it does, and what fails of them is a problem of the run",
  async (t) => {
    const wait = ["sh", "-c", "while [ ! -e begun ]; do sleep 0.05; done; echo beside >> notes"];
    rmSync(file("begun"), { force: true });
    const tell = ["sh", "-c", "echo set up >> notes"];
    const gone = ["sh", "-c", 'echo "$UKTEST_HOOK $UKTEST_SUITE" >> notes; touch begun; exit 3'];
    const good = await project(["a"], {
      beforeSuite: tell,
      duringSuite: [["touch", "begun"], wait],
      afterSuite: tell,
    })();
    t.is(good.code, 0, good.stderr);
    t.deepEqual(notes(), ["set up", "beside", "set up"], "the tear-down waits for them");

    const bad = await project(["a"], { duringSuite: gone })(
      "-r",
      "lines",
      "-r",
      `junit=${file("report.xml")}`,
    );
    t.is(bad.code, 1, bad.stderr);
    t.regex(bad.stdout, /^PASS a_suite\.one/m);
    t.regex(bad.stdout, /^PROBLEM error {2}hook-failed {2}hooks\.duringSuite of a: .* ended with 3$/m);
    t.regex(textOf("report.xml"), /hook-failed/);
    t.deepEqual(notes(), ["duringSuite a"]);

    const stays = await project(["a"], { duringSuite: ["sleep", "600"] })("-r", "lines");
    t.is(stays.code, 1, stays.stderr);
    t.regex(
      stays.stdout,
      /hook-failed {2}hooks\.duringSuite of a still ran when its guest had ended, and was stopped$/m,
    );
  },
);

test.serial("each cell of a matrix is set up and torn down", async (t) => {
  const run = project(["a"], ALL);
  const { code, stderr } = await run("--jobs", "1", "-m", "v86", "--profile", "default,debug", "--keep");
  t.is(code, 0, stderr);
  t.deepEqual(notes(), [
    "beforeRun - v86",
    "beforeSuite a v86",
    "afterSuite a v86",
    "beforeSuite a v86",
    "afterSuite a v86",
    "afterRun - v86",
  ]);
});

test.serial(
  "what fails beside one cell of a matrix is said of that cell, also in a run that was stopped",
  async (t) => {
    const failing = ["sh", "-c", '[ "$UKTEST_PROFILE" != debug ]'];
    const words = ["--jobs", "1", "-m", "v86", "--profile", "default,debug", "-r", "lines"];
    const { code, stdout, stderr } = await project(["a"], { duringSuite: failing })(...words);
    t.is(code, 1, stderr);
    t.is(stdout.match(/^PROBLEM /gm)?.length, 1, stdout);
    t.regex(stdout, /^PROBLEM error .*hooks\.duringSuite of a \(debug\) on v86: .* ended with 1$/m);
    const stopped = await project(["red"], { duringSuite: ["false"] })("--fail-fast", "-r", "lines");
    t.regex(stopped.stdout, /^PROBLEM error .*hooks\.duringSuite of red: \["false"\] ended with 1$/m);
  },
);

test.serial("an image of the configuration has hooks of its own, by its name", async (t) => {
  const { stdout } = await project(["a"], {})("--keep", "-r", "lines");
  t.regex(stdout, /^VERDICT passed/m);
  const image = file(".uktest/build/i386-gcc/a.elf");
  const images = { app: { image, hooks: { beforeSuite: note, duringSuite: note, afterSuite: note } } };
  rmSync(file("notes"), { force: true });
  const suites = { red: { sources: ["red.c"] } };
  writeFileSync(file("uktest.config.json"), JSON.stringify({ suites, images, hooks: ALL, machine: "v86" }));
  const said = await uktest(["run", "app", "-m", "v86", "-r", "lines"], { cwd: path });
  t.is(said.code, 0, said.stderr);
  t.deepEqual(notes(), ["beforeSuite app v86", "duringSuite app v86", "afterSuite app v86"]);
  const other = await uktest(["run", "app", "-m", "v86", "--profile", "debug"], { cwd: path });
  t.is(other.code, 2);
  t.regex(other.stderr, /--profile debug makes no sense for an image that is built already/);
});
