/**
 * Circles of imports, types included: files of which none can be read, moved or tested without the others. It judges no
 * single import; rules.ts does.
 */
import { posix } from "node:path";
import type { Facts } from "./facts.js";

/** What each file imports of the files that there are. */
function edgesOf(scripts: ReadonlyMap<string, Facts>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...scripts].map(([path, { imports }]) => [
      path,
      imports.flatMap(({ specifier }) => {
        if (specifier?.startsWith(".") !== true) return [];
        const target = posix.join(posix.dirname(path), specifier).replace(/\.js$/, ".ts");
        return scripts.has(target) ? [target] : [];
      }),
    ]),
  );
}

/**
 * One circle for each file that closes one, as `a.ts -> b.ts -> a.ts`; none in a tree that can be drawn from top to
 * bottom.
 */
export function circlesOf(scripts: ReadonlyMap<string, Facts>): readonly string[] {
  const edges = edgesOf(scripts);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path);
    if (at >= 0) found.push([...way.slice(at), path].join(" -> "));
    if (at >= 0 || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}
