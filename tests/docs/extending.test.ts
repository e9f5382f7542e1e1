/**
 * The page on extending, executed: its four files are put into a copy of the sources, which is built, and into a project of
 * their own; both times the commands of the page do what it says. No other file of the copy is changed.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import test from "ava";
import { putKitObjects } from "../kit-objects.js";
import { scratch, startProgram, uktest } from "../cli/run.js";
import { ROOT } from "../runner/kit.js";

const PAGE = readFileSync(join(ROOT, "docs/extending.md"), "utf8");

/** The files of the page by their paths. */
const FILES = new Map(
  [...PAGE.matchAll(/```ts\n\/\/ (\S+)\n([^]*?)```/g)].map(([, path = "", text = ""]) => [path, text]),
);

const CHECKS = "booting\nCHECK one: ok\nCHECK two: bad\nCHECKS DONE\n";
const HALTED = "TAP version 13\n1..2\nok 1 - a\nACME HALT: out of paper at printer.c:12\n";

/** What the commands of the page print, wherever the files are; `words` are added to each. */
const EXPECTED: readonly (readonly [words: readonly string[], log: string, code: number, said: RegExp])[] = [
  [["report", "checks.log", "-r", "lines"], CHECKS, 1, /PASS checks\.one[^]*FAIL checks\.two[^]*cases=2/],
  [
    ["report", "checks.log", "-r", "lines", "--dialect", "checks"],
    CHECKS,
    1,
    /cases=2 .*failed=1 .*passed=1/,
  ],
  [["report", "checks.log", "-r", "lines"], HALTED, 1, /CRASH tap\.test 2  printer\.c:12  out of paper/],
  [["run", "ukargparse", "-r", "lines", "-m", "plain-qemu"], "", 0, /cases=10 .*passed=10[^]*VERDICT passed/],
];

test("the page has one file of each kind", (t) => {
  t.deepEqual([...FILES.keys()].map(dirname), ["reporters", "src/dialects", "src/faults", "runner/machines"]);
});

test("in uktest: four new files, a build, and no other edit", async (t) => {
  const copy = mkdtempSync(join(tmpdir(), "uktest-extending-"));
  t.teardown(() => {
    rmSync(copy, { recursive: true, force: true });
  });
  for (const name of [
    "src",
    "runner",
    "reporters",
    "build",
    "guest",
    "suites",
    "package.json",
    "tsconfig.json",
  ])
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  cpSync(join(ROOT, "uktest.config.json"), join(copy, "uktest.config.json"));
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  for (const [path, text] of FILES) writeFileSync(join(copy, path), text);
  const script =
    'const { transpile } = await import("./build/transpile.mjs"); await transpile(); await import("./build/bundle.mjs");';
  const built = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: copy,
    encoding: "utf8",
  });
  t.is(built.status, 0, built.stderr);
  const own = join(copy, "dist/bin/uktest/uktest.cjs");
  for (const [words, log, code, said] of EXPECTED) {
    if (log !== "") writeFileSync(join(copy, "checks.log"), log);
    const run = await startProgram(process.execPath, [own, ...words], { cwd: copy }).end;
    t.is(run.code, code, run.stderr + run.stdout);
    t.regex(run.stdout, said);
  }
  const counted = await startProgram(process.execPath, [own, "report", "checks.log", "-r", "counting"], {
    cwd: copy,
  }).end;
  t.is(counted.stdout, "2 cases\n", counted.stderr);
  const help = await startProgram(process.execPath, [own, "report", "--help"], { cwd: copy }).end;
  t.regex(help.stdout.replaceAll(/\s+/g, " "), /counting, ctrf[^]*checks, [^]*tap/);
});

test("in a project of its own: the same files, named by the configuration", async (t) => {
  const { path, put } = scratch(t);
  await putKitObjects(path);
  for (const [name, text] of FILES) put(basename(name), text);
  mkdirSync(join(path, "src"));
  put(
    "src/t.c",
    "#include <uk/test.h>\nUK_TESTCASE(a_testsuite, b)\n{\n\tUK_TEST_EXPECT(1);\n}\nuk_testsuite_register(a_testsuite, NULL);\n",
  );
  put(
    "uktest.config.json",
    JSON.stringify({
      suites: { ukargparse: { sources: ["src/t.c"] } },
      dialects: ["./checks.ts"],
      faults: ["./acme.ts"],
      machines: ["./plain-qemu.ts"],
    }),
  );
  for (const [words, log, code, said] of EXPECTED) {
    if (log !== "") put("checks.log", log);
    const run = await uktest(words, { cwd: path });
    t.is(run.code, code, run.stderr);
    t.regex(run.stdout, words[0] === "run" ? /cases=1 .*passed=1[^]*VERDICT passed/ : said);
  }
  const counted = await uktest(["report", "checks.log", "-r", "./counting.ts"], { cwd: path });
  t.is(counted.stdout, "2 cases\n", counted.stderr);
  const machines = await uktest(["machines"], { cwd: path });
  t.regex(machines.stdout, /^plain-qemu +ready +i386 in QEMU as it comes$/m);
});

test("a module that is missing, something else or throws is one error with its own place", async (t) => {
  const good = FILES.get("src/faults/acme.ts") ?? "";
  const rows: readonly (readonly [file: string, config: object, code: number, said: RegExp])[] = [
    [good, { faults: ["./none.ts"] }, 2, /no such fault family: \.\/none\.ts\n +it has to export `family`/],
    [good, { dialects: ["./mine.ts"] }, 2, /\.\/mine\.ts exports no dialect\n +it has to export `dialect`/],
    [good, { machines: ["./mine.ts"] }, 2, /\.\/mine\.ts exports no machine/],
    [
      "const = 1;",
      { faults: ["./mine.ts"] },
      2,
      /the fault family \.\/mine\.ts cannot be loaded: .*mine\.ts:1/s,
    ],
    [
      good.replace("const [, title", 'if (text !== "") throw new TypeError("oops");\n    const [, title'),
      { faults: ["./mine.ts"] },
      3,
      /the fault family \.\/mine\.ts failed: oops \(.*mine\.ts:11\)\n$/,
    ],
    [
      (FILES.get("src/dialects/checks.ts") ?? "").replace('name: "checks"', 'name: "tap"'),
      { dialects: ["./mine.ts"] },
      2,
      /there are two dialects "tap"/,
    ],
  ];
  for (const [file, config, code, said] of rows) {
    const { path, put } = scratch(t);
    put("mine.ts", file);
    put("checks.log", HALTED);
    put("uktest.config.json", JSON.stringify({ suites: {}, ...config }));
    const run = await uktest(["report", "checks.log"], { cwd: path });
    t.is(run.code, code, run.stderr);
    t.regex(run.stderr, said);
    t.notRegex(run.stderr, /\n +at /);
  }
});
