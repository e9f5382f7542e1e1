/**
 * How sources in Rust are compiled for a guest: each is the root of a crate that stands on the crate `uktest` of the kit and on
 * the core library of the compiler. There is no cargo, and nothing is downloaded.
 */
import { readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { RigError } from "../../src/core/errors.js";
import type { Architecture } from "../machine.js";
import { findProgram } from "../process/parent-death-signal.js";
import { KIT_ROOT } from "./kit.js";
import { pathSaidBy } from "./libgcc.js";

/** Roots of crates, by their name. */
export const RUST = /\.rs$/;

/** The library of the kit that every such crate stands on. */
const CRATE = join(KIT_ROOT, "guest/rust/uktest.rs");

const TARGETS: Readonly<Record<Architecture, string>> = {
  i386: "i686-unknown-linux-gnu",
  x86_64: "x86_64-unknown-linux-gnu",
  arm64: "aarch64-unknown-linux-gnu",
};

/** What `rustc` makes: an archive that others stand on, or an object. */
export type RustKind = "link" | "obj";

/** The parts of a unit in Rust. */
export interface RustUnit {
  readonly source: string;
  readonly object: string;
  readonly compiler: string;
  readonly arguments: readonly string[];
  readonly emit: RustKind;
  /** What it is made from besides what the compiler names. */
  readonly inputs?: readonly string[];
}

/** Where a unit in Rust is compiled, and to what. */
export interface RustPlace {
  /** Root of the project, absolute: the compiler runs there. */
  readonly root: string;
  readonly architecture: Architecture;
  /** Folders of the kit's objects, and of the program's own. */
  readonly kit: string;
  readonly own: string;
  /** The project's flags: only the level of optimisation is taken from these, which are for C. */
  readonly flags: readonly string[];
}

/**
 * The compiler.
 * @throws RigError that names the package to install
 */
function rustc(): string {
  const path = findProgram("rustc");
  if (path !== undefined) return path;
  throw new RigError("rustc is not installed, and it builds the sources in Rust", "apt-get install rustc");
}

/**
 * The crate of the kit, and one unit for each root; none where there is no root. The first is an archive, and is compiled
 * before the others.
 * @param roots absolute paths
 */
export function rustUnits(roots: readonly string[], place: RustPlace): readonly RustUnit[] {
  if (roots.length === 0) return [];
  const { root, kit, own, flags } = place;
  const compiler = rustc();
  const library = join(kit, "librust/libuktest.rlib");
  const words = argumentsIn(place);
  const level = flags.findLast((flag) => /^-O[0-3s]$/.test(flag))?.slice(2) ?? "1";
  const crate: RustUnit = {
    ...{ source: relative(root, CRATE), object: library, compiler, emit: "link" },
    arguments: [...words, "--crate-name=uktest", "-Copt-level=1"],
  };
  const units = roots.map((path): RustUnit => {
    const source = relative(root, path);
    const name = basename(path, ".rs").replaceAll(/\W/g, "_");
    return {
      ...{ source, object: join(own, `${source.replaceAll(/[^\w.-]/g, "_")}.o`), compiler, emit: "obj" },
      arguments: [...words, `--crate-name=${name}`, `-Copt-level=${level}`, `--extern=uktest=${library}`],
      inputs: [CRATE],
    };
  });
  return [crate, ...units];
}

const argumentsIn = ({ root, architecture }: RustPlace): readonly string[] => [
  ...["--edition=2021", "--crate-type=rlib", `--target=${TARGETS[architecture]}`],
  ...["-g", "-Ccodegen-units=1", "-Cpanic=abort", "-Crelocation-model=static", "-Ccode-model=small"],
  ...["-Cno-redzone=yes", "-Cforce-frame-pointers=yes", "-Cforce-unwind-tables=no"],
  ...["-Coverflow-checks=yes", "-Cdebug-assertions=yes"],
  // One line for each complaint, in the form of compilers for C.
  ...["--error-format=short", "--color=never"],
  `--remap-path-prefix=${KIT_ROOT}/=`,
  `--remap-path-prefix=${root}=.`,
];

/**
 * The archives that crates are linked with: the kit's crate, and what the compiler brings for the target.
 * @param library the kit's crate
 * @returns in the words of the linker; none where `stop` came first
 * @throws RigError that says what to install
 */
export async function rustArchives(
  architecture: Architecture,
  library: string,
  stop: AbortSignal,
): Promise<readonly string[]> {
  const target = TARGETS[architecture];
  const compiler = rustc();
  const folder = await pathSaidBy(compiler, [`--target=${target}`, "--print=target-libdir"], stop);
  if (stop.aborted) return [];
  const names = folder === undefined ? [] : readdirSync(folder);
  const parts = ["core", "compiler_builtins"].map((part) =>
    names.find((name) => name.startsWith(`lib${part}-`) && name.endsWith(".rlib")),
  );
  if (folder === undefined || parts.includes(undefined))
    throw new RigError(`${compiler} has no core library for ${target}`, `rustup target add ${target}`);
  return ["--start-group", library, ...parts.map((name) => join(folder, name ?? "")), "--end-group"];
}
