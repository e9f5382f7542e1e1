/** Which tests share a process where all run by hand: those that could not meet, and each of them once. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import test from "ava";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const FILES = {
  "a/one.test.js":
    'import test from "ava";\nimport { sum } from "../sum.js";\ntest("one", (t) => t.is(sum, 1));\n',
  "a/two.test.js": "const later = async () => {\n  await 0;\n};\n",
  "a/same-title.test.js": 'test("one", (t) => t.pass());\n',
  "a/starts.test.js": 'import { run } from "../run.js";\ntest("of its own", async (t) => t.pass());\n',
  "a/waits.test.js": 'import "../waits.js";\n',
  "a/waits-itself.test.js": "const one = of(await ready);\n",
  "a/hooks.test.js": "test.before(() => undefined);\n",
  "a/times.test.js": "setTimeout(() => undefined, 1);\n",
  "b/alone.test.js": "test(1);\n",
  "b/turn-1.test.js": 'import { run } from "../run.js";\ntest.serial("1", async (t) => t.pass());\n',
  "b/turn-2.test.js": 'import { run } from "../run.js";\ntest.serial("2", async (t) => t.pass());\n',
  "b/turn-3.test.js": 'import { run } from "../run.js";\ntest("3", (t) => t.pass());\n',
  "b/turn-4.test.js": 'import { run } from "../run.js";\ntest.serial("4", async (t) => t.pass());\n',
  "c/deep/one.test.js": "test(1);\n",
  "c/deep/two.test.js": "const more = async (name) => (await name)();\n",
  "sum.js": "export const sum = 1;\n",
  "run.js": 'import { spawn } from "node:child_process";\n',
  "waits.js": "await 0;\n",
};

test("small tests of a folder share a file, and a few that start programs in turn; times, hooks and same titles do not", (t) => {
  const root = mkdtempSync(join(tmpdir(), "uktest-groups-"));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const script =
    'import { grouped } from "./tests/groups.mjs"; console.log(JSON.stringify(grouped(process.argv[1])));';
  const grouped = (): unknown =>
    JSON.parse(
      execFileSync(process.execPath, ["--input-type=module", "-e", script, root], {
        cwd: ROOT,
        encoding: "utf8",
      }),
    );
  const wanted = [
    "a/hooks.test.js",
    "a/same-title.test.js",
    "a/starts.test.js",
    "a/times.test.js",
    "a/waits-itself.test.js",
    "b/alone.test.js",
    "b/turn-4.test.js",
    "grouped/a-small-1.test.js",
    "grouped/b-in-turn-1.test.js",
    "grouped/c-deep-small-1.test.js",
  ].map((name) => join(root, name));
  t.deepEqual(grouped(), wanted);
  const made = (name: string): string => readFileSync(join(root, "grouped", name), "utf8");
  t.is(made("c-deep-small-1.test.js"), 'import "../c/deep/one.test.js";\nimport "../c/deep/two.test.js";\n');
  t.is(
    made("b-in-turn-1.test.js"),
    [1, 2, 3].map((at) => `import "../b/turn-${String(at)}.test.js";\n`).join(""),
  );
  t.is(
    made("a-small-1.test.js"),
    'await import("./a-small-1.waited.js");\nawait import("./a-small-1.all.js");\n',
    "what waits is there before the first test is declared",
  );
  t.is(made("a-small-1.waited.js"), 'import "../waits.js";\n');
  t.deepEqual(grouped(), wanted, "what was made before is no test of its own");
});
