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
const BASE = ["ukboot", "ukdebug", "nolibc", "uknofault", "ukalloc", "uktest", "ubsan"];

/** Libraries that architectures and platforms stand on. */
const BELOW = ["nolibc", "ukdebug", "uknofault"];

export interface ArchitectureFlags {
  /** Prefix of the cross tools, where the host's own will not do. */
  readonly triple: string | null;
  /** A folder of `guest/arch` with what several architectures share. */
  readonly family?: string;
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
  /** Its public headers, where it has any: the programs that are linked with it see them. */
  readonly headers?: string;
  /** All folders that its own files see before `guest/include`: its headers, and those of what it needs. */
  readonly include: readonly string[];
}

/** What `library.json` says. */
interface Manifest {
  readonly needs?: readonly string[];
  readonly sanitize?: boolean;
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));

export const flagsOf = (architecture: Architecture): ArchitectureFlags =>
  json(join(KIT_ROOT, "guest/arch", architecture, "flags.json")) as ArchitectureFlags;

/** Names of all libraries of the kit. */
export const libraryNames = (): readonly string[] => readdirSync(join(KIT_ROOT, "guest/lib")).sort();

const existing = (folders: readonly string[]): readonly string[] =>
  folders.filter((folder) => existsSync(folder));

/** Reads the manifests of libraries, each once. */
function manifestReader(): (name: string) => Manifest {
  const known = new Map<string, Manifest>();
  return (name) => {
    const folder = join(KIT_ROOT, "guest/lib", name);
    const manifest = known.get(name) ?? (existsSync(folder) ? json(join(folder, "library.json")) : undefined);
    if (manifest === undefined)
      throw new UsageError(
        `the guest kit has no library "${name}"`,
        `there are: ${libraryNames().join(", ")}`,
      );
    known.set(name, manifest as Manifest);
    return manifest as Manifest;
  };
}

/** Libraries and all that they need, each once. */
function withNeeds(names: readonly string[], manifestOf: (name: string) => Manifest): readonly string[] {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    const { needs = [] } = manifestOf(name);
    found.add(name);
    needs.forEach(add);
  };
  names.forEach(add);
  return [...found];
}

/** The folders that every image of an architecture is linked from, and the libraries asked for with all they need. */
export function librariesOf(architecture: Architecture, wanted: readonly string[]): readonly Library[] {
  const manifestOf = manifestReader();
  const headersOf = (names: readonly string[]): readonly string[] =>
    existing(withNeeds(names, manifestOf).map((name) => join(KIT_ROOT, "guest/lib", name, "include")));
  const { platform, family } = flagsOf(architecture);
  const below = headersOf(BELOW);
  const archFolders = [architecture, ...(family === undefined ? [] : [family])].map((name) =>
    join(KIT_ROOT, "guest/arch", name),
  );
  const archHeaders = existing(archFolders.map((folder) => join(folder, "include")));
  const libraries = withNeeds([...BASE, ...wanted], manifestOf).map((name) => {
    const folder = join(KIT_ROOT, "guest/lib", name);
    const [headers] = existing([join(folder, "include")]);
    return {
      name: `lib${name}`,
      folder,
      sanitize: manifestOf(name).sanitize ?? true,
      ...(headers !== undefined && { headers }),
      include: headersOf([name]),
    };
  });
  return [
    ...archFolders.map((folder) => ({
      name: "libarch",
      folder,
      sanitize: false,
      include: [...archHeaders, ...below],
    })),
    { name: "libplat", folder: join(KIT_ROOT, "guest/plat", platform), sanitize: false, include: below },
    ...libraries,
  ];
}

/** What can be compiled, by its name: C, assembly, C++. */
export const SOURCE = /\.(?:[cS]|cc|cpp|cxx)$/;
/** Those in C++. */
export const CPLUSPLUS = /\.(?:cc|cpp|cxx)$/;

/** Source files of a folder. */
export const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => SOURCE.test(name))
    .sort()
    .map((name) => join(folder, name));
