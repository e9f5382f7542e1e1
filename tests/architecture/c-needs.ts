/**
 * Which folders of headers a library of the kit and a suite of this repository see: what the builder gives the compiler.
 */
import { relative } from "node:path";
import { KIT_ROOT, libraryNames, librariesOf } from "../../runner/build/kit.js";
import type { Sees } from "./c-includes.js";

const INCLUDE = "guest/include";

interface Config {
  readonly suites: Readonly<
    Record<string, { readonly sources: readonly string[]; readonly libraries?: readonly string[] }>
  >;
}

/** Reads the needs of all libraries, and those of the suites from the text of a configuration. */
export function foldersSeenBy(config: string): Sees {
  const { suites } = JSON.parse(config) as Config;
  const seen = new Map<string, readonly string[]>();
  const shown = (folders: readonly string[]): readonly string[] =>
    [...folders].map((folder) => relative(KIT_ROOT, folder));
  for (const { folder, include } of librariesOf("x86_64", libraryNames()))
    seen.set(relative(KIT_ROOT, folder), [...shown(include), INCLUDE]);
  for (const { sources, libraries = [] } of Object.values(suites)) {
    const headers = librariesOf("x86_64", libraries).flatMap((library) => library.headers ?? []);
    for (const source of sources)
      seen.set(source.split("/").slice(0, 2).join("/"), [...shown(headers), INCLUDE]);
  }
  return (home) => seen.get(home) ?? [INCLUDE];
}
