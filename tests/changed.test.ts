/** What format and lint look at by hand: what is not on the branch that CI has looked at, or everything. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import test from "ava";
import { runGitHere } from "./ci/git.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SCRIPT =
  'import { changedFiles } from "./tests/changed.mjs"; console.log(JSON.stringify(changedFiles(process.argv[1]) ?? "all"));';

test("files that were edited, added or committed since the origin's branch; all of them under other rules", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "uktest-changed-files-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const origin = join(folder, "origin");
  const clone = join(folder, "clone");
  const put = (root: string, name: string, text: string): void => {
    writeFileSync(join(root, name), text);
  };
  const git = (...words: readonly string[]): void => {
    const who = ["-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false"];
    execFileSync("git", [...who, ...words], { cwd: clone, stdio: "ignore" });
  };
  const changed = (root: string): unknown =>
    JSON.parse(
      execFileSync(process.execPath, ["--input-type=module", "-e", SCRIPT, root], {
        cwd: ROOT,
        encoding: "utf8",
      }),
    );
  mkdirSync(origin);
  t.is(changed(origin), "all", "no git");
  for (const name of [".gitignore", "a.ts", "b.ts", "c.ts", "package.json"])
    put(origin, name, name === ".gitignore" ? "dist\n" : "");
  runGitHere(origin);
  t.is(changed(origin), "all", "no origin");
  execFileSync("git", ["clone", "-q", origin, clone]);
  t.deepEqual(changed(clone), []);

  put(clone, "a.ts", "committed");
  git("commit", "-q", "-a", "-m", "one");
  put(clone, "b.ts", "edited");
  put(clone, "new name.ts", "added");
  put(clone, "dist", "ignored");
  unlinkSync(join(clone, "c.ts"));
  t.deepEqual(changed(clone), ["a.ts", "b.ts", "new name.ts"]);
  put(clone, "package.json", "{}");
  t.is(changed(clone), "all", "other rules");
});
