/**
 * Builds the image of one program for one architecture: units, link, stamp. An image whose inputs have not changed is
 * found without starting anything.
 */
import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "../files/make-folder.js";
import { UsageError } from "../../src/core/errors.js";
import type { Architecture } from "../machine.js";
import { type BuildFailure, compileAll, type Progress, runTool, type ToolRun } from "./compile.js";
import { isAlive } from "../process/is-alive.js";
import { partOf } from "../files/temporary-files.js";
import { canWrite } from "../files/run-folder.js";
import { KIT_ROOT, librariesOf } from "./kit.js";
import { libgccFor } from "./libgcc.js";
import { wrapWords } from "./mocks.js";
import { rustArchives } from "./rust.js";
import { freshStamp, readingFrom, stampOf, writeStamp } from "./stamp.js";
import { linkWithTable, SYMBOL_LIBRARY } from "./symbol-table.js";
import { type Compiler, toolchainFor } from "./toolchain.js";
import { type Counted, type Program, type Unit, unitsOf, wantedOf } from "./units.js";

export interface BuildOptions {
  /** Root of the project, absolute. */
  readonly root: string;
  /** Where everything is put, absolute. */
  readonly folder: string;
  readonly compiler: Compiler;
  /** Part of the name of what is built; images of different profiles live side by side. */
  readonly profile: string;
  /** Makes the tracepoints of all files live; the profile's name has to say so, too. */
  readonly isTraced?: true | undefined;
  /** What gcc counts; the profile's name has to say so, too. */
  readonly counted?: Counted | undefined;
  /** Takes the image that was built before, whatever has changed since. */
  readonly isGiven: boolean;
  /** No further tool is started after it; what was not made then counts as failed. */
  readonly stop: AbortSignal;
  /** Asked for another such folder where this one cannot be written. */
  readonly instead?: () => string;
  /** Told while it compiles; never for an image that is found. */
  readonly progress?: Progress;
}

export type BuildResult =
  | { readonly kind: "built"; readonly image: string; readonly isFresh: boolean }
  | { readonly kind: "failed"; readonly failure: BuildFailure };

/** Folder of everything that is built for an architecture, with a compiler, in a profile. */
export const objectsIn = (
  folder: string,
  architecture: Architecture,
  compiler: Compiler,
  profile: string,
): string => join(folder, `${architecture}-${compiler}${profile === "" ? "" : `-${profile}`}`);

/** The same folder of what no profile changes: the objects of the kit; those with tracepoints or counters have their own. */
export const kitObjectsIn = (
  folder: string,
  architecture: Architecture,
  compiler: Compiler,
  { isTraced, counted }: Pick<BuildOptions, "isTraced" | "counted"> = {},
): string => {
  const kinds = [...(isTraced === true ? ["trace"] : []), ...(counted === "all" ? ["coverage"] : [])];
  return objectsIn(folder, architecture, compiler, kinds.join("-"));
};

/** The image of a program, built or not. */
export const imageIn = (objects: string, program: string): string => join(objects, `${program}.elf`);

/**
 * Builds an image, as far as needed.
 * @throws RigError when a tool is missing, UsageError for a library that does not exist
 */
export async function buildImage(
  program: Program,
  architecture: Architecture,
  options: BuildOptions,
): Promise<BuildResult> {
  const { root, folder, compiler, profile, isTraced, counted, isGiven, stop, progress, instead } = options;
  const objects = objectsIn(folder, architecture, compiler, profile);
  const image = imageIn(objects, program.name);
  if (isGiven) {
    if (existsSync(image)) return { kind: "built", image, isFresh: true };
    throw new UsageError(`${program.name} was never built for ${architecture}`, "leave --no-build out once");
  }
  const toolchain = toolchainFor(architecture, compiler);
  const kit = kitObjectsIn(folder, architecture, compiler, options);
  const units = unitsOf(program, { root, architecture, toolchain, objects, kit, isTraced, counted });
  const script = join(KIT_ROOT, "guest/arch", architecture, "link.ld");
  const link = linkArguments(toolchain.flags.linker, script, units);
  const key = JSON.stringify([toolchain.compiler, toolchain.linker, link, units]);
  if (
    freshStamp(image, key) !== undefined &&
    units.every(({ notes }) => notes === undefined || existsSync(notes))
  )
    return { kind: "built", image, isFresh: true };
  if (instead !== undefined && !(canWrite(objects) && canWrite(kit))) {
    const { instead: _, ...rest } = options;
    return buildImage(program, architecture, { ...rest, folder: instead() });
  }
  makeFolder(objects);
  const archives = await archivesOf(architecture, units, stop);
  const since = readingFrom();
  const { inputs, failure } = await compileAll(units, root, stop, progress);
  if (failure !== undefined) return { kind: "failed", failure };
  const libgcc = await libgccFor(architecture, toolchain, stop);
  if (stop.aborted) return { kind: "failed", failure: { diagnostics: [], output: "" } };
  const libraries = librariesOf(architecture, wantedOf(program, { counted, toolchain }));
  const linked = await linkImage(image, {
    linker: toolchain.linker,
    arguments: [...mocksOf(program, units), ...link, ...archives, ...(libgcc === undefined ? [] : [libgcc])],
    around: { root, stop },
    ...(libraries.some(({ name }) => name === `lib${SYMBOL_LIBRARY}`) && {
      table: {
        compiler: toolchain.compiler,
        arguments: [...toolchain.target, ...toolchain.flags.compiler],
        folder: join(objects, `app-${program.name}`),
      },
    }),
  });
  if (linked.code !== 0) {
    return { kind: "failed", failure: { diagnostics: linkErrors(linked.output), output: linked.output } };
  }
  const folders = libraries.map((library) => join(library.folder, "library.json"));
  writeStamp(
    image,
    stampOf(key, [...inputs, script, ...folders, ...(libgcc === undefined ? [] : [libgcc])], since),
  );
  return { kind: "built", image, isFresh: false };
}

/** Words for the functions that the program replaces; the kit replaces none. */
const mocksOf = ({ name }: Program, units: readonly Unit[]): readonly string[] =>
  wrapWords(units.map(({ object }) => object).filter((path) => basename(dirname(path)) === `app-${name}`));

/** What crates in Rust are linked with besides; nothing where there is none. */
async function archivesOf(
  architecture: Architecture,
  units: readonly Unit[],
  stop: AbortSignal,
): Promise<readonly string[]> {
  const crate = units.find(({ emit }) => emit === "link");
  return crate === undefined ? [] : rustArchives(architecture, crate.object, stop);
}

interface Link {
  readonly linker: string;
  readonly arguments: readonly string[];
  readonly around: Parameters<typeof runTool>[3];
  /** How the table of function names is compiled; absent where the image wants none. */
  readonly table?: {
    readonly compiler: string;
    readonly arguments: readonly string[];
    /** Folder of the program's objects; a link takes place in one of its own below. */
    readonly folder: string;
  };
}

/** Folders of links, each with the id of its process. Two of one program would take each other's files. */
const OF_LINK = /^symtab\.(\d+)$/;

/** A folder for one link, without those that killed processes have left. */
function linkFolder(folder: string): string {
  makeFolder(folder);
  for (const name of readdirSync(folder)) {
    const pid = Number(OF_LINK.exec(name)?.[1] ?? 0);
    if (pid !== 0 && (pid === process.pid || !isAlive(pid)))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
  const own = join(folder, `symtab.${String(process.pid)}`);
  makeFolder(own);
  return own;
}

/** Runs the linker. */
const linkTo = (
  made: string,
  { linker, arguments: words, around }: Link,
  more: readonly string[] = [],
): Promise<ToolRun> => {
  const part = partOf(made);
  return runTool(linker, [...words, ...more, "-o", part], { part, made }, around);
};

/** Links an image; one that is to hold its own symbols is not there before it does. */
async function linkImage(image: string, link: Link): Promise<ToolRun> {
  const { around, table } = link;
  if (table === undefined) return linkTo(image, link);
  const folder = linkFolder(table.folder);
  // Relative, so that the object says nothing of its folder, and the image is the same each time.
  const source = "uk_symtab.S";
  const [linked, object] = [join(folder, "image.elf"), join(folder, "uk_symtab.o")];
  try {
    let last = await linkTo(linked, link);
    const tried = async (run: Promise<ToolRun>): Promise<boolean> => (last = await run).code === 0;
    const compile = (): Promise<boolean> => {
      const part = partOf(object);
      const all = [...table.arguments, "-c", source, "-o", part];
      return tried(runTool(table.compiler, all, { part, made: object }, { ...around, root: folder }));
    };
    const isWhole =
      last.code === 0 &&
      (await linkWithTable({
        ...{ linked, source: join(folder, source), compile },
        link: () => tried(linkTo(linked, link, [object])),
      }));
    if (isWhole) renameSync(linked, image);
    return last;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const linkArguments = (own: readonly string[], script: string, units: readonly Unit[]): readonly string[] => [
  ...own,
  "-static",
  "-nostdlib",
  "--gc-sections",
  "--build-id=sha1",
  "-z",
  "noexecstack",
  "-T",
  script,
  ...units.filter(({ emit }) => emit !== "link").map(({ object }) => object),
];

/** The linker names objects and sections; a line with a colon is as good a place as it gives. */
function linkErrors(output: string): BuildFailure["diagnostics"] {
  const lines = output
    .split("\n")
    .filter((line) => /undefined reference|multiple definition|error|cannot/.test(line));
  const all = lines.map((line) => {
    const match = /(?:^|[/\w.-]+:)((?!\S*\.o)[\w./-]+\.[cSh]):(\d+): (.*)$/.exec(line);
    if (match === null) return { message: line.trim() };
    return { file: match[1] ?? "", line: Number(match[2]), message: (match[3] ?? "").trim() };
  });
  return all.length > 0 ? all : [{ message: output.trim().split("\n")[0] ?? "the linker failed" }];
}
