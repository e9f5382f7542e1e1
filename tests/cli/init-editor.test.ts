/** `uktest init --editor vscode`: what it writes works, what is there stays, and a second time changes nothing. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import fc from "fast-check";
import { parse } from "jsonc-parser";
import { withEntries } from "../../src/cli/init/jsonc.js";
import { putKitObjects } from "../kit-objects.js";
import { until } from "../runner/processes.js";
import { MAIN, scratch, startProgram, uktest } from "./run.js";

const SUITE =
  "#include <uk/test.h>\nUK_TESTCASE(own_suite, red)\n{\n\tint found = 1;\n\n\tUK_TEST_EXPECT_SNUM_EQ(found, 2);\n}\nuk_testsuite_register(own_suite, NULL);\n";
const CONFIG = JSON.stringify({ suites: { own: { sources: ["*.c"] } }, machine: "qemu-x86_64" });

/** A project with a red case, and with the kit compiled for it where something is built. */
async function project(t: ExecutionContext, isBuilt = false) {
  const made = scratch(t);
  if (isBuilt) await putKitObjects(made.path, ["qemu-x86_64"]);
  made.put("own.c", SUITE);
  made.put("uktest.config.json", CONFIG);
  return {
    ...made,
    init: (...words: readonly string[]) =>
      uktest(["init", "--editor", "vscode", ...words], { cwd: made.path }),
  };
}

/** Every file below a folder with its text; what runs leave is none of it. */
const contentOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    (readdirSync(folder, { recursive: true }) as readonly string[])
      .filter((name) => !name.startsWith(".uktest") && statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );

interface Configuration {
  readonly name: string;
  readonly program: string;
  readonly miDebuggerPath: string;
  readonly preLaunchTask: string;
  readonly setupCommands: readonly { readonly text: string }[];
}
interface Task {
  readonly label: string;
  readonly command: string;
  readonly problemMatcher: unknown;
}

/** A port that nothing listens on. */
function freePort(): Promise<string> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(String(typeof address === "object" ? address?.port : 0));
      });
    });
  });
}

test.serial("what is written serves the case that is asked for, and stops where it fails", async (t) => {
  const { path, text, init } = await project(t, true);
  const said = await init();
  t.deepEqual([said.code, said.stderr], [0, ""]);
  for (const name of [".vscode/launch.json", ".vscode/tasks.json", "compile_commands.json"])
    t.true(said.stdout.includes(`wrote ${name}\n`), said.stdout);
  const { configurations } = JSON.parse(text(".vscode/launch.json")) as { configurations: Configuration[] };
  const { tasks, inputs } = JSON.parse(text(".vscode/tasks.json")) as {
    tasks: Task[];
    inputs: { id: string; default: string }[];
  };
  const [one] = configurations;
  const task = tasks.find(({ label }) => label === one?.preLaunchTask);
  if (one === undefined || task === undefined) return t.fail();
  t.is(one.name, "uktest: own");
  t.like(inputs[0], { id: "uktestCase", default: "" });
  const port = await freePort();
  const command = task.command
    .replace("${input:uktestCase}", "own_suite.red")
    .replace("--server 1234", `--server ${port}`)
    .replace(/^(?:npx )?uktest /, `exec ${process.execPath} ${MAIN} `);
  const server = startProgram("sh", ["-c", command], { cwd: path, input: null });
  await server.told("waiting for a debugger");
  const program = one.program.replace("${workspaceFolder}", path);
  const gdb = startProgram(one.miDebuggerPath, ["-nx", "-q", "-i=mi3", program], { cwd: path, input: null });
  let heard = "";
  gdb.child.stdout?.on("data", (chunk: Buffer) => (heard += String(chunk)));
  const type = (line: string): void => void gdb.child.stdin?.write(`${line}\n`);
  for (const setup of one.setupCommands)
    type(`-interpreter-exec console ${JSON.stringify(setup.text.replace("${workspaceFolder}", path))}`);
  type(`-target-select remote 127.0.0.1:${port}`);
  type("-exec-continue");
  t.true(await until(() => heard.includes('*stopped,reason="breakpoint-hit"')), heard);
  t.regex(heard, /func="uk_test_on_failure"/);
  t.false(heard.includes("^error"), heard);
  type("-gdb-exit");
  t.is((await gdb.end).code, 0);
  t.is((await server.end).code, 0);
});

test.serial("the lines of a run are found in their places", async (t) => {
  const { path, put, text, init } = await project(t, true);
  await init();
  const { tasks } = JSON.parse(text(".vscode/tasks.json")) as { tasks: Task[] };
  const run = tasks.find(({ label }) => label === "uktest: run");
  const matchers = run?.problemMatcher as readonly { readonly pattern: { readonly regexp: string } }[];
  const [compiler, red] = matchers.map(({ pattern }) => new RegExp(pattern.regexp, "m"));
  const words = run?.command.replace(/^(?:npx )?uktest /, "").split(" ") ?? [];
  const failed = await uktest(words, { cwd: path });
  t.deepEqual(red?.exec(failed.stdout)?.slice(1, 4), ["FAIL own_suite.red", "own.c", "6"], failed.stdout);
  // What was red is offered from now on, and nothing else of the files changes.
  const before = text(".vscode/tasks.json");
  const again = await init();
  t.regex(again.stdout, /^added to \.vscode\/tasks\.json$/m);
  t.is(text(".vscode/tasks.json"), before.replace('"default": ""', '"default": "own_suite.red"'));
  put("own.c", SUITE.replace("int found", "nope found"));
  const broken = await uktest(words, { cwd: path });
  const debugged = await uktest(["debug", "own_suite.red"], { cwd: path });
  for (const printed of [broken.stdout, debugged.stderr])
    t.deepEqual(compiler?.exec(printed)?.slice(1, 5), ["own.c", "4", "9", "error"], printed);
});

const MINE = `\ufeff// mine
{
\t"version": "0.2.0", /* as it was */
\t"configurations": [
\t\t{ "name": "own", "type": "node" }, // the first
\t\t{
\t\t\t"name": "uktest: own",
\t\t\t"port": 9999, // changed by hand
\t\t},
\t],
\t"compounds": [],
}
`.replaceAll("\n", "\r\n");

test.serial(
  "entries and comments of files that are there stay, and a second time changes nothing",
  async (t) => {
    const { path, put, text, init } = await project(t);
    mkdirSync(join(path, ".vscode"));
    writeFileSync(join(path, ".vscode/launch.json"), MINE);
    put(".vscode/tasks.json", '{\n    "tasks": [\n        { "label": "mine" } // stays\n    ]\n}\n');
    put("compile_commands.json", '[{ "file": "x.c", "directory": "/", "command": "cc x.c" }]\n');
    const first = await init();
    t.is(first.code, 0, first.stderr);
    t.is(text(".vscode/launch.json"), MINE, "there was one of that name, and it is the user's");
    const tasks = text(".vscode/tasks.json");
    t.true(tasks.includes("// stays"));
    t.regex(tasks, /^ {8}\{/m, "indented as it was");
    const labels = (parse(tasks) as { tasks: Task[] }).tasks.map(({ label }) => label);
    t.deepEqual(labels, ["mine", "uktest: run", "uktest: serve a case"]);
    t.regex(first.stdout, /^left as it is: compile_commands\.json$/m);
    const before = contentOf(path);
    const second = await init();
    t.is(second.code, 0);
    t.deepEqual(contentOf(path), before);
    t.notRegex(second.stdout, /^(?:wrote|added)/m);
  },
);

test("whatever an object holds is in it afterwards, and once is enough", (t) => {
  const entry = { list: "tasks", key: "label", value: { label: "ours", n: 1 } };
  const other = fc.dictionary(
    fc.string({ maxLength: 8 }).filter((name) => !["tasks", "version", "__proto__"].includes(name)),
    fc.jsonValue({ maxDepth: 2 }),
    { maxKeys: 5 },
  );
  const items = fc.array(fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.record({ label: fc.string() })));
  fc.assert(
    fc.property(other, items, fc.nat(8), fc.boolean(), (values, tasks, indent, isCommented) => {
      const json = JSON.stringify({ ...values, tasks }, null, indent);
      // The parser that reads the result has no place for this name.
      fc.pre(!json.includes("__proto__"));
      const text = isCommented ? json.replaceAll("\n", " // a note\n") : json;
      const once = withEntries("x.json", text, [entry], "1");
      const isThere = tasks.some(
        (one) => typeof one === "object" && one !== null && "label" in one && one.label === "ours",
      );
      t.deepEqual(parse(once), {
        ...(JSON.parse(json) as object),
        version: "1",
        tasks: [...(JSON.parse(JSON.stringify(tasks)) as unknown[]), ...(isThere ? [] : [entry.value])],
      });
      const notes = (one: string): number => one.split("// a note").length;
      t.is(notes(once), notes(text));
      t.is(withEntries("x.json", once, [entry], "1"), once);
    }),
  );
});

test.serial("what cannot be added to is one error, and nothing is written", async (t) => {
  const rows: readonly (readonly [file: string, text: string, says: RegExp])[] = [
    ["launch.json", '{ "configurations": [ }', /launch\.json:1:23: \w+\n +mend it, or remove it/],
    ["launch.json", "[]", /launch\.json holds no object/],
    ["launch.json", '{ "configurations": {} }', /launch\.json: configurations is no list/],
    ["tasks.json", '{ "inputs": 1 }', /tasks\.json: inputs is no list/],
    ["tasks.json", '{\n"tasks": [\n', /tasks\.json:\d+:\d+: /],
  ];
  for (const [name, content, says] of rows) {
    const { path, put, init } = await project(t);
    mkdirSync(join(path, ".vscode"));
    put(`.vscode/${name}`, content);
    const before = contentOf(path);
    const said = await init();
    t.is(said.code, 2, said.stderr);
    t.regex(said.stderr, says);
    t.deepEqual(contentOf(path), before, content);
  }
  const { path, init } = await project(t);
  mkdirSync(join(path, ".vscode/launch.json"), { recursive: true });
  const folder = await init();
  t.is(folder.code, 3);
  t.regex(folder.stderr, /launch\.json cannot be read: /);
  t.deepEqual(readdirSync(join(path, ".vscode")), ["launch.json"]);
});

test.serial("a new project gets them too; without a gdb there is nothing at all", async (t) => {
  const { path, file } = scratch(t);
  const none = await uktest(["init", "demo", "--editor", "vscode"], {
    cwd: path,
    env: { UKTEST_GDB: "/nonexistent" },
  });
  t.is(none.code, 3);
  t.regex(none.stderr, /\/nonexistent is not there/);
  t.false(existsSync(file("demo")));
  const said = await uktest(["init", "demo", "--editor", "vscode"], { cwd: path });
  t.is(said.code, 0, said.stderr);
  t.deepEqual(readdirSync(file("demo")).sort(), [
    ...[".vscode", "compile_commands.json", "demo.c", "demo.h", "test_demo.c", "uktest.config.json"],
  ]);
  const named = await uktest(["init", "demo", "--editor", "vscode", "--name", "x"], { cwd: path });
  t.is(named.code, 2);
  t.regex(named.stderr, /--name is for a new project/);
  t.is((await uktest(["init", "demo", "--editor", "emacs"], { cwd: path })).code, 2);
});
