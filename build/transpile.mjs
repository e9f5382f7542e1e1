// Brings dist/ up to date after an edit, without checking types: every TypeScript file that is newer than what was made of
// it, and nothing else. It is what `npm test -- WHAT` runs first; `npm run build` checks types and makes everything.
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { writeRegistries } from "./registries.mjs";

const ROOTS = ["src", "runner", "reporters", "tests", "bench"];

const madeOf = (source) => join("dist", source.replace(/\.ts$/, ".js"));
const filesIn = (folder, ending) =>
  !existsSync(folder)
    ? []
    : readdirSync(folder, { recursive: true })
        .filter((path) => path.endsWith(ending) && !path.endsWith(".d.ts"))
        .map((path) => join(folder, path));
const mtimeOf = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;

/** True where the command that the tests start was bundled before the last edit of what it is made of. */
export function isBundleOld() {
  const bundled = mtimeOf("dist/bin/uktest/uktest.cjs");
  const parts = ["src", "runner", "reporters"].flatMap((root) =>
    [".ts", ".css"].flatMap((end) => filesIn(root, end)),
  );
  return parts.some((path) => mtimeOf(path) > bundled);
}

/** Compiles what changed, and removes what was made of files that are gone. */
export async function transpile() {
  writeRegistries();
  const sources = ROOTS.flatMap((root) => filesIn(root, ".ts"));
  const wanted = new Set(sources.map(madeOf));
  for (const root of ROOTS)
    for (const made of filesIn(join("dist", root), ".js")) if (!wanted.has(made)) rmSync(made);
  const changed = sources.filter((source) => mtimeOf(source) > mtimeOf(madeOf(source)));
  if (changed.length === 0) return;
  await build({
    entryPoints: changed,
    outdir: "dist",
    outbase: ".",
    format: "esm",
    platform: "node",
    target: "es2023",
    sourcemap: true,
    logLevel: "error",
    tsconfig: "tsconfig.json",
  });
}
