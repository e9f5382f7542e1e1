/** What a diff changes, line by line: of git itself, in a repository of its own, and of text that only looks like one. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import test from "ava";
import fc from "fast-check";
import { changesSince } from "../../runner/git.js";
import { RigError, UsageError } from "../../src/core/errors.js";
import { changedLines } from "../../src/coverage/changes.js";
import { amount } from "../amount.js";
import { scratch } from "../cli/run.js";

test("git's own diff, from where the branch left, with files that it does not know", async (t) => {
  const place = scratch(t);
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], {
      cwd: place.path,
      stdio: "pipe",
    });
  git("init", "-q", "-b", "main");
  mkdirSync(place.file("sub"));
  place.put("a.c", "1\n2\n3\n4\n5\n");
  place.put("gone.c", "1\n");
  place.put('sub/odd "name" ü.c', "1\n2\n");
  git("add", "-A");
  git("commit", "-qm", "one");
  git("checkout", "-qb", "work");
  place.put("a.c", "1\n2 changed\n+++ b/not.c\n--- a/not.c\n@@ -1 +1 @@\n4\n5\n6\n");
  git("rm", "-q", "gone.c");
  git("commit", "-qam", "two");
  place.put('sub/odd "name" ü.c', "1\n2\nnew\n");
  place.put("new.c", "1\n");
  // What came to main meanwhile is not of this branch.
  git("stash", "-q", "-u");
  git("checkout", "-q", "main");
  place.put("a.c", "0\n1\n2\n3\n4\n5\n");
  git("commit", "-qam", "elsewhere");
  git("checkout", "-q", "work");
  git("stash", "pop", "-q");
  const { diff, untracked } = await changesSince("main", place.path);
  const odd = 'sub/odd "name" ü.c';
  t.deepEqual(
    [...changedLines(diff, untracked)].sort((a, b) => (a.path < b.path ? -1 : 1)),
    [
      { path: "a.c", lines: [2, 5, 8, 8] },
      { path: "new.c", lines: [1, 0x7fff_ffff] },
      { path: odd, lines: [3, 3] },
    ],
  );
  const below = await changesSince("main", place.file("sub"));
  t.deepEqual(
    changedLines(below.diff, below.untracked).map(({ path }) => path),
    [odd.slice(4)],
  );
  await t.throwsAsync(changesSince("nothing", place.path), {
    instanceOf: UsageError,
    message: /no commit nothing/,
  });
  await t.throwsAsync(changesSince("--output=x", place.path), { instanceOf: UsageError });
});

test("no repository, and text that is no diff", async (t) => {
  const place = scratch(t);
  await t.throwsAsync(changesSince("main", place.path), { instanceOf: RigError, message: /no working tree/ });
  fc.assert(
    fc.property(
      fc.string({ maxLength: 200 }),
      fc.array(fc.constantFrom("+++ b/a", "@@ -1 +2,3 @@", "+x", "-y")),
      (noise, rows) => {
        const found = changedLines([...rows, noise].join("\n"), []);
        return found.every(({ lines }) => lines.length % 2 === 0 && lines.every((line) => line >= 0));
      },
    ),
    { numRuns: amount(2000, 200) },
  );
  t.pass();
});
