/**
 * What has to be compiled for one image, each with its command. Pure but for listing folders: nothing is started here.
 */
import { join, relative } from "node:path";
import type { SuiteFolder } from "../../src/config/schema.js";
import type { Architecture } from "../machine.js";
import { CPLUSPLUS, KIT_ROOT, librariesOf, sourcesIn } from "./kit.js";
import { RUST, type RustKind, rustUnits } from "./rust.js";
import { cplusplusOf, type Toolchain } from "./toolchain.js";

export interface Unit {
  /** Relative to the root of the project, where the compiler runs: so are the locations in the image. */
  readonly source: string;
  readonly object: string;
  readonly compiler: string;
  readonly arguments: readonly string[];
  /** Of a crate in Rust: what is made of it. */
  readonly emit?: RustKind;
  /** What it is made from besides what the compiler names, absolute. */
  readonly inputs?: readonly string[];
  /** What the compiler notes for coverage, beside the object; absent where it counts nothing. */
  readonly notes?: string;
}

export interface Program {
  readonly name: string;
  readonly suite: SuiteFolder;
  /** Files of `suite.sources`, absolute, in order. */
  readonly sources: readonly string[];
  readonly include: readonly string[];
  readonly flags: readonly string[];
  readonly libraries: readonly string[];
  /** Whether what is under test is built with the undefined-behavior sanitizer. */
  readonly sanitize: boolean;
}

export interface Target {
  /** Root of the project, absolute. */
  readonly root: string;
  readonly architecture: Architecture;
  readonly toolchain: Toolchain;
  /** Folder of the project's objects of this architecture and profile. */
  readonly objects: string;
  /** Folder of the kit's: a profile has flags for what is under test only, so they are the same in each. */
  readonly kit: string;
  /** The tracepoints of all files are live, those of the kit too. */
  readonly isTraced?: true | undefined;
  /** What the compiler puts counters into: the project's own sources, or the kit's libraries as well. */
  readonly counted?: Counted | undefined;
}

/** Whose executions are counted. */
export type Counted = "own" | "all";

/** What makes a kernel out of C: no library of the host, no relocation, frames that a call trace can follow. */
const FREESTANDING = [
  "-ffreestanding",
  "-nostdinc",
  "-fno-pie",
  "-fno-pic",
  "-fno-stack-protector",
  // Else gcc for arm64 puts what a debugger unwinds by into .eh_frame, which is not linked.
  "-fno-asynchronous-unwind-tables",
  "-fno-unwind-tables",
  "-fno-common",
  "-ffunction-sections",
  "-fdata-sections",
  "-fno-omit-frame-pointer",
  "-mno-omit-leaf-frame-pointer",
  "-fno-optimize-sibling-calls",
  "-g",
  "-O1",
  "-Wall",
  "-Wextra",
  "-fdiagnostics-color=never",
];

/** All tracepoints are more than a few, so their buffer is larger than that of a file that asks for its own. */
const TRACED = ["-DCONFIG_LIBUKDEBUG_ALL_TRACEPOINTS=1", "-DCONFIG_LIBUKDEBUG_TRACE_BUFFER_SIZE=131072"];

/** What a source in C++ has besides: no run time but that of the library `cplusplus`. */
const IN_CPLUSPLUS = ["-std=gnu++17", "-nostdinc++", "-fno-exceptions", "-fno-rtti"];
/** Checks that compare information on types, which there is none of: of objects, and clang's of functions. */
const UNSANITIZED_IN_CPLUSPLUS: Readonly<Record<Toolchain["kind"], readonly string[]>> = {
  gcc: ["-fno-sanitize=vptr"],
  clang: ["-fno-sanitize=vptr,function"],
};
/** The library of what C++ asks the guest for. */
const CPLUSPLUS_LIBRARY = "cplusplus";

const SANITIZED = ["-fsanitize=undefined", "-fsanitize-recover=undefined"];

/**
 * Counters that are read from memory: no code in the guest writes them out. One statement is one line without optimisation.
 * Sources: GCC manual, "Program Instrumentation Options" (the section takes the place of a constructor since gcc 11); Clang
 * documentation, "Source-based Code Coverage".
 */
const COUNTED: Readonly<Record<Toolchain["kind"], readonly string[]>> = {
  gcc: ["-O0", "-fprofile-arcs", "-ftest-coverage", "-fprofile-info-section"],
  clang: ["-O0", "-fprofile-instr-generate", "-fcoverage-mapping", "-fcoverage-compilation-dir=."],
};
/** The library of what gcc's counters ask the guest for. */
const COUNTED_LIBRARY = "ukgcov";

/** All units of an image, in the order of its link. */
export function unitsOf(program: Program, target: Target): readonly Unit[] {
  const libraries = librariesOf(target.architecture, wantedOf(program, target));
  const shown = (folders: readonly string[]): readonly string[] =>
    folders.map((folder) => `-I${relative(target.root, folder) || "."}`);
  const kit = libraries.flatMap(({ name, folder, sanitize, include }) =>
    sourcesIn(folder).map((source) =>
      unit(
        source,
        name,
        sanitize && program.sanitize,
        { include: shown(include), flags: [] },
        program,
        target,
      ),
    ),
  );
  // A project that brings a library of its own means that library's headers.
  const include = shown([...program.include, ...libraries.flatMap(({ headers = [] }) => headers)]);
  const own = program.sources
    .filter((source) => !RUST.test(source))
    .map((source) =>
      unit(source, "app", program.sanitize, { include, flags: program.flags }, program, target),
    );
  const crates = rustUnits(
    program.sources.filter((source) => RUST.test(source)),
    { ...target, own: join(target.objects, `app-${program.name}`), flags: program.flags },
  );
  return [...kit, ...own, ...crates];
}

/** Libraries of a program: what it asks for, and what its language and its counters need. */
export const wantedOf = (
  { libraries, sources }: Program,
  { counted, toolchain }: Pick<Target, "counted" | "toolchain">,
): readonly string[] => [
  ...libraries,
  ...(sources.some((source) => CPLUSPLUS.test(source)) ? [CPLUSPLUS_LIBRARY] : []),
  ...(counted !== undefined && toolchain.kind === "gcc" ? [COUNTED_LIBRARY] : []),
];

function unit(
  source: string,
  library: string,
  sanitize: boolean,
  more: { readonly include: readonly string[]; readonly flags: readonly string[] },
  program: Program,
  { root, toolchain, objects, kit, isTraced, counted }: Target,
): Unit {
  const shown = relative(root, source);
  const isAssembly = source.endsWith(".S");
  const isCplusplus = CPLUSPLUS.test(source);
  const language = isCplusplus ? IN_CPLUSPLUS : isAssembly ? ["-D__ASSEMBLY__"] : ["-std=gnu11"];
  const folder =
    library === "app"
      ? join(objects, `app-${program.name}`)
      : join(kit, sanitize ? `${library}-sanitized` : library);
  const name = shown.replaceAll(/[^\w.-]/g, "_");
  const isCounted = !isAssembly && (counted === "all" || (counted === "own" && library === "app"));
  return {
    source: shown,
    object: join(folder, `${name}.o`),
    compiler: isCplusplus ? cplusplusOf(toolchain) : toolchain.compiler,
    ...(isCounted && toolchain.kind === "gcc" && { notes: join(folder, `${name}.gcno`) }),
    arguments: [
      ...toolchain.target,
      ...language,
      ...FREESTANDING,
      ...toolchain.flags.compiler,
      ...toolchain.own,
      ...(sanitize && !isAssembly ? SANITIZED : []),
      ...(sanitize && isCplusplus ? UNSANITIZED_IN_CPLUSPLUS[toolchain.kind] : []),
      ...(isTraced === true ? TRACED : []),
      `-D__LIBNAME__="${library}"`,
      ...more.include,
      `-I${relative(root, join(KIT_ROOT, "guest/include")) || "."}`,
      // The folder that the compiler runs in is in no location but those of the debug information.
      `-fdebug-prefix-map=${root}=.`,
      `-ffile-prefix-map=${root}/=`,
      `-ffile-prefix-map=${KIT_ROOT}/=`,
      ...more.flags,
      ...undone(more.flags),
      ...(isCounted ? COUNTED[toolchain.kind] : []),
      // Which file its counters are of, whatever the object is called until it is whole.
      ...(isCounted && toolchain.kind === "gcc"
        ? ["-dumpdir", `${relative(root, folder)}/`, "-dumpbase", `${name}.o`, "-dumpbase-ext", ".o"]
        : []),
    ],
  };
}

/** Flags that take back what a project's flags do to the objects: each is one file, with machine code in it. */
function undone(flags: readonly string[]): readonly string[] {
  // Debug information in files beside the objects is read by nothing, and removed by nothing.
  const isSplit = flags.some((flag) => flag.startsWith("-gsplit-dwarf"));
  // With these objects the linker optimises nothing, and those of clang before 17 are no objects at all.
  const isFat = flags.includes("-ffat-lto-objects");
  return [...(isSplit ? ["-gno-split-dwarf"] : []), ...(isFat ? ["-fno-lto"] : [])];
}
