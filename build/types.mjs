// Copies the declarations that a program needs which imports the package: those of one module and of what it names. The
// rest of what the compiler writes stays at home.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

const FROM = "dist";
const TO = "dist/types";

/** @param entry path below dist/; nothing happens where it was not compiled with its declarations */
export function copyTypes(entry) {
  if (!existsSync(join(FROM, entry))) return;
  rmSync(TO, { recursive: true, force: true });
  const seen = new Set();
  const queue = [entry];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    mkdirSync(dirname(join(TO, path)), { recursive: true });
    cpSync(join(FROM, path), join(TO, path));
    const text = readFileSync(join(FROM, path), "utf8");
    for (const [, name] of text.matchAll(/from "(\.{1,2}\/[^"]+)\.js"|import\("(\.{1,2}\/[^"]+)\.js"\)/g))
      if (name !== undefined) queue.push(join(dirname(path), `${name}.d.ts`));
  }
}
