/**
 * The guest kit as data: its libraries, architectures and folders. It compiles nothing.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../src/core/errors.js";
import type { Architecture } from "../machine.js";

/** The folder that holds `guest` and `suites`: the package itself. */
export const KIT_ROOT = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");

/** Libraries below the tests: always linked. */
const BASE = ["ukboot", "ukdebug", "nolibc", "ukalloc", "uktest", "ubsan"];

export interface ArchitectureFlags {
  /** Prefix of the cross tools, where the host's own will not do. */
  readonly triple: string | null;
  readonly platform: string;
  readonly compiler: readonly string[];
  /** Further flags for this compiler only. */
  readonly gcc?: readonly string[];
  readonly clang?: readonly string[];
  readonly linker: readonly string[];
}

export interface Library {
  readonly name: string;
  readonly folder: string;
  /** Built with the undefined-behavior sanitizer. */
  readonly sanitize: boolean;
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));

export const flagsOf = (architecture: Architecture): ArchitectureFlags =>
  json(join(KIT_ROOT, "guest/arch", architecture, "flags.json")) as ArchitectureFlags;

/** Names of all libraries of the kit. */
export const libraryNames = (): readonly string[] => readdirSync(join(KIT_ROOT, "guest/lib")).sort();

/** The folders that every image of an architecture is linked from, and the libraries asked for with all they need. */
export function librariesOf(architecture: Architecture, wanted: readonly string[]): readonly Library[] {
  const { platform } = flagsOf(architecture);
  const found = new Map<string, Library>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    const folder = join(KIT_ROOT, "guest/lib", name);
    if (!existsSync(folder))
      throw new UsageError(
        `the guest kit has no library "${name}"`,
        `there are: ${libraryNames().join(", ")}`,
      );
    const { needs = [], sanitize = true } = json(join(folder, "library.json")) as {
      readonly needs?: readonly string[];
      readonly sanitize?: boolean;
    };
    found.set(name, { name: `lib${name}`, folder, sanitize });
    for (const need of needs) add(need);
  };
  for (const name of [...BASE, ...wanted]) add(name);
  return [
    { name: "libarch", folder: join(KIT_ROOT, "guest/arch", architecture), sanitize: false },
    { name: "libplat", folder: join(KIT_ROOT, "guest/plat", platform), sanitize: false },
    ...found.values(),
  ];
}

/** Source files of a folder. */
export const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".c") || name.endsWith(".S"))
    .sort()
    .map((name) => join(folder, name));
