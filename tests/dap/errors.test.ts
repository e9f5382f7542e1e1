/** What cannot be debugged is one error in the answer to the launch, with what to do next, and leaves nothing running. */
import { chmodSync } from "node:fs";
import test from "ava";
import { scratch, uktest } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";
import { nameOf, until } from "../runner/processes.js";
import { editor, refused } from "./editor.js";

const FAILS = { pattern: "uktest_fails.expect", machine: "qemu-x86_64" };

const ROWS: readonly (readonly [words: object, says: RegExp])[] = [
  [{ ...FAILS, pattern: "no_such_case" }, /^nothing is named "no_such_case": there are: /],
  [{ image: "/nonexistent" }, /^no such image: \/nonexistent: give the file/],
  [{ image: "package.json" }, /package\.json/],
  [{ ...FAILS, machine: "nothing" }, /^there is no machine "nothing"/],
  [{ ...FAILS, break: "no_such_function" }, /^--break no_such_function: the image has no such function/],
  [{ ...FAILS, break: "nosuch.c:1" }, /^No source file named nosuch\.c\./],
  [{ ...FAILS, memory: "much" }, /^--memory has to be a positive number: it is much$/],
  [{ ...FAILS, caseTimeout: -1 }, /^--case-timeout has to be a positive number/],
  [{ ...FAILS, pattern: 7 }, /^launch: "pattern" has to be a text or a list of texts: it is 7$/],
  [{ ...FAILS, stopOnEntry: "yes" }, /^launch: "stopOnEntry" has to be true or false/],
  [{ ...FAILS, stub: "emulator" }, /^launch: "stub" has to be "machine" or "guest": it is "emulator"$/],
  [
    { ...FAILS, stub: "guest", profile: "debug" },
    /^the image has no stub of its own: link the library ukgdb/,
  ],
  [{ ...FAILS, recordReplay: "yes" }, /^launch: "recordReplay" has to be true or false: it is "yes"$/],
  [
    { ...FAILS, recordReplay: true, stub: "guest" },
    /^--record-replay needs the emulator's stub: leave --stub out$/,
  ],
  [
    { ...FAILS, recordReplay: true, machine: "v86" },
    /^--record-replay: v86 records nothing: a machine of QEMU/,
  ],
  [{ ...FAILS, casetimeout: 1 }, /^launch: unknown word "casetimeout": did you mean "caseTimeout"\?$/],
  [{ ...FAILS, cwd: "/nonexistent" }, /^there is no folder \/nonexistent: /],
  [{ core: "/nonexistent" }, /^\/nonexistent is no record of a run: /],
  [{ core: "latest", recordReplay: true }, /^--record-replay makes no sense with --core: /],
  [{ core: "latest", break: "main" }, /^--break makes no sense with --core: /],
];

test.serial("bad words of a launch", async (t) => {
  const one = editor(t);
  await one.client.initializeRequest();
  for (const [words, says] of ROWS) {
    t.regex(await refused(one.client.launchRequest(words)), says, JSON.stringify(words));
    // What was got ready for a boot that does not come takes a moment to go. The guard of a build stays with its process.
    const left = (): readonly string[] =>
      one
        .processes()
        .map(nameOf)
        .filter((name) => /qemu|gdb/.test(name));
    t.true(await until(() => left().length === 0), `${JSON.stringify(words)}: ${left().join()}`);
  }
  // After what was refused the right words are still taken.
  await one.launch({ ...FAILS, __sessionId: "x", name: "mine", type: "uktest", request: "launch" });
  t.is((await one.stop()).reason, "exception");
  t.regex(await refused(one.client.launchRequest({})), /^something is debugged already/);
  await one.client.disconnectRequest();
});

test.serial("no gdb, or one that fails, says what to install", async (t) => {
  t.is(
    (
      await uktest(["debug", "uktest_fails.expect", "-m", "qemu-x86_64", "--", "-nx", "-batch"], {
        cwd: ROOT,
      })
    ).code,
    0,
  );
  const { path, put } = scratch(t);
  const own = (name: string, text: string): void => {
    chmodSync(put(name, `#!/bin/sh\n${text}\n`), 0o755);
  };
  own("qemu-system-x86_64", 'exec /usr/bin/qemu-system-x86_64 "$@"');
  for (const [env, says] of [
    [{ PATH: path }, /^gdb is not installed: apt-get install gdb-multiarch$/],
    [{ UKTEST_GDB: "/nonexistent/gdb" }, /^\/nonexistent\/gdb is not there: leave UKTEST_GDB out$/],
  ] as const) {
    const one = editor(t, { env });
    t.regex(await refused(one.launch({ ...FAILS, noBuild: true })), says);
    t.is(one.processes().length, 1);
    await one.client.disconnectRequest();
    t.is(await one.left(), 0);
  }
  own("gdb-multiarch", "echo no such library >&2; exit 7");
  const one = editor(t, { env: { PATH: `${path}:${process.env["PATH"] ?? ""}`, UKTEST_GDB: "" } });
  t.regex(await refused(one.launch(FAILS)), /^gdb has ended(?: with 7: see what it has printed)?$/);
  t.is(one.printed("stderr"), "no such library\n");
  await one.client.disconnectRequest();
});

test.serial("requests that make no sense are refused, and noise is passed over", async (t) => {
  const one = editor(t, { cwd: scratch(t).path });
  one.child.stdin?.write("Content-Length: 3\r\n\r\n{x}");
  const event = JSON.stringify({ seq: 1, type: "event", event: "stopped" });
  one.child.stdin?.write(`Content-Length: ${String(event.length)}\r\n\r\n${event}`);
  // Neither of these has arguments.
  await one.client.send("initialize");
  t.regex(await refused(one.client.send("launch")), /^no case is named, and none was red the last time: /);
  t.regex(await refused(one.client.attachRequest({})), /^there is nothing to attach to: launch/);
  t.regex(await refused(one.client.stackTraceRequest({ threadId: 1 })), /^nothing is debugged: launch/);
  t.regex(await refused(one.client.send("goto", { threadId: 1 })), /^goto is not supported$/);
  t.regex(await refused(one.client.send("constructor", {})), /^constructor is not supported$/);
  await one.client.disconnectRequest();
  const { code, stderr } = await uktest(["dap", "--port", "70000"]);
  t.is(code, 2);
  t.regex(stderr, /there is no port 70000/);
  t.is((await uktest(["dap", "--port", "x"])).code, 2);
});
