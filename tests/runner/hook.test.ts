/**
 * One command on the host: how it ends, what is left of it, and where its output goes.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import test, { type ExecutionContext } from "ava";
import { dropOutput, type HookEnd, type HookOrder, lastLinesOf, runHook } from "../../runner/process/hook.js";
import { scratch, startProgram } from "../cli/run.js";
import { until } from "./processes.js";

function orders(t: ExecutionContext) {
  const { path } = scratch(t);
  const log = join(path, "deep/er/out.log");
  const run = (command: readonly string[], more: Partial<HookOrder> = {}): Promise<HookEnd> =>
    runHook({ command, cwd: path, env: { HOOK_WORD: "a b" }, timeoutMs: 20_000, log, ...more });
  return { path, log, run };
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // What was killed and not yet reaped is no program any more.
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${String(pid)}/status`, "utf8"));
  } catch {
    return false;
  }
};

test("a command runs in its folder, without a shell, and its output is kept in order", async (t) => {
  const { path, log, run } = orders(t);
  t.deepEqual(await run(["sh", "-c", "echo out $HOOK_WORD; echo err >&2; pwd"]), { kind: "done" });
  t.deepEqual(await run(["echo", "$HOOK_WORD", "*"]), { kind: "done" });
  t.deepEqual(lastLinesOf(log, 9), ["out a b", "err", path, "$HOOK_WORD *"]);
  t.deepEqual(lastLinesOf(log, 1), ["$HOOK_WORD *"]);
  dropOutput(log);
  t.false(existsSync(log));
  t.deepEqual(lastLinesOf(log, 1), []);
});

test("how a command fails", async (t) => {
  const { path, run } = orders(t);
  const said = async (...words: readonly string[]): Promise<string> => {
    const end = await run(words);
    return end.kind === "failed" ? end.what : end.kind;
  };
  t.is(await said("false"), "ended with 1");
  t.is(await said("sh", "-c", "kill -9 $$"), "was ended by SIGKILL");
  t.is(await said("no-such-program"), "cannot be started: there is no such program");
  writeFileSync(join(path, "plain"), "");
  t.is(await said("./plain"), "cannot be started: it is not executable");
  const placeless = await run(["true"], { log: join(path, "plain/out.log") });
  t.regex(placeless.kind === "failed" ? placeless.what : "", /^has no place for its output: /);
});

test("a limit, and a stop, end everything that a command has started", async (t) => {
  const { path, run } = orders(t);
  const script = "trap '' TERM; sleep 60 & echo $! > pid; wait; wait";
  for (const stop of [undefined, new AbortController()]) {
    const ended = run(["sh", "-c", script], {
      timeoutMs: stop === undefined ? 300 : 20_000,
      ...(stop !== undefined && { stop: stop.signal }),
    });
    await sleep(250);
    stop?.abort();
    t.deepEqual(
      await ended,
      stop === undefined
        ? { kind: "failed", what: "was stopped after 0.3 s, its limit" }
        : { kind: "stopped" },
    );
    await sleep(50);
    t.false(isAlive(Number(readFileSync(join(path, "pid"), "utf8"))));
  }
  t.deepEqual(await run(["touch", "never"], { stop: AbortSignal.abort() }), { kind: "stopped" });
  t.false(existsSync(join(path, "never")));
});

test("what a command that succeeds leaves behind goes on, and is not waited for", async (t) => {
  const { path, run } = orders(t);
  t.deepEqual(await run(["sh", "-c", "sleep 60 & echo $! > pid"]), { kind: "done" });
  const pid = Number(readFileSync(join(path, "pid"), "utf8"));
  t.true(isAlive(pid));
  process.kill(pid, "SIGKILL");
});

/** Runs a command in a process of its own, as uktest does, and tells the pids that it has noted. */
async function hooked(t: ExecutionContext, script: string) {
  const { path, file, text } = scratch(t);
  const hook = new URL("../../runner/process/hook.js", import.meta.url).href;
  const order = {
    command: ["sh", "-c", script],
    cwd: path,
    env: {},
    timeoutMs: 60_000,
    log: file("out.log"),
  };
  const program = `const { runHook } = await import(${JSON.stringify(hook)});
    const end = await runHook(${JSON.stringify(order)});
    process.stdout.write(end.kind);
    setInterval(() => undefined, 1000);`;
  const running = startProgram(process.execPath, ["--input-type=module", "-e", program]);
  // It has named its group by then, however far the process is that has started it.
  t.true(await until(() => existsSync(file("pids"))), "the command runs");
  const pids = text("pids").trim().split(/\s+/).map(Number);
  t.teardown(() => {
    for (const pid of pids.filter(isAlive)) process.kill(pid, "SIGKILL");
  });
  return { ...running, pids, file };
}

test("SIGKILL of uktest ends a command and all that it has started, and lets it clean up", async (t) => {
  const note = "echo $$ $! > all && mv all pids";
  const script = `trap 'echo cleaned > end; exit 1' TERM; sleep 600 & ${note}; wait`;
  const { child, end, pids, file } = await hooked(t, script);
  t.is(pids.length, 2);
  t.true(pids.every(isAlive));
  child.kill("SIGKILL");
  await end;
  t.true(await until(() => !pids.some(isAlive)), pids.join());
  t.is(readFileSync(file("end"), "utf8"), "cleaned\n");
});

test("SIGKILL of uktest ends a command that will not listen, when its time to clean up is over", async (t) => {
  const note = "echo $$ $! > all && mv all pids";
  const { child, end, pids } = await hooked(t, `trap '' TERM; sleep 600 & ${note}; wait; sleep 600`);
  child.kill("SIGKILL");
  await end;
  t.true(await until(() => !pids.some(isAlive)), pids.join());
});

test("what a command has left behind when it succeeded stays, also after SIGKILL of uktest", async (t) => {
  const { child, end, pids, ...running } = await hooked(t, "sleep 600 & echo $! > all && mv all pids");
  await running.seen("done");
  child.kill("SIGKILL");
  await end;
  await sleep(300);
  t.true(pids.every(isAlive));
});
