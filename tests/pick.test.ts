/** What words after `npm test --` mean: folders, files and parts of names, as they are typed or completed by a shell. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import test from "ava";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const picked = (...words: readonly string[]): { files: string[]; unknown: string[] } =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        "--input-type=module",
        "-e",
        'import { pick } from "./tests/pick.mjs"; console.log(JSON.stringify(pick(process.argv.slice(1))));',
        ...words,
      ],
      { cwd: ROOT, encoding: "utf8" },
    ),
  ) as { files: string[]; unknown: string[] };

test("a file is found by its path, its name or what was made of it", (t) => {
  const wanted = { files: ["dist/tests/faults/frames.test.js"], unknown: [] };
  for (const word of [
    "tests/faults/frames.test.ts",
    "./tests/faults/frames.test.ts",
    "dist/tests/faults/frames.test.js",
    "faults/frames",
  ])
    t.deepEqual(picked(word), wanted, word);
});

test("a folder is all of its tests, and no other file of the same name", (t) => {
  const { files } = picked("tests/serial/");
  t.true(files.length > 0);
  t.true(files.every((path) => path.startsWith("dist/tests/serial/")));
  t.deepEqual(picked("serial").files, files);
});

test("a word that means nothing is named, and the others are found", (t) => {
  t.deepEqual(picked("no-such-thing", "faults/frames"), {
    files: ["dist/tests/faults/frames.test.js"],
    unknown: ["no-such-thing"],
  });
});
