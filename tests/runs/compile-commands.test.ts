/** `uktest list --compile-commands`: each command is one that its compiler, and clang's own tools, take as it is. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { some, turns } from "../amount.js";
import { scratch, startProgram, uktest } from "../cli/run.js";
import { findProgram } from "../../runner/process/parent-death-signal.js";
import { ROOT } from "../runner/kit.js";

interface Entry {
  readonly directory: string;
  readonly file: string;
  readonly arguments: readonly string[];
  readonly output: string;
}

const SUITE =
  '#include <uk/test.h>\n#include "own.h"\nUK_TESTCASE(own_suite, one)\n{\n\tUK_TEST_EXPECT(OWN);\n}\nuk_testsuite_register(own_suite, NULL);\n';

/** By hand the first one of each compiler, so that both are there. */
const MACHINES = { gcc: ["qemu-x86_64", "qemu-arm64"], clang: ["qemu-arm64", "qemu-x86_64"] };

for (const [cc, machines] of Object.entries(MACHINES))
  for (const machine of turns(machines, `runs/compile-commands, ${cc}`))
    test.serial(`the commands of ${cc} for ${machine} compile every file`, async (t) => {
      const { path, put, file } = scratch(t);
      put("own suite.c", SUITE);
      put("own.h", "#define OWN 1\n");
      const suites = { own: { sources: ["*.c"] }, other: { sources: ["own suite.c"], flags: ["-DOTHER"] } };
      put("uktest.config.json", JSON.stringify({ suites }));
      const said = await uktest(["list", "--compile-commands", "-m", machine, "--cc", cc], { cwd: path });
      t.is(said.code, 0, said.stderr);
      t.false(existsSync(file(".uktest")), "nothing is built");
      const entries = JSON.parse(said.stdout) as readonly Entry[];
      const files = entries.map((entry) => entry.file);
      t.is(new Set(files).size, files.length, "one command a file");
      t.is(files.filter((name) => name === "own suite.c").length, 1);
      t.true(files.some((name) => name.endsWith("guest/lib/uktest/run.c")));
      // The kit's files are many of one form; those of the project are always among them.
      const own = entries.filter((entry) => !entry.file.includes("guest/"));
      t.is(own.length, 1);
      const checked = new Set([...own, ...some(entries, 5)]);
      for (const { directory, arguments: words } of checked) {
        t.is(directory, path);
        const [compiler = "", ...rest] = words;
        t.is(rest.at(-2), "-o");
        const tried = await startProgram(compiler, [...rest.slice(0, -2), "-fsyntax-only"], {
          cwd: directory,
        }).end;
        t.is(tried.code, 0, `${words.join(" ")}\n${tried.stderr}`);
        t.is(tried.stderr, "", words.join(" "));
      }
      put("compile_commands.json", said.stdout);
      const clangd = findProgram("clangd");
      if (clangd === undefined) return;
      const read = await startProgram(clangd, [`--check=${join(path, "own suite.c")}`], { cwd: path }).end;
      t.is(read.code, 0, read.stderr);
    });

test.serial("a profile and a suite folder are taken, and what makes no sense is one error", async (t) => {
  const list = (...words: readonly string[]) =>
    uktest(["list", "--compile-commands", ...words], { cwd: ROOT });
  const debug = await list("vfscore", "--profile", "debug", "-m", "qemu-x86_64");
  const entries = JSON.parse(debug.stdout) as readonly Entry[];
  const own = entries.filter(({ file }) => file.startsWith("suites/"));
  t.true(own.length > 0 && own.every(({ file }) => file.startsWith("suites/vfscore/")));
  t.true(own.every((entry) => entry.arguments.includes("-O0")));
  // A profile changes no object of the kit: every one of them is the one of a plain run.
  const kit = entries.filter(({ file }) => file.startsWith("guest/"));
  const plain = await list("vfscore", "-m", "qemu-x86_64");
  const known = new Set((JSON.parse(plain.stdout) as readonly Entry[]).map((entry) => JSON.stringify(entry)));
  t.true(kit.length > 50 && kit.every((entry) => known.has(JSON.stringify(entry))));
  t.true(
    own.every((entry) => !known.has(JSON.stringify(entry)) && entry.output.includes("/x86_64-gcc-debug/")),
  );
  for (const [words, says] of [
    [["nothing"], /there is no suite folder "nothing"\n +there are: /],
    [["--image", "x"], /--compile-commands goes without --image/],
    [["--json"], /--compile-commands goes without --json/],
    [["--profile", "nothing"], /has no profile "nothing"/],
  ] as const) {
    const said = await list(...words);
    t.is(said.code, 2, said.stderr);
    t.regex(said.stderr, says);
    t.is(said.stdout, "");
  }
});
