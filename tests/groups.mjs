// Puts small tests together, those of a folder in one file: a process for each takes longer to start than most of them run.
// Only tests that need no process of their own, and only where all tests run by hand. It runs none of them. A title that
// two files of a folder share is an error of ava's.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = "dist/tests";
const groupsIn = (root) => join(root, "grouped");

/** What a test does that could meet another one: programs, ports, times, and hooks, which would be of all files. */
const APART =
  /child_process|worker_threads|node:(?:net|http|timers)|set(?:Timeout|Interval)|\btest\.(?:before|after)|registerCompletionHandler|process\.(?:chdir|on|env\[[^\]]+\] = )|cpuMs|timeout\(/;
/** A module that waits while it is loaded: ava wants all tests of a file declared at once. */
const WAITS = /^(?:export )?(?:(?:const|let) (?:(?!=>).)*)?\bawait\b/m;

/** The text of a file and of all that it imports from here, by path. */
function textsOf(file) {
  const texts = new Map();
  const queue = [file];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (texts.has(path) || !existsSync(path)) continue;
    const text = readFileSync(path, "utf8");
    texts.set(path, text);
    for (const [, name] of text.matchAll(/(?:from|import) "(\.{1,2}\/[^"]+)"/g))
      queue.push(join(dirname(path), name));
  }
  return [...texts];
}

const isApart = (file, root) =>
  textsOf(file).some(([path, text]) => WAITS.test(text) || (path.startsWith(root) && APART.test(text)));

/** All files of tests for ava, by path: those alone, and those made for each folder that has several small ones. */
export function grouped(root = ROOT) {
  removeGroups(root);
  const files = readdirSync(root, { recursive: true })
    .filter((path) => path.endsWith(".test.js"))
    .map((path) => join(root, path))
    .sort();
  const folders = new Map();
  for (const file of files)
    if (!isApart(file, root)) folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), file]);
  const several = [...folders].filter(([, members]) => members.length > 1);
  const groups = groupsIn(root);
  mkdirSync(groups, { recursive: true });
  const made = several.map(([folder, members]) => {
    const group = join(groups, `${relative(root, folder).replaceAll("/", "-") || "top"}.test.js`);
    writeFileSync(group, members.map((file) => `import "${relative(groups, file)}";\n`).join(""));
    return group;
  });
  const taken = new Set(several.flatMap(([, members]) => members));
  return [...files.filter((file) => !taken.has(file)), ...made];
}

/** Removes what was made, which would run the same tests again. */
export const removeGroups = (root = ROOT) => rmSync(groupsIn(root), { recursive: true, force: true });
