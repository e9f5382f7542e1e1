// Puts tests together, those of a folder in one file: a process for each takes longer to start than most of them run.
// Only tests that need no process of their own: small ones all in one, and a few of those that start programs one after the
// other. It runs none of them.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";

const ROOT = "dist/tests";
const groupsIn = (root) => join(root, "grouped");

/** What a test does that could meet another one: programs, ports, times, and hooks, which would be of all files. */
const APART =
  /child_process|worker_threads|node:(?:net|http|timers)|set(?:Timeout|Interval)|\btest\.(?:before|after)|registerCompletionHandler|process\.(?:chdir|on|env\[[^\]]+\] = )|cpuMs|timeout\(/;
/** A module that waits while it is loaded: ava wants all tests of a file declared at once, so that it is loaded first. */
const WAITS = /^(?:export )?(?:(?:const|let) (?:(?!=>).)*)?\bawait\b/m;

/** What is of the process as a whole, or measures it. */
const OWN_PROCESS =
  /\btest\.(?:before|after)|process\.(?:chdir|on\(|env\[[^\]]+\] = )|cpuMs|cpuUsage|memoryUsage/;
/** A test that is not serial, up to the function it consists of. */
const BESIDE_OTHERS = /\btest\([^]*?(?:\basync\b|=>|\bfunction\b|;$)/gm;
/** Files in turn are as long as all of them, and other ones wait for the last: few of them go together. */
const MAX_IN_TURN = 3;

/** Titles of tests as they are written; ava takes none twice in a file. */
const titlesOf = (text) =>
  [...text.matchAll(/\btest(?:\.\w+)?\(\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/g)].map(([, , title]) => title);

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

/** A test that waits itself declares its tests late. */
const isAlone = ([[, text]]) => WAITS.test(text);
const waitedFor = (files) => [
  ...new Set(
    files.flatMap((file) =>
      textsOf(file)
        .filter(([, text]) => WAITS.test(text))
        .map(([path]) => path),
    ),
  ),
];
const isSmall = (texts, root) => !texts.some(([path, text]) => path.startsWith(root) && APART.test(text));
/** Whether no test of a file runs while another one waits for its programs. */
const isInTurn = (texts, root) =>
  !texts.some(([path, text]) => path.startsWith(root) && OWN_PROCESS.test(text)) &&
  [...texts[0][1].matchAll(BESIDE_OTHERS)].every(([text]) => text.endsWith("=>"));

function kindOf(file, root) {
  const texts = textsOf(file);
  if (isAlone(texts)) return undefined;
  if (isSmall(texts, root)) return "small";
  return isInTurn(texts, root) ? "in-turn" : undefined;
}

/** Spreads files over groups in which no title is there twice, of at most `max` files each. */
function spread(files, max) {
  const groups = [];
  for (const file of files) {
    const titles = titlesOf(readFileSync(file, "utf8"));
    const fits = ({ members, taken }) => members.length < max && !titles.some((title) => taken.has(title));
    let group = groups.find(fits);
    if (group === undefined) groups.push((group = { members: [], taken: new Set() }));
    group.members.push(file);
    for (const title of titles) group.taken.add(title);
  }
  return groups.map(({ members }) => members);
}

/** All files of tests for ava, by path: those alone, and those made for each folder that has several that may meet. */
export function grouped(root = ROOT) {
  removeGroups(root);
  const folders = new Map();
  const alone = [];
  const files = readdirSync(root, { recursive: true }).filter((path) => path.endsWith(".test.js"));
  for (const file of files.map((path) => join(root, path)).sort()) {
    const kind = kindOf(file, root);
    if (kind === undefined) {
      alone.push(file);
      continue;
    }
    const name = `${relative(root, dirname(file)).replaceAll("/", "-") || "top"}-${kind}`;
    folders.set(name, [...(folders.get(name) ?? []), file]);
  }
  const groups = groupsIn(root);
  mkdirSync(groups, { recursive: true });
  const made = [...folders].flatMap(([name, members]) =>
    spread(members, name.endsWith("-small") ? Infinity : MAX_IN_TURN).map((some, at) => {
      if (some.length === 1) return some[0];
      const group = join(groups, `${name}-${String(at + 1)}`);
      const importing = (paths) => paths.map((path) => `import "${relative(groups, path)}";\n`).join("");
      const waited = waitedFor(some);
      if (waited.length === 0) writeFileSync(`${group}.test.js`, importing(some));
      else {
        writeFileSync(`${group}.waited.js`, importing(waited));
        writeFileSync(`${group}.all.js`, importing(some));
        const parts = ["waited", "all"].map((part) => `await import("./${basename(group)}.${part}.js");\n`);
        writeFileSync(`${group}.test.js`, parts.join(""));
      }
      return `${group}.test.js`;
    }),
  );
  return [...alone, ...made].sort();
}

/** Removes what was made, which would run the same tests again. */
export const removeGroups = (root = ROOT) => rmSync(groupsIn(root), { recursive: true, force: true });
