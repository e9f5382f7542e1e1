// Finds the compiled tests that are meant by words: a folder, a file, or a part of either, with or without its ending.
// It runs none of them.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = "dist/tests";

/** `tests/faults/reports.test.ts`, `dist/tests/faults/reports.test.js`, `faults/reports` and `reports` mean the same. */
const plain = (word) =>
  word
    .replace(/^(?:\.\/)?(?:dist\/)?tests\//, "")
    .replace(/\.(?:test\.)?[jt]s$/, "")
    .replace(/\/$/, "");

/** Paths of the tests, relative to the root of the project; the words that match none are in `unknown`. */
export function pick(words) {
  const all = readdirSync(ROOT, { recursive: true }).filter(
    // What groups.mjs makes of them has the same tests again.
    (path) => path.endsWith(".test.js") && !path.startsWith("grouped/"),
  );
  const picked = new Set();
  const unknown = [];
  for (const word of words) {
    const name = plain(word);
    // A whole folder or file wins over a part of a name.
    const whole = all.filter((path) => path.startsWith(`${name}/`) || path === `${name}.test.js`);
    const found = whole.length > 0 ? whole : all.filter((path) => path.includes(name));
    if (found.length === 0) unknown.push(word);
    for (const path of found) picked.add(join(ROOT, path));
  }
  return { files: [...picked].sort(), unknown };
}

/** True where any of the tests, or what they import, starts the command as a process. */
export function startsCommand(files) {
  const seen = new Set();
  const queue = [...files];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path) || !existsSync(path)) continue;
    seen.add(path);
    const text = readFileSync(path, "utf8");
    if (text.includes("bin/uktest")) return true;
    for (const [, name] of text.matchAll(/from "(\.{1,2}\/[^"]+)"/g)) queue.push(join(dirname(path), name));
  }
  return false;
}
