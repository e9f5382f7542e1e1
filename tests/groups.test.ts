/** Which tests share a process where all run by hand: those that could not meet, and each of them once. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import test from "ava";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const FILES = {
  "a/one.test.js": 'import test from "ava";\nimport { sum } from "../sum.js";\n',
  "a/two.test.js": "const later = async () => {\n  await 0;\n};\n",
  "a/starts.test.js": 'import { run } from "../run.js";\n',
  "a/waits.test.js": 'import "../waits.js";\n',
  "a/waits-itself.test.js": "const one = of(await ready);\n",
  "a/hooks.test.js": "test.before(() => undefined);\n",
  "a/times.test.js": "setTimeout(() => undefined, 1);\n",
  "b/alone.test.js": "test(1);\n",
  "c/deep/one.test.js": "test(1);\n",
  "c/deep/two.test.js": "const more = async (name) => (await name)();\n",
  "sum.js": "export const sum = 1;\n",
  "run.js": 'import { spawn } from "node:child_process";\n',
  "waits.js": "await 0;\n",
};

test("small tests of a folder share a file; what starts programs, waits, times or has hooks does not", (t) => {
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
    "a/starts.test.js",
    "a/times.test.js",
    "a/waits-itself.test.js",
    "a/waits.test.js",
    "b/alone.test.js",
    "grouped/a.test.js",
    "grouped/c-deep.test.js",
  ].map((name) => join(root, name));
  t.deepEqual(grouped(), wanted);
  t.is(
    readFileSync(join(root, "grouped/a.test.js"), "utf8"),
    'import "../a/one.test.js";\nimport "../a/two.test.js";\n',
  );
  t.deepEqual(grouped(), wanted, "what was made before is no test of its own");
});
