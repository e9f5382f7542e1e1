/** A command as a machine: what it prints is judged, how it ends counts, and nothing of it is left when it is stopped. */
import { join } from "node:path";
import { writeFileSync, readFileSync } from "node:fs";
import test from "ava";
import { scratch, start, uktest } from "../cli/run.js";
import { documentOf, ROOT, runKit } from "./kit.js";
import { isAlive } from "../../runner/process/is-alive.js";
import { until } from "./processes.js";

const GREEN = join(ROOT, "tests/fixtures/dialects/gtest/green-suites.log");
const HANG = join(ROOT, "tests/fixtures/dialects/gtest/hang-in-case.log");

test("what a command prints on either stream is its console", async (t) => {
  const { path: cwd } = scratch(t);
  for (const command of [`cat ${GREEN}`, `cat ${GREEN} >&2`]) {
    const run = await uktest(["run", "--machine", `exec:${command}`, "-r", "json"], { cwd });
    t.is(run.code, 0, run.stderr);
    t.is(documentOf(run).suites.length, 2);
  }
});

test("a command that fails is red, though its console is green, and one that is not there is an error", async (t) => {
  const { path: cwd } = scratch(t);
  const failed = await uktest(["run", "--machine", `exec:cat ${GREEN}; exit 3`, "-r", "json"], { cwd });
  t.is(failed.code, 1);
  t.deepEqual(
    documentOf(failed).problems.map(({ code }) => code),
    ["machine-crash"],
  );
  const killed = await uktest(["run", "--machine", `exec:cat ${GREEN}; kill -9 $$`, "-r", "json"], { cwd });
  t.is(killed.code, 1);
  for (const [name, message] of [
    ["exec:no-such-program", /the command cannot be run: no-such-program/],
    ["exec:", /--machine exec: names no command/],
  ] as const) {
    const run = await uktest(["run", "--machine", name], { cwd });
    t.true(run.code === 2 || run.code === 3, String(run.code));
    t.regex(run.stderr, message);
  }
});

test("a command that hangs is stopped with what it has started, and `again` is the command", async (t) => {
  const { path: cwd, file } = scratch(t);
  const command = `sleep 300 & echo $! > pid; cat ${HANG}; wait`;
  const run = await uktest(["run", "--machine", `exec:${command}`, "--silence", "1", "-r", "json"], { cwd });
  t.is(run.code, 1, run.stderr);
  t.deepEqual(
    documentOf(run).suites.map(({ cases }) => cases.map(({ status }) => status)),
    [["passed", "timed-out"]],
  );
  const pid = Number(readFileSync(file("pid"), "utf8"));
  t.true(await until(() => !isAlive(pid)));
  t.true(run.stderr.includes(`again: uktest run --machine 'exec:${command}'\n`), run.stderr);
});

test("one that does not end by itself when it is asked to is killed", async (t) => {
  const { path: cwd, file } = scratch(t);
  const command = `trap '' TERM; echo $$ > pid; cat ${HANG}; while :; do sleep 1; done`;
  const running = start(["run", "--machine", `exec:${command}`], { cwd });
  t.true(await until(() => pidIn(file("pid")) !== undefined));
  running.child.kill("SIGINT");
  t.is((await running.end).code, 130);
  t.true(await until(() => !isAlive(pidIn(file("pid")) ?? 0)));
});

function pidIn(path: string): number | undefined {
  try {
    return Number(readFileSync(path, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

test("with an image the plan is known, and the command finds it and its words", async (t) => {
  t.timeout(600_000);
  const { path: cwd, file } = scratch(t);
  const built = await runKit("ukargparse", "-m", "qemu-x86_64");
  t.is(built.code, 0, built.stderr);
  const image = join(ROOT, ".uktest/build/x86_64-gcc/ukargparse.elf");
  writeFileSync(
    file("boot.sh"),
    'echo "words: $UKTEST_APPEND"; qemu-system-x86_64 -M microvm -nographic -nodefaults -serial stdio -m 64 -no-reboot ' +
      '-device isa-debug-exit,iobase=0xf4,iosize=4 -kernel "$UKTEST_IMAGE" < /dev/null; [ $? = 33 ]',
  );
  const words = ["--image", image, "--append", "one two", "--record", "record"];
  const run = await uktest(["run", "--machine", "exec:sh boot.sh", ...words, "-r", "json"], { cwd });
  t.is(run.code, 0, run.stderr);
  t.is(documentOf(run).evidence, "plan");
  const pattern = await uktest(["run", "x", "--machine", "exec:true", "--image", image], { cwd });
  t.is(pattern.code, 2);
  t.regex(pattern.stderr, /a pattern needs another image, and the command boots what it boots/);
});
