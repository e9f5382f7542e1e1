/**
 * `uktest init`: the first suite of a library, green at once. It decides what is to be written and says what comes next;
 * it never changes a file that is there, but for those of an editor, which it adds to.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { inTheWay, type NewFile, writeNew } from "../../runner/files/new-files.js";
import { CONFIG_NAMES } from "../config/load.js";
import { UsageError } from "../core/errors.js";
import { visibleLine } from "../text/visible.js";
import { asTyped } from "../delivery/invocation.js";
import { CI_FILES, type CiHost, ciText } from "./init/ci.js";
import { toolsFor, writeEditorFiles } from "./init/editor.js";
import type { Editor } from "./init/editors.js";
import { installedFor } from "./init/installed.js";
import { checkedName, nameOfFolder } from "./init/name.js";
import { configuration, header, source, suite, suiteBeside, unikraftLines } from "./init/texts.js";
import { shellWord } from "../text/shell-word.js";
import { TOOL } from "../delivery/tool.js";

export interface InitArguments {
  /** As typed; `.` where nothing was. */
  readonly folder: string;
  readonly name?: string;
  /** Absent: what the repository looks like. */
  readonly ci?: CiHost;
  /** Whose files are written too; in a project that is there they are all that is written. */
  readonly editor?: Editor;
}

/** What is in the folder already. */
type Found =
  | { readonly kind: "nothing" }
  | { readonly kind: "library"; readonly entries: readonly string[]; readonly unikraft?: string };

const OF_UNIKRAFT = ["Makefile.uk", "Config.uk", "exportsyms.uk"];

/** What may lie in a folder that still counts as empty: what a host of repositories puts into a new one. */
const NOTHING_YET = /^(?:\..*|(?:README|LICENSE|COPYING)(?:\..*)?|package(?:-lock)?\.json|node_modules)$/i;

/**
 * Writes the files.
 * @returns what to show to the user
 * @throws UsageError when something is in the way or no name can be made, RigError when nothing can be written
 */
export async function init(args: InitArguments): Promise<string> {
  if (args.editor === undefined) return library(args);
  const configIn = (): string | undefined =>
    CONFIG_NAMES.map((name) => resolve(args.folder, name)).find((path) => existsSync(path));
  const config = configIn();
  if (config !== undefined) {
    if (args.name !== undefined || args.ci !== undefined)
      throw new UsageError(
        `--${args.name === undefined ? "ci" : "name"} is for a new project, and there is ${shown(config)}`,
        "leave it out: the files of the editor are added",
      );
    return [...(await writeEditorFiles(config, shown)), EDITOR_WORDS].join("");
  }
  // What is missing on this host is noticed before anything is written.
  await toolsFor(undefined);
  const said = library(args);
  return [said, "\n", ...(await writeEditorFiles(configIn() ?? "", shown)), EDITOR_WORDS].join("");
}

const EDITOR_WORDS =
  "\nin VS Code with its C++ extension: F5 asks for a case, and stops where it goes wrong\n";

function library(args: InitArguments): string {
  const root = resolve(args.folder);
  const found = lookInto(root, args.folder);
  const unikraft = found.kind === "library" ? found.unikraft : undefined;
  const name = args.name === undefined ? nameOfFolder(unikraft ?? basename(root)) : checkedName(args.name);
  const own = found.kind === "nothing" ? fresh(name) : beside(name, found.entries);
  const ci = ciFile(root, args.ci);
  const files = [
    ...own.map(([path, content]) => ({ path: join(root, path), content })),
    ...(ci === undefined ? [] : [ci]),
  ];
  refuse(files, root);
  writeNew(files);
  const path = suitePath(own);
  return [
    ...files.map((file) => `wrote ${shown(file.path)}\n`),
    ...(found.kind === "nothing" ? [] : [besideWords(root, unikraft, path)]),
    nextWords(args.folder),
  ].join("");
}

const shown = (path: string): string => visibleLine(relative(resolve("."), path));

function lookInto(root: string, typed: string): Found {
  const stats = statSync(root, { throwIfNoEntry: false });
  if (stats === undefined) return { kind: "nothing" };
  if (!stats.isDirectory()) throw new UsageError(`${typed} is a file`, "give the folder of the library");
  const entries = readdirSync(root);
  const isUnikraft = OF_UNIKRAFT.some((name) => entries.includes(name));
  if (isUnikraft) return { kind: "library", entries, unikraft: unikraftName(root) };
  if (entries.some((name) => /\.[ch]$/.test(name))) return { kind: "library", entries };
  const foreign = entries.filter((name) => !NOTHING_YET.test(name) && !CONFIG_NAMES.includes(name));
  if (foreign.length === 0) return { kind: "nothing" };
  const some = foreign.slice(0, 4).join(", ");
  throw new UsageError(
    `${typed} holds other things, and no library in C: ${some}${foreign.length > 4 ? ", …" : ""}`,
    "uktest init NAME makes a folder of its own",
  );
}

/** The name under which Unikraft's build knows the library: `libring`. */
function unikraftName(root: string): string {
  const file = join(root, "Makefile.uk");
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const said = /\baddlib(?:_\w+)?,\s*(\w+)/.exec(text)?.[1];
  return said ?? `lib${nameOfFolder(basename(root))}`;
}

type Text = readonly [path: string, content: string];

const fresh = (name: string): readonly Text[] => [
  [`${name}.h`, header(name)],
  [`${name}.c`, source(name)],
  [`test_${name}.c`, suite(name)],
  ["uktest.config.json", configuration(name, ["*.c"])],
];

/** Suites that are there already may need what the kit has not: only the new one is taken then. */
function beside(name: string, entries: readonly string[]): readonly Text[] {
  const path = `tests/test_${name}.c`;
  const sources = entries.includes("tests") ? path : "tests/*.c";
  return [
    [path, suiteBeside(name)],
    ["uktest.config.json", configuration(name, [sources])],
  ];
}

const suitePath = (files: readonly Text[]): string =>
  files.map(([path]) => path).find((path) => basename(path).startsWith("test_")) ?? "";

/** The nearest folder upwards that is the root of a repository. */
function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return undefined;
  }
}

function ciFile(root: string, asked: CiHost | undefined): NewFile | undefined {
  const repository = repositoryOf(root);
  const host = asked ?? (repository === undefined ? "none" : "github");
  if (host === "none") return undefined;
  const top = repository ?? root;
  const installed = installedFor(root, top);
  const content = ciText(host, { folder: relative(top, root), version: TOOL.version, installed });
  const file = { path: join(top, CI_FILES[host]), content };
  // Nobody asked for this one: a workflow of that name is left as it is.
  return asked === undefined && inTheWay([file]).length > 0 ? undefined : file;
}

function refuse(files: readonly NewFile[], root: string): void {
  const taken = inTheWay(files).map(({ path }) => path);
  const configs = CONFIG_NAMES.map((name) => join(root, name)).filter((path) => existsSync(path));
  const all = [...new Set([...taken, ...configs])];
  if (all.length === 0) return;
  throw new UsageError(
    `in the way, so nothing was written: ${all.map(shown).join(", ")}`,
    `it would have written ${files.map(({ path }) => shown(path)).join(", ")}`,
  );
}

function besideWords(root: string, unikraft: string | undefined, path: string): string {
  const kit = `
to test code of the library, add its files to "sources" in uktest.config.json, and folders of headers as "include"
`;
  if (unikraft === undefined) return kit;
  const { makefile, config } = unikraftLines(unikraft, path);
  const option = hasTestOption(root, unikraft) ? "" : `\nand to Config.uk:\n\n${config}\n`;
  // Not indented: to be copied as it is.
  return `${kit}
for images of Unikraft, add to Makefile.uk:

${makefile}
${option}`;
}

/** Whether Config.uk has the option already, of an earlier suite: a second one would be asked twice. */
function hasTestOption(root: string, library: string): boolean {
  const file = join(root, "Config.uk");
  if (!existsSync(file)) return false;
  const option = new RegExp(`^\\s*(?:menu)?config\\s+${library.toUpperCase()}_TEST\\s*$`, "m");
  return option.test(readFileSync(file, "utf8"));
}

function nextWords(folder: string): string {
  const commands: readonly (readonly [string, string])[] = [
    ["uktest run", "build it, boot it, judge it"],
    ["uktest watch", "the same at every change"],
    ["uktest doctor", "what can boot here, and what is missing"],
  ];
  const enter = resolve(folder) === resolve(".") ? "" : `  cd ${shellWord(folder)}\n`;
  const typed = commands.map(([command, what]) => [asTyped(command, process.env), what] as const);
  const width = Math.max(...typed.map(([command]) => command.length)) + 1;
  const rows = typed.map(([command, what]) => `  ${command.padEnd(width)}  ${what}\n`).join("");
  return `\nnext:\n${enter}${rows}`;
}
