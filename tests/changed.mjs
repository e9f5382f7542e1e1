// Which files differ from the branch that CI looks at: those that were edited, added or committed since. It reads no file.
import { spawnSync } from "node:child_process";

/** What decides how every file is looked at. */
const RULES = /^(?:eslint\.config\.js|\.prettier\w+(?:\.json)?|tsconfig\.json|package(?:-lock)?\.json)$/;

/**
 * Paths of the files in the checkout at `root` that are not as the default branch of its origin had them when this work
 * began; undefined where all have to be looked at: no git, no origin, or other rules.
 */
export function changedFiles(root = ".") {
  const git = (...words) => {
    const { status, stdout } = spawnSync("git", words, { cwd: root, encoding: "utf8" });
    return status === 0 ? stdout : undefined;
  };
  const base = git("merge-base", "HEAD", "origin/HEAD")?.trim();
  if (base === undefined) return undefined;
  const listed = [
    // Paths from here on, as those of the others are.
    git("diff", "--name-only", "--relative", "--no-renames", "--diff-filter=d", "-z", base),
    git("ls-files", "--others", "--exclude-standard", "-z"),
  ];
  if (listed.includes(undefined)) return undefined;
  const files = listed.flatMap((text) => text.split("\0")).filter((name) => name !== "");
  return files.some((name) => RULES.test(name)) ? undefined : files.sort();
}
