/** Where a debugger is found, and where it connects to. */
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { listenOn, sessionFolder } from "../../runner/debug/listening.js";
import { type Said, scratch, uktest } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";

/** `uktest debug` where only these programs are found, each a shell script. */
function debugWith(
  t: ExecutionContext,
  programs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
  machine = "qemu-x86_64",
): Promise<Said> {
  const { path, put } = scratch(t);
  for (const [name, text] of Object.entries(programs)) chmodSync(put(name, `#!/bin/sh\n${text}\n`), 0o755);
  for (const name of ["qemu-system-x86_64", "qemu-system-aarch64"])
    chmodSync(put(name, `#!/bin/sh\nexec /usr/bin/${name} "$@"\n`), 0o755);
  const words = ["debug", "uktest_fails.expect", "-m", machine, "--no-build"];
  return uktest(words, { cwd: ROOT, env: { PATH: path, ...env } });
}

/** Says that it knows an architecture, as gdb does, and else what it was started with. */
const knows = (name: string): string =>
  `case "$*" in *"set architecture ${name}"*) echo 'The target architecture is set to "${name}".'; exit 0;; *"set architecture"*) exit 1;; esac; echo "$0"`;

test.serial("the debugger of the cross tools, the one for all, and the host's own", async (t) => {
  t.is(
    (await uktest(["run", "uktest_fails.expect", "-m", "qemu-arm64", "--profile", "debug"], { cwd: ROOT }))
      .code,
    1,
  );
  t.is(
    (await uktest(["run", "uktest_fails.expect", "-m", "qemu-x86_64", "--profile", "debug"], { cwd: ROOT }))
      .code,
    1,
  );
  const all = { "x86_64-linux-gnu-gdb": 'echo "$0"', "gdb-multiarch": 'echo "$0"', gdb: 'echo "$0"' };
  t.regex((await debugWith(t, all)).stdout, /\/x86_64-linux-gnu-gdb$/m);
  t.regex(
    (await debugWith(t, { "gdb-multiarch": 'echo "$0"', gdb: 'echo "$0"' })).stdout,
    /\/gdb-multiarch$/m,
  );
  t.regex((await debugWith(t, { gdb: 'echo "$0"' })).stdout, /\/gdb$/m);
  t.regex((await debugWith(t, { gdb: knows("aarch64") }, {}, "qemu-arm64")).stdout, /\/gdb$/m);
});

test.serial("without a debugger that fits, one line says what to install", async (t) => {
  const none = await debugWith(t, {});
  t.is(none.code, 3);
  t.is(none.stderr, "uktest: error: gdb is not installed\n        apt-get install gdb-multiarch\n");
  const other = await debugWith(t, { gdb: knows("i386:x86-64") }, {}, "qemu-arm64");
  t.is(other.code, 3);
  t.regex(other.stderr, /gdb does not know the architecture aarch64\n +apt-get install gdb-multiarch\n$/);
});

test.serial("UKTEST_GDB names another one, which is asked", async (t) => {
  const programs = { mine: knows("i386:x86-64"), "gdb-multiarch": "exit 1" };
  t.regex((await debugWith(t, programs, { UKTEST_GDB: "mine" })).stdout, /\/mine$/m);
  const gone = await debugWith(t, programs, { UKTEST_GDB: "/nonexistent/gdb" });
  t.is(gone.code, 3);
  t.regex(gone.stderr, /\/nonexistent\/gdb is not there\n +leave UKTEST_GDB out/);
});

test.serial("a debugger that fails at once is one exit code, and nothing hangs", async (t) => {
  const said = await debugWith(t, { "gdb-multiarch": "exit 7" });
  t.is(said.code, 1, said.stderr);
});

test("a port or a path that is taken, forbidden or impossible is one error", async (t) => {
  const { file } = scratch(t);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => server.close());
  const address = server.address();
  const port = typeof address === "object" ? String(address?.port) : "";
  const ignore = (): void => undefined;
  await t.throwsAsync(listenOn(port, ignore), { message: `port ${port} is in use` });
  const path = file("socket");
  const first = await listenOn(path, ignore);
  t.is(first.address, path);
  await t.throwsAsync(listenOn(path, ignore), { message: `${path} is there already` });
  first.close();
  await t.throwsAsync(listenOn(file("x".repeat(200)), ignore), {
    message: /is too long for the path of a socket/,
  });
  await t.throwsAsync(listenOn(join(file("missing"), "socket"), ignore), {
    message: /^there is no folder /,
  });
  const free = await listenOn("0", ignore);
  t.regex(free.address, /^127\.0\.0\.1:\d+$/);
  free.close();
});

test("the folder of a session is this user's, and that of a process that is gone is removed", (t) => {
  // No process has the highest id that Linux gives.
  const stale = join(tmpdir(), "uktest-debug.4194304.stale");
  mkdirSync(stale, { recursive: true });
  const folder = sessionFolder();
  t.false(existsSync(stale));
  t.true(existsSync(folder.write("a", "text")));
  folder.remove();
  t.false(existsSync(join(folder.socket, "..")));
});
