/**
 * The files for VS Code, used as its C++ extension does: the task serves the case, a gdb that speaks MI gets the commands of the
 * configuration, connects, and runs to the failure.
 */
import { createServer } from "node:net";
import test, { type ExecutionContext } from "ava";
import { MAIN, startProgram, uktest } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";
import { until } from "../runner/processes.js";

const FAILS = ["uktest_fails.expect", "-m", "qemu-x86_64"];

interface Launch {
  readonly configurations: readonly {
    readonly program: string;
    readonly miDebuggerPath: string;
    readonly miDebuggerServerAddress: string;
    readonly preLaunchTask: string;
    readonly setupCommands: readonly { readonly text: string }[];
  }[];
}

interface Tasks {
  readonly tasks: readonly {
    readonly label: string;
    readonly command: string;
    readonly problemMatcher: {
      readonly pattern: { readonly regexp: string };
      readonly background: { readonly endsPattern: string };
    };
  }[];
}

async function printed<T>(t: ExecutionContext, what: string, ...words: readonly string[]): Promise<T> {
  const said = await uktest(["debug", ...FAILS, "--print", what, ...words], { cwd: ROOT });
  t.is(said.code, 0, said.stderr);
  return JSON.parse(said.stdout) as T;
}

/** A port that nobody listens on. */
function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" ? (address?.port ?? 0) : 0;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

test.serial("the task serves the case, and the configuration stops where it failed", async (t) => {
  const port = String(await freePort());
  const [one] = (await printed<Launch>(t, "launch", "--server", port)).configurations;
  const [task] = (await printed<Tasks>(t, "tasks", "--server", port)).tasks;
  if (one === undefined || task === undefined) return t.fail();
  t.is(one.preLaunchTask, task.label);
  t.is(one.miDebuggerServerAddress, `127.0.0.1:${port}`);
  // The program is not in the PATH of this test.
  const command = task.command.replace(/^uktest /, `exec ${process.execPath} ${MAIN} `);
  const server = startProgram("sh", ["-c", command], { cwd: ROOT, input: null });
  await server.told(task.problemMatcher.background.endsPattern);
  const gdb = startProgram(one.miDebuggerPath, ["-nx", "-q", "-i=mi3", one.program], {
    cwd: ROOT,
    input: null,
  });
  let said = "";
  gdb.child.stdout?.on("data", (chunk: Buffer) => (said += String(chunk)));
  const type = (line: string): void => void gdb.child.stdin?.write(`${line}\n`);
  for (const { text } of one.setupCommands) type(`-interpreter-exec console ${JSON.stringify(text)}`);
  type(`-target-select remote ${one.miDebuggerServerAddress}`);
  type("-exec-continue");
  t.true(await until(() => said.includes('*stopped,reason="breakpoint-hit"')), said);
  t.regex(said, /func="uk_test_on_failure"/);
  // What the guest prints is shown by an editor as the target's output.
  const shown = [...said.matchAll(/^@"(.*)"$/gm)].map(([, text]) => text).join("");
  t.regex(shown, /FAILED/, said);
  t.false(said.includes("^error"), said);
  type("-gdb-exit");
  t.is((await gdb.end).code, 0);
  t.is((await server.end).code, 0);
});

test.serial("the words of the command, places of its own, and what a compiler complains of", async (t) => {
  const { tasks } = await printed<Tasks>(t, "tasks", "--break", "case", "--memory", "32");
  t.is(tasks[0]?.command, "uktest debug uktest_fails.expect --machine=qemu-x86_64 --memory=32 --server 1234");
  const complaint = "lib/a b.c:3:5: error: expected".replace("a b", "ab");
  t.regex(complaint, new RegExp(tasks[0]?.problemMatcher.pattern.regexp ?? "$^"));
  const { configurations } = await printed<Launch>(t, "launch", "--break", "case");
  const texts = configurations[0]?.setupCommands.map(({ text }) => text) ?? [];
  t.true(texts.includes("break _uk_testsuite_uktest_fails_case_expect"), texts.join("\n"));
});

test.serial("without a name, or with a path instead of a port, nothing is printed", async (t) => {
  for (const [words, says] of [
    [["--print", "launch"], /--print needs the name of what is debugged/],
    [["x", "--print", "launch", "--server", "/tmp/socket"], /--print needs a port/],
    [["x", "--print", "nonsense"], /print/],
  ] as const) {
    const said = await uktest(["debug", ...words], { cwd: ROOT });
    t.is(said.code, 2, said.stderr);
    t.regex(said.stderr, says);
    t.is(said.stdout, "");
  }
});
