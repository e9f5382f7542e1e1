/**
 * Which compiler and linker build for an architecture here, and what to install when there is none.
 */
import { COMPILERS } from "../../src/core/choices.js";
import { RigError, UsageError } from "../../src/core/errors.js";
import type { Architecture } from "../machine.js";
import { findProgram } from "../process/parent-death-signal.js";
import { NATIVE } from "../host/native.js";
import { type ArchitectureFlags, flagsOf } from "./kit.js";

export interface Toolchain {
  readonly kind: Compiler;
  readonly compiler: string;
  /** In front of all other flags. */
  readonly target: readonly string[];
  /** For this compiler only. */
  readonly own: readonly string[];
  readonly linker: string;
  readonly flags: ArchitectureFlags;
  /** Package of Debian with gcc for this architecture, and with its libgcc. */
  readonly debianPackage: string;
  /** Name of the compiler's twin for C++, and its package: only programs with such sources need it. */
  readonly cplusplus: { readonly program: string; readonly debianPackage: string };
}

export type Compiler = (typeof COMPILERS)[number];

const TRIPLES: Readonly<Record<Architecture, string>> = {
  i386: "i386-linux-gnu",
  x86_64: "x86_64-linux-gnu",
  arm64: "aarch64-linux-gnu",
};

/** Prefix of the tools: none where the host's own build for that architecture. */
function prefixOf(architecture: Architecture, triple: string | null): string {
  // A compiler for x86_64 builds for i386 too.
  if (architecture === NATIVE || (architecture === "i386" && NATIVE === "x86_64")) return "";
  return `${triple ?? (architecture === "i386" ? "i686-linux-gnu" : "x86_64-linux-gnu")}-`;
}

/**
 * The tools for an architecture.
 * @throws RigError that names the package to install
 */
export function toolchainFor(architecture: Architecture, compiler: Compiler): Toolchain {
  const flags = flagsOf(architecture);
  const prefix = prefixOf(architecture, flags.triple);
  const tool = (name: string, debianPackage: string): string =>
    installed(name, `it builds for ${architecture}`, debianPackage);
  const binutils = prefix === "" ? "binutils" : `binutils-${prefix.slice(0, -1)}`;
  const linker = tool(`${prefix}ld`, binutils);
  const debianPackage = prefix === "" ? "gcc" : `gcc-${prefix.slice(0, -1)}`;
  if (compiler === "clang") {
    const target = [`--target=${TRIPLES[architecture]}`];
    const own = flags.clang ?? [];
    const cplusplus = { program: "clang++", debianPackage: "clang" };
    const clang = tool("clang", "clang");
    return { kind: compiler, compiler: clang, target, own, linker, flags, debianPackage, cplusplus };
  }
  const gcc = tool(`${prefix}gcc`, debianPackage);
  const own = flags.gcc ?? [];
  const cplusplus = { program: `${prefix}g++`, debianPackage: debianPackage.replace("gcc", "g++") };
  return { kind: compiler, compiler: gcc, target: [], own, linker, flags, debianPackage, cplusplus };
}

/**
 * The compiler for C++ of a toolchain.
 * @throws RigError that names the package to install
 */
export const cplusplusOf = ({ cplusplus: { program, debianPackage } }: Toolchain): string =>
  installed(program, "it builds the sources in C++", debianPackage);

/** The path of a tool. */
function installed(name: string, what: string, debianPackage: string): string {
  const path = findProgram(name);
  if (path !== undefined) return path;
  throw new RigError(`${name} is not installed, and ${what}`, `apt-get install ${debianPackage}`);
}

/** Reads the name of a compiler. */
export function compilerNamed(name: string): Compiler {
  const found = COMPILERS.find((one) => one === name);
  if (found !== undefined) return found;
  throw new UsageError(`there is no compiler "${name}"`, `one of: ${COMPILERS.join(", ")}`);
}
