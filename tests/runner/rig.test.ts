/**
 * Faults of the rig, with emulators that are made up and with real ones: each is named, ends the run with exit 3, and
 * leaves every planned case as one that did not run. How soon it was noticed is logged.
 */
import { chmodSync } from "node:fs";
import test, { type ExecutionContext } from "ava";
import { type Running, type Said, type Scratch, scratch, startProgram, MAIN } from "../cli/run.js";
import { documentOf, ROOT, runKit } from "./kit.js";
import { emulatorOf } from "./processes.js";

const RUN = ["run", "ukargparse", "-m", "qemu-x86_64", "--no-build", "-r", "json"] as const;

test.before(async (t) => {
  const { code, stderr } = await runKit("ukargparse", "-m", "qemu-x86_64");
  t.is(code, 0, stderr);
});

/** A program in front of the real QEMU; it notes the time in milliseconds right before it fails. */
function standIn(t: ExecutionContext, script: string): Scratch & { readonly run: () => Running } {
  const folder = scratch(t);
  chmodSync(folder.put("qemu-system-x86_64", script), 0o755);
  const env = { PATH: `${folder.path}:${process.env["PATH"] ?? ""}`, NOTE: folder.file("note") };
  return { ...folder, run: () => startProgram(process.execPath, [MAIN, ...RUN], { cwd: ROOT, env }) };
}

const shell = (script: string): string => `#!/bin/sh\ndate +%s%3N > "$NOTE"\n${script}\n`;

/** Everything that was planned is there, and nothing of it has a result. */
function holdRest(t: ExecutionContext, said: Said, reason: RegExp): void {
  t.is(said.code, 3, said.stderr);
  const { suites, problems } = documentOf(said);
  const cases = suites.flatMap((suite) => suite.cases);
  t.true(cases.length > 5, `${String(cases.length)} cases`);
  for (const one of cases) {
    t.is(one.status, "not-run", one.name);
    t.regex(one.reason ?? "", reason);
  }
  t.true(problems.some(({ code }) => code === "incomplete-run"));
}

const DEATHS: readonly (readonly [name: string, script: string, wanted: RegExp])[] = [
  [
    "that does not know an option",
    shell('echo "qemu-system-x86_64: -microvm: invalid option" >&2; exit 1'),
    /failed with 1: qemu-system-x86_64: -microvm: invalid option/,
  ],
  [
    "without one of its libraries",
    shell('echo "error while loading shared libraries: libfdt.so.1: cannot open" >&2; exit 127'),
    /failed with 127: error while loading shared libraries: libfdt/,
  ],
  ["that is killed at its start", shell("kill -KILL $$"), /was killed by SIGKILL/],
  [
    "that aborts with an internal error",
    shell('echo "ERROR:../tcg/tcg.c:42:gen: assertion failed" >&2; kill -ABRT $$'),
    /was killed by SIGABRT: ERROR:..\/tcg/,
  ],
  [
    "that reports an internal error and stays",
    shell('echo "KVM internal error. Suberror: 1" >&2; exec sleep 50'),
    /was killed by SIGKILL: KVM internal error/,
  ],
  ["that a signal stops at its start", shell("kill -STOP $$"), /was stopped by a signal/],
];

for (const [name, script, wanted] of DEATHS)
  test.serial(`an emulator ${name}`, async (t) => {
    const { run, text } = standIn(t, script);
    const said = await run().end;
    t.log(`the run was over ${String(Date.now() - Number(text("note")))} ms after it`);
    t.regex(said.stderr, wanted);
    holdRest(t, said, wanted);
  });

/** Speaks as QEMU's monitor does: says that it has stopped, and why when it is asked. */
const monitor = (status: string, then = ""): string => `#!/usr/bin/env node
const { Socket } = require("node:net");
const { writeFileSync } = require("node:fs");
const socket = new Socket({ fd: 3 });
const say = (message) => socket.write(JSON.stringify(message) + "\\r\\n");
say({ QMP: {} });
socket.on("data", (chunk) => {
  for (const line of chunk.toString().trim().split("\\n")) {
    const { execute } = JSON.parse(line);
    say({ return: execute === "query-status" ? { status: ${JSON.stringify(status)} } : {} });
  }
});
setTimeout(() => {
  writeFileSync(process.env.NOTE, String(Date.now()));
  say({ event: "STOP" });
  ${then}
}, 50);
setTimeout(() => process.exit(1), 20000);
`;

for (const [status, wanted] of [
  ["paused", /was paused/],
  ["internal-error", /paused after an internal error/],
  ["io-error", /paused after an error of a disk/],
] as const)
  test.serial(`a machine that pauses, and says ${status}`, async (t) => {
    const { run, text } = standIn(t, monitor(status));
    const said = await run().end;
    t.log(`the run was over ${String(Date.now() - Number(text("note")))} ms after it`);
    t.regex(said.stderr, wanted);
    holdRest(t, said, wanted);
  });

test.serial("a machine that stops because it ends has not paused", async (t) => {
  const { run } = standIn(t, monitor("shutdown", "setTimeout(() => process.exit(33), 200);"));
  const said = await run().end;
  t.is(said.code, 1, said.stderr);
  t.notRegex(said.stderr, /pause/);
});

test.serial(
  "a guest that starts again before it says a word is named, and not booted for ever",
  async (t) => {
    const reset = `say({ event: "SHUTDOWN", data: { guest: true, reason: "guest-reset" } }); setTimeout(() => process.exit(0), 50);`;
    const { run } = standIn(t, monitor("running", reset));
    const said = await run().end;
    t.regex(
      said.stderr,
      /does not boot: the guest reset its machine (?:or turned it off )?before it had said a word/,
    );
    holdRest(t, said, /does not boot/);
  },
);

test.serial("a real emulator that is stopped in the middle of a case", async (t) => {
  await runKit("ukdebug_crash", "-m", "qemu-x86_64");
  const words = [MAIN, "run", "ukdebug_endless", "-m", "qemu-x86_64", "-r", "json", "--debug"];
  const { child, end } = startProgram(process.execPath, words, { cwd: ROOT });
  const emulator = await emulatorOf(child);
  process.kill(emulator, "SIGSTOP");
  const stoppedMs = Date.now();
  const said = await end;
  t.log(`the run was over ${String(Date.now() - stoppedMs)} ms after it`);
  t.is(said.code, 3, said.stderr);
  t.regex(said.stderr, /was stopped by a signal/);
  t.is(documentOf(said).suites[0]?.cases[0]?.status, "not-run");
});
